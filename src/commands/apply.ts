import { RefusedError } from '../errors';
import { makeCommand, type Target } from '../terraform/command-text';
import { isDestruction } from '../terraform/plan-check';
import { withPreparedRun, type PreparedRun, type RunOptions } from '../terraform/prepare-run';
import { surroundings, type Surroundings } from '../terraform/surroundings';
import { applyPlans, plannedStacks, type PlannedStack } from './apply-plans';

export interface ApplyOptions extends RunOptions {
  /** Addresses of stateful resources that may be destroyed or replaced. @default none */
  readonly allowDestroy?: readonly string[] | undefined;
}

/** Applies what was planned and saved, and nothing else. */
export async function runApply(options: ApplyOptions, outside: Surroundings = surroundings()): Promise<void> {
  await withPreparedRun('apply', options, outside, (run) => applyPrepared(run, options, outside));
}

async function applyPrepared(run: PreparedRun, options: ApplyOptions, outside: Surroundings): Promise<void> {
  const stacks = plannedStacks(run);
  refuseUnplanned(stacks, run.target);
  const allowed = options.allowDestroy ?? [];
  const allowing = makeCommand('apply', run.target, 'ALLOW_DESTROY=');
  await applyPlans({ stacks, run, allowed, planning: 'plan', allowing }, outside);
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
