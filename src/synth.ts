import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'cdktf';
import { loadEstate } from './config/load';
import { didYouMean, problemLine } from './config/problem';
import type { Estate } from './config/estate';
import { heldStack, type HeldStack } from './doctor/held-stack';
import { InputError } from './errors';
import { fillFolder, type OutputOptions } from './output/output-folder';
import { BaseStack, type StackPlace } from './stacks/base-stack';
import { silenceStackTraces } from './stacks/silence-stack-traces';
import { buildBootstrap } from './stacks/bootstrap-stack';
import { quotaProblems } from './quotas/quota-room';
import { parseConfig } from './terraform/stacks/stack-config';
import { accountRegions, buildEstate, scopesOf, type Selection } from './topology';

export interface SynthOptions {
  /** Folder in environments/examples. @default the project's own environments */
  readonly example?: string | undefined;
  /** Names of environments. @default all of them */
  readonly environments?: readonly string[] | undefined;
  /** `shared` or `account-<id>`. @default all of them, unless environments are named */
  readonly scopes?: readonly string[] | undefined;
  /** Folder that will hold exactly the stacks asked for. */
  readonly out: string;
}

export interface SynthesizedStack {
  readonly id: string;
  readonly place: StackPlace;
  /** Ids of the stacks that come before it. */
  readonly dependencies: readonly string[];
  /** Holds `cdk.tf.json`. */
  readonly folder: string;
}

export interface SynthResult {
  /** Ids of stacks that the folder held before, and that were not asked for. */
  readonly removed: readonly string[];
  readonly stacks: readonly SynthesizedStack[];
  /** What is odd about the settings but does no harm. */
  readonly warnings: readonly string[];
  /** Files of stale stacks that were not written by synth, and were kept. */
  readonly kept: readonly string[];
}

/**
 * Checks all settings, builds the stacks that were asked for and writes them. Nothing is written unless
 * everything could be built.
 *
 * @throws InputError for wrong settings, an unknown environment or scope, or a folder that holds other things
 */
export async function synthesize(options: SynthOptions): Promise<SynthResult> {
  const { estate, warnings, fileOf } = await loadEstate(options);
  const selection = select(estate, options);
  const purpose = purposeOf(options.example, selection);
  const build = (app: App) => buildEstate(app, estate, selection);
  const check = (stacks: readonly HeldStack[]) => {
    const problems = quotaProblems(estate, [...stacks, ...neighbours(estate, selection)], fileOf);
    if (problems.length > 0) throw new InputError(problems.map(problemLine));
  };
  return { warnings, ...(await write({ ...options, purpose }, build, check)) };
}

/** The same stacks as constructs, and nothing is left in any folder. */
export async function buildStacks(options: Omit<SynthOptions, 'out'>): Promise<readonly BaseStack[]> {
  const { estate } = await loadEstate(options);
  return built(estate, select(estate, options), (stacks) => stacks);
}

/** @param use is done with the constructs before the folder of their app goes */
function built<T>(estate: Estate, selection: Selection, use: (stacks: readonly BaseStack[]) => T): T {
  const restore = silenceStackTraces();
  // an app makes its folder as soon as it is there
  const outdir = mkdtempSync(join(tmpdir(), 'aws-environments-'));
  try {
    const app = new App({ outdir });
    buildEstate(app, estate, selection);
    return use(app.node.children.filter(isBaseStack));
  } finally {
    restore();
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** Environments that share accounts with those that were asked for, and so their quotas. */
function neighbours({ environments, ...estate }: Estate, selection: Selection): readonly HeldStack[] {
  const asked = environments.filter(({ name }) => selection?.includes(name));
  const accounts = new Set(asked.map(({ settings }) => settings.account));
  const names = environments
    .filter((one) => accounts.has(one.settings.account) && !asked.includes(one))
    .map(({ name }) => name);
  if (names.length === 0) return [];
  return built({ environments, ...estate }, names, (stacks) => {
    for (const stack of stacks) stack.prepareStack();
    return stacks.map((stack) => {
      const text = JSON.stringify(stack.toTerraform());
      return { id: stack.node.id, place: stack.place, text, config: parseConfig(text) };
    });
  });
}

/** The state bucket and its key, in each region of a scope: one stack a region. */
export async function synthesizeBootstrap(options: {
  readonly example?: string | undefined;
  readonly scope: string;
  readonly out: string;
}): Promise<SynthResult> {
  const { estate, warnings } = await loadEstate(options);
  const [scope = ''] = select(estate, { scopes: [options.scope] }) ?? [];
  const purpose = `bootstrap of ${purposeOf(options.example, [scope])}`;
  const build = (app: App) => buildBootstrap(app, estate, scope, accountRegions(estate));
  return { warnings, ...(await write({ ...options, purpose }, build)) };
}

function select(
  estate: Estate,
  { environments = [], scopes = [] }: Pick<SynthOptions, 'environments' | 'scopes'>,
): Selection {
  const known = scopesOf(estate);
  const names = estate.environments.map(({ name }) => name);
  const wrong = [
    ...environments
      .filter((one) => !names.includes(one))
      .map((one) => `ENV must name environments, got "${one}"; ${didYouMean(one, names)}`),
    // commands for one scope take either variable for it
    ...scopes
      .filter((one) => !known.includes(one))
      .map((one) => `ENV or SCOPE must name what the files have, got "${one}"; ${didYouMean(one, known)}`),
  ];
  if (wrong.length > 0) throw new InputError(wrong);
  const chosen = [...environments, ...scopes];
  return chosen.length > 0 ? chosen : undefined;
}

/** Whose order and number say nothing. */
function purposeOf(example: string | undefined, selection: Selection): string {
  const scopes = [...new Set(selection)].sort().join(', ') || 'everything';
  return example === undefined ? scopes : `${scopes} of ${example}`;
}

async function write(
  options: OutputOptions,
  build: (app: App) => void,
  check: (stacks: readonly HeldStack[]) => void = () => undefined,
): Promise<Omit<SynthResult, 'warnings'>> {
  const { folder, result, ...synced } = await fillFolder(options, (drafts) => {
    const restore = silenceStackTraces();
    try {
      // with the version said, cdktf's successor lets write-only arguments pass; it changes nothing here
      const app = new App({ outdir: drafts, context: { targetVersions: { terraform: '>=1.11.0' } } });
      build(app);
      app.synth();
      const stacks = app.node.children.filter(isBaseStack);
      check(stacks.map((stack) => heldStack(described(stack, drafts))));
      return stacks;
    } finally {
      restore();
    }
  });
  return { ...synced, stacks: result.map((stack) => described(stack, folder)) };
}

const isBaseStack = (construct: unknown): construct is BaseStack => construct instanceof BaseStack;

function described(stack: BaseStack, out: string): SynthesizedStack {
  return {
    id: stack.node.id,
    place: stack.place,
    dependencies: stack.dependencies.map((one) => one.node.id).sort(),
    folder: join(out, 'stacks', stack.node.id),
  };
}
