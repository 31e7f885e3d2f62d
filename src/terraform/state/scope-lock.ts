import { relative } from 'node:path';
import { RefusedError } from '../../errors';
import { lock } from '../../output/output-lock';
import { privateFolder, type WorkFolder } from '../binary/work-folder';

/**
 * Applying everything takes an hour or two. Only a holder on another machine, or in another container, is judged by
 * its age: one on this machine lives, or does not.
 */
const STALE_AFTER_MS = 24 * 60 * 60_000;

/**
 * Runs something while no other run works on the same scope: it would replace the plans that this one has checked.
 *
 * @param command the make target, for the message that the other run gets
 * @throws RefusedError at once if another run works on the scope
 */
export async function withScopeLock<T>(
  work: WorkFolder,
  scope: string,
  command: string,
  run: () => Promise<T>,
): Promise<T> {
  const { folder, file } = work.lock(scope);
  const make = () => void privateFolder(folder);
  make();
  const found = await lock(file, {
    purpose: `make ${command}`,
    patienceMs: 0,
    make,
    staleAfterMs: STALE_AFTER_MS,
  });
  if ('holder' in found) {
    const { holder } = found;
    const other = holder ? `${holder.purpose}, process ${holder.pid} on ${holder.host}` : 'another one';
    throw new RefusedError(
      `${scope} must be worked on by one run at a time, got ${other}; wait for it, or, if it runs no more, remove ${relative('.', file)}`,
    );
  }
  try {
    return await run();
  } finally {
    found.release();
  }
}
