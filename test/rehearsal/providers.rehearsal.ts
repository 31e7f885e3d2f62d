import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runLock } from '../../src/commands/lock';
import { InputError, RefusedError } from '../../src/errors';
import { registryOf } from '../../src/terraform/binary/binary';
import { Interruption } from '../../src/terraform/binary/interruption';
import { lockedProviders, providerLock } from '../../src/terraform/binary/provider-lock';
import { Terraform } from '../../src/terraform/binary/run-terraform';
import { StackDriver } from '../../src/terraform/stacks/stack-driver';
import { surroundings, type Surroundings } from '../../src/terraform/stacks/surroundings';
import { WorkFolder } from '../../src/terraform/binary/work-folder';
import { place, REGISTRIES } from './driver-estate';
import { writePackages } from './provider-packages';
import { terraformBinary, terraformEnvironment } from './terraform';

const RELEASE = '6.25.0';

let folder: string;
let aws: string;
let others: string;
let lines: string[];
let env: NodeJS.ProcessEnv;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'providers-'));
  lines = [];
  writeFileSync(
    join(folder, 'terraformrc'),
    `provider_installation {\n  filesystem_mirror {\n    path = "${inFolder('company')}"\n  }\n}\n`,
  );
  env = terraformEnvironment({ TF_CLI_CONFIG_FILE: inFolder('terraformrc') });
  const registry = await registryOf(terraformBinary(), env);
  aws = `${registry}/hashicorp/aws`;
  others = `${REGISTRIES.find((one) => one !== registry)}/hashicorp/aws`;
  for (const release of [RELEASE, '6.26.0']) writePackages(inFolder('company'), aws, release, 'as released');
});
afterEach(() => rmSync(folder, { recursive: true }));

const inFolder = (name: string) => join(folder, name);
const lockFile = () => readFileSync(inFolder('.terraform.lock.hcl'), 'utf8');
const config = (version = RELEASE, source = 'aws') =>
  JSON.stringify({
    terraform: { backend: { local: {} }, required_providers: { aws: { source, version } } },
  });

function outside(version = RELEASE, source?: string): Surroundings {
  const synthesize = () => {
    mkdirSync(inFolder('a'), { recursive: true });
    writeFileSync(join(folder, 'a/cdk.tf.json'), config(version, source));
    const stack = { id: 'a', place: place('a'), dependencies: [], folder: inFolder('a') };
    return Promise.resolve({ stacks: [stack], warnings: [], kept: [], removed: [] });
  };
  return {
    ...surroundings(),
    env: { ...env, TERRAFORM_BINARY_NAME: terraformBinary() },
    workFolder: inFolder('work'),
    providerLockFile: inFolder('.terraform.lock.hcl'),
    reporter: { line: (text) => lines.push(text), warn: (text) => lines.push(text), status: () => undefined },
    synthesize,
  };
}

const makeLock = (version = RELEASE) => runLock({ mirror: inFolder('company') }, outside(version));

/** Initializes stacks side by side, as a plan does. @returns why each failed, if it did */
async function initialize(
  ids: readonly string[],
  version = RELEASE,
): Promise<readonly (readonly string[])[]> {
  const lock = providerLock(inFolder('.terraform.lock.hcl'), [{ address: aws, version }], false);
  const interruption = new Interruption(() => undefined);
  const driver = new StackDriver(new Terraform(terraformBinary(), env, interruption), lock);
  const work = new WorkFolder(inFolder('work'));
  const ends = await Promise.all(ids.map((id) => driver.init(work.workspace(id), config(version), [])));
  return ends.map((end) => end?.reasons ?? []);
}

/** Where Terraform finds the provider of a stack. */
function installed(id: string): string {
  const release = join(folder, `work/terraform/${id}/.terraform/providers/${aws}/${RELEASE}`);
  const [platform = ''] = readdirSync(release).filter((name) => !name.endsWith('.lock'));
  return realpathSync(join(release, platform));
}

