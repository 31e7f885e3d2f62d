import { Command, CommanderError } from 'commander';
import { InputError } from './errors';
import { report } from './report-error';

interface CommonOptions {
  readonly env?: string;
  readonly example?: string;
  readonly scope?: string;
  readonly region?: string;
}

const program = new Command('cli')
  .description('Writes and drives the Terraform of all environments. `make help` lists the same commands.')
  .configureOutput({ writeErr: () => undefined })
  .exitOverride();

const example = [
  '--example <name>',
  'a folder in environments/examples instead of the environments',
] as const;

program
  .command('synth')
  .description('write Terraform JSON')
  .option('--env <names>', 'environments, separated by commas; all of them if left out')
  .option('--scope <name>', 'shared or account-<id>')
  .option(...example)
  .option('--out <folder>', 'where to', 'cdktf.out')
  .action(async ({ env, scope, ...rest }: CommonOptions & { out: string }) => {
    const { runSynth } = await import('./commands/synth');
    await runSynth({ ...rest, environments: listed(env), scopes: listed(scope) });
  });

program
  .command('settings')
  .description('print the merged settings of an environment, and where each comes from')
  .option('--env <name>')
  .option(...example)
  .action(async (options: CommonOptions) => {
    const { runSettings } = await import('./commands/settings');
    await runSettings({ ...options, environment: one('settings', options.env) });
  });

program
  .command('explain')
  .description('say which setting, file and module have made a resource')
  .option('--env <names>', 'environments, separated by commas; everything if left out')
  .option('--scope <name>', 'shared or account-<id>')
  .option('--address <address>', 'as Terraform prints it')
  .option(...example)
  .action(async ({ env, scope, ...options }: CommonOptions & { address?: string }) => {
    const { runExplain } = await import('./commands/explain');
    await runExplain({
      ...options,
      environments: listed(env),
      scopes: listed(scope),
      address: given('ADDRESS', options.address, 'make explain ADDRESS=aws_rds_cluster.databases_orders'),
    });
  });

program
  .command('plan')
  .description('plan the stacks of an environment, and save the plans')
  .option('--env <name>')
  .option('--scope <name>', 'shared or account-<id>, instead of an environment')
  .option('--region <name>', 'only the stacks of this region')
  .option('--jobs <number>', 'how many stacks at once')
  .option(...example)
  .action(async (options: CommonOptions & { jobs?: string }) => {
    const { runPlan } = await import('./commands/plan');
    await runPlan({ ...options, scope: scopeOf('plan', options) });
  });

program
  .command('apply')
  .description('apply the saved plans of an environment')
  .option('--env <name>')
  .option('--scope <name>', 'shared or account-<id>, instead of an environment')
  .option('--region <name>', 'only the stacks of this region')
  .option('--jobs <number>', 'how many stacks at once')
  .option('--allow-destroy <address...>', 'stateful resources that may be destroyed or replaced')
  .option(...example)
  .action(async (options: CommonOptions & { jobs?: string; allowDestroy?: string[] }) => {
    const { runApply } = await import('./commands/apply');
    await runApply({ ...options, scope: scopeOf('apply', options) });
  });

program
  .command('bootstrap')
  .description('make the state buckets of an environment')
  .option('--env <name>')
  .option('--scope <name>', 'shared or account-<id>, instead of an environment')
  .option(...example)
  .action(async (options: CommonOptions) => {
    const { runBootstrap } = await import('./commands/bootstrap');
    await runBootstrap({ ...options, scope: scopeOf('bootstrap', options) });
  });

program
  .command('release')
  .description('say which image a service runs from now on')
  .option('--env <name>')
  .option('--service <name>')
  .option('--digest <sha256:…>')
  .option(...example)
  .action(async (options: CommonOptions & { service?: string; digest?: string }) => {
    const { runRelease } = await import('./commands/release');
    await runRelease({
      example: options.example,
      environment: one('release', options.env),
      service: given('SERVICE', options.service, 'make release ENV=dev SERVICE=inventory DIGEST=sha256:…'),
      digest: given('DIGEST', options.digest, 'make release ENV=dev SERVICE=inventory DIGEST=sha256:…'),
    });
  });

program
  .command('secrets')
  .description('list the secrets of an environment, or set one from standard input')
  .option('--env <name>')
  .option('--service <name>')
  .option('--name <NAME>')
  .option(...example)
  .action(async (options: CommonOptions & { service?: string; name?: string }) => {
    const { runSecrets } = await import('./commands/secrets');
    await runSecrets({ ...options, environment: one('secrets', options.env) });
  });

const listed = (names: string | undefined) => names?.split(',').map((name) => name.trim());

/** No command picks an environment by itself. */
const one = (command: string, env: string | undefined) => given('ENV', env, `make ${command} ENV=dev`);

function scopeOf(command: string, { env, scope }: CommonOptions): string {
  if (env !== undefined && scope !== undefined) {
    throw new InputError([
      `ENV and SCOPE must not be given together, got "${env}" and "${scope}"; leave one of them out`,
    ]);
  }
  return scope ?? one(command, env);
}

function given(what: string, value: string | undefined, usage: string): string {
  if (value !== undefined && value !== '') return value;
  throw new InputError([`${what} must be given, got nothing; write it like ${usage}`]);
}

// whoever reads the output may stop reading, as head does
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

program.parseAsync().catch((error: unknown) => {
  if (!(error instanceof CommanderError)) return report(error);
  // help is no mistake; everything else that commander throws is wrong input
  if (error.exitCode !== 0) report(new InputError([error.message.replace(/^error: /, '')]));
});
