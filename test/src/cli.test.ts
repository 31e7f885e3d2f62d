import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { temporaryFolders, writeFiles } from '../support/folders';

const PROJECT = resolve(__dirname, '../..');
const folder = temporaryFolders();

const CLI = [join(PROJECT, 'node_modules/tsx/dist/cli.mjs'), join(PROJECT, 'src/cli.ts')];

/** The command line in a process of its own, as make runs it. */
const cli = (...args: string[]) => cliWith({}, ...args);

function cliWith(
  env: Record<string, string>,
  ...args: string[]
): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...CLI, ...args], {
    cwd: PROJECT,
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  return { status, stdout, stderr };
}

/** The smallest example: what the environments of the project hold is not told here. */
const MINIMAL = ['synth', '--example', 'minimal'];

describe('synth', () => {
  test('writes the stacks that were asked for, and nothing else', () => {
    const out = join(folder(), 'out');
    const { status, stdout } = cli(...MINIMAL, '--env', 'test,test', '--out', out);
    expect([status, stdout]).toEqual([
      0,
      `test-us-east-1-foundation\ntest-us-east-1-workload  after test-us-east-1-foundation\ntest-global-alerts  after test-us-east-1-foundation\n3 stacks in ${relative(PROJECT, out)}\n`,
    ]);
    expect(readdirSync(out).sort()).toEqual(['manifest.json', 'stacks']);
    expect(readdirSync(join(out, 'stacks')).sort()).toEqual([
      'test-global-alerts',
      'test-us-east-1-foundation',
      'test-us-east-1-workload',
    ]);
    const { stacks } = JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8')) as {
      stacks: Record<string, { dependencies: string[] }>;
    };
    expect(stacks['test-us-east-1-workload']?.dependencies).toEqual(['test-us-east-1-foundation']);
  });

  test('says how many stacks it has removed', () => {
    const out = join(folder(), 'out');
    expect(cli(...MINIMAL, '--out', out).stdout).not.toContain('removed');
    const { stdout } = cli(...MINIMAL, '--scope', 'account-666666666666', '--out', out);
    expect(stdout).toContain('\nremoved the files of 3 stale stacks\n2 stacks in ');
    expect(readdirSync(join(out, 'stacks'))).toEqual([
      'account-666666666666-global-baseline',
      'account-666666666666-us-east-1-baseline',
    ]);
  });

  test('leaves everything as it was when the disk is full, and says so', () => {
    const out = join(folder(), 'out');
    cli(...MINIMAL, '--out', out);
    const files = readdirSync(out, { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.json'),
    );
    for (const file of files.filter((one) => one !== 'manifest.json'))
      writeFileSync(join(out, file), 'another content');
    const before = files.map((file) => readFileSync(join(out, file), 'utf8'));
    // 10 KiB a file: most stacks are smaller, the foundation is not
    const limited = spawnSync(
      'sh',
      ['-c', 'ulimit -f 20; exec "$@"', 'sh', process.execPath, ...CLI, ...MINIMAL, '--out', out],
      { cwd: PROJECT, encoding: 'utf8' },
    );
    expect([limited.status, limited.stderr.trim()]).toEqual([
      1,
      `OUT must have room for all stacks, got ${JSON.stringify(out)} (file too large); make room, nothing was changed`,
    ]);
    expect(files.map((file) => readFileSync(join(out, file), 'utf8'))).toEqual(before);
    expect(readdirSync(out).sort()).toEqual(['manifest.json', 'stacks']);
  });

  test('is refused while another environment is written to the same folder', () => {
    const out = join(folder(), 'out');
    writeFiles(out, {
      '.synth.lock': JSON.stringify({ pid: process.pid, host: hostname(), purpose: 'qa' }),
    });
    const { status, stderr } = cli(...MINIMAL, '--out', out);
    expect([status, stderr.trim()]).toEqual([
      3,
      `OUT must be written by one run at a time, got ${JSON.stringify(out)}, which is being written by process ${process.pid} on ${hostname()} (qa); wait for it, or name another folder`,
    ]);
  });

  test('takes a wrong name for what it is: one line, exit code 2, nothing written', () => {
    const out = join(folder(), 'out');
    const { status, stderr } = cli(...MINIMAL, '--env', 'tset', '--out', out);
    expect([status, stderr.trim()]).toEqual([
      2,
      'ENV must name environments, got "tset"; did you mean "test"?',
    ]);
    expect(existsSync(out)).toBe(false);
  });
});

describe('no command', () => {
  test('shows which there are, and is no success', () => {
    const { status, stderr } = cli();
    expect(status).toBe(2);
    expect(stderr).toMatch(/^a command must be given, got none\n\nUsage: cli /);
    expect(stderr).toContain('apply the saved plans');
  });

  test('but help is one', () => {
    const { status, stdout, stderr } = cli('--help');
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^Usage: cli /);
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

describe('a key that is written twice', () => {
  const example = join(PROJECT, 'environments/examples/broken-for-a-test');
  afterEach(() => rmSync(example, { recursive: true, force: true }));

  test('is refused with the place of both, since only the last one would count', () => {
    writeFiles(example, {
      'index.ts': [
        "import { defineEnvironment } from '../../../src/config/define';",
        "import { network } from './network';",
        'export const environments = {',
        '  test: defineEnvironment({}, {',
        "    account: '666666666666',",
        '    buckets: { files: {} },',
        "    regions: { 'us-east-1': { role: 'primary', network } },",
        '    buckets: { other: {} },',
        '  }),',
        '};',
      ].join('\n'),
      'network.ts': "export const network = { cidr: '10.60.0.0/16', cidr: '10.61.0.0/16' };",
    });
    const { status, stderr } = cli('synth', '--example', 'broken-for-a-test', '--out', join(folder(), 'out'));
    const at = 'environments/examples/broken-for-a-test';
    const rule = (line: number) =>
      `must be written once, and line ${line} says it too; merge the two: only the last one would count`;
    expect([status, stderr.trim().split('\n')]).toEqual([
      2,
      [`${at}/index.ts:8: test.buckets ${rule(6)}`, `${at}/network.ts:1: cidr ${rule(1)}`],
    ]);
  });
});

describe('matrix', () => {
  test('is refused where nobody says who plans and applies', () => {
    const { status, stderr } = cli('matrix', '--example', 'minimal');
    expect([status, stderr.trim()]).toEqual([
      2,
      'shared.delivery must say who plans and applies, got nothing; see docs/jenkins.md',
    ]);
  });
});

describe('EXIT_CODE_FILE', () => {
  test.each([
    [['matrix', '--example', 'minimal'], '2\n'],
    [['settings', '--example', 'minimal', '--env', 'test'], '0\n'],
  ])('%j: keeps what make does not pass on', (args, code) => {
    const file = join(folder(), 'made/exit-code');
    cliWith({ EXIT_CODE_FILE: file }, ...args);
    expect(readFileSync(file, 'utf8')).toBe(code);
  });

  test('that cannot be written is a failure', () => {
    const { status, stderr } = cliWith(
      { EXIT_CODE_FILE: folder() },
      'settings',
      '--example',
      'minimal',
      '--env',
      'test',
    );
    expect(status).toBe(1);
    expect(stderr).toMatch(/^EXIT_CODE_FILE must name a file that can be written, got EISDIR/);
  });
});
