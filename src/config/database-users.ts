import type { DatabaseAccess } from '../../modules/database/database-access';
import type { EnvironmentSettings } from './schema';

type Entries = Pick<EnvironmentSettings, 'databases' | 'services'>;

/** What each service may do, by database and service. */
export type DatabaseUsers = Readonly<Record<string, Readonly<Record<string, DatabaseAccess>>>>;

/**
 * Whether tasks make users of databases, in the primary region: where there are services. A database that none of
 * them uses has its task all the same, so that those which used it lose their users.
 */
export const makesUsers = (entries: Entries): boolean =>
  withMaster(entries).length > 0 && Object.keys(entries.services).length > 0;

/** The users of every database that has a task. */
export const usersOf = (entries: Entries): DatabaseUsers =>
  Object.fromEntries(
    withMaster(entries).map((database) => [
      database,
      Object.fromEntries(
        Object.entries(entries.services).flatMap(([service, { uses }]) => {
          const access = uses.databases[database];
          return access === undefined ? [] : [[service, access]];
        }),
      ),
    ]),
  );

/** Nothing here knows the master of a cluster that stood already: whoever has its password makes the users. */
const withMaster = ({ databases }: Entries): string[] =>
  Object.entries(databases).flatMap(([name, database]) =>
    'existing' in database && database.existing !== undefined ? [] : [name],
  );
