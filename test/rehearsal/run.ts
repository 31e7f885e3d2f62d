import { Command } from 'commander';
import { runRehearsal, type RunOptions } from './run-rehearsal';

const command = new Command('rehearse')
  .description('Takes synthesized stacks through Terraform against a stand-in for AWS.')
  .argument('<folder>', "cdktf's output folder, with its manifest.json")
  .option(
    '--only <stack id>',
    'rehearse this stack, and others so named, with those that they depend on',
    collect,
    [],
  )
  .option('--destroy', 'destroy everything afterwards')
  .option('--keep', 'keep the copies, the plans and the states')
  .option('--quiet', 'print failures and the summary only');

// Commander's own lists would take the folder for another stack.
function collect(id: string, previous: readonly string[]): readonly string[] {
  return [...previous, id];
}

command.parse();
runRehearsal([{ folder: command.args[0] ?? '' }], command.opts<RunOptions>()).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(`rehearsal: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  },
);
