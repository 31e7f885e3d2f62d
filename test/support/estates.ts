import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { checkEstate } from '../../src/config/check';
import type { EstateFile } from '../../src/config/define';
import type { Estate } from '../../src/config/estate';
import { PROJECT_FOLDER, readEstate } from '../../src/config/load';
import { problemLine } from '../../src/config/problem';
import { InputError } from '../../src/errors';
import { environments, sharedWithDelivery } from '../fixtures/car-retail';
import { estateOf, stacksOf, type StackJson } from './estate';

/** A whole estate that tests look at. It is made once a process, whoever asks, and never changed. */
export interface TestedEstate {
  /** The folder that says it. */
  readonly name: string;
  readonly file: EstateFile;
  readonly estate: Estate;
  readonly stacks: () => readonly StackJson[];
}

/** For tests of the program, which say exactly what they expect of it. */
export const fixture: EstateFile = { environments, shared: sharedWithDelivery };
export const fixtureStacks = once(() => stacksOf(estateOf(fixture)));

/** A folder in which users of the program write, and what is wrong with what they have written. */
interface LiveFolder {
  readonly name: string;
  readonly problems: readonly string[];
  /** Nothing if there are problems. */
  readonly tested: TestedEstate | undefined;
}

/**
 * `environments`, and each example. Whatever they say, tests must pass on it: they may ask the settings what is
 * there, and expect no name and no count. What is refused is one test's to tell; the others leave it out.
 */
export const liveFolders: readonly LiveFolder[] = await Promise.all(
  [undefined, ...examples()].map(liveFolder),
);
export const liveEstates = liveFolders.flatMap(({ tested }) => tested ?? []);
/** `environments`, or nothing while it is refused. */
export const live = liveFolders[0]?.tested;

/** What has to hold of every estate is looked at on all of them. */
export const everyEstate: readonly TestedEstate[] = [
  { name: 'test/fixtures/car-retail', file: fixture, estate: estateOf(fixture), stacks: fixtureStacks },
  ...liveEstates,
];

async function liveFolder(example?: string): Promise<LiveFolder> {
  const name = example === undefined ? 'environments' : `environments/examples/${example}`;
  try {
    const written = await readEstate({ example });
    const { shared } = written;
    const { estate, problems } = checkEstate(written);
    const tested = estate && {
      name,
      file: { environments: written.environments, ...(shared && { shared }) },
      estate,
      stacks: once(() => stacksOf(estate)),
    };
    return { name, problems: problems.map(problemLine), tested };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { name, problems: [error.message], tested: undefined };
  }
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
