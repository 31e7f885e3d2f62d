import { DriftError } from '../errors';
import type { SynthesizedStack } from '../synth';
import { makeCommand } from '../terraform/output/command-text';
import { driftLine, isDrift } from '../terraform/drift/drift';
import { Interruption } from '../terraform/binary/interruption';
import { knownAccess, unknownAccess } from '../terraform/drift/known-access';
import { withPreparedRun, type PreparedRun, type RunOptions } from '../terraform/stacks/prepare-run';
import { Progress } from '../terraform/output/progress';
import { runInOrder } from '../terraform/stacks/run-in-order';
import { Terraform } from '../terraform/binary/run-terraform';
import { readConfigText } from '../terraform/stacks/stack-config';
import { NOT_STARTED, StackDriver, type DriftEnd } from '../terraform/stacks/stack-driver';
import { isApplied, stateLocation } from '../terraform/state/state-store';
import { surroundings, type Surroundings } from '../terraform/stacks/surroundings';
import { failedEnd, noticeOf, throwUnlessDone } from './run-end';

type End = DriftEnd | { readonly kind: 'absent' };

/**
 * Says what differs from what was applied, and what lets in or allows more than any state knows. Changes nothing, saved
 * plans included.
 *
 * @throws DriftError if anything does
 */
export async function runDrift(options: RunOptions, outside: Surroundings = surroundings()): Promise<void> {
  await withPreparedRun('drift', options, outside, (run) => driftPrepared(run, options.scope, outside));
}

async function driftPrepared(run: PreparedRun, scope: string, outside: Surroundings): Promise<void> {
  const ends = await driftOfAll(run, outside);
  throwUnlessDone('drift', ends, makeCommand('drift', run.target));
  const unknown = await unknownOfAll(run, outside);
  for (const line of unknown) outside.reporter.line(line);
  const drifted = [...ends.values()].flatMap((end) =>
    end.kind === 'drift' ? end.drift.filter(isDrift) : [],
  );
  const count = drifted.length + unknown.length;
  if (count === 0) return outside.reporter.line(`${scope} is as it was applied`);
  throw new DriftError(
    `${scope} must be as it was applied, got ${count} ${count === 1 ? 'difference' : 'differences'}, see above; take over what is right into the settings, then run ${makeCommand('plan', run.target)}`,
  );
}

async function driftOfAll(
  { stacks, work, binary, jobs, providerLock }: PreparedRun,
  { env, reporter, states }: Surroundings,
): Promise<ReadonlyMap<string, End>> {
  const interruption = new Interruption(noticeOf(reporter));
  const driver = new StackDriver(new Terraform(binary, env, interruption), providerLock);
  const progress = new Progress(reporter, stacks);
  const look = async ({ id, place, folder }: SynthesizedStack): Promise<End> => {
    if (!isApplied(await states.read(stateLocation(place)))) return { kind: 'absent' };
    return driver.drift(work.workspace(id), readConfigText(folder));
  };
  // nothing is changed, so nothing has to come before anything
  const nodes = stacks.map((stack) => ({ id: stack.id, dependencies: [], stack }));
  return interruption.during(() =>
    runInOrder(nodes, jobs, async ({ id, stack }): Promise<End> => {
      if (interruption.interrupted) return NOT_STARTED;
      progress.start(id);
      const end = await look(stack).catch(failedEnd);
      progress.end(
        id,
        textOf(end),
        'reasons' in end ? end.reasons : end.kind === 'drift' ? end.drift.map(driftLine) : [],
      );
      return end;
    }),
  );
}

function textOf(end: End): string {
  switch (end.kind) {
    case 'unchanged':
      return 'as it was applied';
    case 'drift':
      return end.drift.some(isDrift) ? 'differs' : 'as it was applied';
    case 'absent':
      return 'was never applied';
    case 'failed':
    case 'interrupted':
      return end.kind;
  }
}

/**
 * Groups and their rules may lie in different stacks, so all states of a region count together; and those that belong to the
 * whole scope in each region, as links between regions put routes into the tables of both.
 */
async function unknownOfAll(
  { stacks, scopeStacks }: PreparedRun,
  { states, access }: Surroundings,
): Promise<readonly string[]> {
  const textsOf = async (some: readonly SynthesizedStack[]) =>
    (await Promise.all(some.map(({ place }) => states.text(stateLocation(place))))).flatMap(
      (text) => text ?? [],
    );
  const ofScope = await textsOf(scopeStacks.filter(({ place }) => place.layer === 'links'));
  const lines: string[] = [];
  for (const region of new Set(stacks.map(({ place }) => place.region))) {
    const here = await textsOf(stacks.filter(({ place }) => place.region === region));
    const known = knownAccess(here, ofScope);
    lines.push(...(await unknownAccess(region, known, access)).map((line) => `${region}  ${line}`));
  }
  return lines;
}
