import { withPreparedRun, type RunOptions } from '../terraform/stacks/prepare-run';
import { surroundings, type Surroundings } from '../terraform/stacks/surroundings';
import { hasUsers, makeUsers } from '../users/make-users';

/** Makes the users of every database what was applied last. */
export async function runUsers(
  options: Omit<RunOptions, 'jobs'>,
  outside: Surroundings = surroundings(),
): Promise<void> {
  await withPreparedRun('users', options, outside, async ({ stacks, target }) => {
    if (stacks.some(hasUsers)) return makeUsers(stacks, target, outside);
    outside.reporter.line(`no database of ${options.scope} has users of services`);
  });
}
