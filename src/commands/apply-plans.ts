import { RefusedError } from '../errors';
import { makeCommand } from '../terraform/output/command-text';
import { refusedLosses } from '../terraform/plan/destroy-gate';
import { Interruption } from '../terraform/binary/interruption';
import { appliedStates, PlanCheck, type Planned } from '../terraform/plan/plan-check';
import { countsText } from '../terraform/plan/plan-summary';
import type { PreparedRun } from '../terraform/stacks/prepare-run';
import { Progress } from '../terraform/output/progress';
import { stampOf } from '../terraform/plan/provenance';
import { runInOrder } from '../terraform/stacks/run-in-order';
import { Terraform } from '../terraform/binary/run-terraform';
import { readConfigText } from '../terraform/stacks/stack-config';
import { NOT_STARTED, StackDriver, type ApplyEnd } from '../terraform/stacks/stack-driver';
import { stateLocation } from '../terraform/state/state-store';
import type { Surroundings } from '../terraform/stacks/surroundings';
import { waitingText, waitsForUsers, type Waiting } from '../terraform/stacks/waiting';
import { configHash, type PlanRecord } from '../terraform/binary/workspace';
import { failedEnd, noticeOf, reportWaiting, throwUnlessDone } from './run-end';

export type PlannedStack = Planned & { readonly dependencies: readonly string[] };

export type ApplyStackEnd =
  | ApplyEnd
  | { readonly kind: 'moved'; readonly reasons: readonly string[] }
  | { readonly kind: 'unchanged' | 'applied before' | 'not planned' }
  | { readonly kind: 'waiting'; readonly waiting: readonly Waiting[] }
  | { readonly kind: 'skipped'; readonly because: string };

export const plannedStacks = (run: PreparedRun): readonly PlannedStack[] =>
  run.stacks.map(({ folder, ...stack }) => {
    const workspace = run.work.workspace(stack.id);
    return { ...stack, workspace, config: readConfigText(folder), record: undefined, ...workspace.planned() };
  });

export interface ApplyPlans {
  /** In the order of their dependencies; what stands on something that could not be applied is skipped. */
  readonly stacks: readonly PlannedStack[];
  readonly run: PreparedRun;
  /** Stateful resources that may go. */
  readonly allowed: readonly string[];
  /** The make target that makes such plans. */
  readonly planning: string;
  /** The command that applies them, up to the addresses that it may be given. */
  readonly allowing: string;
}

/**
 * Applies saved plans, and nothing else.
 *
 * @returns how each stack has ended; some may wait
 * @throws RefusedError before anything is applied, if what the plans were made from has moved, or data would be lost
 */
export async function applyPlans(
  { stacks, run, allowed, planning, allowing }: ApplyPlans,
  outside: Surroundings,
): Promise<ReadonlyMap<string, ApplyStackEnd>> {
  const check = new PlanCheck(run, outside, planning);
  refuse(await check.moved(stacks));
  const plans = stacks.flatMap(({ id, record }) =>
    record?.outcome === 'planned' ? [{ id, summary: record.summary }] : [],
  );
  refuse(refusedLosses(plans, allowed, allowing));
  const ends = await applyAll(stacks, run, check, outside);
  reportWaiting(outside.reporter, ends);
  throwUnlessDone('apply', ends, makeCommand(planning, run.target));
  refuse([...ends.values()].flatMap((end) => (end.kind === 'moved' ? end.reasons : [])));
  return ends;
}

function refuse(lines: readonly string[]): void {
  if (lines.length > 0) throw new RefusedError(lines.join('\n'));
}

async function applyAll(
  stacks: readonly PlannedStack[],
  { binary, jobs, providerLock }: PreparedRun,
  check: PlanCheck,
  { env, reporter, states }: Surroundings,
): Promise<ReadonlyMap<string, ApplyStackEnd>> {
  const interruption = new Interruption(noticeOf(reporter));
  const driver = new StackDriver(new Terraform(binary, env, interruption), providerLock);
  const progress = new Progress(reporter, stacks);
  const applied = appliedStates(stacks);

  const applyOne = async (stack: PlannedStack): Promise<ApplyStackEnd> => {
    const reasons = await check.movedSince(stack, applied);
    if (reasons.length > 0) return { kind: 'moved', reasons };
    const { workspace, config, digest = '' } = stack;
    const end = await driver.apply(workspace, config, digest);
    if (end.kind !== 'applied') return end;
    if (stack.record?.outcome === 'planned' && stack.record.destroys) {
      // nothing is left that a plan could be of
      workspace.forget();
      return end;
    }
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
    runInOrder(
      stacks,
      jobs,
      async (stack, upstream: ReadonlyMap<string, ApplyStackEnd>): Promise<ApplyStackEnd> => {
        const { id, record } = stack;
        let end = endBefore(stack, upstream);
        if (!end && interruption.interrupted) return NOT_STARTED;
        if (!end) {
          progress.start(id);
          end = await applyOne(stack).catch(refusedOrFailed);
        }
        progress.end(id, textOf(end, record), 'reasons' in end ? end.reasons : []);
        return end;
      },
    ),
  );
}

const refusedOrFailed = (error: unknown): ApplyStackEnd =>
  error instanceof RefusedError ? { kind: 'moved', reasons: [error.message] } : failedEnd(error);

/** Where nothing is to be applied, or must not be yet: what stands on something broken would break as well. */
function endBefore(
  { record }: PlannedStack,
  upstream: ReadonlyMap<string, ApplyStackEnd>,
): ApplyStackEnd | undefined {
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
      !(end.kind === 'waiting' && waitsForUsers(end.waiting)),
  );
  if (!undone) return undefined;
  const [id, { kind }] = undone;
  return kind === 'waiting' ? { kind, waiting: [{ for: id }] } : { kind: 'skipped', because: id };
}

function textOf(end: ApplyStackEnd, record: PlanRecord | undefined): string {
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
