import { PRIVILEGES, type DatabaseAccess } from '../database-access';
import { AURORA_ACCOUNTS, type Account, type Accounts, type Database } from './accounts';
import { grantStatements } from './grants';
import type { UsersPlan } from './plan';
import { account, everythingIn, quoted } from './quote';

export interface Convergence {
  /** What was done, a line each. */
  readonly done: readonly string[];
  /** What could not be done, a line each. */
  readonly problems: readonly string[];
}

/** Two runs at once would see each other's accounts half made. */
const LOCK = 'aws-environments users';
const LOCK_SECONDS = 60;

/**
 * Makes the users of a database what the plan says: makes those that are missing, gives and takes away rights, drops
 * those that are no longer in it. Only accounts that carry the mark are changed. What cannot be done for one user keeps
 * no other one from it.
 */
export async function converge(
  database: Database,
  plan: Omit<UsersPlan, 'host' | 'port'>,
  accounts: Accounts = AURORA_ACCOUNTS,
): Promise<Convergence> {
  const done: string[] = [];
  const problems: string[] = [];
  const run = async (statement: string) => void (await database.query(statement));
  await waitForOthers(database, plan.database);
  await run(`CREATE DATABASE IF NOT EXISTS ${quoted(plan.schema)}`);
  const on = everythingIn(plan.schema, await takesPatterns(database));
  const all = await accounts.all(database);

  for (const [name, access] of Object.entries(plan.users))
    await attempt(name, () =>
      convergeUser(
        name,
        access,
        all.find((one) => one.name === name),
      ),
    );
  for (const { name, isOurs } of all)
    if (isOurs && !Object.hasOwn(plan.users, name)) await attempt(name, () => drop(name));
  return { done, problems };

  async function convergeUser(
    name: string,
    access: DatabaseAccess,
    known: Account | undefined,
  ): Promise<void> {
    if (known && !known.isOurs) {
      problems.push(
        `user ${name} must be one that was made here, got one without the mark; drop it, or hand it over: ${accounts.adopt(account(name))}`,
      );
      return;
    }
    const said: string[] = [];
    if (!known) {
      await run(`CREATE USER ${account(name)} ${accounts.authentication} REQUIRE SSL ${accounts.mark}`);
      said.push('made');
    } else if (!known.signsInRight) {
      await run(`ALTER USER ${account(name)} ${accounts.authentication} REQUIRE SSL`);
      said.push('signs in by IAM and TLS again');
    }
    const statements = grantStatements(name, { privileges: PRIVILEGES[access], on }, await grantsOf(name));
    for (const statement of statements) await run(statement);
    said.push(...statements.map((statement) => statement.replace(/ (TO|FROM) [^ ]+$/, '')));
    done.push(`${name} (${access}): ${said.length > 0 ? said.join('; ') : 'as declared'}`);
  }

  async function drop(name: string): Promise<void> {
    await run(`DROP USER ${account(name)}`);
    done.push(`${name}: dropped, as no service of that name uses ${plan.database}`);
  }

  async function attempt(name: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      problems.push(`user ${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  async function grantsOf(name: string): Promise<string[]> {
    const rows = await database.query(`SHOW GRANTS FOR ${account(name)}`);
    return rows.map((row) => String(Object.values(row)[0]));
  }
}

/** The lock goes with the connection. */
async function waitForOthers(database: Database, name: string): Promise<void> {
  const [row] = await database.query(`SELECT GET_LOCK('${LOCK}', ${LOCK_SECONDS}) AS free`);
  if (Number(row?.['free']) === 1) return;
  throw new Error(
    `users of ${name} must be changed by one run at a time, got another one for ${LOCK_SECONDS} s; run it again when that has ended`,
  );
}

/** Whether _ and % in the name of a schema stand for other characters. Servers without the variable are older ones. */
async function takesPatterns(database: Database): Promise<boolean> {
  const [row] = await database.query("SHOW VARIABLES LIKE 'partial_revokes'");
  return row?.['Value'] !== 'ON';
}
