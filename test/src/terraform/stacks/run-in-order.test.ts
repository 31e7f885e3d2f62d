import { runInOrder } from '../../../../src/terraform/stacks/run-in-order';

const node = (id: string, ...dependencies: readonly string[]) => ({ id, dependencies });
const pause = (milliseconds = 5) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Runs stacks that take a moment each, and says what happened in which order. */
async function record(stacks: readonly ReturnType<typeof node>[], jobs: number) {
  const events: string[] = [];
  let most = 0;
  let running = 0;
  await runInOrder(stacks, jobs, async ({ id }) => {
    events.push(`+${id}`);
    most = Math.max(most, ++running);
    await pause();
    running -= 1;
    events.push(`-${id}`);
    return id;
  });
  return { events, most };
}

it('runs independent stacks side by side, and a stack after its upstream', async () => {
  const { events } = await record([node('a'), node('b'), node('c', 'a', 'b')], 4);
  expect(events).toEqual(['+a', '+b', '-a', '-b', '+c', '-c']);
});

it('runs no more stacks at once than jobs allow', async () => {
  const stacks = ['a', 'b', 'c', 'd', 'e'].map((id) => node(id));
  expect((await record(stacks, 2)).most).toBe(2);
  expect((await record(stacks, 1)).events.slice(0, 3)).toEqual(['+a', '-a', '+b']);
});

it('starts a stack as soon as its own upstream is done, whatever else runs', async () => {
  const order: string[] = [];
  let nextHasRun = (): void => undefined;
  const next = new Promise<void>((resolve) => (nextHasRun = resolve));
  await runInOrder([node('slow'), node('fast'), node('next', 'fast')], 4, async ({ id }) => {
    if (id === 'slow') await next;
    order.push(id);
    if (id === 'next') nextHasRun();
    return id;
  });
  expect(order).toEqual(['fast', 'next', 'slow']);
});

it('hands each stack the results of its own upstream, and returns all in order', async () => {
  const given: Record<string, object> = {};
  const results = await runInOrder([node('c', 'a', 'gone'), node('b'), node('a')], 4, ({ id }, upstream) => {
    given[id] = Object.fromEntries(upstream);
    return Promise.resolve(id.toUpperCase());
  });
  expect(given).toEqual({ a: {}, b: {}, c: { a: 'A' } });
  expect([...results]).toEqual([
    ['a', 'A'],
    ['c', 'C'],
    ['b', 'B'],
  ]);
});

it('ends with what a stack throws, after the others that run have ended, and starts no more', async () => {
  const ended: string[] = [];
  const run = runInOrder([node('bad'), node('good'), node('late', 'bad')], 4, async ({ id }) => {
    if (id === 'bad') throw new Error('broken');
    await pause(20);
    ended.push(id);
    return id;
  });
  await expect(run).rejects.toThrow('broken');
  expect(ended).toEqual(['good']);
});
