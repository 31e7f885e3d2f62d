import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/**
 * Time and memory of synthesizing everything, as ratios to the bare import of cdktf and of the bindings that
 * the modules use: what no program on CDKTF can be faster than. Machines differ, ratios hardly do.
 */
const PROJECT = resolve(__dirname, '../..');
const TSX = join(PROJECT, 'node_modules/tsx/dist/cli.mjs');
const RUNS = 3;
/** Synthesis that takes this many times the bare import has become slow: look before raising it. */
const MOST_TIME = 5;
const MOST_MEMORY = 3;

interface Measure {
  readonly seconds: number;
  readonly megabytes: number;
}

/** The best of a few runs, each in a process of its own. */
function measured(script: string, args: readonly string[]): Measure {
  const runs = Array.from({ length: RUNS }, () => once(script, args));
  return {
    seconds: Math.min(...runs.map(({ seconds }) => seconds)),
    megabytes: Math.min(...runs.map(({ megabytes }) => megabytes)),
  };
}

function once(script: string, args: readonly string[]): Measure {
  const start = process.hrtime.bigint();
  const output = execFileSync(process.execPath, [TSX, '--import', MEMORY, script, ...args], {
    cwd: PROJECT,
    encoding: 'utf8',
  });
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  return { seconds, megabytes: Number(/maxRSS=(\d+)/.exec(output)?.[1]) / 1024 };
}

/** The bindings that the modules import, one by one, as they do. */
function bindings(): string[] {
  const files = readdirSync(join(PROJECT, 'modules'), { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  const sources = [
    ...files.map((file) => join(PROJECT, 'modules', file)),
    join(PROJECT, 'src/stacks/base-stack.ts'),
  ];
  const found = sources.flatMap((file) => [
    ...readFileSync(file, 'utf8').matchAll(/'(@cdktf\/provider-aws\/lib\/[\w-]+)'/g),
  ]);
  return [...new Set(found.map((match) => match[1] ?? ''))].sort();
}

const work = mkdtempSync(join(tmpdir(), 'bench-'));
const MEMORY = `data:text/javascript,${encodeURIComponent("process.on('exit', () => console.log('maxRSS=' + process.resourceUsage().maxRSS))")}`;
try {
  const bare = join(PROJECT, '.work', 'bare-import.cjs');
  mkdirSync(join(PROJECT, '.work'), { recursive: true });
  writeFileSync(bare, ['cdktf', ...bindings()].map((name) => `require('${name}');`).join('\n'));
  const floor = measured(bare, []);
  const synth = measured(join(PROJECT, 'src/cli.ts'), ['synth', '--out', join(work, 'out')]);
  rmSync(bare);
  const [time, memory] = [synth.seconds / floor.seconds, synth.megabytes / floor.megabytes];
  const row = (what: string, { seconds, megabytes }: Measure) =>
    console.log(
      `${what.padEnd(28)}${seconds.toFixed(2).padStart(6)} s ${megabytes.toFixed(0).padStart(6)} MB`,
    );
  row(`import of ${bindings().length} bindings`, floor);
  row('synthesis of everything', synth);
  console.log(
    `ratio${' '.repeat(26)}${time.toFixed(1)} ${' '.repeat(6)}${memory.toFixed(1)}   (at most ${MOST_TIME} and ${MOST_MEMORY})`,
  );
  if (time > MOST_TIME || memory > MOST_MEMORY) process.exitCode = 1;
} finally {
  rmSync(work, { recursive: true, force: true });
}
