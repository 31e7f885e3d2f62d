import { fixtureStacks } from '../support/estates';
import type { StackJson } from '../support/estate';

export type Body = Readonly<Record<string, unknown>>;

/** Resources of one type in the stacks of the fixture whose id matches, by `<stack>: <name>`. */
export function resourcesOf(type: string, stacks: RegExp = /./): ReadonlyMap<string, Body> {
  return new Map(
    stacksOf(stacks).flatMap((stack) =>
      Object.entries(stack.resource[type] ?? {}).map(
        ([name, body]) => [`${stack.id}: ${name}`, body] as const,
      ),
    ),
  );
}

export const bodiesOf = (type: string, stacks?: RegExp): Body[] => [...resourcesOf(type, stacks).values()];

let missing: string | undefined;

export const stacksOf = (ids: RegExp): StackJson[] =>
  fixtureStacks()
    .filter(({ id }) => ids.test(id))
    .map((stack) => (missing === undefined ? stack : less(stack, missing)));

/**
 * Does something while the stacks have no resources of a kind.
 * @param wanted a type, or addresses of it: `aws_iam_role.*task-role`
 */
export async function without<T>(wanted: string, run: () => Promise<T>): Promise<T> {
  missing = wanted;
  try {
    return await run();
  } finally {
    missing = undefined;
  }
}

function less(stack: StackJson, wanted: string): StackJson {
  const { type, isMeant } = kindOf(wanted);
  const left = Object.entries(stack.resource[type] ?? {}).filter(([name]) => !isMeant(name));
  return { ...stack, resource: { ...stack.resource, [type]: Object.fromEntries(left) } };
}

/** @param wanted a type, or addresses of it */
export function kindOf(wanted: string): {
  readonly type: string;
  readonly isMeant: (name: string) => boolean;
} {
  const [type = '', name = '*'] = wanted.split('.');
  const pattern = new RegExp(`^${name.split('*').join('.*')}$`);
  return { type, isMeant: (one) => pattern.test(one) };
}

/** The same, where there have to be some: what holds of none shows nothing. @throws if there are none */
export function someOf(type: string, stacks?: RegExp): Body[] {
  const bodies = bodiesOf(type, stacks);
  if (bodies.length === 0) throw new Error(`${type} must be there, got none`);
  return bodies;
}

/** The only one. @throws unless there is exactly one */
export function only<T>(all: Iterable<T>): T {
  const [one, ...more] = [...all];
  if (one === undefined || more.length > 0)
    throw new Error(`one was expected, got ${more.length + (one === undefined ? 0 : 1)}`);
  return one;
}

/** Workload stacks of the region that customers use, in production. */
export const PROD = /^prod-us-east-1-workload$/;
export const STANDBY = /^prod-us-west-2-workload$/;

interface Container {
  readonly user?: string;
  readonly readonlyRootFilesystem?: boolean;
  readonly image: string;
  readonly secrets?: readonly { readonly name: string; readonly valueFrom: string }[];
  readonly environment?: readonly { readonly name: string; readonly value: string }[];
}

/** Containers of all task definitions. */
export const containersOf = (stacks?: RegExp): Container[] =>
  bodiesOf('aws_ecs_task_definition', stacks).flatMap(
    (task) => JSON.parse(String(task['container_definitions'])) as Container[],
  );
