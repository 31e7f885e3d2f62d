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

export const stacksOf = (ids: RegExp): StackJson[] => fixtureStacks().filter(({ id }) => ids.test(id));

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
