import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Writes the exit code into the file that EXIT_CODE_FILE names, when the process ends: make turns every code but 0
 * into 2, and a pipeline has to tell "refused" and "drift" from "failed". A process that is killed writes nothing.
 */
export function keepExitCode(): void {
  const file = process.env['EXIT_CODE_FILE'];
  if (file === undefined || file === '') return;
  process.on('exit', (code) => {
    try {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, `${code}\n`);
    } catch (error) {
      process.stderr.write(
        `EXIT_CODE_FILE must name a file that can be written, got ${(error as Error).message}; choose another one\n`,
      );
      process.exitCode = code === 0 ? 1 : code;
    }
  });
}
