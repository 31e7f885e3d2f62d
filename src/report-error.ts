import { inspect } from 'node:util';
import { CommandError } from './errors';

/** Says what went wrong, without a stack trace unless DEBUG=1, and sets the exit code. */
export function report(error: unknown): void {
  const isDebug = process.env['DEBUG'] === '1';
  const text = error instanceof Error ? error.message.trimEnd() : String(error);
  // inspect shows the trace, and that of the cause
  process.stderr.write(`${isDebug ? inspect(error) : text}\n`);
  process.exitCode = error instanceof CommandError ? error.exitCode : 1;
}
