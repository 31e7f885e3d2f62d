import type { App } from 'cdktf';
import { checkEstate } from '../../src/config/check';
import type { EnvironmentFile, EstateFile } from '../../src/config/define';
import type { Estate } from '../../src/config/estate';
import type { WrittenEstate } from '../../src/config/load';
import { merge } from '../../src/config/merge';
import { problemLine } from '../../src/config/problem';
import { BaseStack, type StackPlace } from '../../src/stacks/base-stack';
import { silenceStackTraces } from '../../src/stacks/silence-stack-traces';
import { buildEstate, type Selection } from '../../src/topology';
import { testApp } from './app';
import type { Blocks } from './harness';

/** One synthesized stack as Terraform reads it. */
export interface StackJson {
  readonly id: string;
  readonly place: StackPlace;
  readonly dependencies: readonly string[];
  readonly resource: Blocks;
  readonly data: Blocks;
  readonly output: Readonly<Record<string, { readonly value: unknown }>>;
  readonly terraform: Readonly<Record<string, unknown>>;
  readonly provider: Readonly<Record<string, readonly Record<string, unknown>[]>>;
  /** The bytes that synth writes. */
  readonly text: string;
}

/** Builds in memory and prepares every stack, so that references across stacks are as in the real output. */
export function stacksOf(estate: Estate, selection?: Selection): StackJson[] {
  const restore = silenceStackTraces();
  try {
    const app = testApp();
    buildEstate(app, estate, selection);
    return jsonOf(app);
  } finally {
    restore();
  }
}

function jsonOf(app: App): StackJson[] {
  const stacks = app.node.children.filter((child): child is BaseStack => child instanceof BaseStack);
  for (const stack of stacks) stack.prepareStack();
  return stacks.map((stack) => parsed(stack, JSON.stringify(sorted(stack.toTerraform()), undefined, 2)));
}

/** As cdktf writes it: the keys of maps in alphabetical order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}

function parsed(stack: BaseStack, text: string): StackJson {
  const json = JSON.parse(text) as Partial<StackJson>;
  return {
    id: stack.node.id,
    place: stack.place,
    dependencies: stack.dependencies.map((one) => one.node.id),
    resource: json.resource ?? {},
    data: json.data ?? {},
    output: json.output ?? {},
    terraform: json.terraform ?? {},
    provider: json.provider ?? {},
    text,
  };
}

/** Environments as a test writes them, in files of their own names. */
export const written = ({ environments, shared }: EstateFile): WrittenEstate => ({
  environments,
  shared,
  fileOf: (environment, said) => `environments/${said === 'blueprint' ? 'blueprint' : environment}.ts`,
  sharedFile: 'environments/shared.ts',
});

/** @returns every problem line of these environments */
export function problemsOf(file: EstateFile): string[] {
  return checkEstate(written(file)).problems.map(problemLine);
}

/** @returns every warning line of these environments */
export function warningsOf(file: EstateFile): string[] {
  return checkEstate(written(file)).warnings.map(problemLine);
}

/** @throws if the environments have problems */
export function estateOf(file: EstateFile): Estate {
  const { estate, problems } = checkEstate(written(file));
  if (!estate) throw new Error(problems.map(problemLine).join('\n'));
  return estate;
}

/** An environment as it is, with some settings changed the way that an environment file changes its blueprint. */
export const changed = (file: EnvironmentFile, change: object): EnvironmentFile => ({
  blueprint: file.blueprint,
  overrides: merge(file.overrides, change) as object,
});
