import { execFile } from 'node:child_process';
import { RunError } from '../../errors';
import { REQUIRED_TERRAFORM } from '../../stacks/base-stack';

/** `terraform`, or whatever TERRAFORM_BINARY_NAME says, such as `tofu`. CDKTF reads the same variable. */
export const terraformBinary = (env: NodeJS.ProcessEnv) => env['TERRAFORM_BINARY_NAME'] || 'terraform';

/**
 * @returns its version
 * @throws RunError if the binary is missing, does not run, or has a version that the stacks refuse
 */
export async function checkBinary(binary: string, env: NodeJS.ProcessEnv): Promise<string> {
  const version = await versionOf(binary, env);
  if (satisfies(version, REQUIRED_TERRAFORM)) return version;
  throw new RunError(
    `${binary} must have a version ${REQUIRED_TERRAFORM}, got ${version}; install such a release, or name its binary in TERRAFORM_BINARY_NAME`,
  );
}

/** Where a binary looks for a provider that names no registry. */
export async function registryOf(binary: string, env: NodeJS.ProcessEnv): Promise<string> {
  // as JSON, both say the same
  const isOpenTofu = /^OpenTofu v/m.test(await printedBy(binary, ['version'], env));
  return isOpenTofu ? 'registry.opentofu.org' : 'registry.terraform.io';
}

const printedBy = (binary: string, args: readonly string[], env: NodeJS.ProcessEnv) =>
  new Promise<string>((resolve, reject) => {
    execFile(binary, args, { env, timeout: 30_000 }, (error, stdout) => {
      if (error) reject(unusable(binary, error));
      else resolve(stdout);
    });
  });

async function versionOf(binary: string, env: NodeJS.ProcessEnv): Promise<string> {
  const printed = await printedBy(binary, ['version', '-json'], env);
  // OpenTofu says terraform_version as well
  const version = /"terraform_version":\s*"([^"]+)"/.exec(printed)?.[1];
  if (version !== undefined) return version;
  throw new RunError(
    `${binary} must say its version, got something else; name Terraform's or OpenTofu's binary in TERRAFORM_BINARY_NAME`,
  );
}

function unusable(binary: string, error: Error & { code?: unknown }): RunError {
  if (error.code === 'ENOENT') {
    return new RunError(
      `${binary} must be on the PATH, got none; install Terraform ${REQUIRED_TERRAFORM}, or name another binary in TERRAFORM_BINARY_NAME`,
    );
  }
  const reason = error.message.split('\n').filter(Boolean).at(-1) ?? 'an error';
  return new RunError(
    `${binary} must run, got "${reason}"; reinstall it, or name another binary in TERRAFORM_BINARY_NAME`,
  );
}

/** A release against `>= 1.11.0, < 2.0.0`; what follows the three numbers does not count. */
export function satisfies(version: string, constraint: string): boolean {
  return constraint.split(',').every((part) => {
    const [operator, bound] = part.trim().split(/\s+/) as [string, string];
    const order = compare(numbers(version), numbers(bound));
    if (operator === '>=') return order >= 0;
    if (operator === '<') return order < 0;
    throw new Error(`${constraint}: ${operator} is not known here`);
  });
}

const numbers = (version: string) => version.split(/[.+-]/).slice(0, 3).map(Number);

function compare(left: readonly number[], right: readonly number[]): number {
  for (const [index, value] of left.entries()) {
    const difference = value - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
