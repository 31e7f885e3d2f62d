import { RefusedError } from '../errors';
import { makeCommand, type Target } from '../terraform/command-text';
import { refusedLosses } from '../terraform/destroy-gate';
import { Interruption } from '../terraform/interruption';
import { prepareRun, type PreparedRun, type RunOptions } from '../terraform/prepare-run';
import { Progress } from '../terraform/progress';
import { runInOrder } from '../terraform/run-in-order';
import { Terraform } from '../terraform/run-terraform';
import { readConfigText } from '../terraform/stack-config';
import { NOT_STARTED, StackDriver, type ApplyEnd } from '../terraform/stack-driver';
import { waitingText, type Waiting } from '../terraform/waiting';
import { surroundings, type Surroundings } from '../terraform/surroundings';
import { countsText } from '../terraform/plan-summary';
import { appliedStates, PlanCheck, type Planned } from '../terraform/plan-check';
import { stampOf } from '../terraform/provenance';
import { stateLocation } from '../terraform/state-store';
import { configHash, type PlanRecord } from '../terraform/workspace';
import { failedEnd, noticeOf, reportWaiting, throwUnlessDone } from './run-end';

export interface ApplyOptions extends RunOptions {
  /** Addresses of stateful resources that may be destroyed or replaced. @default none */
  readonly allowDestroy?: readonly string[] | undefined;
}

type PlannedStack = Planned & { readonly dependencies: readonly string[] };

type End =
  | ApplyEnd
  | { readonly kind: 'moved'; readonly reasons: readonly string[] }
  | { readonly kind: 'unchanged' | 'applied before' | 'not planned' }
  | { readonly kind: 'waiting'; readonly waiting: readonly Waiting[] }
  | { readonly kind: 'skipped'; readonly because: string };

/** Applies what was planned and saved, and nothing else. */
export async function runApply(options: ApplyOptions, outside: Surroundings = surroundings()): Promise<void> {
  const run = await prepareRun(options, outside);
  const stacks = run.stacks.map(({ folder, ...stack }): PlannedStack => {
    const workspace = run.work.workspace(stack.id);
    return { ...stack, workspace, config: readConfigText(folder), record: workspace.planned() };
  });
  refuseUnplanned(stacks, run.target);
  const check = new PlanCheck(run, outside);
  const moved = await check.moved(stacks);
  if (moved.length > 0) throw new RefusedError(moved.join('\n'));
  refuseLosses(stacks, options.allowDestroy ?? [], run.target);
  const ends = await applyAll(stacks, run, check, outside);
  reportWaiting(outside.reporter, ends);
  throwUnlessDone('apply', ends, makeCommand('plan', run.target));
  const late = [...ends.values()].flatMap((end) => (end.kind === 'moved' ? end.reasons : []));
  if (late.length > 0) throw new RefusedError(late.join('\n'));
}

function refuseUnplanned(stacks: readonly PlannedStack[], target: Target): void {
  if (stacks.some(({ record }) => record)) return;
  throw new RefusedError(
    `${target.scope} must be planned before it is applied, got no saved plan; run ${makeCommand('plan', target)}`,
  );
}

function refuseLosses(stacks: readonly PlannedStack[], allowed: readonly string[], target: Target): void {
  const plans = stacks.flatMap(({ id, record }) =>
    record?.outcome === 'planned' ? [{ id, summary: record.summary }] : [],
  );
  const refused = refusedLosses(plans, allowed, makeCommand('apply', target, 'ALLOW_DESTROY='));
  if (refused.length > 0) throw new RefusedError(refused.join('\n'));
}

async function applyAll(
  stacks: readonly PlannedStack[],
  { binary, jobs }: PreparedRun,
  check: PlanCheck,
  { env, reporter, states }: Surroundings,
): Promise<ReadonlyMap<string, End>> {
  const interruption = new Interruption(noticeOf(reporter));
  const driver = new StackDriver(new Terraform(binary, env, interruption));
  const progress = new Progress(reporter, stacks);
  const applied = appliedStates(stacks);

  const applyOne = async (stack: PlannedStack): Promise<End> => {
    const reasons = await check.movedSince(stack, applied);
    if (reasons.length > 0) return { kind: 'moved', reasons };
    const { workspace, config } = stack;
    const end = await driver.apply(workspace, config);
    if (end.kind !== 'applied') return end;
    // a state that cannot be read now is one that has moved for whoever reads it
    const left = await states.read(stateLocation(stack.place)).catch(() => undefined);
    const state = stampOf(left);
    if (state) {
      applied.set(stack.id, state);
      workspace.record({ outcome: 'applied', config: configHash(config), state });
    }
    return end;
  };

  return interruption.during(() =>
    runInOrder(stacks, jobs, async (stack, upstream: ReadonlyMap<string, End>): Promise<End> => {
      const { id, record } = stack;
      let end = endBefore(stack, upstream);
      if (!end && interruption.interrupted) return NOT_STARTED;
      if (!end) {
        progress.start(id);
        end = await applyOne(stack).catch(refusedOrFailed);
      }
      progress.end(id, textOf(end, record), 'reasons' in end ? end.reasons : []);
      return end;
    }),
  );
}

const refusedOrFailed = (error: unknown): End =>
  error instanceof RefusedError ? { kind: 'moved', reasons: [error.message] } : failedEnd(error);

/** Where nothing is to be applied, or must not be yet: what stands on something broken would break as well. */
function endBefore({ record }: PlannedStack, upstream: ReadonlyMap<string, End>): End | undefined {
  if (record?.outcome === 'waiting') return { kind: 'waiting', waiting: record.waiting };
  if (!record) return { kind: 'not planned' };
  if (record.outcome !== 'planned') {
    return { kind: record.outcome === 'applied' ? 'applied before' : 'unchanged' };
  }
  const undone = [...upstream].find(
    ([, end]) =>
      end.kind !== 'applied' &&
      end.kind !== 'applied before' &&
      end.kind !== 'unchanged' &&
      !waitsForUsers(end),
  );
  if (!undone) return undefined;
  const [id, { kind }] = undone;
  return kind === 'waiting' ? { kind, waiting: [{ for: id }] } : { kind: 'skipped', because: id };
}

/** What waits until others do without what it takes away stays as they were planned against. */
const waitsForUsers = (end: End): boolean =>
  end.kind === 'waiting' && end.waiting.every(({ removal }) => removal !== undefined);

function textOf(end: End, record: PlanRecord | undefined): string {
  switch (end.kind) {
    case 'applied':
      return record?.outcome === 'planned' ? `applied: ${countsText(record.summary, 'done')}` : 'applied';
    case 'unchanged':
      return 'no changes';
    case 'waiting':
      return waitingText(end.waiting);
    case 'skipped':
      return `skipped, as ${end.because} was not applied`;
    case 'moved':
      return 'refused';
    case 'applied before':
    case 'not planned':
    case 'failed':
    case 'interrupted':
      return end.kind;
  }
}
