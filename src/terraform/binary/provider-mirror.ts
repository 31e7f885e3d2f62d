import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { readLockFile } from './provider-lock';
import type { Terraform } from './run-terraform';
import { parseConfig } from '../stacks/stack-config';
import { failureLines } from './terraform-errors';
import { privateFolder, type WorkFolder } from './work-folder';
import { PROVIDER_LOCK, Workspace } from './workspace';

/** Where the providers of a stack are, and what holds their checksums. */
export interface InstalledProviders {
  /** Nothing if Terraform installs none, as with a provider that runs already. */
  readonly mirror?: { readonly folder: string; readonly lock: string };
}

type Failed = { readonly kind: 'failed' | 'interrupted'; readonly reasons: readonly string[] };

const READONLY_LOCK = '-lockfile=readonly';
/** No download takes longer. What is older was left behind by a run that was killed. */
const DRAFT_LIFE_MS = 60 * 60_000;
/** Plans, whose stacks lead here, are kept for a day. */
const UNUSED_LIFE_MS = 7 * 24 * 60 * 60_000;

/**
 * Installs providers once for all stacks. Terraform does it, from where its own configuration says (a company may
 * have a mirror), in a folder of its own; what it has installed there is where all stacks find them, side by side,
 * which a shared plugin cache does not survive.
 */
export class ProviderMirror {
  private readonly installed = new Map<string, Promise<InstalledProviders | Failed>>();
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly terraform: Terraform) {}

  /**
   * @param config of a stack that asks for them
   * @param lock their checksums; nothing takes them as they come, and remembers their checksums
   * @param isBrought whether the lock came with a plan: then nothing else is taken, be there a lock or not
   */
  async install(
    work: WorkFolder,
    config: string,
    lock: string | undefined,
    isBrought = false,
  ): Promise<InstalledProviders | Failed> {
    const providers = JSON.stringify(parseConfig(config).terraform.required_providers ?? {});
    const { binary } = this.terraform;
    const what = [providers, binary, lock ?? `none ${isBrought}`, process.platform, process.arch];
    const key = createHash('sha256').update(JSON.stringify(what)).digest('hex').slice(0, 16);
    const known = this.installed.get(key);
    if (known) {
      const end = await known;
      return 'kind' in end
        ? { ...end, reasons: ['its providers must be installed, got a failure, see above'] }
        : end;
    }
    const readonly = lock !== undefined || isBrought;
    const installing = this.last.then(() =>
      this.installOnce(work, join(work.providers(), key), providers, lock, readonly),
    );
    this.last = installing.catch(() => undefined);
    this.installed.set(key, installing);
    return installing;
  }

  private async installOnce(
    work: WorkFolder,
    folder: string,
    providers: string,
    lock: string | undefined,
    readonly: boolean,
  ): Promise<InstalledProviders | Failed> {
    if (isWhole(folder)) {
      // so that it is known to be in use
      utimesSync(folder, new Date(), new Date());
      return installedIn(folder);
    }
    rmSync(folder, { recursive: true, force: true });
    removeOld(dirname(folder));
    const draft = mkdtempSync(`${folder}.draft-`);
    try {
      const workspace = new Workspace(work, 'providers', privateFolder(draft));
      writeFileSync(
        join(draft, 'providers.tf.json'),
        JSON.stringify({ terraform: { required_providers: JSON.parse(providers) as object } }),
      );
      if (lock !== undefined) writeFileSync(workspace.providerLockFile, lock);
      const args = ['init', '-input=false', ...(readonly ? [READONLY_LOCK] : [])] as const;
      const end = await this.terraform.run(workspace, args);
      if (end.exitCode !== 0) {
        const kind = this.terraform.interruption.interrupted ? 'interrupted' : 'failed';
        return { kind, reasons: failureLines(end, workspace, this.terraform.binary) };
      }
      if (!existsSync(mirrorIn(draft))) return {};
      renameSync(draft, folder);
      return installedIn(folder);
    } catch (error) {
      // another run was first
      if (isWhole(folder)) return installedIn(folder);
      throw error;
    } finally {
      rmSync(draft, { recursive: true, force: true });
    }
  }
}

/** Where Terraform puts providers is laid out as it wants a mirror to be. */
const mirrorIn = (folder: string) => join(folder, '.terraform', 'providers');

/** Where the user has a plugin cache, Terraform links there; somebody may have emptied it since. */
const isWhole = (folder: string) =>
  existsSync(mirrorIn(folder)) &&
  readdirSync(mirrorIn(folder), { recursive: true, withFileTypes: true }).every(
    (entry) => !entry.isSymbolicLink() || existsSync(join(entry.parentPath, entry.name)),
  );

const installedIn = (folder: string): InstalledProviders => ({
  mirror: { folder: mirrorIn(folder), lock: readLockFile(join(folder, PROVIDER_LOCK)) ?? '' },
});

/** What killed runs have left half, and releases that nothing has used for long: they are large. */
function removeOld(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    const path = join(folder, entry.name);
    const life = basename(path).includes('.draft-') ? DRAFT_LIFE_MS : UNUSED_LIFE_MS;
    const changed = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    if (Date.now() - changed > life) rmSync(path, { recursive: true, force: true });
  }
}
