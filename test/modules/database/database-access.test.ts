import { DATABASE_ACCESS, PRIVILEGES, schemaOf } from '../../../modules/database/database-access';

/** https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/UsingWithRDS.MasterAccounts.html */
const OF_THE_MASTER =
  `ALTER,APPLICATION_PASSWORD_ADMIN,ALTER ROUTINE,CONNECTION_ADMIN,CREATE,CREATE ROLE,CREATE ROUTINE,
CREATE TEMPORARY TABLES,CREATE USER,CREATE VIEW,DELETE,DROP,DROP ROLE,EVENT,EXECUTE,INDEX,INSERT,LOCK TABLES,PROCESS,
REFERENCES,RELOAD,REPLICATION CLIENT,REPLICATION SLAVE,ROLE_ADMIN,SET_USER_ID,SELECT,SHOW DATABASES,SHOW VIEW,TRIGGER,
UPDATE,XA_RECOVER_ADMIN`
    .split(',')
    .map((name) => name.trim());

describe('the rights of a service in a database', () => {
  test.each(DATABASE_ACCESS)('%s: are such that the master user can give', (access) => {
    expect(OF_THE_MASTER).toEqual(expect.arrayContaining([...PRIVILEGES[access]]));
  });

  test('grow from one access to the next, and none reaches beyond a schema', () => {
    expect(PRIVILEGES.read).toEqual(['SELECT']);
    expect(PRIVILEGES['read-write']).toEqual(['SELECT', 'INSERT', 'UPDATE', 'DELETE']);
    expect(PRIVILEGES.owner).toEqual(
      expect.arrayContaining([...PRIVILEGES['read-write'], 'CREATE', 'ALTER']),
    );
    const forbidden =
      /^ALL|GRANT|SUPER|FILE|PROCESS|RELOAD|SHUTDOWN|USER|ROLE|REPLICATION|SHOW DATABASES|EVENT/;
    expect(
      Object.values(PRIVILEGES)
        .flat()
        .filter((privilege) => forbidden.test(privilege)),
    ).toEqual([]);
  });

  test('are in the schema that the database has, or one that is named like it', () => {
    expect(schemaOf('orders', 'shop')).toBe('shop');
    expect(schemaOf('order-lines', undefined)).toBe('order_lines');
  });
});
