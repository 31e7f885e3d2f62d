import { execFile } from 'node:child_process';
import { PROJECT_FOLDER } from '../../config/load';

/** What is checked out. */
export interface Revision {
  readonly commit: string;
  /** Whether there is anything that is not committed. */
  readonly dirty: boolean;
}

/** Nothing where there is no git, or no repository. */
export async function gitRevision(): Promise<Revision | undefined> {
  const commit = await git('rev-parse', 'HEAD');
  const status = await git('status', '--porcelain');
  if (commit === undefined || status === undefined) return undefined;
  return { commit: commit.trim(), dirty: status.trim() !== '' };
}

const git = (...args: readonly string[]): Promise<string | undefined> =>
  new Promise((resolve) => {
    execFile('git', args, { cwd: PROJECT_FOLDER, timeout: 30_000 }, (error, stdout) =>
      resolve(error ? undefined : stdout),
    );
  });

export const revisionText = (revision: Revision | undefined) =>
  revision === undefined
    ? 'no commit'
    : `${revision.commit.slice(0, 12)}${revision.dirty ? ' with uncommitted changes' : ''}`;
