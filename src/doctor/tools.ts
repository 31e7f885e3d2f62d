import { execFile } from 'node:child_process';
import { basename, join } from 'node:path';
import { PROJECT_FOLDER } from '../config/load';
import { checkBinary, terraformBinary } from '../terraform/binary';
import type { Surroundings } from '../terraform/surroundings';
import { fault, ok, unlessUnanswered, type Finding } from './finding';

/** What runs here: Node by the rule that `make` asks first, and Terraform or OpenTofu by that of the stacks. */
export async function toolFindings({ env }: Pick<Surroundings, 'env'>): Promise<readonly Finding[]> {
  const binary = terraformBinary(env);
  const terraform = await unlessUnanswered(
    async () => [ok(`${basename(binary)} ${await checkBinary(binary, env)}`)],
    fault,
  );
  return [await nodeFinding(), ...terraform];
}

function nodeFinding(): Promise<Finding> {
  return new Promise((resolve) => {
    const rule = join(PROJECT_FOLDER, 'src', 'check-node.js');
    execFile(process.execPath, [rule], (error, _, stderr) => {
      resolve(error ? fault(stderr.trim() || error.message) : ok(`Node.js ${process.versions.node}`));
    });
  });
}
