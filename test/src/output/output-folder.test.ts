import { spawn, spawnSync } from 'node:child_process';
import {
  existsSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join, relative } from 'node:path';
import { InputError, RefusedError, RunError } from '../../../src/errors';
import { fillFolder, syncFolder } from '../../../src/output/output-folder';
import { temporaryFolders, writeFiles } from '../../support/folders';

const folder = temporaryFolders();

const manifest = (...stacks: string[]) =>
  JSON.stringify({ version: '1', stacks: Object.fromEntries(stacks.map((id) => [id, {}])) });

/** A freshly synthesized folder with these stacks. */
function fresh(stacks: Readonly<Record<string, string>>): string {
  const made = folder();
  writeFiles(made, { 'manifest.json': manifest(...Object.keys(stacks)) });
  for (const [id, text] of Object.entries(stacks)) writeFiles(made, { [`stacks/${id}/cdk.tf.json`]: text });
  return made;
}

describe('syncing the output folder', () => {
  test('writes what is new and takes away what is stale', () => {
    const out = join(folder(), 'deep', 'out');
    syncFolder(fresh({ a: '1', b: '2' }), out);
    syncFolder(fresh({ b: '3', c: '4' }), out);
    expect(readdirSync(join(out, 'stacks')).sort()).toEqual(['b', 'c']);
    expect(readFileSync(join(out, 'stacks/b/cdk.tf.json'), 'utf8')).toBe('3');
    expect(readFileSync(join(out, 'manifest.json'), 'utf8')).toContain('"c"');
  });

  test('does not touch files that are the same', () => {
    const out = folder();
    syncFolder(fresh({ a: '1', b: '2' }), out);
    const long = new Date(2020, 1, 1);
    for (const id of ['a', 'b']) utimesSync(join(out, `stacks/${id}/cdk.tf.json`), long, long);
    utimesSync(join(out, 'manifest.json'), long, long);
    syncFolder(fresh({ a: '1', b: '3' }), out);
    expect(statSync(join(out, 'stacks/a/cdk.tf.json')).mtime).toEqual(long);
    expect(statSync(join(out, 'manifest.json')).mtime).toEqual(long);
    expect(statSync(join(out, 'stacks/b/cdk.tf.json')).mtime).not.toEqual(long);
  });

  test('writes the same manifest whatever order stacks were built in', () => {
    const [one, other] = [folder(), folder()];
    syncFolder(fresh({ a: '1', b: '2' }), one);
    syncFolder(fresh({ b: '2', a: '1' }), other);
    expect(readFileSync(join(one, 'manifest.json'))).toEqual(readFileSync(join(other, 'manifest.json')));
  });

  test('keeps files of a stale stack that synth has not written, and names them', () => {
    const out = folder();
    syncFolder(fresh({ a: '1' }), out);
    writeFiles(out, {
      'stacks/a/terraform.tfstate': '{}',
      'stacks/a/.terraform/x': '',
      'stacks/a/.terraform.lock.hcl': '',
    });
    const { kept } = syncFolder(fresh({ b: '1' }), out);
    expect(kept).toEqual([join(out, 'stacks/a/terraform.tfstate')]);
    expect(readdirSync(join(out, 'stacks/a'))).toEqual(['terraform.tfstate']);
  });

  test('follows no link out of the folder', () => {
    const [out, victim] = [folder(), folder()];
    syncFolder(fresh({ a: '1' }), out);
    writeFiles(victim, { 'cdk.tf.json': '{}' });
    symlinkSync(victim, join(out, 'stacks/old'));
    expect(syncFolder(fresh({ a: '1' }), out).kept).toEqual([join(out, 'stacks/old')]);
    expect(existsSync(join(victim, 'cdk.tf.json'))).toBe(true);
  });

  test.each(['stacks', 'stacks/a', 'stacks/a/cdk.tf.json'])('writes through no link, as %s', (path) => {
    const [out, victim] = [folder(), join(folder(), 'victim')];
    syncFolder(fresh({ a: '1' }), out);
    renameSync(join(out, path), victim);
    symlinkSync(victim, join(out, path));
    expect(() => syncFolder(fresh({ a: '2' }), out)).toThrow(
      new InputError([
        `OUT must hold only what synth wrote, got ${join(out, path)}, which is a link or something else; remove it`,
      ]),
    );
  });

  test('says which stacks are gone', () => {
    const out = folder();
    expect(syncFolder(fresh({ a: '1', b: '2' }), out).removed).toEqual([]);
    expect(syncFolder(fresh({ c: '1' }), out).removed).toEqual(['a', 'b']);
    expect(syncFolder(fresh({ c: '1' }), out).removed).toEqual([]);
  });
});

describe('a folder that cannot be changed as a whole', () => {
  test.each([1, 2, 3, 4])('is as it was if moving file %d fails', (nth) => {
    const out = folder();
    syncFolder(fresh({ a: '1', b: '1', stale: '1' }), out);
    const long = new Date(2020, 1, 1);
    utimesSync(join(out, 'stacks/a/cdk.tf.json'), long, long);
    const before = contentOf(out);
    let moves = 0;
    const failing: typeof renameSync = (from, to) => {
      if (++moves === nth) throw new Error(`move ${nth} fails`);
      renameSync(from, to);
    };
    expect(() => syncFolder(fresh({ a: '2', b: '2', new: '2' }), out, failing)).toThrow(`move ${nth} fails`);
    expect(contentOf(out)).toEqual(before);
    expect(readdirSync(join(out, 'stacks')).sort()).toEqual(['a', 'b', 'stale']);
    expect(statSync(join(out, 'stacks/a/cdk.tf.json')).mtime).toEqual(long);
  });
});

