import { Command, CommanderError, Option } from 'commander';
import { InputError } from './errors';
import { addressesIn } from './terraform/plan/destroy-gate';

/** All that can be said to any command. make passes its variables on by these names, in capitals. */
const OPTIONS = {
  env: ['--env <names>', 'an environment; for synth, several may be separated by commas'],
  scope: ['--scope <name>', 'shared or account-<id>, instead of an environment'],
  region: ['--region <name>', 'only the stacks of this region; global: only those of the whole scope'],
  example: ['--example <name>', 'a folder in environments/examples instead of the environments'],
  out: ['--out <folder>', 'where stacks are written to (default: cdktf.out)'],
  jobs: ['--jobs <number>', 'how many stacks at once'],
  allowDestroy: ['--allow-destroy <address...>', 'stateful resources that may be destroyed or replaced'],
  confirm: ['--confirm <scope>', 'the environment or scope once more: destroys what was planned'],
  service: ['--service <name>', 'the service that it is about'],
  name: ['--name <NAME>', 'the secret that is read from standard input'],
  address: ['--address <address>', 'a resource, as Terraform prints it'],
  digest: ['--digest <sha256:…>', 'the image that the service runs'],
  from: ['--from <name>', 'the stack:address that moves; for release, the environment whose image it is'],
  fromProfile: [
    '--from-profile <name>',
    'AWS profile that may read releases there, if that is another account',
  ],
  to: ['--to <stack>', 'the stack that takes it over; behind a colon its address or entry there'],
  format: ['--format <name>', 'text or json (default: text)'],
  all: ['--all <1>', 'also what is unset'],
  mirror: ['--mirror <place>', 'a folder or https address with providers, instead of their registry'],
} as const;
type OptionName = keyof typeof OPTIONS;
const NAMES = Object.keys(OPTIONS) as OptionName[];

type Values = { readonly [name in Exclude<OptionName, 'allowDestroy'>]?: string } & {
  readonly allowDestroy?: string[];
};

/** Every command. What a command does is loaded when it runs: help needs none of it. */
export function commandLine(): Command {
  const program = new Command('cli')
    .description('Writes and drives the Terraform of all environments. `make help` lists the same commands.')
    .configureOutput({ writeErr: () => undefined })
    .exitOverride();

  add(program, 'synth', 'write Terraform JSON', ['env', 'scope', 'example', 'out'], async (values) => {
    const { runSynth } = await import('./commands/synth');
    await runSynth({
      example: values.example,
      environments: listed('ENV', values.env),
      scopes: listed('SCOPE', values.scope),
      out: values.out ?? 'cdktf.out',
    });
  });
  const settings = 'print the merged settings of an environment, and where each comes from';
  add(program, 'settings', settings, ['env', 'example', 'format', 'all'], async (values) => {
    const { runSettings } = await import('./commands/settings');
    await runSettings({ ...values, environment: one('settings', values.env) });
  });
  const matrix = 'print the environments that a pipeline plans and applies, as JSON';
  add(program, 'matrix', matrix, ['example', 'out'], async (values) => {
    const { runMatrix } = await import('./commands/matrix');
    await runMatrix(values);
  });
  const explain = 'say which setting, file and module have made a resource';
  add(program, 'explain', explain, ['env', 'scope', 'example', 'address'], async (values) => {
    const { runExplain } = await import('./commands/explain');
    await runExplain({
      example: values.example,
      environments: listed('ENV', values.env),
      scopes: listed('SCOPE', values.scope),
      address: given('ADDRESS', values.address, 'make explain ADDRESS=aws_rds_cluster.databases_orders'),
    });
  });
  const doctor = 'say what must be true before a first plan, and is not';
  add(program, 'doctor', doctor, ['env', 'scope', 'example'], async (values) => {
    const { runDoctor } = await import('./commands/doctor');
    await runDoctor({ ...values, scope: scopeOf('doctor', values) });
  });
  const place = ['env', 'scope', 'region', 'example', 'jobs'] as const;
  const plan = 'plan the stacks of an environment, and save the plans';
  add(program, 'plan', plan, place, async (values) => {
    const { runPlan } = await import('./commands/plan');
    await runPlan({ ...values, scope: scopeOf('plan', values) });
  });
  const apply = 'apply the saved plans of an environment';
  add(program, 'apply', apply, [...place, 'allowDestroy'], async (values) => {
    const { runApply } = await import('./commands/apply');
    await runApply({
      ...values,
      allowDestroy: addressesIn(values.allowDestroy),
      scope: scopeOf('apply', values),
    });
  });
  const users = 'make database users as the last apply says, again';
  add(program, 'users', users, ['env', 'region', 'example'], async (values) => {
    const { runUsers } = await import('./commands/users');
    await runUsers({ ...values, scope: one('users', values.env) });
  });
  const destroy = 'plan to destroy the stacks of an environment, then, confirmed, apply these plans';
  add(program, 'destroy', destroy, [...place, 'confirm', 'allowDestroy'], async (values) => {
    const { runDestroy } = await import('./commands/destroy');
    await runDestroy({
      ...values,
      allowDestroy: addressesIn(values.allowDestroy),
      scope: scopeOf('destroy', values),
    });
  });
  const move = 'write down that a resource, or an entry, goes on in another stack';
  add(program, 'move', move, ['from', 'to', 'example'], async (values) => {
    const { runMove } = await import('./commands/move');
    const usage = 'make move FROM=dev-us-east-1-foundation:aws_sns_topic.alerts TO=dev-us-east-1-workload';
    await runMove({
      example: values.example,
      from: given('FROM', values.from, usage),
      to: given('TO', values.to, usage),
    });
  });
  const drift = 'say what differs from what was applied, and change nothing';
  add(program, 'drift', drift, place, async (values) => {
    const { runDrift } = await import('./commands/drift');
    await runDrift({ ...values, scope: scopeOf('drift', values) });
  });
  const bootstrap = 'make the state buckets of an environment';
  add(program, 'bootstrap', bootstrap, ['env', 'scope', 'example'], async (values) => {
    const { runBootstrap } = await import('./commands/bootstrap');
    await runBootstrap({ ...values, scope: scopeOf('bootstrap', values) });
  });
  const lock = 'write the lock file of the providers, for Linux and macOS';
  add(program, 'lock', lock, ['mirror'], async (values) => {
    const { runLock } = await import('./commands/lock');
    await runLock(values);
  });
  const release = 'say which image a service runs from now on';
  const image = ['service', 'digest', 'from', 'fromProfile'] as const;
  add(program, 'release', release, ['env', ...image, 'example'], async (values) => {
    const { runRelease } = await import('./commands/release');
    const usage = 'make release ENV=dev SERVICE=inventory DIGEST=sha256:…';
    await runRelease({
      ...values,
      environment: one('release', values.env),
      service: given('SERVICE', values.service, usage),
    });
  });
  const secrets = 'list the secrets of an environment, or set one from standard input';
  add(program, 'secrets', secrets, ['env', 'service', 'name', 'example'], async (values) => {
    const { runSecrets } = await import('./commands/secrets');
    await runSecrets({ ...values, environment: one('secrets', values.env) });
  });
  return program;
}

