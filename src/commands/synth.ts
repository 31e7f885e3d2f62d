import { relative } from 'node:path';
import { synthesize, type SynthOptions } from '../synth';

/** Writes Terraform JSON and says where. */
export async function runSynth(options: SynthOptions): Promise<void> {
  const { stacks, warnings, removed, kept } = await synthesize(options);
  for (const warning of warnings) process.stderr.write(`warning: ${warning}\n`);
  for (const file of kept)
    process.stderr.write(`warning: ${relative('.', file)} belongs to a stack that is gone, and was kept\n`);
  for (const { id, dependencies } of stacks) {
    process.stdout.write(`${id}${dependencies.length > 0 ? `  after ${dependencies.join(', ')}` : ''}\n`);
  }
  if (removed.length > 0)
    process.stdout.write(`removed the files of ${counted(removed.length, 'stale stack')}\n`);
  process.stdout.write(
    `${counted(stacks.length, 'stack')} in ${relative('.', options.out) || options.out}\n`,
  );
}

const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`;