describe('make lock', () => {
  const platforms = 'linux_amd64, linux_arm64, darwin_amd64, darwin_arm64';

  it('writes checksums for Linux and macOS, and says on the next run that nothing is to do', async () => {
    await makeLock();
    expect(lockFile()).toContain(`provider "${aws}" {\n  version     = "${RELEASE}"`);
    expect(lockFile().match(/"h1:/g)).toHaveLength(4);
    await makeLock();
    expect(lines).toEqual([
      `.terraform.lock.hcl: ${aws} ${RELEASE} for ${platforms}; commit it`,
      `.terraform.lock.hcl is as it must be: ${aws} ${RELEASE} for ${platforms}`,
    ]);
  });

  it('goes to another release, and leaves what the other binary has locked', async () => {
    await makeLock();
    appendFileSync(
      inFolder('.terraform.lock.hcl'),
      `\nprovider "${others}" {\n  version = "${RELEASE}"\n  hashes = [\n    "h1:a",\n  ]\n}\n`,
    );
    await makeLock('6.26.0');
    expect(lockedProviders(lockFile()).map(({ address, version }) => `${address} ${version}`)).toEqual(
      [`${aws} 6.26.0`, `${others} ${RELEASE}`].sort(),
    );
  });

  it('takes nothing else for a release that is locked, and leaves the file as it was', async () => {
    await makeLock();
    const before = lockFile();
    writePackages(inFolder('company'), aws, RELEASE, 'something else');
    await expect(makeLock()).rejects.toThrow(
      new RefusedError(
        `.terraform.lock.hcl: checksums of ${aws} ${RELEASE} must stay as they are locked, got others for the same release; find out why, and remove the entry if it is right so`,
      ),
    );
    expect(lockFile()).toBe(before);
  });

  it('says where it cannot get what it needs', async () => {
    await expect(makeLock('6.27.0')).rejects.toThrow(/^Error: .*\n(.*\n)*log: /);
    // no host of this name can ever be there
    const unreachable = outside(RELEASE, 'registry.invalid/hashicorp/aws');
    const hint =
      'make lock asks the registry of each provider; where none can be reached, MIRROR=https://providers.example.com/ or MIRROR=<folder> asks a mirror';
    await expect(runLock({}, unreachable)).rejects.toThrow(hint);
    await expect(makeLock('6.27.0')).rejects.not.toThrow(/MIRROR/);
    await expect(runLock({ mirror: 'http://company/' }, outside())).rejects.toThrow(
      new InputError([
        'MIRROR must be a folder, or an https address that ends with a slash, got "http://company/"; write it like MIRROR=https://providers.example.com/',
      ]),
    );
  });
});

describe('stacks that are initialized side by side', () => {
  const ids = ['a', 'b', 'c', 'd', 'e', 'f'];

  it('share one installation, made as the configuration of the user says, and keep the lock file', async () => {
    await makeLock();
    expect((await initialize(ids)).flat()).toEqual([]);
    expect(new Set(ids.map(installed)).size).toBe(1);
    expect(installed('a')).toContain(`${folder}/work/providers/`);
    expect(lockedProviders(readFileSync(inFolder('work/terraform/f/.terraform.lock.hcl'), 'utf8'))).toEqual(
      lockedProviders(lockFile()),
    );
  });

  it('need what served the providers no more', async () => {
    await makeLock();
    await initialize(['a']);
    rmSync(inFolder('company'), { recursive: true });
    expect((await initialize(ids)).flat()).toEqual([]);
  });

  it('are initialized with entries of both registries in the lock file', async () => {
    await makeLock();
    appendFileSync(
      inFolder('.terraform.lock.hcl'),
      `\nprovider "${others}" {\n  version = "${RELEASE}"\n}\n`,
    );
    expect((await initialize(['a'])).flat()).toEqual([]);
  });

  it('are led to a plugin cache of the user, and fill it again where it was emptied', async () => {
    await makeLock();
    appendFileSync(inFolder('terraformrc'), `plugin_cache_dir = "${inFolder('cache')}"\n`);
    mkdirSync(inFolder('cache'));
    expect((await initialize(ids)).flat()).toEqual([]);
    // the installation itself has filled it, once
    expect(new Set(ids.map(installed)).size).toBe(1);
    expect(installed('a')).toContain(realpathSync(inFolder('cache')));
    // emptied, it is filled again
    rmSync(inFolder('cache'), { recursive: true });
    mkdirSync(inFolder('cache'));
    expect((await initialize(ids)).flat()).toEqual([]);
  });

  it('take nothing that the lock file does not know', async () => {
    await makeLock();
    writePackages(inFolder('company'), aws, RELEASE, 'something else');
    const [reasons = []] = await initialize(['a']);
    expect(reasons).toContain(
      `.terraform.lock.hcl knows no such provider for ${process.platform} on ${process.arch}; run make lock if it has no checksums for that, otherwise find out why another one is served`,
    );
  });

  it('take nothing that was changed after it was installed', async () => {
    await makeLock();
    await initialize(['a']);
    appendFileSync(join(installed('a'), `terraform-provider-aws_v${RELEASE}_x5`), '# changed');
    const [reasons = []] = await initialize(['b']);
    expect(reasons.slice(0, -1).at(-1)).toMatch(
      /^providers in .*work\/providers have changed since they were installed; find out why, then remove that folder$/,
    );
  });

  it('are held without a lock file to what was installed first', async () => {
    expect((await initialize(ids)).flat()).toEqual([]);
    expect(
      readFileSync(inFolder('work/terraform/f/.terraform.lock.hcl'), 'utf8').match(/"h1:/g),
    ).toHaveLength(1);
  });
});
