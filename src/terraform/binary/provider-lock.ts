import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { InputError, RefusedError } from '../../errors';
import { parseConfig } from '../stacks/stack-config';

/** One entry of a lock file: a release of a provider, and its checksums. */
export interface LockedProvider {
  /** `registry.terraform.io/hashicorp/aws` */
  readonly address: string;
  readonly version: string;
  /** The whole entry as it stands in the file. */
  readonly text: string;
}

/** A provider that stacks ask for, in exactly one release. */
export interface RequiredProvider {
  readonly address: string;
  readonly version: string;
}

/** What somebody runs and commits where the lock file is not as it must be. */
const REMEDY = 'run make lock, and commit the file';

/** The entries of a lock file. Terraform and `make lock` alone write it, always in this form. */
export const lockedProviders = (text: string): readonly LockedProvider[] =>
  [...text.matchAll(/^provider "([^"\n]+)" \{\n[^}]*^\}$/gm)].map(([entry, address = '']) => ({
    address,
    version: /^\s*version\s*=\s*"([^"\n]+)"$/m.exec(entry)?.[1] ?? '',
    text: entry,
  }));

/** What is written above the entries, in the committed file and in copies of it. */
const HEADER = '# Releases of the providers, and their checksums. "make lock" writes this file.\n';

export const lockText = (entries: readonly LockedProvider[]): string =>
  [
    HEADER,
    ...[...entries].sort((a, b) => (a.address < b.address ? -1 : 1)).map(({ text }) => `${text}\n`),
  ].join('\n');

/**
 * @param config the text of a stack's cdk.tf.json
 * @param registry where the binary looks for providers that name none: Terraform and OpenTofu have one each
 */
export function requiredProviders(config: string, registry: string): readonly RequiredProvider[] {
  const required = (parseConfig(config).terraform.required_providers ?? {}) as Readonly<
    Record<string, { readonly source?: string; readonly version?: string }>
  >;
  return Object.entries(required).map(([name, { source = name, version = '' }]) => {
    const parts = source.split('/');
    const whole = [...[registry, 'hashicorp'].slice(0, Math.max(0, 3 - parts.length)), ...parts];
    return { address: whole.join('/'), version };
  });
}

/** Those that several stacks ask for, once. */
export const allRequired = (configs: readonly string[], registry: string): readonly RequiredProvider[] => [
  ...new Map(
    configs
      .flatMap((config) => requiredProviders(config, registry))
      .map((one) => [`${one.address} ${one.version}`, one]),
  ).values(),
];

/** What the lock file does not hold as it is asked for, a line each. */
export const lockProblems = (
  file: string,
  text: string,
  required: readonly RequiredProvider[],
): readonly string[] => {
  const locked = new Map(lockedProviders(text).map(({ address, version }) => [address, version]));
  return required
    .filter(({ address, version }) => locked.get(address) !== version)
    .map(
      ({ address, version }) =>
        `${basename(file)}: ${address} must be locked at ${version}, got ${locked.get(address) ?? 'none'}; ${REMEDY}`,
    );
};

export const readLockFile = (file: string): string | undefined =>
  existsSync(file) ? readFileSync(file, 'utf8') : undefined;

export const missingLockText = (file: string) =>
  `${basename(file)} must be committed, got none: providers are taken as this machine gets them; ${REMEDY}`;

/**
 * The committed lock file as one binary takes it: either refuses to leave it alone where it holds entries of the
 * other's registry.
 *
 * @returns nothing if there is no lock file
 * @throws InputError if it does not hold what the stacks ask for
 * @throws RefusedError if there is none and there must be one
 */
export function providerLock(
  file: string,
  required: readonly RequiredProvider[],
  mustBeThere: boolean,
): string | undefined {
  const text = readLockFile(file);
  if (text === undefined) {
    if (!mustBeThere) return undefined;
    throw new RefusedError(
      `${basename(file)} must be committed before anything runs in production, got none; ${REMEDY}`,
    );
  }
  const problems = lockProblems(file, text, required);
  if (problems.length > 0) throw new InputError(problems);
  const addresses = new Set(required.map(({ address }) => address));
  return lockText(lockedProviders(text).filter(({ address }) => addresses.has(address)));
}
