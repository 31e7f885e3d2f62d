import { execFile } from 'node:child_process';
import { basename, join } from 'node:path';
import { PROJECT_FOLDER } from '../config/load';
import { checkBinary, registryOf, terraformBinary } from '../terraform/binary/binary';
import {
  allRequired,
  lockProblems,
  missingLockText,
  readLockFile,
  type RequiredProvider,
} from '../terraform/binary/provider-lock';
import type { Surroundings } from '../terraform/stacks/surroundings';
import { fault, ok, unlessUnanswered, warning, type Finding } from './finding';

type Outside = Pick<Surroundings, 'env' | 'providerLockFile'>;

/**
 * What runs here: Node by the rule that `make` asks first, Terraform or OpenTofu by that of the stacks, and the providers
 * that the stacks ask for by the lock file.
 *
 * @param configs the texts of the stacks' cdk.tf.json
 * @param mustHaveLock whether it is a fault if there is no lock file
 */
export async function toolFindings(
  configs: readonly string[],
  mustHaveLock: boolean,
  { env, providerLockFile }: Outside,
): Promise<readonly Finding[]> {
  const binary = terraformBinary(env);
  const terraform = await unlessUnanswered(async () => {
    const version = ok(`${basename(binary)} ${await checkBinary(binary, env)}`);
    const required = allRequired(configs, await registryOf(binary, env));
    return [version, ...lockFindings(required, mustHaveLock, providerLockFile)];
  }, fault);
  return [await nodeFinding(), ...terraform];
}

function lockFindings(
  required: readonly RequiredProvider[],
  mustHaveLock: boolean,
  file: string,
): readonly Finding[] {
  const text = readLockFile(file);
  if (text === undefined) return [(mustHaveLock ? fault : warning)(missingLockText(file))];
  const problems = lockProblems(file, text, required);
  return problems.length > 0
    ? problems.map(fault)
    : required.map(({ address, version }) => ok(`${address} ${version} is locked`));
}

function nodeFinding(): Promise<Finding> {
  return new Promise((resolve) => {
    const rule = join(PROJECT_FOLDER, 'src', 'check-node.js');
    execFile(process.execPath, [rule], (error, _, stderr) => {
      resolve(error ? fault(stderr.trim() || error.message) : ok(`Node.js ${process.versions.node}`));
    });
  });
}
