import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { DatabaseAccess } from '../../modules/database/database-access';
import { run } from '../../modules/database/users-task/run';
import { MARIADB_ACCOUNTS, MariaDb, MASTER, USER_PASSWORD } from './mariadb';

let server: MariaDb;
beforeAll(async () => {
  server = await MariaDb.start();
});
afterAll(async () => {
  await server?.stop();
});

const SCHEMA = 'car_orders';

async function converge(
  users: Readonly<Record<string, DatabaseAccess>>,
  { at = server, authorities = [at.authority] }: { at?: MariaDb; authorities?: string[] } = {},
) {
  const lines: string[] = [];
  const code = await run({
    env: environment(users, at),
    say: (line) => lines.push(line),
    authorities,
    accounts: MARIADB_ACCOUNTS,
    secondsBetween: 0,
  });
  return { code, lines };
}

const environment = (users: Readonly<Record<string, DatabaseAccess>>, { port }: MariaDb) => ({
  USERS_PLAN: JSON.stringify({ database: 'orders', host: 'localhost', port, schema: SCHEMA, users }),
  MASTER_USERNAME: MASTER.user,
  MASTER_PASSWORD: MASTER.password,
});

const master = (statement: string) => server.as(MASTER, statement);
const as = (user: string) => (statement: string, tls?: boolean) =>
  server.as({ user, password: USER_PASSWORD }, statement, tls);
const last = `users of orders are as declared, 1 in schema ${SCHEMA}`;

