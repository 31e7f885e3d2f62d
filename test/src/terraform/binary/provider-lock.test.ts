import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runBootstrap } from '../../../../src/commands/bootstrap';
import { runPlan } from '../../../../src/commands/plan';
import { InputError, RefusedError, RunError } from '../../../../src/errors';
import { requiredProviders } from '../../../../src/terraform/binary/provider-lock';
import { DriverWorld, lockEntry, place } from '../driver-world';
import { testEnvironment } from '../test-environment';

const EAST = 'dev-us-east-1-foundation';
const WEST = 'dev-us-west-2-foundation';
const TERRAFORM_AWS = 'registry.terraform.io/hashicorp/aws';
const TOFU_AWS = 'registry.opentofu.org/hashicorp/aws';

let world: DriverWorld;
beforeEach(() => {
  world = new DriverWorld();
  world.buckets.add('dev-us-east-1-state-111122223333').add('dev-us-west-2-state-111122223333');
  world.stacks = [{ place: place('us-east-1', 'foundation') }, { place: place('us-west-2', 'foundation') }];
});
afterEach(() => world.close());

const plan = () => runPlan({ scope: 'dev' }, world.surroundings);
const commit = (...entries: readonly string[]) => writeFileSync(world.providerLockFile, entries.join('\n'));
const lockOf = (id: string) => world.workspaceFile(id, '.terraform.lock.hcl');
const installed = () => readdirSync(join(world.workFolder, 'providers'));

describe('the committed lock file', () => {
  it('is what every stack is initialized with, less the entries that the binary would refuse', async () => {
    commit('# a comment', lockEntry(TOFU_AWS, '6.25.0'), lockEntry(TERRAFORM_AWS, '6.25.0', 'h1:b'));
    await plan();
    for (const id of [EAST, WEST])
      expect(lockOf(id)).toBe(
        `# Releases of the providers, and their checksums. "make lock" writes this file.\n\n${lockEntry(TERRAFORM_AWS, '6.25.0', 'h1:b')}`,
      );
    expect(world.terraform.installations.map(({ args }) => args)).toEqual([
      ['init', '-no-color', '-input=false', '-lockfile=readonly'],
    ]);
  });

  it.each([
    ['another release', [lockEntry(TERRAFORM_AWS, '6.24.0')], '6.24.0'],
    ['entries of the other registry alone', [lockEntry(TOFU_AWS, '6.25.0')], 'none'],
    [
      'a conflict of a merge',
      ['<<<<<<< HEAD', 'provider "registry.terraform.io/hashicorp/aws" {', '======='],
      'none',
    ],
    ['nothing', [''], 'none'],
  ])('is refused before anything runs if it holds %s', async (_, entries, got) => {
    commit(...entries);
    const message = `.terraform.lock.hcl: ${TERRAFORM_AWS} must be locked at 6.25.0, got ${got}; run make lock, and commit the file`;
    await expect(plan()).rejects.toThrow(new InputError([message]));
    await expect(runBootstrap({ scope: 'dev' }, world.surroundings)).rejects.toThrow(
      new InputError([message]),
    );
    expect([...world.terraform.calls, ...world.terraform.installations]).toEqual([]);
  });

  describe('that is missing', () => {
    beforeEach(() => rmSync(world.providerLockFile));

    it('is said, and providers are taken as they come, then held to what came', async () => {
      await plan();
      expect(world.said[0]).toBe(
        'warning: .terraform.lock.hcl must be committed, got none: providers are taken as this machine gets them; run make lock, and commit the file',
      );
      expect(world.terraform.installations.map(({ args }) => args)).toEqual([
        ['init', '-no-color', '-input=false'],
      ]);
      expect([lockOf(EAST), lockOf(WEST)]).toEqual(['checksums as they came\n', 'checksums as they came\n']);
      await plan();
      expect(world.terraform.installations).toHaveLength(1);
    });

    it('ends a run in production before anything runs', async () => {
      world.environment = { ...testEnvironment({}), production: true };
      const refusal = new RefusedError(
        '.terraform.lock.hcl must be committed before anything runs in production, got none; run make lock, and commit the file',
      );
      await expect(plan()).rejects.toThrow(refusal);
      await expect(runBootstrap({ scope: 'dev' }, world.surroundings)).rejects.toThrow(refusal);
      expect([...world.terraform.calls, ...world.terraform.installations]).toEqual([]);
    });
  });
});