/** Runs what the arguments say. @throws InputError for arguments that say nothing a command can do */
export async function parsed(program: Command, args: readonly string[]): Promise<void> {
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // asked for, help is no mistake
    if (error.exitCode === 0) return;
    if (error.code === 'commander.help')
      throw new InputError([`a command must be given, got none\n\n${program.helpInformation().trimEnd()}`]);
    throw new InputError([
      error.message.replace(/^error: /, '').replace(/\s*\(Did you mean (.*)\?\)/, '; did you mean $1?'),
    ]);
  }
}

/** What a command does not take is known all the same, so that it can be refused by its name. */
function add(
  program: Command,
  name: string,
  description: string,
  takes: readonly OptionName[],
  run: (values: Values) => Promise<void>,
): void {
  const command = program.command(name).description(description);
  for (const one of NAMES) {
    const [flags, text] = OPTIONS[one];
    const option = new Option(flags, text);
    command.addOption(takes.includes(one) ? option : option.hideHelp());
  }
  command.action(async (values: Values) => {
    const problems = NAMES.flatMap((one) => problemOf(one, values[one], name, takes));
    if (problems.length > 0) throw new InputError(problems);
    await run(values);
  });
}

function problemOf(
  name: OptionName,
  value: string | readonly string[] | undefined,
  command: string,
  takes: readonly OptionName[],
): string[] {
  if (value === undefined) return [];
  const text = typeof value === 'string' ? value : value.join(' ');
  if (!takes.includes(name)) {
    const known = takes.map(variable).join(', ');
    return [`${variable(name)} must be left out of ${command}, got "${text}"; ${command} takes ${known}`];
  }
  // an empty shell variable must not widen what a command reaches
  if (text.trim() === '')
    return [`${variable(name)} must have a value, got nothing; give it one, or leave it out`];
  return [];
}

/** `ALLOW_DESTROY` for `allowDestroy`, as one writes it for make. */
const variable = (name: OptionName) => name.replace(/[A-Z]/g, '_$&').toUpperCase();

function listed(what: string, text: string | undefined): readonly string[] | undefined {
  const names = text?.split(',').map((name) => name.trim());
  if (names?.includes(''))
    throw new InputError([
      `${what} must be names with a comma between them, got "${text}"; remove the comma that has no name beside it`,
    ]);
  return names;
}

/** No command picks an environment by itself. */
function one(command: string, env: string | undefined): string {
  const name = given('ENV', env, `make ${command} ENV=dev`);
  if (!name.includes(',')) return name;
  throw new InputError([
    `ENV must name one environment for ${command}, got "${name}"; run make ${command} for each of them`,
  ]);
}

function scopeOf(command: string, { env, scope }: Values): string {
  if (env !== undefined && scope !== undefined) {
    throw new InputError([
      `ENV and SCOPE must not be given together, got "${env}" and "${scope}"; leave one of them out`,
    ]);
  }
  return scope ?? one(command, env);
}

function given(what: string, value: string | undefined, usage: string): string {
  if (value !== undefined) return value;
  throw new InputError([`${what} must be given, got nothing; write it like ${usage}`]);
}
