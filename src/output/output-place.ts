import { existsSync, lstatSync, mkdirSync, readFileSync, readdirSync, realpathSync } from 'node:fs';
import { rmdirSync, statSync, type Stats } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { PROJECT_FOLDER } from '../config/load';
import { InputError, RunError } from '../errors';

/** What synth keeps in OUT while it runs; afterwards only if it was killed. */
export const LOCK_FILE = '.synth.lock';
export const DRAFT_FOLDER = '.synth-drafts';

/**
 * Whether OUT can become a folder of stacks; nothing is made or changed.
 *
 * @param out as it was typed
 * @returns its absolute path
 * @throws InputError if it is no place for stacks, or holds other things
 */
export function checkedPlace(out: string): string {
  if (out.trim() === '')
    throw new InputError(['OUT must be a folder, got nothing; name one, or leave OUT out for cdktf.out']);
  const place = resolve(out);
  guarded(out, () => {
    const known = knownPart(place);
    const where = known === place ? '' : `which lies in ${relative('.', known) || '.'}, `;
    const stat = statIfAny(known);
    if (!stat)
      throw new InputError([
        `OUT must be a folder, got ${shown(out)}, ${where}a link to nothing; remove the link, or name another folder`,
      ]);
    if (!stat.isDirectory())
      throw new InputError([`OUT must be a folder, got ${shown(out)}, ${where}a file; name another one`]);
    if (known === place) refuseForeign(out, place);
  });
  return place;
}

function refuseForeign(out: string, place: string): void {
  const project = relative(realpathSync(place), realpathSync(PROJECT_FOLDER));
  if (project !== '..' && !project.startsWith(`..${sep}`))
    throw new InputError([
      `OUT must be a folder of its own, got ${shown(out)}, which holds the project; name another one, such as cdktf.out`,
    ]);
  const entries = readdirSync(place).filter((name) => !name.startsWith(LOCK_FILE) && name !== DRAFT_FOLDER);
  if (entries.length === 0 || isManifest(join(place, 'manifest.json'))) return;
  throw new InputError([
    `OUT must be empty or hold synthesized stacks, got ${shown(out)}, which holds other things; name another folder`,
  ]);
}

/** Other tools have a `manifest.json` too. */
function isManifest(file: string): boolean {
  if (!existsSync(file)) return false;
  try {
    const { version, stacks } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
    return typeof version === 'string' && typeof stacks === 'object' && stacks !== null;
  } catch {
    return false;
  }
}

/**
 * Makes a folder and those that lead to it. Not with `recursive`, which never returns where a folder can be
 * named but not made, as in /proc.
 *
 * @returns the folders that were made, the innermost first
 */
export function makeFolders(folder: string): string[] {
  const made: string[] = [];
  const missing: string[] = [];
  const known = knownPart(folder);
  for (let one = folder; one !== known; one = dirname(one)) missing.unshift(one);
  try {
    for (const one of missing) {
      mkdirSync(one);
      made.unshift(one);
    }
  } catch (error) {
    // another run may have made it just now
    if (codeOf(error) === 'EEXIST') return [...makeFolders(folder), ...made];
    removeEmpty(made);
    throw error;
  }
  return made;
}

/** Removes folders as far as nobody has put anything there. @param folders the innermost first */
export function removeEmpty(folders: readonly string[]): void {
  try {
    for (const folder of folders) rmdirSync(folder);
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST', 'ENOENT'].includes(codeOf(error) ?? '')) throw error;
  }
}

/** Does something in OUT, and says in terms of OUT what the file system refuses. */
export function guarded<T>(out: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw inTermsOf(out, error);
  }
}

/** These tell of the machine; all others of the place that OUT names. */
const NO_ROOM = ['ENOSPC', 'EDQUOT', 'EFBIG'];
const OUT_OF_ORDER = ['EIO', 'EMFILE', 'ENFILE', 'EBUSY', 'ESTALE'];

function inTermsOf(out: string, error: unknown): unknown {
  const code = codeOf(error);
  if (code === undefined) return error;
  const reason = /^\w+: ([^,]*)/.exec((error as Error).message)?.[1] ?? code;
  const cause = { cause: error };
  if (NO_ROOM.includes(code))
    return new RunError(
      `OUT must have room for all stacks, got ${shown(out)} (${reason}); make room, nothing was changed`,
      cause,
    );
  if (OUT_OF_ORDER.includes(code))
    return new RunError(`OUT must be writable, got ${shown(out)} (${reason}); run it again`, cause);
  return new InputError(
    [`OUT must be a folder that can be written, got ${shown(out)} (${reason}); name another one`],
    cause,
  );
}

/** Quoted, on one line, and no longer than a line may be. */
export const shown = (out: string) => JSON.stringify(out.length > 80 ? `${out.slice(0, 80)}…` : out);

/** Of what the file system said; nothing for any other error. */
export const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'syscall' in error && 'code' in error ? String(error.code) : undefined;

/** The longest part of a path that is there, be it a link to nothing. */
function knownPart(path: string): string {
  return (statIfAny(path) ?? lstatIfAny(path)) ? path : knownPart(dirname(path));
}

const statIfAny = (path: string) => orNothing(() => statSync(path));
export const lstatIfAny = (path: string) => orNothing(() => lstatSync(path));

function orNothing(stat: () => Stats): Stats | undefined {
  try {
    return stat();
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(codeOf(error) ?? '')) return undefined;
    throw error;
  }
}