describe('providers', () => {
  it('are installed once, whatever number of stacks and runs', async () => {
    await plan();
    await plan();
    expect(world.terraform.installations).toHaveLength(1);
    expect(installed()).toHaveLength(1);
  });

  it('are installed with what the user says of caches and mirrors, which no stack is', async () => {
    world.env = { TF_PLUGIN_CACHE_DIR: '/somewhere' };
    await plan();
    expect(world.terraform.installations.map(({ env }) => env['TF_PLUGIN_CACHE_DIR'])).toEqual([
      '/somewhere',
    ]);
    for (const { args, env } of world.terraform.calls.filter((call) => call.args[0] === 'init'))
      expect(args).toContain(`-plugin-dir=${env['TF_PLUGIN_CACHE_DIR']}`);
  });

  it('are installed anew for another lock file', async () => {
    await plan();
    commit(lockEntry(TERRAFORM_AWS, '6.25.0', 'h1:another'));
    await plan();
    expect(world.terraform.installations).toHaveLength(2);
  });

  it('that cannot be had fail with why, once, and leave nothing half', async () => {
    world.terraform.says({ providers: { fails: { init: 'Error: no answer' } } });
    await expect(plan()).rejects.toThrow(RunError);
    expect([...world.said].sort()).toEqual([
      '  Error: no answer',
      '  its providers must be installed, got a failure, see above',
      '  log of init',
      `${EAST}  failed`,
      `${WEST}  failed`,
    ]);
    expect(installed()).toEqual([]);
    world.terraform.says({});
    await plan();
    expect(installed()).toHaveLength(1);
  });

  it('that a killed run has left half are never taken, and removed with those that are not used any more', async () => {
    const folder = join(world.workFolder, 'providers');
    const aged = (name: string, hours: number) => {
      mkdirSync(join(folder, name, '.terraform/providers'), { recursive: true });
      const then = new Date(Date.now() - hours * 3_600_000);
      utimesSync(join(folder, name), then, then);
    };
    await plan();
    const [used = ''] = installed();
    aged(used, 24 * 8);
    await plan();
    aged(`${used}.draft-old`, 2);
    aged(`${used}.draft-new`, 0.5);
    aged('unused', 24 * 8);
    aged('recent', 24 * 6);
    commit(lockEntry(TERRAFORM_AWS, '6.25.0', 'h1:another'));
    await plan();
    expect(world.terraform.installations).toHaveLength(2);
    expect(installed()).toEqual(expect.arrayContaining([used, `${used}.draft-new`, 'recent']));
    expect(installed()).toHaveLength(4);
  });

  it('that run already are not installed', async () => {
    world.env = { TF_REATTACH_PROVIDERS: '{}' };
    await plan();
    expect(installed()).toEqual([]);
    expect(existsSync(join(world.workFolder, 'terraform', EAST, '.terraform.lock.hcl'))).toBe(false);
    expect(world.terraform.calls.find(({ args }) => args[0] === 'init')?.args.join(' ')).not.toContain(
      'plugin-dir',
    );
  });
});

it.each([
  ['aws', `${TERRAFORM_AWS}`],
  ['somebody/aws', 'registry.terraform.io/somebody/aws'],
  ['example.com/somebody/aws', 'example.com/somebody/aws'],
])('a source %s is the provider %s', (source, address) => {
  const config = JSON.stringify({ terraform: { required_providers: { aws: { source, version: '1.0.0' } } } });
  expect(requiredProviders(config, 'registry.terraform.io')).toEqual([{ address, version: '1.0.0' }]);
});

it('of OpenTofu are looked for in its own registry', async () => {
  const stub = readFileSync(world.terraform.binary, 'utf8');
  const says = `if [ "$*" = version ]; then echo 'OpenTofu v1.11.0'; exit; fi\n`;
  writeFileSync(world.terraform.binary, stub.replace('#!/bin/sh\n', `#!/bin/sh\n${says}`));
  await expect(plan()).rejects.toThrow(`${TOFU_AWS} must be locked at 6.25.0, got none`);
  commit(lockEntry(TOFU_AWS, '6.25.0'), lockEntry(TERRAFORM_AWS, '6.25.0'));
  await plan();
  expect(lockOf(EAST)).toContain(TOFU_AWS);
  expect(lockOf(EAST)).not.toContain(TERRAFORM_AWS);
});
