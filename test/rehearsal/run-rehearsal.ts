import { cpus } from 'node:os';
import { resolve } from 'node:path';
import { rehearse, type StackOutcome } from './rehearsal';
import { StandIn } from './stand-in';
import { terraformMissing } from './terraform';

export interface RunOptions {
  /** Stacks to rehearse, with those that they depend on. @default all */
  readonly only?: readonly string[];
  /** Destroys everything afterwards, last stack first. @default false */
  readonly destroy?: boolean;
  /** Keeps copies, plans and states. @default false */
  readonly keep?: boolean;
  /** Prints failures and the summary only. @default false */
  readonly quiet?: boolean;
}

/**
 * Rehearses the stacks of several output folders in one world, and prints a line for each.
 *
 * @returns the exit code: 1 if anything failed, or Terraform is not installed
 */
export async function runRehearsal(folders: readonly string[], options: RunOptions): Promise<number> {
  const missing = terraformMissing();
  if (missing !== undefined) {
    console.error(`rehearsal: ${missing}`);
    return 1;
  }
  const started = performance.now();
  const standIn = await StandIn.start();
  try {
    const outcomes: StackOutcome[] = [];
    let failures = 0;
    for (const folder of folders) {
      const result = await rehearse(resolve(folder), standIn, {
        only: options.only ?? [],
        destroy: options.destroy ?? false,
        jobs: Number(process.env['JOBS']) || cpus().length,
        report: (outcome) => print(outcome, options.quiet ?? false),
      });
      outcomes.push(...result.outcomes);
      failures += result.failures;
    }
    const applied = outcomes.filter(({ phase }) => phase === 'apply');
    const resources = applied.reduce((sum, outcome) => sum + outcome.resources, 0);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    console.log(`${applied.length} stacks, ${resources} resources, ${seconds} s, ${failures} failures`);
    return failures === 0 ? 0 : 1;
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
    `${status} ${outcome.phase.padEnd(7)} ${count}${left} ${outcome.seconds.toFixed(1).padStart(5)} s  ${outcome.id}`,
  );
  if (outcome.details !== undefined) console.log(outcome.details.replace(/^/gm, '    '));
}
