import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  closeSync,
  mkdirSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RunError } from '../../../../src/errors';
import { WorkFolder } from '../../../../src/terraform/binary/work-folder';
import { configHash, type Workspace } from '../../../../src/terraform/binary/workspace';

const SUMMARY = { add: 1, change: 0, replace: 0, destroy: 0, losses: [] };
const config = (version = '6.25.0') =>
  JSON.stringify({ terraform: { required_providers: { aws: { version } } } });

let root: string;
let work: WorkFolder;
let workspace: Workspace;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'work-'));
  work = new WorkFolder(root);
  workspace = work.workspace('a');
});
afterEach(() => rmSync(root, { recursive: true }));

const file = (name: string) => join(workspace.folder, name);
function plan(): string {
  writeFileSync(file('tfplan.new'), 'plan');
  return workspace.savePlan(config(), { summary: SUMMARY });
}

it('remembers what was planned, and of which configuration', () => {
  expect(workspace.planned()).toBeUndefined();
  plan();
  expect(workspace.planned()?.record).toEqual({
    outcome: 'planned',
    config: configHash(config()),
    summary: SUMMARY,
  });
  expect(readFileSync(file('tfplan'), 'utf8')).toBe('plan');
});

it('knows no plan whose file is missing: a run was killed before it was saved', () => {
  plan();
  rmSync(file('tfplan'));
  expect(workspace.planned()).toBeUndefined();
});

it('gives a plan away once', () => {
  const digest = plan();
  expect(readFileSync(file(workspace.takePlan(digest)), 'utf8')).toBe('plan');
  expect(workspace.planned()).toBeUndefined();
  expect(existsSync(file('tfplan'))).toBe(false);
});

it('forgets a plan, used or not', () => {
  workspace.takePlan(plan());
  plan();
  workspace.forget();
  expect(readdirSync(workspace.folder)).toEqual([]);
});

it('leaves no half-written file behind, and nothing for others to read', () => {
  workspace.prepare(config(), undefined);
  workspace.record({ outcome: 'waiting', waiting: [{ for: 'b' }] });
  expect(readdirSync(workspace.folder).sort()).toEqual(['cdk.tf.json', 'plan.json']);
  expect(statSync(file('plan.json')).mode & 0o077).toBe(0);
  expect(statSync(workspace.folder).mode & 0o077).toBe(0);
});

it('holds the lock file that it is prepared with, or none', () => {
  workspace.prepare(config(), 'checksums');
  expect(workspace.providerLock()).toBe('checksums');
  workspace.prepare(config(), undefined);
  expect(workspace.providerLock()).toBeUndefined();
});

it('is initialized for one configuration, binary and lock file, and while its providers are there', () => {
  const mirror = join(root, 'a mirror');
  mkdirSync(mirror);
  workspace.prepare(config(), 'checksums');
  expect(workspace.isInitialized(config(), 'terraform')).toBe(false);
  workspace.initialized(config(), 'terraform', mirror);
  expect(workspace.isInitialized(config(), 'terraform')).toBe(true);
  expect(workspace.isInitialized(config('7.0.0'), 'terraform')).toBe(false);
  expect(workspace.isInitialized(config(), 'tofu')).toBe(false);
  rmSync(mirror, { recursive: true });
  expect(workspace.isInitialized(config(), 'terraform')).toBe(false);
  workspace.initialized(config(), 'terraform');
  expect(workspace.isInitialized(config(), 'terraform')).toBe(true);
  writeFileSync(workspace.providerLockFile, 'other checksums');
  expect(workspace.isInitialized(config(), 'terraform')).toBe(false);
});

it('keeps the newest fifty logs', () => {
  const logs = work.logs('a');
  for (let index = 0; index < 60; index += 1) {
    writeFileSync(join(logs, `2020-01-01T00-00-${String(index).padStart(2, '0')}.000Z-plan.log`), '');
  }
  const log = workspace.openLog('apply');
  closeSync(log.descriptor);
  const names = readdirSync(logs).sort();
  expect(names).toHaveLength(50);
  expect(names[0]).toContain('00-00-11');
  expect(join(logs, names[49] ?? '')).toBe(log.file);
});

it('ends a run if no log can be written', () => {
  mkdirSync(join(root, 'logs'));
  writeFileSync(join(root, 'logs/a'), 'in the way');
  expect(() => workspace.openLog('plan')).toThrow(
    new RunError(
      `a: its log must be writable, got EEXIST: file already exists, mkdir '${join(root, 'logs/a')}'; make room`,
    ),
  );
});

it('removes plans that nobody has applied in a day, those of a killed run too, and no others', () => {
  plan();
  const other = work.workspace('b');
  writeFileSync(join(other.folder, 'tfplan.used'), 'plan');
  const mine = work.workspace('c');
  writeFileSync(join(mine.folder, 'tfplan'), 'plan');
  const hours = (count: number) => new Date(Date.now() + count * 3_600_000);
  work.removeExpired(hours(23), new Set(['c']));
  expect(existsSync(file('tfplan'))).toBe(true);
  work.removeExpired(hours(25), new Set(['c']));
  expect(readdirSync(workspace.folder)).toEqual([]);
  expect(readdirSync(other.folder)).toEqual([]);
  expect(readdirSync(mine.folder)).toEqual(['tfplan']);
});

it('keeps what providers fill for the release that a lock file names, and for none without one', () => {
  const lock = file('.terraform.lock.hcl');
  const open = () => work.openAttributes(lock);
  open().write({ aws_vpc: ['arn'] });
  expect(open().read()).toBeUndefined();
  writeFileSync(lock, 'release 1');
  open().write({ aws_vpc: ['arn'] });
  expect(open().read()).toEqual({ aws_vpc: ['arn'] });
  writeFileSync(lock, 'release 2');
  expect(open().read()).toBeUndefined();
});
