import { InputError, RefusedError } from '../errors';
import type { SynthesizedStack } from '../synth';
import { isEnvironment, makeCommand, type Target } from '../terraform/output/command-text';
import { Interruption } from '../terraform/binary/interruption';
import { isDestruction } from '../terraform/plan/plan-check';
import { terminalLines } from '../terraform/plan/plan-report';
import { countsText } from '../terraform/plan/plan-summary';
import { withPreparedRun, type PreparedRun } from '../terraform/stacks/prepare-run';
import { Progress } from '../terraform/output/progress';
import { protectedByConfig, releaseText } from '../terraform/plan/protection';
import { stampOf } from '../terraform/plan/provenance';
import { runInOrder } from '../terraform/stacks/run-in-order';
import { Terraform } from '../terraform/binary/run-terraform';
import { movesOut, readConfigText } from '../terraform/stacks/stack-config';
import { WHOLE_SCOPE } from '../terraform/stacks/stack-graph';
import { NOT_STARTED, StackDriver, type PlanEnd } from '../terraform/stacks/stack-driver';
import { stateLocation, type StateSummary } from '../terraform/state/state-store';
import { surroundings, type Surroundings } from '../terraform/stacks/surroundings';
import type { ApplyOptions } from './apply';
import { applyPlans, plannedStacks, type PlannedStack } from './apply-plans';
import { failedEnd, noticeOf, throwUnlessDone } from './run-end';

export interface DestroyOptions extends ApplyOptions {
  /** The scope once more: applies what an earlier call has planned. @default plans, and destroys nothing */
  readonly confirm?: string | undefined;
}

/** A stack that holds something, with its state. */
interface Standing {
  readonly stack: SynthesizedStack;
  readonly state: StateSummary;
}

/**
 * Destroys the stacks of a scope, in two steps: the first plans and says what goes, the second, with the scope
 * confirmed, applies these plans, downstream first. State buckets stay, and so does what is protected: that ends
 * either step before Terraform runs.
 */
export async function runDestroy(
  options: DestroyOptions,
  outside: Surroundings = surroundings(),
): Promise<void> {
  const { confirm, scope } = options;
  if (confirm !== undefined && confirm !== scope) {
    throw new InputError([
      `CONFIRM must name what is destroyed, ${scope}, got "${confirm}"; write it like CONFIRM=${scope}`,
    ]);
  }
  await withPreparedRun('destroy', options, outside, (run) => destroyPrepared(run, options, outside));
}

async function destroyPrepared(
  run: PreparedRun,
  options: DestroyOptions,
  outside: Surroundings,
): Promise<void> {
  const { confirm, scope } = options;
  const standing = await standingStacks(run, outside);
  if (standing.length === 0) return outside.reporter.line(`nothing of ${scope} stands, nothing to destroy`);
  await refuseUsed(standing, run, outside);
  refuseMoving(standing, run.target);
  await refuseProtected(standing, run, outside);
  if (confirm === undefined) await planAll(standing, run, outside);
  else await confirmAll(standing, run, options.allowDestroy ?? [], outside);
}

async function standingStacks(
  { stacks }: PreparedRun,
  { states }: Surroundings,
): Promise<readonly Standing[]> {
  const found = await Promise.all(
    stacks.map(async (stack): Promise<Standing[]> => {
      const state = await states.read(stateLocation(stack.place));
      return state && state.managed.size > 0 ? [{ stack, state }] : [];
    }),
  );
  return found.flat();
}

/** What is left out of this run and comes after what is destroyed, such as the followers of a database. */
async function refuseUsed(
  standing: readonly Standing[],
  { stacks, scopeStacks, target }: PreparedRun,
  { states }: Surroundings,
): Promise<void> {
  const others = scopeStacks.filter(({ id }) => stacks.every((one) => one.id !== id));
  const lines = await Promise.all(
    others.map(async ({ id, place, dependencies }) => {
      const on = standing.filter(({ stack }) => dependencies.includes(stack.id));
      if (on.length === 0) return [];
      const state = await states.read(stateLocation(place));
      if (!state || state.managed.size === 0) return [];
      const where = place.global ? WHOLE_SCOPE : place.region;
      return on.map(
        ({ stack }) =>
          `${stack.id}: nothing must stand on it if it is to be destroyed, got ${id}; destroy that first: ${makeCommand('destroy', { ...target, region: where })}`,
      );
    }),
  );
  if (lines.flat().length > 0) throw new RefusedError(lines.flat().join('\n'));
}

