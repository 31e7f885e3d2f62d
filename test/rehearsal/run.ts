import { cpus } from 'node:os';
import { resolve } from 'node:path';
import { Command } from 'commander';
import { rehearse, type StackOutcome } from './rehearsal';
import { StandIn } from './stand-in';
import { terraformMissing } from './terraform';

interface Options {
  readonly only: readonly string[];
  readonly destroy?: true;
  readonly keep?: true;
  readonly quiet?: true;
}

const command = new Command('rehearse')
  .description('Takes synthesized stacks through Terraform against a stand-in for AWS.')
  .argument('<folder>', "cdktf's output folder, with its manifest.json")
  .option('--only <stack id>', 'rehearse this stack and those that it depends on', collect, [])
  .option('--destroy', 'destroy everything afterwards')
  .option('--keep', 'keep the copies, the plans and the states')
  .option('--quiet', 'print failures and the summary only');

function collect(value: string, previous: readonly string[]): readonly string[] {
  return [...previous, value];
}

async function main(folder: string, options: Options): Promise<number> {
  const missing = terraformMissing();
  if (missing !== undefined) {
    console.error(`rehearsal: ${missing}`);
    return 1;
  }
  const started = performance.now();
  const standIn = await StandIn.start();
  try {
    const result = await rehearse(resolve(folder), standIn, {
      only: options.only,
      destroy: options.destroy ?? false,
      jobs: Number(process.env['JOBS']) || cpus().length,
      report: (outcome) => print(outcome, options.quiet ?? false),
    });
    const applied = result.outcomes.filter(({ phase }) => phase === 'apply');
    const resources = applied.reduce((sum, outcome) => sum + outcome.resources, 0);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    console.log(
      `${applied.length} stacks, ${resources} resources, ${seconds} s, ${result.failures} failures`,
    );
    return result.failures === 0 ? 0 : 1;
  } finally {
    if (options.keep) {
      standIn.writeStates();
      console.log(`kept ${standIn.folder}`);
    }
    await standIn.stop({ keepFolder: options.keep ?? false });
  }
}

function print(outcome: StackOutcome, quiet: boolean): void {
  const isBad = outcome.status === 'failed' || outcome.status === 'skipped';
  if (quiet && !isBad) return;
  const status = outcome.status.padEnd(9);
  const count = `${outcome.resources} resources`.padStart(14);
  const left = outcome.phase === 'destroy' ? ' left' : '';
  console.log(
    `${status} ${outcome.phase.padEnd(7)} ${outcome.id} ${count}${left} ${outcome.seconds.toFixed(1)} s`,
  );
  if (outcome.details !== undefined) console.log(outcome.details.replace(/^/gm, '    '));
}

command.parse();
main(command.args[0] ?? '', command.opts<Options>()).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(`rehearsal: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  },
);
