import { AURORA_ACCOUNTS, type Database } from '../../../../modules/database/users-task/accounts';
import { converge } from '../../../../modules/database/users-task/converge';

const MARK = '{"managed-by": "aws-environments"}';

interface Known {
  readonly attribute?: string | null;
  readonly plugin?: string;
  readonly tls?: string;
  readonly grants?: readonly string[];
}

/** Answers what is asked and writes down what is changed. */
class Server implements Database {
  readonly changes: string[] = [];
  partialRevokes: string | undefined = 'OFF';
  lock = 1;
  refuses = /^$/;

  constructor(private readonly users: Readonly<Record<string, Known>> = {}) {}

  query(statement: string) {
    const rows = this.answer(statement);
    if (rows) return Promise.resolve(rows);
    if (this.refuses.test(statement)) return Promise.reject(new Error('Operation failed'));
    this.changes.push(statement);
    return Promise.resolve([]);
  }

  private answer(statement: string): Record<string, unknown>[] | undefined {
    const users = Object.entries(this.users);
    if (statement.startsWith('SELECT GET_LOCK')) return [{ free: this.lock }];
    if (statement.startsWith('SHOW VARIABLES'))
      return this.partialRevokes === undefined ? [] : [{ Variable_name: '', Value: this.partialRevokes }];
    if (statement.includes('USER_ATTRIBUTES'))
      return users.map(([name, { attribute = MARK }]) => ({ name, attribute }));
    if (statement.includes('mysql.user'))
      return users.map(([name, { plugin = 'AWSAuthenticationPlugin', tls = 'ANY' }]) => ({
        name,
        plugin,
        tls,
      }));
    const [, shown] = /^SHOW GRANTS FOR `(.*)`@`%`$/.exec(statement) ?? [];
    if (shown === undefined) return undefined;
    const { grants = [] } = this.users[shown] ?? {};
    return [`GRANT USAGE ON *.* TO \`${shown}\`@\`%\``, ...grants].map((grant) => ({
      [`Grants for ${shown}`]: grant,
    }));
  }
}

const plan = { database: 'orders', schema: 'shop', users: { inventory: 'read-write' } } as const;
const READ_WRITE = 'GRANT SELECT, INSERT, UPDATE, DELETE ON `shop`.* TO `inventory`@`%`';
const SCHEMA = 'CREATE DATABASE IF NOT EXISTS `shop`';

describe('users of a database', () => {
  test('are made to sign in by IAM over TLS, marked, with the rights of their use alone', async () => {
    const server = new Server();
    const { done, problems } = await converge(server, plan);
    expect(server.changes).toEqual([
      SCHEMA,
      'CREATE USER `inventory`@`%` IDENTIFIED WITH AWSAuthenticationPlugin AS \'RDS\' REQUIRE SSL ATTRIBUTE \'{"managed-by":"aws-environments"}\'',
      READ_WRITE,
    ]);
    expect(done).toEqual(['inventory (read-write): made; GRANT SELECT, INSERT, UPDATE, DELETE ON `shop`.*']);
    expect(problems).toEqual([]);
  });

  test('stay as they are where they are as declared', async () => {
    const server = new Server({ inventory: { grants: [READ_WRITE] } });
    const { done } = await converge(server, plan);
    expect(server.changes).toEqual([SCHEMA]);
    expect(done).toEqual(['inventory (read-write): as declared']);
  });

  test.each([{ plugin: 'caching_sha2_password' }, { tls: '' }])(
    'sign in as they should again: %j',
    async (other) => {
      const server = new Server({ inventory: { grants: [READ_WRITE], ...other } });
      await converge(server, plan);
      expect(server.changes).toEqual([
        SCHEMA,
        "ALTER USER `inventory`@`%` IDENTIFIED WITH AWSAuthenticationPlugin AS 'RDS' REQUIRE SSL",
      ]);
    },
  );

  test('lose what is no longer declared', async () => {
    const server = new Server({ inventory: { grants: [READ_WRITE] } });
    await converge(server, { ...plan, users: { inventory: 'read' } });
    expect(server.changes).toEqual([
      SCHEMA,
      'REVOKE INSERT, UPDATE, DELETE ON `shop`.* FROM `inventory`@`%`',
    ]);
  });

  test('go with their service, and no one goes that was not made here', async () => {
    const server = new Server({
      accounts: {},
      admin: { attribute: null },
      rdsadmin: { attribute: '{}' },
      person: { attribute: '{"comment": "aws-environments"}' },
    });
    const { done } = await converge(server, { ...plan, users: {} });
    expect(server.changes).toEqual([SCHEMA, 'DROP USER `accounts`@`%`']);
    expect(done).toEqual(['accounts: dropped, as no service of that name uses orders']);
  });

  test('that somebody else made are left alone, and the others are made all the same', async () => {
    const server = new Server({ inventory: { attribute: null } });
    const { problems } = await converge(server, { ...plan, users: { inventory: 'read', reports: 'read' } });
    expect(problems).toEqual([
      'user inventory must be one that was made here, got one without the mark; drop it, or hand it over: ALTER USER `inventory`@`%` ATTRIBUTE \'{"managed-by":"aws-environments"}\'',
    ]);
    expect(server.changes.filter((change) => change.includes('inventory'))).toEqual([]);
    expect(server.changes).toContain('GRANT SELECT ON `shop`.* TO `reports`@`%`');
  });

  test('that the server refuses are said, and keep no other one from being made', async () => {
    const server = new Server();
    server.refuses = /CREATE USER `inventory`/;
    const { problems } = await converge(server, { ...plan, users: { inventory: 'read', reports: 'read' } });
    expect(problems).toEqual(['user inventory: Operation failed']);
    expect(server.changes).toContain('GRANT SELECT ON `shop`.* TO `reports`@`%`');
  });

  test.each([
    ['ON', '`car_orders`.*'],
    ['OFF', '`car\\_orders`.*'],
    [undefined, '`car\\_orders`.*'],
  ])('have rights in their own schema alone, with partial_revokes %s', async (value, on) => {
    const server = new Server();
    server.partialRevokes = value;
    await converge(server, { ...plan, schema: 'car_orders', users: { inventory: 'read' } });
    expect(server.changes).toContain(`GRANT SELECT ON ${on} TO \`inventory\`@\`%\``);
  });

  test('are changed by one run at a time', async () => {
    const server = new Server();
    server.lock = 0;
    await expect(converge(server, plan)).rejects.toThrow(
      'users of orders must be changed by one run at a time, got another one for 60 s; run it again when that has ended',
    );
    expect(server.changes).toEqual([]);
  });

  test('are known by an attribute whatever else it says, and whether it comes as text or not', async () => {
    const answers = [
      [
        { name: 'a', attribute: { 'managed-by': 'aws-environments', team: 'x' } },
        { name: 'b', attribute: '{"team": "x"}' },
        { name: 'c', attribute: null },
      ],
      ['a', 'b', 'c', 'd'].map((name) => ({ name, plugin: 'AWSAuthenticationPlugin', tls: 'ANY' })),
    ];
    const all = await AURORA_ACCOUNTS.all({ query: () => Promise.resolve(answers.shift() ?? []) });
    expect(all.filter(({ isOurs }) => isOurs).map(({ name }) => name)).toEqual(['a']);
  });
});
