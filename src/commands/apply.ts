import { RefusedError } from '../errors';
import { makeCommand, type Target } from '../terraform/output/command-text';
import { isDestruction } from '../terraform/plan/plan-check';
import { withPreparedRun, type PreparedRun, type RunOptions } from '../terraform/stacks/prepare-run';
import { surroundings, type Surroundings } from '../terraform/stacks/surroundings';
import { makeUsers } from '../users/make-users';
import { applyPlans, plannedStacks, type ApplyStackEnd, type PlannedStack } from './apply-plans';

export interface ApplyOptions extends RunOptions {
  /** Addresses of stateful resources that may be destroyed or replaced. @default none */
  readonly allowDestroy?: readonly string[] | undefined;
}

/** Applies what was planned and saved, and nothing else; then makes the users of databases what they are to be. */
export async function runApply(options: ApplyOptions, outside: Surroundings = surroundings()): Promise<void> {
  await withPreparedRun('apply', options, outside, (run) => applyPrepared(run, options, outside));
}

/** Ends after which a stack is what it was planned to be. */
const STANDING: ReadonlySet<ApplyStackEnd['kind']> = new Set(['applied', 'applied before', 'unchanged']);

async function applyPrepared(run: PreparedRun, options: ApplyOptions, outside: Surroundings): Promise<void> {
  const stacks = plannedStacks(run);
  refuseUnplanned(stacks, run.target);
  const allowed = options.allowDestroy ?? [];
  const allowing = makeCommand('apply', run.target, 'ALLOW_DESTROY=');
  const ends = await applyPlans({ stacks, run, allowed, planning: 'plan', allowing }, outside);
  // also where nothing has changed: a run that failed after everything was applied is made up for by the next one
  const standing = run.stacks.filter(({ id }) => STANDING.has(ends.get(id)?.kind ?? 'not planned'));
  await makeUsers(standing, run.target, outside);
}

function refuseUnplanned(stacks: readonly PlannedStack[], target: Target): void {
  if (stacks.some(({ record }) => isDestruction(record))) {
    throw new RefusedError(
      `${target.scope} must be planned before it is applied, got plans to destroy it; run ${makeCommand('plan', target)}`,
    );
  }
  if (stacks.some(({ record }) => record)) return;
  throw new RefusedError(
    `${target.scope} must be planned before it is applied, got no saved plan; run ${makeCommand('plan', target)}`,
  );
}