describe('database users, on a server', () => {
  test('are made with the rights of their use, and the second run changes nothing', async () => {
    const made = await converge({ inventory: 'read-write' });
    expect(made).toEqual({
      code: 0,
      lines: ['inventory (read-write): made; GRANT SELECT, INSERT, UPDATE, DELETE ON `car\\_orders`.*', last],
    });
    expect(await converge({ inventory: 'read-write' })).toEqual({
      code: 0,
      lines: ['inventory (read-write): as declared', last],
    });
  });

  test('read and write rows in their schema, and no more than that', async () => {
    await converge({ inventory: 'read-write' });
    await master(`CREATE TABLE IF NOT EXISTS ${SCHEMA}.cars (id INT)`);
    await master('CREATE DATABASE IF NOT EXISTS carXorders');
    await master('CREATE TABLE IF NOT EXISTS carXorders.cars (id INT)');
    const inventory = as('inventory');
    await inventory(`INSERT INTO ${SCHEMA}.cars VALUES (1)`);
    expect(await inventory(`SELECT * FROM ${SCHEMA}.cars`)).toEqual([{ id: 1 }]);
    // _ in a name is no pattern
    await expect(inventory('SELECT * FROM carXorders.cars')).rejects.toThrow(/denied/);
    await expect(inventory('SELECT * FROM mysql.user')).rejects.toThrow(/denied/);
    await expect(inventory(`CREATE TABLE ${SCHEMA}.other (id INT)`)).rejects.toThrow(/denied/);
    await expect(inventory(`GRANT SELECT ON ${SCHEMA}.* TO inventory`)).rejects.toThrow(/denied/);
  });

  test('sign in by TLS alone, also after somebody has changed that', async () => {
    await converge({ inventory: 'read' });
    await expect(as('inventory')('SELECT 1', false)).rejects.toThrow(/denied/);
    await master('ALTER USER inventory REQUIRE NONE');
    await as('inventory')('SELECT 1', false);
    expect((await converge({ inventory: 'read' })).lines[0]).toBe(
      'inventory (read): signs in by IAM and TLS again',
    );
    await expect(as('inventory')('SELECT 1', false)).rejects.toThrow(/denied/);
  });

  test('migrate tables as owners, and lose that when they only read', async () => {
    await converge({ inventory: 'owner' });
    const inventory = as('inventory');
    await inventory(`CREATE TABLE ${SCHEMA}.parts (id INT)`);
    await inventory(`ALTER TABLE ${SCHEMA}.parts ADD COLUMN name TEXT`);
    await inventory(`CREATE PROCEDURE ${SCHEMA}.count_parts() SELECT COUNT(*) FROM parts`);
    expect((await converge({ inventory: 'read' })).code).toBe(0);
    expect(await inventory(`SELECT * FROM ${SCHEMA}.parts`)).toEqual([]);
    await expect(inventory(`DROP TABLE ${SCHEMA}.parts`)).rejects.toThrow(/denied/);
    await expect(inventory(`INSERT INTO ${SCHEMA}.parts VALUES (1, '')`)).rejects.toThrow(/denied/);
    await expect(inventory(`CALL ${SCHEMA}.count_parts()`)).rejects.toThrow(/denied/);
    expect((await converge({ inventory: 'read' })).lines).toEqual(['inventory (read): as declared', last]);
  });

  test('lose every right that somebody else has given them', async () => {
    await converge({ inventory: 'read' });
    await master(`CREATE TABLE IF NOT EXISTS ${SCHEMA}.cars (id INT)`);
    await master('CREATE ROLE IF NOT EXISTS everything');
    for (const grant of [
      'PROCESS ON *.*',
      'SELECT ON mysql.*',
      `ALL PRIVILEGES ON \`car\\_orders\`.*`,
      `UPDATE (id) ON ${SCHEMA}.cars`,
      `DELETE ON ${SCHEMA}.cars`,
    ])
      await master(`GRANT ${grant} TO inventory WITH GRANT OPTION`);
    await master('GRANT everything TO inventory');
    expect((await converge({ inventory: 'read' })).code).toBe(0);
    const grants = (await master('SHOW GRANTS FOR inventory')).map((row) => String(Object.values(row)[0]));
    expect(grants.slice(1)).toEqual(['GRANT SELECT ON `car\\_orders`.* TO `inventory`@`%`']);
    expect(grants[0]).toMatch(/^GRANT USAGE ON \*\.\* TO `inventory`@`%` .*REQUIRE SSL/);
    expect(grants[0]).not.toContain('GRANT OPTION');
  });

  test('go with their service, and no one else does', async () => {
    await converge({ inventory: 'read', accounts: 'read' });
    await master("CREATE USER IF NOT EXISTS person IDENTIFIED BY 'x'");
    expect((await converge({ inventory: 'read' })).lines).toEqual([
      'inventory (read): as declared',
      'accounts: dropped, as no service of that name uses orders',
      last,
    ]);
    const users = await master("SELECT User AS name FROM mysql.user WHERE Host = '%' ORDER BY User");
    expect(users.map(({ name }) => name)).toEqual(expect.arrayContaining(['admin', 'inventory', 'person']));
    expect(users.map(({ name }) => name)).not.toContain('accounts');
  });

  test('that a person made are left alone until they are handed over', async () => {
    await master("CREATE USER IF NOT EXISTS person IDENTIFIED BY 'x'");
    const { code, lines } = await converge({ inventory: 'read', person: 'read' });
    expect(code).toBe(1);
    const [, remedy = ''] = /hand it over: (.*)$/.exec(lines.at(-1) ?? '') ?? [];
    await master(remedy);
    expect((await converge({ inventory: 'read', person: 'read' })).code).toBe(0);
    await as('person')(`SELECT * FROM ${SCHEMA}.cars`);
  });

  test('may have any name', async () => {
    const name = "o'hara`; DROP USER x";
    expect((await converge({ [name]: 'read' })).code).toBe(0);
    await as(name)(`SELECT * FROM ${SCHEMA}.cars`);
    await converge({ inventory: 'read' });
    await expect(as(name)('SELECT 1')).rejects.toThrow(/denied/);
  });
});

describe('the way to the server', () => {
  test('is refused where another authority has signed its certificate', async () => {
    const { code, lines } = await converge({ inventory: 'read' }, { authorities: [] });
    expect({ code, lines }).toEqual({ code: 1, lines: [expect.stringMatching(/^error: .*certificate/)] });
  });

  test('is refused where the certificate is for another host', async () => {
    const other = await MariaDb.start('orders.example.com');
    try {
      const { code, lines } = await converge({ inventory: 'read' }, { at: other });
      expect({ code, lines }).toEqual({ code: 1, lines: [expect.stringMatching(/^error: .*altnames/)] });
    } finally {
      await other.stop();
    }
  });

  test('is taken by the program as it goes into the image, which trusts RDS alone', () => {
    execFileSync('npm', ['run', '-s', 'users-image'], { stdio: 'inherit' });
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['.work/database-users/database-users.cjs'],
      {
        env: environment({ inventory: 'read' }, server),
        encoding: 'utf8',
        cwd: join(import.meta.dirname, '../..'),
      },
    );
    expect({ status, stdout, stderr }).toEqual({
      status: 1,
      stdout: expect.stringMatching(/^error: self-signed certificate in certificate chain\n$/) as string,
      stderr: '',
    });
  });
});
