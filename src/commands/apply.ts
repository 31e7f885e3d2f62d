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
import { configHash, type PlanRecord, type Workspace } from '../terraform/workspace';
import { failedEnd, noticeOf, reportWaiting, throwUnlessDone } from './run-end';

export interface ApplyOptions extends RunOptions {
  /** Addresses of stateful resources that may be destroyed or replaced. @default none */
  readonly allowDestroy?: readonly string[] | undefined;
}

/** A stack with what was planned for it. */
interface Planned {
  readonly id: string;
  readonly dependencies: readonly string[];
  readonly config: string;
  readonly workspace: Workspace;
  readonly record: PlanRecord | undefined;
}

type End =
  | ApplyEnd
  | { readonly kind: 'unchanged' | 'applied before' | 'not planned' }
  | { readonly kind: 'waiting'; readonly waiting: readonly Waiting[] }
  | { readonly kind: 'skipped'; readonly because: string };

/** Applies what was planned and saved, and nothing else. */
export async function runApply(options: ApplyOptions, outside: Surroundings = surroundings()): Promise<void> {
  const run = await prepareRun(options, outside);
  const stacks = run.stacks.map(({ id, dependencies, folder }): Planned => {
    const workspace = run.work.workspace(id);
    return { id, dependencies, workspace, config: readConfigText(folder), record: workspace.planned() };
  });
  refuseUnplanned(stacks, run.target);
  refuseStale(stacks, run.target);
  refuseLosses(stacks, options.allowDestroy ?? [], run.target);
  const ends = await applyAll(stacks, run, outside);
  reportWaiting(outside.reporter, ends);
  throwUnlessDone('apply', ends, makeCommand('plan', run.target));
}

function refuseUnplanned(stacks: readonly Planned[], target: Target): void {
  if (stacks.some(({ record }) => record)) return;
  throw new RefusedError(
    `${target.scope} must be planned before it is applied, got no saved plan; run ${makeCommand('plan', target)}`,
  );
}

function refuseStale(stacks: readonly Planned[], target: Target): void {
  const stale = stacks.filter(
    ({ record, config }) => record && 'config' in record && record.config !== configHash(config),
  );
  if (stale.length === 0) return;
  throw new RefusedError(
    stale
      .map(
        ({ id }) =>
          `${id}: the saved plan must be of what is synthesized now, got one of something else; run ${makeCommand('plan', target)}`,
      )
      .join('\n'),
  );
}

function refuseLosses(stacks: readonly Planned[], allowed: readonly string[], target: Target): void {
  const plans = stacks.flatMap(({ id, record }) =>
    record?.outcome === 'planned' ? [{ id, summary: record.summary }] : [],
  );
  const refused = refusedLosses(plans, allowed, makeCommand('apply', target, 'ALLOW_DESTROY='));
  if (refused.length > 0) throw new RefusedError(refused.join('\n'));
}

async function applyAll(
  stacks: readonly Planned[],
  { binary, jobs }: PreparedRun,
  { env, reporter }: Surroundings,
): Promise<ReadonlyMap<string, End>> {
  const interruption = new Interruption(noticeOf(reporter));
  const driver = new StackDriver(new Terraform(binary, env, interruption));
  const progress = new Progress(reporter, stacks);
  return interruption.during(() =>
    runInOrder(stacks, jobs, async (stack, upstream: ReadonlyMap<string, End>): Promise<End> => {
      const { id, workspace, config, record } = stack;
      let end = endBefore(stack, upstream);
      if (!end && interruption.interrupted) return NOT_STARTED;
      if (!end) {
        progress.start(id);
        end = await driver.apply(workspace, config).catch(failedEnd);
      }
      progress.end(id, textOf(end, record), 'reasons' in end ? end.reasons : []);
      return end;
    }),
  );
}

/** Where nothing is to be applied, or must not be yet: what stands on something broken would break as well. */
function endBefore({ record }: Planned, upstream: ReadonlyMap<string, End>): End | undefined {
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
    case 'applied before':
    case 'not planned':
    case 'failed':
    case 'interrupted':
      return end.kind;
  }
}