/** What another stack takes over, or has: a destruction would not let it go, it would destroy it. */
function refuseMoving(standing: readonly Standing[], target: Target): void {
  const lines = standing.flatMap(({ stack, state }) =>
    movesOut(readConfigText(stack.folder))
      .filter(({ from }) => state.managed.has(from))
      .map(
        ({ from, to }) =>
          `${stack.id}: ${from} must be left to ${to.stack} before the rest is destroyed, got it here still; run ${makeCommand('plan', target)} and ${makeCommand('apply', target)} until it is gone`,
      ),
  );
  if (lines.length > 0) throw new RefusedError(lines.join('\n'));
}

async function refuseProtected(
  standing: readonly Standing[],
  { target }: PreparedRun,
  outside: Surroundings,
): Promise<void> {
  const found = standing.flatMap(({ stack, state }) => {
    const byConfig = protectedByConfig(readConfigText(stack.folder));
    return [...state.managed]
      .filter((one) => state.protected.has(one) || byConfig.has(one))
      .sort()
      .map((address) => ({ stack, address }));
  });
  if (found.length === 0) return;
  const regions = await regionsSaid(target, outside);
  throw new RefusedError(
    found
      .map(
        ({ stack: { id, place }, address }) =>
          `${id}: ${address} must not be protected if it is to be destroyed, got a protected one; ${releaseText(place, address, target, regions)}`,
      )
      .join('\n'),
  );
}

const regionsSaid = async ({ scope, example }: Target, { loadEnvironment }: Surroundings) =>
  isEnvironment(scope) ? (await loadEnvironment({ environment: scope, example })).settings.regions : {};

async function planAll(
  standing: readonly Standing[],
  run: PreparedRun,
  outside: Surroundings,
): Promise<void> {
  const { reporter, env, now } = outside;
  const interruption = new Interruption(noticeOf(reporter));
  const driver = new StackDriver(new Terraform(run.binary, env, interruption), run.providerLock);
  const progress = new Progress(
    reporter,
    standing.map(({ stack }) => stack),
  );
  // plans need no order: what is destroyed reads nothing
  const nodes = standing.map(({ stack, state }) => ({ id: stack.id, dependencies: [], stack, state }));
  const ends = await interruption.during(() =>
    runInOrder(nodes, run.jobs, async ({ id, stack, state }): Promise<PlanEnd> => {
      if (interruption.interrupted) return NOT_STARTED;
      progress.start(id);
      const workspace = run.work.workspace(id);
      workspace.forget();
      const madeFrom = {
        at: now().toISOString(),
        ...run.made,
        account: stack.place.account,
        own: stampOf(state),
        reads: [],
      };
      const end = await driver
        .plan(workspace, readConfigText(stack.folder), { madeFrom, destroys: true })
        .catch(failedEnd);
      progress.end(
        id,
        end.kind === 'planned' ? `planned: ${countsText(end.summary)}` : end.kind,
        'reasons' in end ? end.reasons : [],
      );
      return end;
    }),
  );
  throwUnlessDone('destroy', ends, makeCommand('destroy', run.target));
  const stacks = [...ends].flatMap(([id, end]) =>
    end.kind === 'planned' ? [{ id, outcome: end.kind, summary: end.summary }] : [],
  );
  if (stacks.length === 0) return reporter.line(`nothing of ${run.target.scope} is left to destroy`);
  for (const line of terminalLines({ stacks })) reporter.line(line);
  reporter.line(`nothing is destroyed yet; to do it: ${confirmed(run.target)}`);
}

async function confirmAll(
  standing: readonly Standing[],
  run: PreparedRun,
  allowed: readonly string[],
  outside: Surroundings,
): Promise<void> {
  const ids = new Set(standing.map(({ stack }) => stack.id));
  const stacks = plannedStacks(run).filter(({ id }) => ids.has(id));
  const unplanned = stacks.filter(({ record }) => !isDestruction(record));
  if (unplanned.length > 0) {
    throw new RefusedError(
      unplanned
        .map(
          ({ id }) =>
            `${id}: its destruction must be planned before it is confirmed, got no such plan; run ${makeCommand('destroy', run.target)}`,
        )
        .join('\n'),
    );
  }
  await applyPlans(
    {
      stacks: downstreamFirst(stacks),
      run,
      allowed,
      planning: 'destroy',
      allowing: `${confirmed(run.target)} ALLOW_DESTROY=`,
    },
    outside,
  );
}

const confirmed = (target: Target) => makeCommand('destroy', target, `CONFIRM=${target.scope}`);

/** The same stacks with their dependencies turned round. */
const downstreamFirst = (stacks: readonly PlannedStack[]): readonly PlannedStack[] =>
  [...stacks].reverse().map((stack) => ({
    ...stack,
    dependencies: stacks.filter(({ dependencies }) => dependencies.includes(stack.id)).map(({ id }) => id),
  }));
