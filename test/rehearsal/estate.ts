import { join } from 'node:path';
import { Command } from 'commander';
import { loadEstate, PROJECT_FOLDER } from '../../src/config/load';
import { report } from '../../src/report-error';
import { synthesize, synthesizeBootstrap } from '../../src/synth';
import { scopesOf } from '../../src/topology';
import { type RehearsedFolder, runRehearsal } from './run-rehearsal';
import { synthesizeEstate, unprotected } from './unprotected-estate';

interface Options {
  readonly env?: string;
  readonly scope?: string;
  readonly example?: string;
}

const WORK = join(PROJECT_FOLDER, '.work/rehearsal');

/** What `make rehearse` runs: synthesizes what was asked for, and its state buckets, and rehearses both. */
async function main({ env, scope, example }: Options): Promise<void> {
  const environments = env?.split(',');
  const { estate } = await loadEstate({ example });
  const scopes = [...(environments ?? []), ...(scope === undefined ? [] : [scope])];
  const out = join(WORK, 'stacks');
  await synthesize({ out, example, environments, scopes: scope === undefined ? undefined : [scope] });
  const unprotectedOut = join(WORK, 'unprotected');
  const selection = scopes.length > 0 ? scopes : undefined;
  synthesizeEstate(unprotected(estate), selection, unprotectedOut);
  const folders: RehearsedFolder[] = [{ folder: out, lifeCycle: { unprotected: unprotectedOut } }];
  for (const one of scopes.length > 0 ? scopes : scopesOf(estate)) {
    const bootstrap = join(WORK, 'bootstrap', one);
    await synthesizeBootstrap({ out: bootstrap, example, scope: one });
    // whoever holds the states stays: it is only shown that it does
    folders.push({ folder: bootstrap, lifeCycle: {} });
  }
  process.exitCode = await runRehearsal(folders, {});
}

const command = new Command('rehearse')
  .option('--env <names>')
  .option('--scope <name>')
  .option('--example <name>');
command.parse();
main(command.opts<Options>()).catch(report);
