import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { promisify } from 'node:util';
import { live } from '../support/estates';

const PROJECT = resolve(__dirname, '../..');
const run = promisify(execFile);
const folders: string[] = [];

afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'determinism-'));
  folders.push(folder);
  return folder;
}

/** The project in another folder, with environments that are made from the real ones. */
function copyOfProject(environmentsOf: string): string {
  const folder = join(temporaryFolder(), 'elsewhere', 'deep');
  for (const part of ['src', 'modules', 'environments', 'package.json', 'tsconfig.json']) {
    cpSync(join(PROJECT, part), join(folder, part), { recursive: true });
  }
  symlinkSync(join(PROJECT, 'node_modules'), join(folder, 'node_modules'));
  renameSync(join(folder, 'environments/index.ts'), join(folder, 'environments/original.ts'));
  writeFileSync(join(folder, 'environments/index.ts'), environmentsOf);
  return folder;
}

/** A hash of every file that a fresh process synthesizes. */
async function synthesized(project: string, TZ: string): Promise<Record<string, string>> {
  const out = join(temporaryFolder(), 'out');
  const cli = [
    join(PROJECT, 'node_modules/tsx/dist/cli.mjs'),
    join(project, 'src/cli.ts'),
    'synth',
    '--out',
    out,
  ];
  await run(process.execPath, cli, {
    cwd: project,
    env: { ...process.env, TZ, LANG: TZ === 'UTC' ? 'C' : 'de_DE.UTF-8' },
  });
  const files = readdirSync(out, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files
      .map((entry) => join(entry.parentPath, entry.name))
      .map((file) => [relative(out, file), hash(readFileSync(file))]),
  );
}

const hash = (content: Buffer) => createHash('sha256').update(content).digest('hex');

const REVERSED = `import { environments as original } from './original';
export * from './original';
const reversed = (value: any): any => typeof value !== 'object' || value === null || Array.isArray(value)
  ? value : Object.fromEntries(Object.entries(value).reverse().map(([key, inner]) => [key, reversed(inner)]));
export const environments = reversed(original);
`;

/** The first environment is tagged with the time. */
const STAMPED = `import { environments as original } from './original';
export * from './original';
const [[name, { blueprint, overrides }]] = Object.entries<any>(original);
export const environments = { ...original, [name]: { blueprint,
  overrides: { ...overrides, tags: { ...overrides.tags, BuiltAt: String(process.hrtime.bigint()) } } } };
`;

describe.skipIf(!live)('synthesizing in fresh processes', () => {
  test('gives the same bytes in another time zone, folder and order of settings', async () => {
    const [here, elsewhere] = await Promise.all([
      synthesized(PROJECT, 'UTC'),
      synthesized(copyOfProject(REVERSED), 'Pacific/Kiritimati'),
    ]);
    const stacks = live?.stacks().map(({ id }) => join('stacks', id, 'cdk.tf.json'));
    expect(Object.keys(here).sort()).toEqual(['manifest.json', ...(stacks ?? [])].sort());
    expect(elsewhere).toEqual(here);
  });

  test('shows a planted timestamp', async () => {
    const project = copyOfProject(STAMPED);
    const [first, second] = await Promise.all([synthesized(project, 'UTC'), synthesized(project, 'UTC')]);
    const changed = Object.keys(first).filter((file) => first[file] !== second[file]);
    expect(changed.length).toBeGreaterThan(0);
    const [name] = Object.keys(live?.file.environments ?? {});
    expect(changed.filter((file) => !file.startsWith(join('stacks', `${name}-`)))).toEqual([]);
  });
});
