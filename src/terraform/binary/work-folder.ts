import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OpenAttributes } from '../drift/open-attributes';
import { Workspace } from './workspace';

/** `.work`: everything that runs leave behind and that is no source. Nobody else's to read: plans hold secrets. */
export class WorkFolder {
  /** @param planKey encrypts saved plans @default they are not */
  constructor(
    readonly root: string,
    readonly planKey?: Buffer,
  ) {}

  synthesized(scope: string): string {
    return join(this.root, 'synth', scope);
  }

  bootstrap(scope: string): string {
    return join(this.root, 'bootstrap', scope);
  }

  /** Reports of plans, without any value: the one folder here that a build may keep. */
  reports(scope: string): string {
    return join(this.root, 'plan', scope);
  }

  /** Held by the run that works on a scope. */
  lock(scope: string): { readonly folder: string; readonly file: string } {
    const folder = join(this.root, 'locks');
    // nobody has looked yet whether the scope is one
    return { folder, file: join(folder, `${encodeURIComponent(scope).slice(0, 100)}.lock`) };
  }

  workspace(id: string): Workspace {
    return new Workspace(this, id, privateFolder(join(this.root, 'terraform', id)));
  }

  /** Plans of other runs that nobody has applied in time, and what killed runs have left of theirs. */
  removeExpired(now: Date, except: ReadonlySet<string>): void {
    const folder = join(this.root, 'terraform');
    for (const id of existsSync(folder) ? readdirSync(folder) : []) {
      if (!except.has(id)) this.workspace(id).removeExpired(now);
    }
  }

  logs(id: string): string {
    return privateFolder(join(this.root, 'logs', id));
  }

  /** Providers are hundreds of megabytes: one copy for all stacks. */
  providers(): string {
    return privateFolder(join(this.root, 'providers'));
  }

  /** What the providers of a lock file fill themselves. @param lockFile names their releases */
  openAttributes(lockFile: string): {
    read(): OpenAttributes | undefined;
    write(open: OpenAttributes): void;
  } {
    const folder = this.providers();
    // without one, as with a provider under development, nothing says that it is the same release
    const release = existsSync(lockFile) ? shortDigest(readFileSync(lockFile, 'utf8')) : undefined;
    const file = join(folder, `${release}.open.json`);
    return {
      read: () =>
        release !== undefined && existsSync(file)
          ? (JSON.parse(readFileSync(file, 'utf8')) as OpenAttributes)
          : undefined,
      write(open) {
        if (release === undefined) return;
        const draft = `${file}.${process.pid}.new`;
        writeFileSync(draft, JSON.stringify(open));
        renameSync(draft, file);
      },
    };
  }
}

export function privateFolder(folder: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}

const shortDigest = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 16);
