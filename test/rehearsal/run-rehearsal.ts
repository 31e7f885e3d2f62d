import { cpus } from 'node:os';
import { resolve } from 'node:path';
import { rehearse, type RehearsalOptions, type StackOutcome } from './rehearsal';
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

/** Stacks to rehearse, and how far: see `lifeCycle` of a rehearsal. */
export interface RehearsedFolder {
  readonly folder: string;
  readonly lifeCycle?: NonNullable<RehearsalOptions['lifeCycle']>;
}

/**
 * Rehearses the stacks of several output folders in one world, and prints a line for each.
 *
 * @returns the exit code: 1 if anything failed, or Terraform is not installed
 */
export async function runRehearsal(
  folders: readonly RehearsedFolder[],
  options: RunOptions,
): Promise<number> {
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
    for (const { folder, lifeCycle } of folders) {
      const result = await rehearse(resolve(folder), standIn, {
        only: options.only ?? [],
        destroy: options.destroy ?? false,
        ...(lifeCycle && { lifeCycle }),
        jobs: Number(process.env['JOBS']) || cpus().length,
        report: (outcome) => print(outcome, options.quiet ?? false),
      });
      outcomes.push(...result.outcomes);
      failures += result.failures;
    }
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    for (const line of summaryOf(outcomes)) console.log(line);
    console.log(`${seconds} s, ${failures} failures`);
    return failures === 0 ? 0 : 1;
  } finally {
    if (options.keep) {
      standIn.writeStates();
      console.log(`kept ${standIn.folder}`);
    }
    await standIn.stop({ keepFolder: options.keep ?? false });
  }
}

const MEANINGS: readonly (readonly [phase: StackOutcome['phase'], meaning: string])[] = [
  ['apply', 'planned, applied, and planned again without a change'],
  ['protect', 'refused to be destroyed, and lost nothing that is protected'],
  ['release', 'applied without protection'],
  ['destroy', 'destroyed, but for what is protected without a setting'],
  ['restore', 'created again, and planned again without a change'],
];

/** One line for each phase that was reached: stacks that passed it, of how many, and what they hold. */
export function summaryOf(outcomes: readonly StackOutcome[]): string[] {
  return MEANINGS.flatMap(([phase, meaning]) => {
    const reached = outcomes.filter((outcome) => outcome.phase === phase);
    if (reached.length === 0) return [];
    const passed = reached.filter(({ status }) => status === 'ok' || status === 'protected');
    const resources = reached.reduce((sum, outcome) => sum + outcome.resources, 0);
    const seconds = reached.reduce((sum, outcome) => sum + outcome.seconds, 0).toFixed(0);
    return [
      `${phase.padEnd(7)} ${passed.length} of ${reached.length} stacks ${meaning}: ${resources} resources, ${seconds} s of Terraform`,
    ];
  });
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
