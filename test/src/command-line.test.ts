import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { commandLine, parsed } from '../../src/command-line';
import { InputError } from '../../src/errors';

const PROJECT = resolve(__dirname, '../..');
const minimal = ['--example', 'minimal'];

test.each([
  [
    ['synth', ...minimal, '--scope', 'share'],
    'ENV or SCOPE must name what the files have, got "share"; there is test, account-666666666666',
  ],
  [
    ['synth', '--example', 'nothere'],
    'EXAMPLE must name an example, got "nothere"; there is minimal, proxied, routed',
  ],
  [
    ['synth', '--example', '../..'],
    'EXAMPLE must name an example, got "../.."; there is minimal, proxied, routed',
  ],
  [
    ['synth', ...minimal, '--out', '.'],
    'OUT must be a folder of its own, got ".", which holds the project; name another one, such as cdktf.out',
  ],
  [['synth', '--out', ''], 'OUT must have a value, got nothing; give it one, or leave it out'],
  [['synth', '--env', ' '], 'ENV must have a value, got nothing; give it one, or leave it out'],
  [
    ['synth', '--env', 'dev,,qa'],
    'ENV must be names with a comma between them, got "dev,,qa"; remove the comma that has no name beside it',
  ],
  [
    ['synth', '--region', 'us-west-2'],
    'REGION must be left out of synth, got "us-west-2"; synth takes ENV, SCOPE, EXAMPLE, OUT',
  ],
  [
    ['plan', '--env', 'dev', '--allow-destroy', 'a', 'b', '--out', 'x'],
    'OUT must be left out of plan, got "x"; plan takes ENV, SCOPE, REGION, EXAMPLE, JOBS\nALLOW_DESTROY must be left out of plan, got "a b"; plan takes ENV, SCOPE, REGION, EXAMPLE, JOBS',
  ],
  [['settings'], 'ENV must be given, got nothing; write it like make settings ENV=dev'],
  [['plan'], 'ENV must be given, got nothing; write it like make plan ENV=dev'],
  [['apply'], 'ENV must be given, got nothing; write it like make apply ENV=dev'],
  [
    ['plan', '--env', 'dev,qa'],
    'ENV must name one environment for plan, got "dev,qa"; run make plan for each of them',
  ],
  [
    ['plan', '--env', 'dev', '--scope', 'shared'],
    'ENV and SCOPE must not be given together, got "dev" and "shared"; leave one of them out',
  ],
  [
    ['release', '--env', 'dev'],
    'SERVICE must be given, got nothing; write it like make release ENV=dev SERVICE=inventory DIGEST=sha256:…',
  ],
  [
    ['explain'],
    'ADDRESS must be given, got nothing; write it like make explain ADDRESS=aws_rds_cluster.databases_orders',
  ],
  [['nonsense'], "unknown command 'nonsense'"],
  [['synth', '--enw', 'dev'], "unknown option '--enw'; did you mean --env?"],
])('%j is refused in one line for each mistake', async (args, message) => {
  await expect(parsed(commandLine(), args)).rejects.toThrow(new InputError(message.split('\n')));
});

describe('make', () => {
  /** What make would run for a target. Variables of a make around this one are none of its own. */
  function dryRun(target: string, typed: readonly string[], env: Record<string, string>): string {
    const { PATH } = process.env;
    const { stdout } = spawnSync('make', ['-n', target, ...typed], {
      cwd: PROJECT,
      encoding: 'utf8',
      env: { PATH, ...env },
    });
    return stdout.split('\n').findLast((line) => line.startsWith('npm run')) ?? '';
  }
  const flagsIn = (line: string) => [...line.matchAll(/--[a-z-]+(?= ')/g)].map(([flag]) => flag).sort();
  const variableOf = (flag = '') => flag.replace('--', '').replaceAll('-', '_').toUpperCase();
  const commands = commandLine().commands.map((command) => ({
    name: command.name(),
    taken: command.options.filter(({ hidden }) => !hidden).map(({ long }) => long ?? ''),
    all: command.options.map(({ long }) => long ?? ''),
  }));

  test.each(commands)('passes to $name what it takes of the environment', ({ name, taken, all }) => {
    const env = Object.fromEntries(all.map((flag) => [variableOf(flag), "it's $(shell x)"]));
    const line = dryRun(name, [], env);
    // what was exported once must not confirm a later destruction, or allow it
    const typedOnly = ['--confirm', '--allow-destroy'];
    expect(flagsIn(line)).toEqual(taken.filter((flag) => !typedOnly.includes(flag)).toSorted());
    expect(line).toContain(`${taken[0]} 'it'\\''s $(shell x)'`);
  });

  test.each(commands)('passes to $name all that was typed, for it to refuse', ({ name, all }) => {
    const line = dryRun(
      name,
      all.map((flag) => `${variableOf(flag)}=`),
      {},
    );
    expect(flagsIn(line)).toEqual(all.toSorted());
  });
});

describe('an unsupported release of Node.js', () => {
  const check = (version: string) =>
    spawnSync(
      process.execPath,
      [
        '-e',
        `Object.defineProperty(process.versions, 'node', { value: '${version}' }); require('./src/check-node.js')`,
      ],
      { cwd: PROJECT, encoding: 'utf8' },
    );

  test.each(['16.20.2', '18.20.8', '20.18.3', '21.7.3', '22.11.0', '23.11.1'])(
    '%s is one line',
    (version) => {
      const { status, stderr } = check(version);
      expect([status, stderr]).toEqual([
        1,
        `Node.js must be 20.19, 22.12, 24 or later, found ${version}; install a supported release\n`,
      ]);
    },
  );

  test.each(['20.19.0', '20.20.2', '22.12.0', '22.23.3', '24.0.0', '25.1.0'])('%s is none', (version) => {
    const { status, stderr } = check(version);
    expect([status, stderr]).toEqual([0, '']);
  });
});
