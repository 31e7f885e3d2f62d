import { spawn, spawnSync } from 'node:child_process';

export interface TerraformResult {
  readonly command: string;
  readonly code: number;
  /** Both streams as they came, which is how a person would have read them. */
  readonly output: string;
  readonly stdout: string;
}

/** What a shell says of a process that SIGKILL has ended. */
const KILLED = 128 + 9;

export function terraformBinary(): string {
  return process.env['TERRAFORM_BINARY_NAME'] ?? 'terraform';
}

/** One line on why Terraform cannot be run, or undefined when it can. */
export function terraformMissing(): string | undefined {
  const tried = spawnSync(terraformBinary(), ['version'], { env: terraformEnvironment({}) });
  if (tried.status === 0) return undefined;
  return `no ${terraformBinary()} is installed: put Terraform 1.11 or newer on the PATH, or name it in TERRAFORM_BINARY_NAME`;
}

/**
 * The environment of a rehearsal: none of the user's credentials, profiles, regions or Terraform settings reach
 * it, and no configuration file of Terraform's that may name mirrors or development overrides.
 */
export function terraformEnvironment(own: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !name.startsWith('AWS_') && (!name.startsWith('TF_') || name.startsWith('TF_VAR_')),
  );
  return {
    ...Object.fromEntries(inherited),
    TF_CLI_CONFIG_FILE: '/dev/null',
    TF_IN_AUTOMATION: '1',
    TF_INPUT: '0',
    CHECKPOINT_DISABLE: '1',
    ...own,
  };
}

/** @param death ends the process where it stands when it is aborted, as a machine that goes down would */
export function runTerraform(
  args: readonly string[],
  folder: string,
  environment: NodeJS.ProcessEnv,
  death?: AbortSignal,
): Promise<TerraformResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(terraformBinary(), args, {
      cwd: folder,
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    death?.addEventListener('abort', () => child.kill('SIGKILL'));
    let output = '';
    let stdout = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({ command: args.join(' '), code: code ?? KILLED, output, stdout });
    });
  });
}
