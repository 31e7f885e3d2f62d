import { mkdtempSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { InputError, RefusedError, RunError } from '../errors';
import { checkBinary, registryOf, terraformBinary } from '../terraform/binary/binary';
import { Interruption } from '../terraform/binary/interruption';
import {
  allRequired,
  type LockedProvider,
  lockedProviders,
  lockText,
  readLockFile,
  type RequiredProvider,
} from '../terraform/binary/provider-lock';
import { Terraform } from '../terraform/binary/run-terraform';
import { readConfigText } from '../terraform/stacks/stack-config';
import { surroundings, type Surroundings } from '../terraform/stacks/surroundings';
import { failureLines } from '../terraform/binary/terraform-errors';
import { WorkFolder } from '../terraform/binary/work-folder';
import { Workspace } from '../terraform/binary/workspace';
import { noticeOf } from './run-end';

export interface LockOptions {
  /** A folder or an https address that serves providers instead of their registry. @default the registry */
  readonly mirror?: string | undefined;
}

/** Where people and pipelines run this. */
const PLATFORMS = ['linux_amd64', 'linux_arm64', 'darwin_amd64', 'darwin_arm64'];

/**
 * Writes the lock file of the providers that the stacks ask for, with checksums for Linux and macOS. Entries of the
 * other binary's registry stay as they are.
 */
export async function runLock(
  { mirror }: LockOptions,
  outside: Surroundings = surroundings(),
): Promise<void> {
  const work = new WorkFolder(outside.workFolder);
  const binary = terraformBinary(outside.env);
  const source = mirror === undefined ? [] : [mirrorOption(mirror)];
  await checkBinary(binary, outside.env);
  const registry = await registryOf(binary, outside.env);
  const { stacks } = await outside.synthesize({ out: work.synthesized('lock') });
  const required = allRequired(
    stacks.map(({ folder }) => readConfigText(folder)),
    registry,
  );
  const file = outside.providerLockFile;
  const before = readLockFile(file);
  const known = lockedProviders(before ?? '');
  const draft = mkdtempSync(join(work.providers(), 'lock.draft-'));
  try {
    const workspace = new Workspace(work, 'lock', draft);
    writeFileSync(join(draft, 'providers.tf.json'), providersConfig(required));
    const interruption = new Interruption(noticeOf(outside.reporter));
    const platforms = PLATFORMS.map((one) => `-platform=${one}`);
    const end = await interruption.during(() =>
      new Terraform(binary, outside.env, interruption).run(workspace, [
        'providers',
        'lock',
        ...source,
        ...platforms,
      ]),
    );
    if (end.exitCode !== 0)
      throw new RunError([...withoutMirror(mirror), ...failureLines(end, workspace, binary)].join('\n'));
    const made = lockedProviders(workspace.providerLock() ?? '');
    refuseOthers(file, known, made);
    const others = known.filter(({ address }) => !address.startsWith(`${registry}/`));
    const text = lockText([...made, ...others]);
    if (text !== before) replace(file, text);
    const what = made.map(({ address, version }) => `${address} ${version}`).join(', ');
    outside.reporter.line(
      text === before
        ? `${basename(file)} is as it must be: ${what} for ${PLATFORMS.join(', ')}`
        : `${basename(file)}: ${what} for ${PLATFORMS.join(', ')}; commit it`,
    );
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/**
 * Terraform adds what it finds to what is locked already, and so takes two packages for one release.
 *
 * @throws RefusedError if a release is not what it was when it was locked
 */
function refuseOthers(file: string, known: readonly LockedProvider[], made: readonly LockedProvider[]): void {
  const lines = known.flatMap(({ address, version, text }) => {
    const now = made.find((one) => one.address === address && one.version === version);
    if (!now || packageChecksums(text).every((one) => now.text.includes(`"${one}"`))) return [];
    return [
      `${basename(file)}: checksums of ${address} ${version} must stay as they are locked, got others for the same release; find out why, and remove the entry if it is right so`,
    ];
  });
  if (lines.length > 0) throw new RefusedError(lines.join('\n'));
}

/** Those of what is installed. Those of archives (`zh:`) are known of what comes from a registry alone. */
const packageChecksums = (entry: string) => [...entry.matchAll(/"(h1:[^"]+)"/g)].map(([, one = '']) => one);

/** @throws InputError for what is neither a folder that is there nor an address */
function mirrorOption(mirror: string): string {
  if (/^https:\/\/\S+\/$/.test(mirror)) return `-net-mirror=${mirror}`;
  if (!/^\w+:\/\//.test(mirror) && isFolder(mirror)) return `-fs-mirror=${resolve(mirror)}`;
  throw new InputError([
    `MIRROR must be a folder, or an https address that ends with a slash, got "${mirror}"; write it like MIRROR=https://providers.example.com/`,
  ]);
}

/** Terraform asks registries for lock files, whatever mirror its configuration names for installation. */
const withoutMirror = (mirror: string | undefined) =>
  mirror === undefined
    ? [
        'make lock asks the registry of each provider; where none can be reached, MIRROR=https://providers.example.com/ or MIRROR=<folder> asks a mirror',
      ]
    : [];

const isFolder = (path: string) => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;

/** A name is of this file alone: by their addresses, providers are the same that stacks ask for. */
const providersConfig = (required: readonly RequiredProvider[]) =>
  JSON.stringify({
    terraform: {
      required_providers: Object.fromEntries(
        required.map(({ address, version }, index) => [`p${index}`, { source: address, version }]),
      ),
    },
  });

/** Written beside and renamed: whoever is killed leaves the old file or the new one. */
function replace(file: string, text: string): void {
  const draft = `${file}.${process.pid}.draft`;
  try {
    writeFileSync(draft, text);
    renameSync(draft, file);
  } finally {
    rmSync(draft, { force: true });
  }
}
