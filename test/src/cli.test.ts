import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { temporaryFolders, writeFiles } from '../support/folders';

const PROJECT = resolve(__dirname, '../..');
const folder = temporaryFolders();

/** The command line in a process of its own, as make runs it. */
function cli(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  const command = [join(PROJECT, 'node_modules/tsx/dist/cli.mjs'), join(PROJECT, 'src/cli.ts'), ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: PROJECT, encoding: 'utf8' });
  return { status, stdout, stderr };
}

describe('synth', () => {
  test('writes the stacks of one environment, and nothing else', () => {
    const out = join(folder(), 'out');
    const { status, stdout, stderr } = cli('synth', '--env', 'qa', '--out', out);
    expect([status, stderr]).toEqual([0, '']);
    const stacks = [
      'qa-global-names',
      'qa-us-east-1-foundation',
      'qa-us-east-1-workload',
      'qa-us-west-2-foundation',
      'qa-us-west-2-workload',
    ];
    expect(readdirSync(join(out, 'stacks')).sort()).toEqual(stacks);
    expect(readdirSync(out).sort()).toEqual(['manifest.json', 'stacks']);
    expect(stdout).toContain('5 stacks in ');
    const { dependencies } = (
      JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8')) as {
        stacks: Record<string, { dependencies: string[] }>;
      }
    ).stacks['qa-us-east-1-workload'] ?? { dependencies: [] };
    expect([...dependencies].sort()).toEqual(['qa-global-names', 'qa-us-east-1-foundation']);
  });

  test('takes an example, and a scope', () => {
    const out = join(folder(), 'out');
    expect(cli('synth', '--example', 'minimal', '--out', out).status).toBe(0);
    expect(readdirSync(join(out, 'stacks'))).toContain('test-us-east-1-workload');
    expect(cli('synth', '--scope', 'shared', '--out', out).status).toBe(0);
    expect(readdirSync(join(out, 'stacks')).sort()).toEqual([
      'shared-us-east-1-registry',
      'shared-us-west-2-registry',
    ]);
  });

  test.each([
    [['synth', '--env', 'prd'], 2, 'ENV must name environments, got "prd"; did you mean "prod"?'],
    [['synth', '--scope', 'share'], 2, 'SCOPE must name a scope, got "share"; did you mean "shared"?'],
    [
      ['synth', '--example', 'nothere'],
      2,
      'EXAMPLE must name an example, got "nothere"; there is minimal',
    ],
    [
      ['synth', '--example', '../..'],
      2,
      'EXAMPLE must name an example, got "../.."; there is minimal',
    ],
    [['settings'], 2, 'ENV must be given, got nothing; write it like make settings ENV=dev'],
    [['plan'], 2, 'ENV must be given, got nothing; write it like make plan ENV=dev'],
    [['apply'], 2, 'ENV must be given, got nothing; write it like make apply ENV=dev'],
    [
      ['plan', '--env', 'dev', '--scope', 'shared'],
      2,
      'ENV and SCOPE must not be given together, got "dev" and "shared"; leave one of them out',
    ],
    [
      ['release', '--env', 'dev'],
      2,
      'SERVICE must be given, got nothing; write it like make release ENV=dev SERVICE=inventory DIGEST=sha256:…',
    ],
    [['nonsense'], 2, "unknown command 'nonsense'"],
    [['synth', '--enw', 'dev'], 2, "unknown option '--enw'\n(Did you mean --env?)"],
  ])('%j ends with %d and one clear message', (args, code, message) => {
    const out = join(folder(), 'out');
    const { status, stderr } = cli(...args, ...(args[0] === 'synth' ? ['--out', out] : []));
    expect([status, stderr.trim()]).toEqual([code, message]);
    expect(existsSync(out)).toBe(false);
  });
});

describe('an environment file that does not load', () => {
  const example = join(PROJECT, 'environments/examples/broken-for-a-test');
  afterEach(() => rmSync(example, { recursive: true, force: true }));

  test.each([
    [
      'export const environments = {{ ;',
      'Transform failed with 1 error: environments/examples/broken-for-a-test/index.ts:1:29: ERROR: Expected identifier but found "{"',
    ],
    ["throw new Error('two\\nlines'); export const environments = {};", 'two lines'],
    ['export const environment = {};', undefined],
  ])('%s is one line', (text, said) => {
    writeFiles(example, { 'index.ts': text });
    const { status, stderr } = cli('synth', '--example', 'broken-for-a-test', '--out', join(folder(), 'out'));
    const file = 'environments/examples/broken-for-a-test/index.ts';
    expect([status, stderr.trim()]).toEqual([
      2,
      said === undefined
        ? `${file}: environments must be a map of environments, got nothing; export const environments = { dev, prod }`
        : `${file}: the file must load, got ${said}; correct what it names`,
    ]);
  });
});

describe('settings', () => {
  test('says what each setting is, and where it comes from', () => {
    const { status, stdout } = cli('settings', '--env', 'prod');
    expect(status).toBe(0);
    const rows = stdout.split('\n').map((line) => line.split(/ {2,}/));
    expect(rows).toContainEqual([
      'databases.orders.instanceClass',
      '"db.r8g.xlarge"',
      'environments/prod.ts',
    ]);
    expect(rows).toContainEqual(['buckets.media.archiveAfterDays', '180', 'environments/blueprint.ts']);
    expect(rows).toContainEqual(['buckets.media.keepVersionsDays', expect.any(String), 'default']);
  });
});
