import { join } from 'node:path';
import { Command } from 'commander';
import { loadEstate, PROJECT_FOLDER } from '../../src/config/load';
import { RefusedError, RunError } from '../../src/errors';
import { report } from '../../src/report-error';
import { synthesize, synthesizeBootstrap } from '../../src/synth';
import { scopesOf } from '../../src/topology';
import { providerRules } from './models/provider-rules';
import { isRefused, rehearseUpgrade, upgradeLines } from './rehearse-upgrade';
import { releasedSchema } from './released-schema';
import { cachedSchema, installedBindings } from './schema/cached-schema';
import { terraformMissing } from './terraform';

interface Options {
  readonly provider?: string;
  readonly env?: string;
  readonly scope?: string;
  readonly example?: string;
}

const WORK = join(PROJECT_FOLDER, '.work/rehearsal/upgrade');

/** What `make rehearse-upgrade` runs: the stacks, and their state buckets, over what today's provider has made of them. */
async function main({ provider, env, scope, example }: Options): Promise<void> {
  const to = await releasedSchema(provider);
  const missing = terraformMissing();
  if (missing !== undefined) throw new RunError(`rehearsal: ${missing}`);
  const { estate } = await loadEstate({ example });
  const environments = env?.split(',');
  const asked = [...(environments ?? []), ...(scope === undefined ? [] : [scope])];
  const stacks = join(WORK, 'stacks');
  await synthesize({ out: stacks, example, environments, scopes: scope === undefined ? undefined : [scope] });
  const folders = [stacks];
  for (const one of asked.length > 0 ? asked : scopesOf(estate)) {
    const out = join(WORK, 'bootstrap', one);
    await synthesizeBootstrap({ out, example, scope: one });
    folders.push(out);
  }
  const from = cachedSchema();
  console.log(`made with provider ${from.version}, of @cdktf/provider-aws ${installedBindings()}`);
  const upgrades = await rehearseUpgrade(folders, { from, to });
  console.log(`planned with provider ${to.version}, of @cdktf/provider-aws ${provider}`);
  console.log(`what forces a replacement is known of provider ${providerRules().version}`);
  for (const line of upgradeLines(upgrades)) console.log(line);
  if (isRefused(upgrades))
    throw new RefusedError(
      `provider ${to.version} must take every argument and replace nothing stateful, got what stands above; see docs/operations.md`,
    );
}

const command = new Command('rehearse-upgrade')
  .option('--provider <version>')
  .option('--env <names>')
  .option('--scope <name>')
  .option('--example <name>');
command.parse();
main(command.opts<Options>()).catch(report);
