import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename } from 'node:path';
import { didYouMean } from '../../config/problem';
import { InputError, RunError } from '../../errors';
import type { SynthesizedStack } from '../../synth';
import { checkBinary, registryOf, terraformBinary } from '../binary/binary';
import { isEnvironment, makeCommand, type Target } from '../output/command-text';
import { checkAccount } from '../aws/credentials';
import { planKeyOf } from '../plan/plan-cipher';
import type { Provenance } from '../plan/provenance';
import { allRequired, missingLockText, providerLock } from '../binary/provider-lock';
import { withScopeLock } from '../state/scope-lock';
import { readConfigText } from './stack-config';
import { inOrder, inRegion, WHOLE_SCOPE } from './stack-graph';
import { stateLocation, type StateLocation, type StateStore } from '../state/state-store';
import type { Surroundings } from './surroundings';
import { WorkFolder } from '../binary/work-folder';

/** Options of the commands that run Terraform, as they are typed. */
export interface RunOptions {
  /** An environment's name, `shared` or `account-<id>`. */
  readonly scope: string;
  readonly example?: string | undefined;
  /** A region, or `global` for what belongs to the whole scope. @default all of them */
  readonly region?: string | undefined;
  /** How many stacks at once, but never more than fit into memory. @default JOBS, or as many as there are cores */
  readonly jobs?: string | undefined;
}

export interface PreparedRun {
  readonly target: Target;
  /** Those that were asked for, upstream first. */
  readonly stacks: readonly SynthesizedStack[];
  /** Every stack of the scope, in whatever region it is. */
  readonly scopeStacks: readonly SynthesizedStack[];
  readonly work: WorkFolder;
  readonly binary: string;
  readonly jobs: number;
  /** Checksums of the providers. Nothing takes them as they come. */
  readonly providerLock: string | undefined;
  /** What every plan of this run is made with. */
  readonly made: Pick<Provenance, 'revision' | 'terraform'>;
}

/**
 * Does something with a prepared run, while no other run works on the same scope.
 *
 * @param command the make target
 */
export async function withPreparedRun(
  command: string,
  options: RunOptions,
  outside: Surroundings,
  run: (prepared: PreparedRun) => Promise<void>,
): Promise<void> {
  const work = new WorkFolder(outside.workFolder, planKeyOf(outside.env));
  await withScopeLock(work, options.scope, command, async () =>
    run(await prepareRun(command, options, work, outside)),
  );
}

/** Synthesizes what a run is about, and makes sure that it can run before anything does. */
async function prepareRun(
  command: string,
  options: RunOptions,
  work: WorkFolder,
  outside: Surroundings,
): Promise<PreparedRun> {
  const jobs = jobsOf(options.jobs ?? outside.env['JOBS'], outside);
  const target = { scope: options.scope, example: options.example, region: options.region };
  const { stacks: all, warnings } = await outside.synthesize({
    example: options.example,
    scopes: [options.scope],
    out: work.synthesized(options.scope),
  });
  for (const warning of warnings) outside.reporter.warn(warning);
  for (const { id } of all) work.workspace(id).removeLeftovers();
  const stacks = inOrder(select(all, target));
  const binary = terraformBinary(outside.env);
  const version = await checkBinary(binary, outside.env);
  const providerLock = await checkProviderLock(command, stacks, options, outside);
  await checkAccounts(stacks, outside);
  await checkBuckets(stacks, outside.states, target);
  work.removeExpired(outside.now(), new Set(stacks.map(({ id }) => id)));
  const made = { revision: await outside.revision(), terraform: `${basename(binary)} ${version}` };
  return { target, stacks, scopeStacks: all, work, binary, jobs, providerLock, made };
}

/**
 * What the committed lock file holds for these stacks; without one, nothing and a warning.
 *
 * @throws InputError if it does not hold what they ask for
 * @throws RefusedError if there is none, in production
 */
