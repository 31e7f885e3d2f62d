import { cpus } from 'node:os';
import { runInOrder } from './in-order';
import { type ManifestStack, readManifest, selectStacks } from './manifest';
import { isProtection } from './provider/deletion-refusals';
import type { RehearsedStack } from './rehearsed-stack';
import type { StandIn } from './stand-in';
import type { TerraformResult } from './terraform';

export interface RehearsalOptions {
  /** @default all stacks */
  readonly only?: readonly string[];
  /** Destroy everything afterwards, last stack first. @default false */
  readonly destroy?: boolean;
  /** Stacks that run side by side. @default the number of cores */
  readonly jobs?: number;
  /** Called as soon as a stack has come to an end. */
  readonly report?: (outcome: StackOutcome) => void;
}

export interface StackOutcome {
  readonly id: string;
  readonly phase: 'apply' | 'destroy';
  readonly status: 'ok' | 'protected' | 'failed' | 'skipped';
  readonly resources: number;
  readonly seconds: number;
  /** What went wrong, with all that Terraform said. */
  readonly details?: string;
}

export interface RehearsalResult {
  readonly stacks: ReadonlyMap<string, RehearsedStack>;
  readonly outcomes: readonly StackOutcome[];
  readonly failures: number;
}

/** Takes every stack of a synthesized folder through Terraform, in the order of the manifest. */
export async function rehearse(
  folder: string,
  standIn: StandIn,
  options: RehearsalOptions = {},
): Promise<RehearsalResult> {
  const manifest = selectStacks(readManifest(folder), options.only ?? []);
  const jobs = options.jobs ?? cpus().length;
  const stacks = new Map<string, RehearsedStack>();
  const outcomes: StackOutcome[] = [];
  const note = (outcome: StackOutcome): boolean => {
    outcomes.push(outcome);
    options.report?.(outcome);
    return outcome.status === 'ok' || outcome.status === 'protected';
  };
  const skip = (phase: StackOutcome['phase'], why: string) => (id: string, failed: string) => {
    note({ id, phase, status: 'skipped', resources: 0, seconds: 0, details: `${why} ${failed} failed` });
  };

  const byId = new Map(manifest.map((stack) => [stack.id, stack]));
  const apply = async (id: string): Promise<boolean> => {
    const stack = standIn.copyStack(id, byId.get(id)?.folder ?? '');
    stacks.set(id, stack);
    return note(await applyStack(stack));
  };
  await runInOrder(
    manifest.map(({ id, dependencies }) => ({ id, after: dependencies })),
    jobs,
    apply,
    skip('apply', 'depends on a stack that failed:'),
  );

  if (options.destroy) {
    const destroy = async (id: string): Promise<boolean> => {
      const stack = stacks.get(id);
      return stack ? note(await destroyStack(stack)) : true;
    };
    await runInOrder(dependentsFirst(manifest, stacks), jobs, destroy, skip('destroy', 'is used by'));
  }
  const failures = outcomes.filter(({ status }) => status === 'failed' || status === 'skipped').length;
  return { stacks, outcomes, failures };
}

async function applyStack(stack: RehearsedStack): Promise<StackOutcome> {
  const started = performance.now();
  const steps: readonly (readonly [name: string, run: () => Promise<TerraformResult>])[] = [
    ['init', () => stack.init()],
    ['validate', () => stack.validate()],
    ['plan', () => stack.plan()],
    ['apply', () => stack.apply()],
    ['plan again', () => stack.planAgain()],
  ];
  let details: string | undefined;
  for (const [name, run] of steps) {
    const result = await run();
    if (result.code === 0) continue;
    const isChange = name === 'plan again' && result.code === 2;
    const what = isChange ? 'the plan after the apply is not empty' : `${name} failed`;
    details = `${what}\n${result.output}`;
    break;
  }
  return {
    id: stack.id,
    phase: 'apply',
    status: details === undefined ? 'ok' : 'failed',
    resources: stack.resourceCount(),
    seconds: (performance.now() - started) / 1000,
    ...(details !== undefined && { details }),
  };
}

async function destroyStack(stack: RehearsedStack): Promise<StackOutcome> {
  const started = performance.now();
  const result = await stack.destroy();
  const errors = errorsIn(result.stdout);
  const isProtected =
    errors.length > 0 && errors.every(({ summary, detail }) => isProtection(summary, detail));
  const hasFailed = result.code !== 0 && !isProtected;
  const messages = errors.map(({ summary, detail, address }) =>
    `${address ?? ''} ${summary}\n${detail}`.trim(),
  );
  return {
    id: stack.id,
    phase: 'destroy',
    status: result.code === 0 ? 'ok' : isProtected ? 'protected' : 'failed',
    resources: stack.resourceCount(),
    seconds: (performance.now() - started) / 1000,
    ...(hasFailed && { details: `destroy failed\n${messages.join('\n') || result.output}` }),
  };
}

interface TerraformError {
  readonly summary: string;
  readonly detail: string;
  readonly address?: string;
}

/** The errors in Terraform's machine-readable output, of which each line is a message. */
export function errorsIn(output: string): TerraformError[] {
  const errors: TerraformError[] = [];
  for (const line of output.split('\n')) {
    if (!line.startsWith('{')) continue;
    const message = JSON.parse(line) as {
      type?: string;
      diagnostic?: { severity: string; summary: string; detail?: string; address?: string };
    };
    const diagnostic = message.diagnostic;
    if (message.type !== 'diagnostic' || diagnostic?.severity !== 'error') continue;
    errors.push({ ...diagnostic, detail: diagnostic.detail ?? '' });
  }
  return errors;
}

/** Only what was applied can be destroyed, and a stack only after those that read it. */
function dependentsFirst(manifest: readonly ManifestStack[], applied: ReadonlyMap<string, RehearsedStack>) {
  const present = manifest.filter(({ id }) => applied.has(id));
  return [...present].reverse().map(({ id }) => ({
    id,
    after: present.filter(({ dependencies }) => dependencies.includes(id)).map((dependent) => dependent.id),
  }));
}
