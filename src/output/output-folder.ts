import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync, type renameSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { InputError, RefusedError } from '../errors';
import { changeFiles } from './file-changes';
import { lock } from './output-lock';
import {
  checkedPlace,
  DRAFT_FOLDER,
  guarded,
  LOCK_FILE,
  lstatIfAny,
  makeFolders,
  removeEmpty,
  shown,
} from './output-place';

/** What Terraform leaves beside a stack when someone runs it there by hand; it can be made again. */
const BY_PRODUCTS = ['.terraform', '.terraform.lock.hcl', 'tfplan'];
const STACK_FILE = 'cdk.tf.json';
/** Runs that write the same wait for each other: plans of two regions, for example. */
const PATIENCE_MS = 30_000;

export interface Synced {
  /** Ids of the stacks that were there and are no longer wanted. */
  readonly removed: readonly string[];
  /** Files of stale stacks that nobody here has written, so nobody here removes. */
  readonly kept: readonly string[];
}

export interface OutputOptions {
  /** As it was typed. */
  readonly out: string;
  /** What will be in it, in the words of the command line: another run that writes the same is waited for. */
  readonly purpose: string;
  /** @default 30 seconds */
  readonly patienceMs?: number | undefined;
}

/**
 * Fills a folder with what is synthesized. Drafts are written inside of it, so that a full disk, or anything
 * else that breaks off, leaves what was there. What a run left that was killed is swept away.
 *
 * @param synthesize writes to the folder that it is given
 * @throws InputError if the folder cannot be used, RunError if the disk fails, RefusedError while another run
 *   writes something else to it
 */
export async function fillFolder<T>(
  options: OutputOptions,
  synthesize: (drafts: string) => T,
): Promise<Synced & { readonly folder: string; readonly result: T }> {
  const { out } = options;
  const folder = checkedPlace(out);
  const { made, release } = await lockFolder(folder, options);
  let isDone = false;
  try {
    return guarded(out, () => {
      const drafts = emptyDrafts(folder);
      const result = synthesize(drafts);
      const synced = syncFolder(drafts, folder);
      isDone = true;
      return { folder, result, ...synced };
    });
  } finally {
    rmSync(join(folder, DRAFT_FOLDER), { recursive: true, force: true });
    release();
    if (!isDone) removeEmpty(made);
  }
}

async function lockFolder(folder: string, { out, purpose, patienceMs = PATIENCE_MS }: OutputOptions) {
  const made: string[] = [];
  const make = () => guarded(out, () => void made.unshift(...makeFolders(folder)));
  make();
  const found = await lock(join(folder, LOCK_FILE), { purpose, patienceMs, make }).catch((error: unknown) =>
    guarded(out, () => {
      removeEmpty(made);
      throw error;
    }),
  );
  if ('release' in found) return { ...found, made };
  const { holder } = found;
  const other = holder ? `process ${holder.pid} on ${holder.host} (${holder.purpose})` : 'another one';
  throw new RefusedError(
    `OUT must be written by one run at a time, got ${shown(out)}, which is being written by ${other}; wait for it, or name another folder`,
  );
}

/** Also of what an earlier run has left there. */
function emptyDrafts(folder: string): string {
  for (const name of readdirSync(folder))
    if (name === DRAFT_FOLDER || name.startsWith(`${LOCK_FILE}.`))
      rmSync(join(folder, name), { recursive: true, force: true });
  const drafts = join(folder, DRAFT_FOLDER);
  mkdirSync(drafts);
  return drafts;
}

/**
 * Makes a folder hold exactly what a freshly synthesized one on the same file system holds, whose files it
 * takes: all of it, or nothing. Files that are the same already are not touched, so that watchers and build
 * tools see what has changed.
 *
 * @param move for tests
 */
export function syncFolder(fresh: string, out: string, move?: typeof renameSync): Synced {
  const files = filesBelow(fresh).map((file) => relative(fresh, file));
  refuseLinks(out, files);
  if (files.includes('manifest.json')) sortManifest(join(fresh, 'manifest.json'));
  // the manifest last but for what is stale: if the process is killed here, it names only what is there
  files.sort((a, b) => Number(a === 'manifest.json') - Number(b === 'manifest.json'));
  const changed = files
    .filter((file) => !isSame(join(fresh, file), join(out, file)))
    .map((file) => ({ file: join(out, file), draft: join(fresh, file) }));
  const stale = staleStacks(join(out, 'stacks'), new Set(files.map((file) => dirname(file))));
  const removed = stale.filter(
    // a link leads out of the folder, and is never followed
    (folder) => lstatIfAny(folder)?.isDirectory() && lstatIfAny(join(folder, STACK_FILE))?.isFile(),
  );
  const aside = join(fresh, '.replaced');
  mkdirSync(aside);
  changeFiles([...changed, ...removed.map((folder) => ({ file: join(folder, STACK_FILE) }))], aside, move);
  return { removed: removed.map((folder) => basename(folder)), kept: stale.flatMap(cleared) };
}

/** A link leads out of the folder; what it leads to is nobody's to replace. */
function refuseLinks(out: string, files: readonly string[]): void {
  const folders = [...new Set(files.flatMap((file) => [dirname(dirname(file)), dirname(file)]))];
  const isRight = (path: string, kind: 'isFile' | 'isDirectory') =>
    lstatIfAny(join(out, path))?.[kind]() ?? true;
  const wrong = [
    ...folders.filter((path) => path !== '.' && !isRight(path, 'isDirectory')),
    ...files.filter((path) => !isRight(path, 'isFile')),
  ];
  if (wrong.length === 0) return;
  throw new InputError(
    wrong.map(
      (path) =>
        `OUT must hold only what synth wrote, got ${join(out, path)}, which is a link or something else; remove it`,
    ),
  );
}

const isSame = (fresh: string, old: string) =>
  lstatIfAny(old) !== undefined && readFileSync(old).equals(readFileSync(fresh));

/** Folders, and links or files in their place, that no wanted stack has. */
function staleStacks(stacks: string, wanted: ReadonlySet<string>): string[] {
  if (!lstatIfAny(stacks)) return [];
  return readdirSync(stacks)
    .filter((id) => !wanted.has(join('stacks', id)))
    .map((id) => join(stacks, id));
}

/** @returns what stays of a stale stack */
function cleared(folder: string): string[] {
  if (!lstatIfAny(folder)?.isDirectory()) return [folder];
  for (const name of BY_PRODUCTS) rmSync(join(folder, name), { recursive: true, force: true });
  const rest = filesBelow(folder);
  if (rest.length === 0) rmSync(folder, { recursive: true });
  return rest;
}

/** The order in which stacks were built says nothing; dependencies do. */
function sortManifest(file: string): void {
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as { stacks: Record<string, unknown> };
  const stacks = Object.fromEntries(Object.entries(manifest.stacks).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(file, `${JSON.stringify({ ...manifest, stacks }, undefined, 2)}\n`);
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) =>
      entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)],
    )
    .sort();
}
