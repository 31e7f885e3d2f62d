import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { addressesIn, protectedAddresses } from './protected-resources';
import { isProtection } from './provider/deletion-refusals';
import type { RehearsedStack } from './rehearsed-stack';
import type { JsonObject } from './stack-document';
import type { TerraformResult } from './terraform';

export interface StackOutcome {
  readonly id: string;
  /**
   * `apply` is init, validate, plan, apply and an empty plan; `protect` a destroy that must be refused; `release`
   * an apply without protection; `destroy` and `restore` the end and a new beginning.
   */
  readonly phase: 'apply' | 'protect' | 'release' | 'destroy' | 'restore';
  readonly status: 'ok' | 'protected' | 'failed' | 'skipped';
  readonly resources: number;
  readonly seconds: number;
  /** What went wrong, with all that Terraform said. */
  readonly details?: string;
}

type Step = readonly [name: string, run: () => Promise<TerraformResult>];

/** Runs the steps until one fails; the last plan must find nothing to do. */
async function runSteps(
  stack: RehearsedStack,
  phase: StackOutcome['phase'],
  steps: readonly Step[],
): Promise<StackOutcome> {
  const started = performance.now();
  let details: string | undefined;
  for (const [name, run] of steps) {
    const result = await run();
    if (result.code === 0) continue;
    const isChange = name === 'plan again' && result.code === 2;
    const what = isChange ? 'the plan after the apply is not empty' : `${name} failed`;
    details = `${what}\n${result.output}`;
    break;
  }
  return outcomeOf(stack, phase, started, details === undefined ? 'ok' : 'failed', details);
}

function outcomeOf(
  stack: RehearsedStack,
  phase: StackOutcome['phase'],
  started: number,
  status: StackOutcome['status'],
  details?: string,
): StackOutcome {
  return {
    id: stack.id,
    phase,
    status,
    resources: stack.resourceCount(),
    seconds: (performance.now() - started) / 1000,
    ...(details !== undefined && { details }),
  };
}

const planAndApply = (stack: RehearsedStack): readonly Step[] => [
  ['plan', () => stack.plan()],
  ['apply', () => stack.apply()],
];

const planAgain = (stack: RehearsedStack): Step => ['plan again', () => stack.planAgain()];

export function applyStack(stack: RehearsedStack): Promise<StackOutcome> {
  const begin: readonly Step[] = [
    ['init', () => stack.init()],
    ['validate', () => stack.validate()],
  ];
  return runSteps(stack, 'apply', [...begin, ...planAndApply(stack), planAgain(stack)]);
}

/** Nothing to do for a stack that protects nothing. Otherwise everything that is protected must still be there. */
export async function refuseDestruction(stack: RehearsedStack): Promise<StackOutcome | undefined> {
  const kept = protectedAddresses(stack.configuration, stack.state());
  if (kept.size === 0) return undefined;
  const outcome = await destroyStack(stack, { mayStay: true });
  const left = addressesIn(stack.state());
  const lost = [...kept].filter((address) => !left.has(address));
  if (lost.length === 0) return { ...outcome, phase: 'protect' };
  const details = `protected, and destroyed all the same: ${lost.join(', ')}\n${outcome.details ?? ''}`;
  return { ...outcome, phase: 'protect', status: 'failed', details };
}

/** Nothing to do for a stack that is the same without protection. */
export async function releaseStack(
  stack: RehearsedStack,
  source: string | undefined,
): Promise<StackOutcome | undefined> {
  if (source === undefined) return undefined;
  const before = JSON.stringify(stack.configuration);
  stack.reconfigure(configurationIn(source));
  if (JSON.stringify(stack.configuration) === before) return undefined;
  return runSteps(stack, 'release', planAndApply(stack));
}

export function restoreStack(stack: RehearsedStack, source: string): Promise<StackOutcome> {
  stack.reconfigure(configurationIn(source));
  return runSteps(stack, 'restore', [...planAndApply(stack), planAgain(stack)]);
}

function configurationIn(folder: string): JsonObject {
  return JSON.parse(readFileSync(join(folder, 'cdk.tf.json'), 'utf8')) as JsonObject;
}

/** @param options mayStay: a refusal because of protection is no failure */
export async function destroyStack(
  stack: RehearsedStack,
  options: { readonly mayStay: boolean },
): Promise<StackOutcome> {
  const started = performance.now();
  const result = await stack.destroy();
  if (result.code === 0) {
    const left = stack.resourceCount();
    const details = left > 0 ? `${left} resources are left in the state` : undefined;
    return outcomeOf(stack, 'destroy', started, left > 0 ? 'failed' : 'ok', details);
  }
  const errors = errorsIn(result.stdout);
  const isProtected =
    errors.length > 0 && errors.every(({ summary, detail }) => isProtection(summary, detail));
  if (isProtected && options.mayStay) return outcomeOf(stack, 'destroy', started, 'protected');
  const messages = errors.map(({ summary, detail, address }) =>
    `${address ?? ''} ${summary}\n${detail}`.trim(),
  );
  const details = `destroy failed\n${messages.join('\n') || result.output}`;
  return outcomeOf(stack, 'destroy', started, 'failed', details);
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
      diagnostic?: TerraformError & { severity: string; snippet?: { context?: string | null } };
    };
    const diagnostic = message.diagnostic;
    if (message.type !== 'diagnostic' || diagnostic?.severity !== 'error') continue;
    // what does not fit the schema has no address yet, but a place: resource.aws_vpc.network
    const address = diagnostic.address ?? diagnostic.snippet?.context?.replace(/^resource\./, '');
    const { summary, detail = '' } = diagnostic;
    errors.push({ summary, detail, ...(address !== undefined && { address }) });
  }
  return errors;
}
