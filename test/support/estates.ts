import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { EstateFile } from '../../src/config/define';
import type { Estate } from '../../src/config/estate';
import { loadEstate, PROJECT_FOLDER, readEstate } from '../../src/config/load';
import * as carRetail from '../fixtures/car-retail';
import { estateOf, stacksOf, type StackJson } from './estate';

/** A whole estate that tests look at. Each part is made once a process, whoever asks, and never changed. */
export interface TestedEstate {
  /** The folder that says it. */
  readonly name: string;
  readonly file: () => Promise<EstateFile>;
  readonly estate: () => Promise<Estate>;
  readonly stacks: () => Promise<readonly StackJson[]>;
}

/** For tests of the program, which say exactly what they expect of it. */
export const fixture: EstateFile = carRetail;
export const fixtureStacks = once(() => stacksOf(estateOf(fixture)));

/**
 * What the users of the program have written: `environments`, and each example. Whatever that is, tests must
 * pass on it: they may ask the settings what is there, and expect no name and no count.
 */
export const live: TestedEstate = liveEstate();
export const liveEstates: readonly TestedEstate[] = [live, ...examples().map(liveEstate)];

/** What has to hold of every estate is looked at on all of them. */
export const everyEstate: readonly TestedEstate[] = [
  {
    name: 'test/fixtures/car-retail',
    file: () => Promise.resolve(fixture),
    estate: once(() => Promise.resolve(estateOf(fixture))),
    stacks: () => Promise.resolve(fixtureStacks()),
  },
  ...liveEstates,
];

function liveEstate(example?: string): TestedEstate {
  const estate = once(async () => (await loadEstate({ example })).estate);
  return {
    name: example === undefined ? 'environments' : `environments/examples/${example}`,
    file: once(async () => {
      const { environments, shared } = await readEstate({ example });
      return { environments, ...(shared && { shared }) };
    }),
    estate,
    stacks: once(async () => stacksOf(await estate())),
  };
}

function examples(): string[] {
  const folder = join(PROJECT_FOLDER, 'environments/examples');
  if (!existsSync(folder)) return [];
  // another test, in another thread, may be writing an example that does not load
  return readdirSync(folder).filter(
    (name) => !name.endsWith('-for-a-test') && existsSync(join(folder, name, 'index.ts')),
  );
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
