/** What a service may do in the schema of a database, least first. */
export const DATABASE_ACCESS = ['read', 'read-write', 'owner'] as const;
export type DatabaseAccess = (typeof DATABASE_ACCESS)[number];

const READ = ['SELECT'];
const READ_WRITE = [...READ, 'INSERT', 'UPDATE', 'DELETE'];

/**
 * What each access is in MySQL's terms, granted on one schema and nothing else: none of it holds for the whole server,
 * and none can be passed on. The master users of Aurora and of RDS have all of them to give.
 * https://dev.mysql.com/doc/refman/8.0/en/privileges-provided.html
 */
export const PRIVILEGES: Readonly<Record<DatabaseAccess, readonly string[]>> = {
  read: READ,
  'read-write': READ_WRITE,
  owner: [
    ...READ_WRITE,
    'CREATE',
    'ALTER',
    'DROP',
    'INDEX',
    'REFERENCES',
    'CREATE VIEW',
    'SHOW VIEW',
    'TRIGGER',
    'CREATE ROUTINE',
    'ALTER ROUTINE',
    'EXECUTE',
    'CREATE TEMPORARY TABLES',
    'LOCK TABLES',
  ],
};

/**
 * The schema in which the services of a database have their rights: the one that is made with it, or one
 * that is named like the database.
 *
 * @param name the name that the database was made with
 */
export const schemaOf = (name: string, databaseName: string | undefined) =>
  databaseName ?? name.replaceAll('-', '_');