export async function checkProviderLock(
  command: string,
  stacks: readonly SynthesizedStack[],
  options: Pick<RunOptions, 'scope' | 'example'>,
  outside: Surroundings,
): Promise<string | undefined> {
  const { env, providerLockFile, reporter } = outside;
  const registry = await registryOf(terraformBinary(env), env);
  const required = allRequired(
    stacks.map(({ folder }) => readConfigText(folder)),
    registry,
  );
  const isThere = existsSync(providerLockFile);
  const mustBeThere = await mustHaveLock(options, outside);
  // a plan is applied with the providers that it was made with
  if (!isThere && !mustBeThere && command !== 'apply') reporter.warn(missingLockText(providerLockFile));
  return providerLock(providerLockFile, required, mustBeThere);
}

/** Whether a scope is of production, where nobody takes providers as they come. */
export const mustHaveLock = async (
  { scope, example }: Pick<RunOptions, 'scope' | 'example'>,
  { loadEnvironment }: Pick<Surroundings, 'loadEnvironment'>,
): Promise<boolean> =>
  isEnvironment(scope) && (await loadEnvironment({ environment: scope, example })).production;

/**
 * What Terraform and its AWS provider take for one stack. The provider alone takes several hundred megabytes, more with
 * each release (https://github.com/hashicorp/terraform-provider-aws/issues/48251); this is on the safe side.
 */
const MEMORY_FOR_ONE_STACK = 700 * 1024 * 1024;

function jobsOf(text: string | undefined, { availableMemory, reporter }: Surroundings): number {
  const fitting = Math.max(1, Math.floor(availableMemory() / MEMORY_FOR_ONE_STACK));
  if (text === undefined || text === '') return Math.min(availableParallelism(), fitting);
  if (!/^[1-9]\d{0,2}$/.test(text)) {
    throw new InputError([`JOBS must be a whole number from 1 to 999, got "${text}"; write it like JOBS=4`]);
  }
  if (Number(text) > fitting) {
    reporter.warn(
      `JOBS=${text} needs ${(Number(text) * 7) / 10} GB of memory, which is not free; running ${fitting} at once`,
    );
  }
  return Math.min(Number(text), fitting);
}

function select(stacks: readonly SynthesizedStack[], { scope, region }: Target): readonly SynthesizedStack[] {
  const regions = [...new Set(stacks.map(({ place }) => (place.global ? WHOLE_SCOPE : place.region)))];
  if (region !== undefined && !regions.includes(region)) {
    throw new InputError([
      `REGION must name a region of ${scope}${regions.includes(WHOLE_SCOPE) ? `, or ${WHOLE_SCOPE}` : ''}, got "${region}"; ${didYouMean(region, regions)}`,
    ]);
  }
  return inRegion(stacks, region);
}

/** Every account once, asked in a region that the stacks need anyway: others may be lost. */
export async function checkAccounts(
  stacks: readonly SynthesizedStack[],
  { callerAccount }: Pick<Surroundings, 'callerAccount'>,
): Promise<void> {
  const places = new Map(stacks.map(({ place }) => [place.account, place]));
  for (const place of places.values()) await checkAccount(callerAccount, place);
}

async function checkBuckets(
  stacks: readonly SynthesizedStack[],
  states: StateStore,
  target: Target,
): Promise<void> {
  const missing = await Promise.all(
    stateBuckets(stacks).map(async (location) => ((await states.hasBucket(location)) ? [] : [location])),
  );
  const lines = missing.flat().map((location) => missingBucketText(location, target));
  if (lines.length > 0) throw new RunError(lines.join('\n'));
}

type Bucket = Pick<StateLocation, 'bucket' | 'region'>;

/** Each bucket that holds states of these stacks, once. */
export const stateBuckets = (stacks: readonly Pick<SynthesizedStack, 'place'>[]): readonly Bucket[] => [
  ...new Map(
    stacks.map(({ place }) => stateLocation(place)).map(({ bucket, region }) => [bucket, { bucket, region }]),
  ).values(),
];

export const missingBucketText = ({ bucket, region }: Bucket, { scope, example }: Target) =>
  `state bucket ${bucket} must be in ${region}, got none; run ${makeCommand('bootstrap', { scope, example })}`;
