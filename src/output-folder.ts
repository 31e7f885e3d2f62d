import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  rmdirSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { InputError } from './errors';

/** What Terraform leaves beside a stack when someone runs it there by hand; it can be made again. */
const BY_PRODUCTS = ['.terraform', '.terraform.lock.hcl', 'tfplan'];

export interface Synced {
  /** Files of stale stacks that nobody here has written, so nobody here removes. */
  readonly kept: readonly string[];
}

/**
 * Makes a folder hold exactly what a freshly synthesized one holds. Files that are the same already are not
 * touched, so that watchers and build tools see what has changed.
 *
 * @throws InputError if the folder holds something else than synthesized stacks
 */
export function syncFolder(fresh: string, out: string): Synced {
  refuseForeignFolder(out);
  // the manifest last but for what is stale: whatever breaks off on the way, it names only what is there
  const files = filesBelow(fresh).map((file) => relative(fresh, file));
  files.sort((a, b) => Number(a === 'manifest.json') - Number(b === 'manifest.json'));
  for (const file of files) {
    const content =
      file === 'manifest.json' ? sortedManifest(join(fresh, file)) : readFileSync(join(fresh, file), 'utf8');
    writeIfChanged(join(out, file), content);
  }
  return { kept: removeStale(join(out, 'stacks'), new Set(files.map((file) => dirname(file)))) };
}

function refuseForeignFolder(out: string): void {
  if (!existsSync(out)) return;
  if (!statSync(out).isDirectory())
    throw new InputError([`OUT must be a folder, got ${out}, a file; name another one`]);
  const isOurs = readdirSync(out).length === 0 || isManifest(join(out, 'manifest.json'));
  if (!isOurs)
    throw new InputError([
      `OUT must be empty or hold synthesized stacks, got ${out}, which holds other things; name another folder`,
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

function removeStale(stacks: string, wanted: ReadonlySet<string>): string[] {
  if (!existsSync(stacks)) return [];
  return readdirSync(stacks).flatMap((id) => {
    if (wanted.has(join('stacks', id))) return [];
    const folder = join(stacks, id);
    // a link leads out of the folder, and is never followed
    if (!lstatSync(folder).isDirectory()) return [folder];
    for (const ours of ['cdk.tf.json', ...BY_PRODUCTS])
      rmSync(join(folder, ours), { recursive: true, force: true });
    const rest = filesBelow(folder);
    if (rest.length === 0) rmdirSync(folder);
    return rest;
  });
}

/** The order in which stacks were built says nothing; dependencies do. */
function sortedManifest(file: string): string {
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as { stacks: Record<string, unknown> };
  const stacks = Object.fromEntries(Object.entries(manifest.stacks).sort(([a], [b]) => (a < b ? -1 : 1)));
  return `${JSON.stringify({ ...manifest, stacks }, undefined, 2)}\n`;
}

/** Written beside and renamed, so that a run that is killed leaves the old file or the new one. */
export function writeIfChanged(file: string, content: string): void {
  if (existsSync(file) && readFileSync(file, 'utf8') === content) return;
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}.new`;
  try {
    writeFileSync(draft, content);
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) =>
      entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)],
    )
    .sort();
}
