import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { InputError, RunError } from '../../src/errors';
import { installedBindings, keepSchema, keptSchema } from './schema/cached-schema';
import type { ProviderSchema } from './schema/provider-schema';

const PACKAGE = '@cdktf/provider-aws';

/**
 * The schema of another release of the bindings. They are installed from npm into a folder that is gone afterwards
 * (400 MB), once; what is kept is their schema.
 *
 * @param version an exact one, such as `21.20.0`
 * @throws InputError for what names no other release; RunError if npm cannot be reached
 */
export async function releasedSchema(version: string | undefined): Promise<ProviderSchema> {
  const own = installedBindings();
  if (version === undefined || !/^\d+\.\d+\.\d+$/.test(version) || version === own)
    throw wrong(
      `must be another version of ${PACKAGE} than ${own}, got ${version === undefined ? 'nothing' : `"${version}"`}`,
    );
  const kept = keptSchema(version);
  if (kept) return kept;
  const folder = mkdtempSync(join(tmpdir(), 'bindings-'));
  try {
    return keepSchema(version, await install(version, folder));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Nothing of the package is run, so that what it needs beside it is left out. */
const OPTIONS = ['--no-save', '--ignore-scripts', '--legacy-peer-deps', '--no-audit', '--no-fund'];

async function install(version: string, folder: string): Promise<string> {
  const args = ['install', '--prefix', folder, '--loglevel=error', ...OPTIONS, `${PACKAGE}@${version}`];
  try {
    await promisify(execFile)('npm', args, { cwd: folder });
  } catch (error) {
    const { stderr = '', message } = error as Error & { readonly stderr?: string };
    if (/\b(ETARGET|E404)\b/.test(stderr))
      throw wrong(`must be a version that npm has of ${PACKAGE}, got "${version}"`);
    const said = (stderr || message)
      .replaceAll(/^npm (error|ERR!)/gm, '')
      .replaceAll(/\s+/g, ' ')
      .trim();
    throw new RunError(`npm cannot install ${PACKAGE}@${version}: ${said}`);
  }
  return join(folder, 'node_modules', PACKAGE);
}

const wrong = (problem: string) =>
  new InputError([`PROVIDER ${problem}; npm view ${PACKAGE} versions lists them`]);
