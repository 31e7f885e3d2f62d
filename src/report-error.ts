import { CommandError } from './errors';

/** Says what went wrong, without a stack trace unless DEBUG=1, and sets the exit code. */
export function report(error: unknown): void {
  const debug = process.env['DEBUG'] === '1';
  const text =
    error instanceof Error ? (debug ? (error.stack ?? error.message) : error.message) : String(error);
  process.stderr.write(`${text.trimEnd()}\n`);
  process.exitCode = error instanceof CommandError ? error.exitCode : 1;
}
