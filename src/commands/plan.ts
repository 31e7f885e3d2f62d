import type { SynthesizedStack } from '../synth';
import { makeCommand } from '../terraform/command-text';
import { Interruption } from '../terraform/interruption';
import { missingParameters, missingParameterText } from '../terraform/missing-parameters';
import { countsText, lossLines } from '../terraform/plan-summary';
import { prepareRun, type PreparedRun, type RunOptions } from '../terraform/prepare-run';
import { Progress } from '../terraform/progress';
import { runInOrder } from '../terraform/run-in-order';
import { Terraform } from '../terraform/run-terraform';
import { holdsAnything, parametersNeeded, readConfigText, statesRead } from '../terraform/stack-config';
import { NOT_STARTED, StackDriver, type PlanEnd } from '../terraform/stack-driver';
import { upstreamsOf, waitingText, waitsFor, type Waiting } from '../terraform/stack-graph';
import type { StateSummary } from '../terraform/state-store';
import { surroundings, type Surroundings } from '../terraform/surroundings';
import { failedEnd, noticeOf, reportWaiting, throwUnlessDone } from './run-end';

type End = PlanEnd | { readonly kind: 'waiting'; readonly waiting: readonly Waiting[] };

/** Plans every stack of a scope that has what it stands on, and saves the plans. */
export async function runPlan(options: RunOptions, outside: Surroundings = surroundings()): Promise<void> {
  const run = await prepareRun(options, outside);
  const interruption = new Interruption(noticeOf(outside.reporter));
  const driver = new StackDriver(new Terraform(run.binary, outside.env, interruption));
  const progress = new Progress(outside.reporter, run.stacks);
  const ends = await interruption.during(() =>
    runInOrder(run.stacks, run.jobs, async (stack): Promise<End> => {
      if (interruption.interrupted) return NOT_STARTED;
      progress.start(stack.id);
      const end = await planStack(stack, { run, driver, outside }).catch(failedEnd);
      progress.end(stack.id, textOf(end), 'reasons' in end ? end.reasons : []);
      return end;
    }),
  );
  summarize(ends, run, outside);
  reportWaiting(outside.reporter, ends);
  throwUnlessDone('plan', ends, makeCommand('plan', run.target));
}

interface Planning {
  readonly run: PreparedRun;
  readonly driver: StackDriver;
  readonly outside: Surroundings;
}

async function planStack(stack: SynthesizedStack, { run, driver, outside }: Planning): Promise<End> {
  const config = readConfigText(stack.folder);
  const workspace = run.work.workspace(stack.id);
  workspace.forget();
  // a stack that holds nothing has nothing to wait for, and nothing waits for it
  const selected = run.stacks.filter(({ folder }) => holdsAnything(readConfigText(folder)));
  const waiting = holdsAnything(config) ? await waitsOf(stack, config, selected, outside) : [];
  if (waiting.length > 0) {
    workspace.record({ outcome: 'waiting', waiting });
    return { kind: 'waiting', waiting };
  }
  const missing = await missingParameters(outside.parameters, parametersNeeded(config, stack.place.region));
  if (missing.length > 0) {
    return { kind: 'failed', reasons: missing.map((one) => missingParameterText(one, run.target)) };
  }
  return driver.plan(workspace, config);
}

async function waitsOf(
  stack: SynthesizedStack,
  config: string,
  selected: readonly SynthesizedStack[],
  { states }: Surroundings,
): Promise<readonly Waiting[]> {
  const upstreams = upstreamsOf(stack, selected, statesRead(config));
  const known = await Promise.all(
    upstreams.map(async ({ id, location }): Promise<[string, StateSummary | undefined]> => [
      id,
      await states.read(location),
    ]),
  );
  return waitsFor(upstreams, new Map(known));
}

function textOf(end: End): string {
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
  ends: ReadonlyMap<string, End>,
  { target }: PreparedRun,
  { reporter }: Surroundings,
): void {
  const planned = [...ends].flatMap(([id, end]) =>
    end.kind === 'planned' ? [{ id, summary: end.summary }] : [],
  );
  const losses = lossLines(planned);
  if (losses.length > 0) reporter.line('To be destroyed or replaced:');
  for (const line of losses) reporter.line(line);
  if (planned.length > 0) {
    reporter.line(`${planned.length} of ${ends.size} stacks to apply: ${makeCommand('apply', target)}`);
  }
}
