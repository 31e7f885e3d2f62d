import { inOrder } from './stack-graph';

interface Node {
  readonly id: string;
  readonly dependencies: readonly string[];
}

/**
 * Runs something for each stack, once all that is upstream of it has ended, as many at once as `jobs` says.
 *
 * @param run is given the results of the stack's own upstream stacks; what it throws ends everything, after
 *   those that run have ended
 * @returns the results in order, upstream first
 */
export async function runInOrder<T extends Node, Result>(
  stacks: readonly T[],
  jobs: number,
  run: (stack: T, upstream: ReadonlyMap<string, Result>) => Promise<Result>,
): Promise<ReadonlyMap<string, Result>> {
  const ordered = inOrder(stacks);
  const ids = new Set(ordered.map(({ id }) => id));
  const waiting = new Set(ordered);
  const results = new Map<string, Result>();
  const running = new Set<Promise<void>>();
  let failure: { readonly error: unknown } | undefined;

  const upstreamOf = (stack: T) => stack.dependencies.filter((id) => ids.has(id));
  const start = (stack: T): void => {
    waiting.delete(stack);
    const upstream = new Map(upstreamOf(stack).map((id) => [id, results.get(id) as Result]));
    const job = run(stack, upstream)
      .then(
        (result) => void results.set(stack.id, result),
        (error: unknown) => void (failure ??= { error }),
      )
      .finally(() => running.delete(job));
    running.add(job);
  };

  while (!failure) {
    for (const stack of [...waiting]) {
      if (running.size >= jobs) break;
      if (upstreamOf(stack).every((id) => results.has(id))) start(stack);
    }
    if (running.size === 0) break;
    await Promise.race(running);
  }
  await Promise.all(running);
  if (failure) throw failure.error;
  return new Map(ordered.map(({ id }) => [id, results.get(id) as Result]));
}
