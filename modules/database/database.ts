import type { IConnectable } from '../access/connections';
import type { IClient, IUsable, Variables } from '../access/usable';
import type { Place } from '../naming/naming';
import { databaseVariables } from './aurora-mysql-names';
import type { DatabaseProxy } from './database-proxy';

/** Where every MySQL listens. */
export const PORT = 3306;

/** Days that Database Insights keeps: AWS ties them to its mode. */
export const INSIGHTS_DAYS = { standard: 7, advanced: 465 } as const;

/** A database of whatever engine, as services and the makers of their users see it. */
export interface IDatabase extends IConnectable, IUsable {
  /**
   * The master user's name and password as JSON. What follows another region has none: it knows the users there. Nor
   * has what stood already: its password is where it was.
   */
  readonly masterSecretArn: string | undefined;
  /** What it was made with, also where the settings call it otherwise by now. */
  readonly name: string;
  /** Host name of what writes here. */
  readonly writerHost: string;
  /** The schema in which services have their rights. */
  readonly schema: string;
  letUse(client: IClient): Variables;
}

/** Where a database is, and which parts of it let users in. */
export interface DatabaseAddress {
  readonly place: Place;
  /** Host name. */
  readonly readerHost: string;
  /** By which IAM knows what a user signs in to: of the cluster, or of each instance. */
  readonly resourceIds: readonly string[];
  /** Hosts of further endpoints, by the variable that names them. @default none */
  readonly endpoints?: Variables;
  /** What stands before it, and leads to its writer. @default nothing */
  readonly proxy?: DatabaseProxy | undefined;
  /** Whether clients connect to the database itself beside the proxy. @default only if there is no proxy */
  readonly around?: boolean;
}

/** What using a database takes, the same with every engine: the path to it, a user of the client's own, and variables. */
export function letUseDatabase(
  database: IDatabase,
  { place, readerHost, resourceIds, endpoints = {}, proxy, around = false }: DatabaseAddress,
  client: IClient,
): Variables {
  const { name, writerHost, schema } = database;
  const isDirect = !proxy || around;
  if (isDirect) client.connections.allowTo(database, `Keeps data in database ${name}`);
  proxy?.letPass(client);
  const users = [...(proxy ? [proxy.resourceId] : []), ...(isDirect ? resourceIds : [])].map(
    (id) => `arn:aws:rds-db:${place.region}:${place.account}:dbuser:${id}/${client.name}`,
  );
  const [only, ...more] = users;
  client.role.allow(`connect-database-${name}`, [
    { Action: 'rds-db:connect', Resource: more.length === 0 && only !== undefined ? only : users },
  ]);
  const variable = databaseVariables(name);
  return {
    [variable.writerHost]: proxy?.host ?? writerHost,
    [variable.readerHost]: readerHost,
    ...endpoints,
    [variable.port]: String(PORT),
    [variable.name]: schema,
    [variable.user]: client.name,
  };
}
