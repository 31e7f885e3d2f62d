import { readFileSync } from 'node:fs';
import { StandIn } from './stand-in';

/**
 * A stand-in in a process of its own, for whoever calls Terraform and waits, as cdktf's matchers do: a provider in
 * the same process could not answer. Takes the types to know from a file, prints its variables, and stays until its
 * standard input ends.
 */
async function main(typesFile: string): Promise<void> {
  const standIn = await StandIn.start();
  const session = await standIn.openSession('123456789012', readFileSync(typesFile, 'utf8'));
  console.log(JSON.stringify(session.variables));
  process.stdin.resume().on('end', () => void standIn.stop().then(() => process.exit()));
}

void main(process.argv[2] ?? '');
