import {
  existsSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { syncFolder } from '../../src/output-folder';
import { temporaryFolders, writeFiles } from '../support/folders';

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

  test('refuses a folder that holds other things, and leaves them alone', () => {
    const out = folder();
    writeFiles(out, { 'photos/one.jpg': 'x' });
    expect(() => syncFolder(fresh({ a: '1' }), out)).toThrow(
      `OUT must be empty or hold synthesized stacks, got ${out}, which holds other things; name another folder`,
    );
    expect(readdirSync(out)).toEqual(['photos']);
  });

  test("refuses a folder with another tool's manifest", () => {
    const out = folder();
    writeFiles(out, { 'manifest.json': '{ "manifest_version": 3 }', 'stacks/keep/cdk.tf.json': '{}' });
    expect(() => syncFolder(fresh({ a: '1' }), out)).toThrow('which holds other things');
    expect(existsSync(join(out, 'stacks/keep/cdk.tf.json'))).toBe(true);
  });

  test('follows no link out of the folder', () => {
    const [out, victim] = [folder(), folder()];
    syncFolder(fresh({ a: '1' }), out);
    writeFiles(victim, { 'cdk.tf.json': '{}' });
    symlinkSync(victim, join(out, 'stacks/old'));
    expect(syncFolder(fresh({ a: '1' }), out).kept).toEqual([join(out, 'stacks/old')]);
    expect(existsSync(join(victim, 'cdk.tf.json'))).toBe(true);
  });

  test('refuses a file', () => {
    const out = join(folder(), 'file');
    writeFileSync(out, 'x');
    expect(() => syncFolder(fresh({ a: '1' }), out)).toThrow(
      `OUT must be a folder, got ${out}, a file; name another one`,
    );
    expect(existsSync(out)).toBe(true);
  });
});
