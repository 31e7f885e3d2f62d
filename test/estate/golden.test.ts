import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { defaultStacks, type StackJson } from '../support/estate';
import { declared } from '../support/references';

const FOLDER = resolve(__dirname, '../golden');

/**
 * An address that changes is a resource destroyed, and an output that changes breaks its readers. Each list
 * is a file, so that a rename shows up as a diff; `make golden` accepts it.
 */
const listOf = (stack: StackJson) =>
  [
    ...[...declared(stack).keys()].sort(),
    ...Object.keys(stack.output)
      .sort()
      .map((name) => `output.${name}`),
  ].join('\n') + '\n';

const fileOf = (id: string) => join(FOLDER, `${id}.txt`);

describe('addresses and outputs', () => {
  test('are those of the golden lists, stack by stack', async () => {
    const stacks = await defaultStacks();
    if (process.env['UPDATE_GOLDEN'] === '1') {
      rmSync(FOLDER, { recursive: true, force: true });
      mkdirSync(FOLDER, { recursive: true });
      for (const stack of stacks) writeFileSync(fileOf(stack.id), listOf(stack));
    }
    for (const stack of stacks) {
      const golden = existsSync(fileOf(stack.id)) ? readFileSync(fileOf(stack.id), 'utf8') : '';
      expect(listOf(stack), `${stack.id}: run make golden if this is wanted`).toBe(golden);
    }
    expect(readdirSync(FOLDER).sort()).toEqual(stacks.map(({ id }) => `${id}.txt`).sort());
  });

  test('hold no environment, region, account or zone name', async () => {
    const stacks = await defaultStacks();
    const places = stacks.flatMap(({ place }) => [place.account, place.region, `${place.region}a`]);
    const environments = ['dev', 'qa', 'beta', 'prod'];
    const parts = stacks.flatMap((stack) => listOf(stack).split(/[\n._-]/));
    expect(parts.filter((part) => environments.includes(part) || places.includes(part))).toEqual([]);
    const whole = stacks.map(listOf).join('');
    expect([...new Set(places)].filter((place) => whole.includes(place))).toEqual([]);
  });
});
