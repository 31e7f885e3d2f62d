import { RefusedError } from '../errors';
import { isEnvironment, makeCommand } from '../terraform/output/command-text';
import { Interruption } from '../terraform/binary/interruption';
import { refuseMisplacedStates } from '../terraform/state/misplaced-state';
import { findOrphans } from '../terraform/state/orphans';
import { plannedOf, terminalLines, writeReport } from '../terraform/plan/plan-report';
import { countsText } from '../terraform/plan/plan-summary';
import { withPreparedRun, type PreparedRun, type RunOptions } from '../terraform/stacks/prepare-run';
import { Progress } from '../terraform/output/progress';
import { runInOrder } from '../terraform/stacks/run-in-order';
import { Terraform } from '../terraform/binary/run-terraform';
import { NOT_STARTED, StackDriver } from '../terraform/stacks/stack-driver';
import type { SettingsTree } from '../terraform/stacks/setting-of';
import { StackPlanner, type PlanStackEnd } from '../terraform/stacks/stack-planner';
import { surroundings, type Surroundings } from '../terraform/stacks/surroundings';
import { refuseLateGlobalDatabases } from '../terraform/plan/late-global-databases';
import { refuseSwappedRoles } from '../terraform/plan/swapped-roles';
import { settle, waitingText } from '../terraform/stacks/waiting';
import { failedEnd, noticeOf, reportWaiting, throwUnlessDone } from './run-end';

const NO_READS: Pick<PlanStackEnd, 'reads'> = { reads: new Map() };

/** Plans every stack of a scope that has what it stands on, and saves the plans. */
export async function runPlan(options: RunOptions, outside: Surroundings = surroundings()): Promise<void> {
  await withPreparedRun('plan', options, outside, (run) => planPrepared(run, outside));
}

async function planPrepared(run: PreparedRun, outside: Surroundings): Promise<void> {
  await refuseMisplacedStates(run, outside.states);
  await refuseSwappedRoles(run, outside.states);
  await refuseLateGlobalDatabases(run, outside.states);
  const progress = new Progress(outside.reporter, run.stacks);
  const [planned, orphans] = await Promise.all([planAll(run, progress, outside), orphansOf(run, outside)]);
  const { waiting, stuck } = settle(planned);
  const ends = new Map(
    [...planned].map(([id, end]): [string, PlanStackEnd] => {
      const others = waiting.get(id);
      return [id, others ? { kind: 'waiting', waiting: others, reads: end.reads } : end];
    }),
  );
  for (const [id, others] of waiting) {
    const workspace = run.work.workspace(id);
    workspace.forget();
    workspace.record({ outcome: 'waiting', waiting: others });
  }
  for (const [id, end] of ends) if (progress.isPaused(id)) progress.end(id, textOf(end));
  summarize(ends, run, outside);
  for (const line of orphans) outside.reporter.warn(line);
  reportWaiting(outside.reporter, ends);
  throwUnlessDone('plan', ends, makeCommand('plan', run.target));
  if (stuck.length > 0) throw new RefusedError(stuck.join('\n'));
}

/** Looked for while stacks are planned. What cannot be looked at is for `make doctor` to say; a region asks nothing of others. */
async function orphansOf(run: PreparedRun, { states, scopes }: Surroundings): Promise<readonly string[]> {
  const { region, example } = run.target;
  if (region !== undefined) return [];
  return (await findOrphans(run, states, await scopes({ example }))).found;
}

async function planAll(
  run: PreparedRun,
  progress: Progress,
  outside: Surroundings,
): Promise<ReadonlyMap<string, PlanStackEnd>> {
  const interruption = new Interruption(noticeOf(outside.reporter));
  const planner = new StackPlanner(
    run,
    new StackDriver(new Terraform(run.binary, outside.env, interruption), run.providerLock),
    outside,
    await settingsOf(run, outside),
  );
  const ends = new Map<string, PlanStackEnd>();
  return interruption.during(() =>
    runInOrder(run.stacks, run.jobs, async (stack, upstream: ReadonlyMap<string, PlanStackEnd>) => {
      if (interruption.interrupted) return { ...NOT_STARTED, ...NO_READS };
      progress.start(stack.id);
      const end = await planner
        .plan(stack, upstream)
        .catch((error: unknown) => ({ ...failedEnd(error), ...NO_READS }));
      ends.set(stack.id, end);
      if (isUnsettled(stack.id, ends)) progress.pause(stack.id);
      else progress.end(stack.id, textOf(end), 'reasons' in end ? end.reasons : []);
      return end;
    }),
  );
}

/** Whether others still decide what becomes of a stack: those that use what it takes away, or from which it takes. */
function isUnsettled(id: string, ends: ReadonlyMap<string, PlanStackEnd>): boolean {
  const end = ends.get(id);
  if (end?.kind === 'planned') return (end.users ?? []).length > 0;
  return (
    end?.kind === 'unchanged' && [...ends.values()].some((one) => one.users?.some((user) => user.for === id))
  );
}

function textOf(end: PlanStackEnd): string {
  switch (end.kind) {
    case 'planned':
      return `planned: ${countsText(end.summary)}`;
    case 'unchanged':
      return 'no changes';
    case 'waiting':
      return waitingText(end.waiting);
    case 'failed':
    case 'interrupted':
      return end.kind;
  }
}

function summarize(
  ends: ReadonlyMap<string, PlanStackEnd>,
  { target, work, made }: PreparedRun,
  { reporter, now }: Surroundings,
): void {
  const stacks = [...ends].map(([id, end]) => ({
    id,
    outcome: end.kind,
    ...(end.kind === 'planned' && { summary: end.summary }),
    ...(end.kind === 'waiting' && { waiting: end.waiting }),
  }));
  const report = { target, at: now().toISOString(), revision: made.revision, stacks };
  writeReport(work.reports(target.scope), report);
  for (const line of terminalLines(report)) reporter.line(line);
  const planned = plannedOf(stacks);
  if (planned.length > 0) {
    reporter.line(`${planned.length} of ${ends.size} stacks to apply: ${makeCommand('apply', target)}`);
  }
}

/** Only to name the setting behind a replacement; scopes without an environment have none by name. */
async function settingsOf(
  { target }: PreparedRun,
  { loadEnvironment }: Surroundings,
): Promise<SettingsTree | undefined> {
  if (!isEnvironment(target.scope)) return undefined;
  return (await loadEnvironment({ environment: target.scope, example: target.example })).settings;
}
