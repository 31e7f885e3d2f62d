import type { Accounts } from './accounts';
import { converge } from './converge';
import { withDatabase } from './connect';
import { MASTER_VARIABLES, parsePlan, PLAN_VARIABLE } from './plan';

export interface Run {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly say: (line: string) => void;
  /** @default certificates of RDS */
  readonly authorities?: readonly string[];
  /** @default those of Aurora */
  readonly accounts?: Accounts;
  /** Between two tries to connect. @default 5 */
  readonly secondsBetween?: number;
}

/** @returns the exit code: 0 if every user is as declared */
export async function run({ env, say, authorities, accounts, secondsBetween }: Run): Promise<number> {
  try {
    const { host, port, ...plan } = parsePlan(variable(PLAN_VARIABLE));
    const user = variable(MASTER_VARIABLES.username);
    const password = variable(MASTER_VARIABLES.password);
    const { done, problems } = await withDatabase(
      { host, port, user, password },
      (database) => converge(database, plan, accounts),
      authorities,
      secondsBetween,
    );
    for (const line of [...done, ...problems.map((problem) => `error: ${problem}`)]) say(line);
    if (problems.length > 0) return 1;
    say(
      `users of ${plan.database} are as declared, ${Object.keys(plan.users).length} in schema ${plan.schema}`,
    );
    return 0;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    // some of Node's errors of the network have no message
    say(`error: ${message || code || String(error)}`);
    return 1;
  }

  function variable(name: string): string {
    const value = env[name];
    if (value) return value;
    throw new Error(`${name} must be set, got nothing; run this by its task definition`);
  }
}
