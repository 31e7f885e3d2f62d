import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { InputError } from '../errors';
import { checkEstate } from './check';
import type { EnvironmentFile, EstateFile } from './define';
import { duplicateKeys } from './duplicate-keys';
import type { Environment, Estate } from './estate';
import { isMap } from './merge';
import { MOVES_FILE, readMoves } from './moves';
import { didYouMean, printable, problemLine } from './problem';
import { kindOf } from './read-file';
import { withoutTokens } from './secrets/secret-tokens';
import type { SharedInput } from './schema';

/** The top folder of the project. */
export const PROJECT_FOLDER = resolve(__dirname, '../..');

export interface LoadOptions {
  /** Name of a folder in `environments/examples`. @default the environments of the project itself */
  readonly example?: string | undefined;
}

/** An estate, and what is odd about it but does no harm. */
export interface LoadedEstate {
  readonly estate: Estate;
  readonly warnings: readonly string[];
  /** The file of an environment, for messages. */
  readonly fileOf: (environment: string) => string;
}

/** What was written, and where, before any of it is checked. */
export interface WrittenEstate {
  readonly environments: Readonly<Record<string, EnvironmentFile>>;
  readonly shared: SharedInput | undefined;
  /** The file that says a setting of an environment, for messages. */
  readonly fileOf: (environment: string, said: 'overrides' | 'blueprint') => string;
  readonly sharedFile: string;
}

/**
 * Reads, merges and checks all environments together.
 *
 * @throws InputError with every problem that was found, one line each
 */
export async function loadEstate(options: LoadOptions = {}): Promise<LoadedEstate> {
  const written = await readEstate(options);
  const { estate, problems, warnings } = checkEstate(written);
  const all = [...duplicateKeys(indexOf(options).index, PROJECT_FOLDER), ...problems];
  if (!estate || all.length > 0) throw new InputError(all.map(problemLine));
  const moves = readMoves(movesPath(options), `${indexOf(options).folder}/${MOVES_FILE}`);
  return {
    estate: { ...estate, moves },
    warnings: warnings.map(problemLine),
    fileOf: (environment) => written.fileOf(environment, 'overrides'),
  };
}

/** @throws InputError if there is no such environment, or anything is wrong with the settings */
export async function loadEnvironment(
  options: LoadOptions & { readonly environment: string },
): Promise<Environment> {
  const { estate } = await loadEstate(options);
  return findEnvironment(estate, options.environment);
}

/** @throws InputError if there is no such environment */
export function findEnvironment(estate: Pick<Estate, 'environments'>, name: string): Environment {
  const found = estate.environments.find((one) => one.name === name);
  if (found) return found;
  const names = estate.environments.map((one) => one.name);
  throw new InputError([
    printable(`ENV must name an environment, got "${name}"; ${didYouMean(name, names)}`),
  ]);
}

/** Imports the environment files. Also for `make settings`, which shows what was written where. */
export async function readEstate(options: LoadOptions): Promise<WrittenEstate> {
  const { example } = options;
  const { folder, index } = indexOf(options);
  if (example !== undefined && (!/^[\w-]+$/.test(example) || !existsSync(index))) {
    throw new InputError([
      printable(`EXAMPLE must name an example, got "${example}"; ${didYouMean(example, exampleNames())}`),
    ]);
  }
  const exported = await importFile(folder, index);
  return {
    environments: environmentsOf(exported, `${folder}/index.ts`),
    shared: exported.shared ?? exported.default?.shared,
    fileOf: (environment, said) => fileIn(folder, said === 'blueprint' ? 'blueprint' : environment),
    sharedFile: fileIn(folder, 'shared'),
  };
}

/** Where the moves of an estate are written, be there any or not. */
export const movesPath = (options: LoadOptions) => join(PROJECT_FOLDER, indexOf(options).folder, MOVES_FILE);

function indexOf({ example }: LoadOptions): { readonly folder: string; readonly index: string } {
  const folder = example === undefined ? 'environments' : `environments/examples/${example}`;
  return { folder, index: join(PROJECT_FOLDER, folder, 'index.ts') };
}

/**
 * The map that an index exports, by name or by default.
 *
 * @throws InputError if there is none
 */
export function environmentsOf(exported: Exported, file: string): EstateFile['environments'] {
  const environments: unknown = exported.environments ?? exported.default?.environments;
  const kind = kindOf(environments) ?? (isMap(environments) ? undefined : 'something else');
  if (kind === undefined && isMap(environments) && Object.keys(environments).length > 0)
    return environments as EstateFile['environments'];
  throw new InputError([
    `${file}: environments must be a map of environments, got ${kind ?? 'an empty one'}; export const environments = { dev, prod }`,
  ]);
}

/** The folders in environments/examples that hold an estate. */
function exampleNames(): string[] {
  const folder = join(PROJECT_FOLDER, 'environments/examples');
  return readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, 'index.ts')))
    .sort();
}

/** What an index may export. */
export type Exported = Partial<EstateFile> & { readonly default?: Partial<EstateFile> };

/** A file that does not compile, or throws, is wrong input like any other. */
async function importFile(folder: string, index: string): Promise<Exported> {
  try {
    return (await import(pathToFileURL(index).href)) as Exported;
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    const named = text.replaceAll(`${PROJECT_FOLDER}/`, '').replaceAll(/\s+/g, ' ').trim();
    const said = printable(withoutTokens(named));
    throw new InputError([`${folder}/index.ts: the file must load, got ${said}; correct what it names`], {
      cause: error,
    });
  }
}

/** An example may hold everything in its index. */
function fileIn(folder: string, name: string): string {
  return existsSync(join(PROJECT_FOLDER, folder, `${name}.ts`))
    ? `${folder}/${name}.ts`
    : `${folder}/index.ts`;
}