describe('filling a folder', () => {
  const purpose = 'dev';
  const stacks = (ids: Record<string, string>) => (drafts: string) => {
    writeFiles(drafts, { 'manifest.json': manifest(...Object.keys(ids)) });
    for (const [id, text] of Object.entries(ids)) writeFiles(drafts, { [`stacks/${id}/cdk.tf.json`]: text });
  };

  test('leaves nothing but what was asked for', async () => {
    const out = join(folder(), 'deep', 'out');
    await fillFolder({ out, purpose }, stacks({ a: '1' }));
    expect(readdirSync(out).sort()).toEqual(['manifest.json', 'stacks']);
  });

  test('sweeps away what a killed run has left', async () => {
    const out = join(folder(), 'out');
    const dead = spawnSync('true').pid;
    writeFiles(out, {
      '.synth.lock': JSON.stringify({ pid: dead, host: hostname(), purpose: 'qa' }),
      '.synth.lock.17': 'x',
      '.synth-drafts/stacks/old/cdk.tf.json': 'x',
    });
    await fillFolder({ out, purpose }, stacks({ a: '1' }));
    expect(Object.keys(contentOf(out)).sort()).toEqual(['manifest.json', 'stacks/a/cdk.tf.json']);
  });

  test('that was there leaves it as it was if synthesis fails', async () => {
    const out = join(folder(), 'out');
    await fillFolder({ out, purpose }, stacks({ a: '1' }));
    const before = contentOf(out);
    const full = Object.assign(new Error('ENOSPC: no space left on device, write'), {
      code: 'ENOSPC',
      syscall: 'write',
    });
    const failing = (drafts: string) => {
      stacks({ a: '2', b: '2' })(drafts);
      throw full;
    };
    await expect(fillFolder({ out, purpose }, failing)).rejects.toThrow(
      new RunError(
        `OUT must have room for all stacks, got ${JSON.stringify(out)} (no space left on device); make room, nothing was changed`,
      ),
    );
    expect(contentOf(out)).toEqual(before);
  });

  test('that was not there leaves nothing if synthesis fails', async () => {
    const parent = folder();
    const failing = () => {
      throw new Error('a bug');
    };
    await expect(fillFolder({ out: join(parent, 'deep/out'), purpose }, failing)).rejects.toThrow('a bug');
    expect(readdirSync(parent)).toEqual([]);
  });

  test('waits for a run that writes the same', async () => {
    const out = join(folder(), 'out');
    const lockFile = join(out, '.synth.lock');
    const { pid, kill } = livingProcess();
    writeFiles(out, { '.synth.lock': JSON.stringify({ pid, host: hostname(), purpose }) });
    setTimeout(() => rmSync(lockFile), 200);
    await fillFolder({ out, purpose }, stacks({ a: '1' }));
    kill();
    expect(Object.keys(contentOf(out)).sort()).toEqual(['manifest.json', 'stacks/a/cdk.tf.json']);
  });

  test.each([
    ['something else', 'qa', 30_000],
    ['the same for too long', 'dev', 0],
  ])('is refused while a run writes %s', async (_, other, patienceMs) => {
    const out = join(folder(), 'out');
    const { pid, kill } = livingProcess();
    writeFiles(out, { '.synth.lock': JSON.stringify({ pid, host: hostname(), purpose: other }) });
    const before = contentOf(out);
    await expect(fillFolder({ out, purpose, patienceMs }, stacks({ a: '1' }))).rejects.toThrow(
      new RefusedError(
        `OUT must be written by one run at a time, got ${JSON.stringify(out)}, which is being written by process ${pid} on ${hostname()} (${other}); wait for it, or name another folder`,
      ),
    );
    kill();
    expect(contentOf(out)).toEqual(before);
  });

  test('takes no account of a lock that is too old to be true, or of which no process is left', async () => {
    const out = join(folder(), 'out');
    const { pid, kill } = livingProcess();
    const lockFile = join(out, '.synth.lock');
    for (const holder of [
      { pid: spawnSync('true').pid, host: 'elsewhere' },
      { pid, host: hostname() },
    ]) {
      writeFiles(out, { '.synth.lock': JSON.stringify({ ...holder, purpose: 'qa' }) });
      const refused = fillFolder({ out, purpose }, stacks({ a: '1' }));
      await expect(refused).rejects.toThrow(RefusedError);
      const old = new Date(Date.now() - 11 * 60_000);
      utimesSync(lockFile, old, old);
      await fillFolder({ out, purpose }, stacks({ a: '1' }));
    }
    kill();
    writeFiles(out, {
      '.synth.lock': JSON.stringify({ pid: process.pid, host: hostname(), purpose: 'qa' }),
    });
    await fillFolder({ out, purpose }, stacks({ a: '2' }));
    expect(existsSync(lockFile)).toBe(false);
  });
});

/** A process that goes on until it is told not to. */
function livingProcess(): { readonly pid: number; readonly kill: () => void } {
  const child = spawn('sleep', ['60'], { stdio: 'ignore' });
  return { pid: child.pid ?? 0, kill: () => child.kill() };
}

/** Every file below a folder with what it holds. */
const contentOf = (root: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((file) => [relative(root, file), readFileSync(file, 'utf8')]),
  );
