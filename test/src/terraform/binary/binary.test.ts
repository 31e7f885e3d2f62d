import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RunError } from '../../../../src/errors';
import { checkBinary, satisfies, terraformBinary } from '../../../../src/terraform/binary/binary';

const folder = mkdtempSync(join(tmpdir(), 'binary-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** An executable that prints something when it is asked for its version. */
function binary(name: string, prints: string, exitCode = 0): string {
  const file = join(folder, name);
  writeFileSync(
    file,
    `#!/bin/sh\n[ "$1 $2" = 'version -json' ] || exit 9\ncat <<'E'\n${prints}\nE\nexit ${exitCode}\n`,
  );
  chmodSync(file, 0o755);
  return file;
}
const check = (file: string) => checkBinary(file, { PATH: process.env['PATH'] });

it('is terraform, unless TERRAFORM_BINARY_NAME says otherwise', () => {
  expect(terraformBinary({})).toBe('terraform');
  expect(terraformBinary({ TERRAFORM_BINARY_NAME: '' })).toBe('terraform');
  expect(terraformBinary({ TERRAFORM_BINARY_NAME: 'tofu' })).toBe('tofu');
});

it('is taken with a version that the stacks take, whatever else it prints', async () => {
  await check(
    binary('good', 'a warning\n{\n  "terraform_version": "1.11.4",\n  "platform": "linux_amd64"\n}'),
  );
});

it('is refused if it is not there', async () => {
  await expect(check('no-such-terraform')).rejects.toThrow(
    new RunError(
      'no-such-terraform must be on the PATH, got none; install Terraform >= 1.11.0, < 2.0.0, or name another binary in TERRAFORM_BINARY_NAME',
    ),
  );
});

it('is refused if it is too old', async () => {
  const old = binary('old', '{"terraform_version": "1.9.8"}');
  await expect(check(old)).rejects.toThrow(
    new RunError(
      `${old} must have a version >= 1.11.0, < 2.0.0, got 1.9.8; install such a release, or name its binary in TERRAFORM_BINARY_NAME`,
    ),
  );
});

it('is refused if it says no version', async () => {
  const other = binary('other', 'hello');
  await expect(check(other)).rejects.toThrow(
    new RunError(
      `${other} must say its version, got something else; name Terraform's or OpenTofu's binary in TERRAFORM_BINARY_NAME`,
    ),
  );
});

it('is refused if it does not run', async () => {
  const broken = binary('broken', 'x', 3);
  await expect(check(broken)).rejects.toThrow(
    new RunError(
      `${broken} must run, got "Command failed: ${broken} version -json"; reinstall it, or name another binary in TERRAFORM_BINARY_NAME`,
    ),
  );
});

it.each([
  ['1.11.0', true],
  ['1.11.0-rc1', true],
  ['1.12.3', true],
  ['1.10.9', false],
  ['0.15.5', false],
  ['2.0.0', false],
])('a release %s satisfies the constraint: %s', (version, isFine) => {
  expect(satisfies(version, '>= 1.11.0, < 2.0.0')).toBe(isFine);
});

it('a constraint with another operator is not understood', () => {
  expect(() => satisfies('1.11.0', '~> 1.11')).toThrow('~> 1.11: ~> is not known here');
});
