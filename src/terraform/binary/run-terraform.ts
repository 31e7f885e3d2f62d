import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { closeSync, readFileSync } from 'node:fs';
import { RunError } from '../../errors';
import type { Interruption } from './interruption';
import type { Workspace } from './workspace';

export interface TerraformEnd {
  readonly exitCode: number;
  /** All that it printed. */
  readonly log: string;
  readonly logFile: string;
}

/** The Terraform binary, run in the workspace of one stack after another. */
export class Terraform {
  constructor(
    readonly binary: string,
    private readonly env: NodeJS.ProcessEnv,
    readonly interruption: Interruption,
  ) {}

  /** Everything it prints goes into a log of its own. @param more is added to its environment */
  async run(
    workspace: Workspace,
    args: readonly [command: string, ...rest: string[]],
    more: NodeJS.ProcessEnv = {},
  ): Promise<TerraformEnd> {
    const log = workspace.openLog(args[0]);
    try {
      // written by Terraform itself and not through a pipe, which would take Terraform down with us
      const exitCode = await this.end(
        this.spawn(workspace, args, ['ignore', log.descriptor, log.descriptor], more),
      );
      return { exitCode, log: readFileSync(log.file, 'utf8'), logFile: log.file };
    } finally {
      closeSync(log.descriptor);
    }
  }

  /** `show -json`: holds every secret in clear, so it is in no log, and errors do not repeat it. */
  async show(workspace: Workspace, planFile: string): Promise<string> {
    const { exitCode, output } = await this.printed(workspace, ['show', '-json', planFile]);
    if (exitCode === 0) return output;
    throw new RunError(
      `${workspace.id}: ${this.binary} show must read the saved plan, got exit code ${exitCode}; plan again`,
    );
  }

  /** `providers schema -json` of an initialized workspace: tens of megabytes, and nothing for a log. */
  async schema(workspace: Workspace): Promise<string> {
    const { exitCode, output } = await this.printed(workspace, ['providers', 'schema', '-json']);
    if (exitCode === 0) return output;
    throw new RunError(
      `${workspace.id}: ${this.binary} providers schema must print what providers take, got exit code ${exitCode}; run it in ${workspace.folder} to see why`,
    );
  }

  private async printed(
    workspace: Workspace,
    args: readonly string[],
  ): Promise<{ readonly exitCode: number; readonly output: string }> {
    const child = this.spawn(workspace, args, ['ignore', 'pipe', 'ignore']);
    const chunks: Buffer[] = [];
    child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
    const exitCode = await this.end(child);
    return { exitCode, output: Buffer.concat(chunks).toString('utf8') };
  }

  private spawn(
    workspace: Workspace,
    args: readonly string[],
    stdio: SpawnOptions['stdio'],
    more: NodeJS.ProcessEnv = {},
  ): ChildProcess {
    const colour = args.includes('-json') ? [] : ['-no-color'];
    // a command may be two words
    const options = args.findIndex((arg) => arg.startsWith('-'));
    const child = spawn(this.binary, [...args.slice(0, options), ...colour, ...args.slice(options)], {
      cwd: workspace.folder,
      env: { ...terraformEnvironment(this.env, workspace), ...more },
      // a session of its own: Ctrl-C reaches it once, from us, and closing the terminal does not
      detached: true,
      ...(stdio !== undefined && { stdio }),
    });
    this.interruption.track(child);
    return child;
  }

  private end(child: ChildProcess): Promise<number> {
    return new Promise((resolve, reject) => {
      child.once('error', (error) =>
        reject(new RunError(`${this.binary} must run, got ${error.message}; reinstall it`)),
      );
      child.once('close', (code) => resolve(code ?? 1));
    });
  }
}

function terraformEnvironment(env: NodeJS.ProcessEnv, workspace: Workspace): NodeJS.ProcessEnv {
  return {
    ...env,
    // another workspace would be another state, under another key
    TF_WORKSPACE: undefined,
    // nobody else's business
    PLAN_KEY: undefined,
    TF_DATA_DIR: workspace.dataFolder,
    TF_IN_AUTOMATION: '1',
    TF_INPUT: '0',
    CHECKPOINT_DISABLE: '1',
  };
}
