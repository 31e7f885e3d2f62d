import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { InputError } from '../../../src/errors';
import { checkedPlace, guarded, makeFolders } from '../../../src/output/output-place';
import { temporaryFolders, writeFiles } from '../../support/folders';

const PROJECT = resolve(__dirname, '../../..');
const folder = temporaryFolders();

describe('a place for stacks', () => {
  test.each([
    ['', 'OUT must be a folder, got nothing; name one, or leave OUT out for cdktf.out'],
    [' ', 'OUT must be a folder, got nothing; name one, or leave OUT out for cdktf.out'],
    ['package.json', 'OUT must be a folder, got "package.json", a file; name another one'],
    [
      'package.json/deep/out',
      'OUT must be a folder, got "package.json/deep/out", which lies in package.json, a file; name another one',
    ],
    ['/dev/null', 'OUT must be a folder, got "/dev/null", a file; name another one'],
    [
      '.',
      'OUT must be a folder of its own, got ".", which holds the project; name another one, such as cdktf.out',
    ],
    [
      '/',
      'OUT must be a folder of its own, got "/", which holds the project; name another one, such as cdktf.out',
    ],
    [
      PROJECT,
      `OUT must be a folder of its own, got ${JSON.stringify(PROJECT)}, which holds the project; name another one, such as cdktf.out`,
    ],
    [
      'environments',
      'OUT must be empty or hold synthesized stacks, got "environments", which holds other things; name another folder',
    ],
    [
      'x'.repeat(256),
      `OUT must be a folder that can be written, got "${'x'.repeat(80)}…" (name too long); name another one`,
    ],
    [
      'deep/'.repeat(1000),
      `OUT must be a folder that can be written, got "${'deep/'.repeat(16)}…" (name too long); name another one`,
    ],
  ])('is not %j', (out, problem) => {
    expect(() => checkedPlace(out)).toThrow(new InputError([problem]));
  });

  test("is not a folder with another tool's manifest", () => {
    const out = folder();
    writeFiles(out, { 'manifest.json': '{ "manifest_version": 3 }', 'stacks/keep/cdk.tf.json': '{}' });
    expect(() => checkedPlace(out)).toThrow('which holds other things');
  });

  test('is not a link to nothing, nor below one', () => {
    const link = join(folder(), 'link');
    symlinkSync('/nowhere', link);
    const end = 'a link to nothing; remove the link, or name another folder';
    expect(() => checkedPlace(link)).toThrow(`OUT must be a folder, got ${JSON.stringify(link)}, ${end}`);
    expect(() => checkedPlace(join(link, 'out'))).toThrow(end);
  });

  test('is not a link to the project', () => {
    const link = join(folder(), 'link');
    symlinkSync(PROJECT, link);
    expect(() => checkedPlace(link)).toThrow('which holds the project');
  });

  test('is one that is empty, that is not there yet, and that is a link to such a one', () => {
    const out = folder();
    const link = join(folder(), 'link');
    symlinkSync(out, link);
    expect(checkedPlace(out)).toBe(out);
    expect(checkedPlace(`${out}/deep/../deeper/`)).toBe(join(out, 'deeper'));
    expect(checkedPlace(link)).toBe(link);
    expect(readdirSync(out)).toEqual([]);
  });
});

describe('making a folder', () => {
  test('tells which folders were made', () => {
    const out = folder();
    expect(makeFolders(join(out, 'a/b'))).toEqual([join(out, 'a/b'), join(out, 'a')]);
    expect(makeFolders(join(out, 'a/b/c'))).toEqual([join(out, 'a/b/c')]);
    expect(makeFolders(join(out, 'a'))).toEqual([]);
  });

  test.runIf(process.platform === 'linux')('ends where none can be made', () => {
    expect(() => guarded('/proc/x/y', () => makeFolders('/proc/x/y'))).toThrow(
      new InputError([
        'OUT must be a folder that can be written, got "/proc/x/y" (no such file or directory); name another one',
      ]),
    );
  });

  test('says so if it may not', () => {
    const parent = join(folder(), 'parent');
    mkdirSync(parent);
    chmodSync(parent, 0o555);
    const script = `try { require('node:fs').mkdirSync(process.argv[1]) } catch (error) { console.log(JSON.stringify({ ...error, message: error.message })) }`;
    // root may do anything, so somebody else tries
    const uid = process.getuid?.() === 0 ? { uid: 65534, cwd: '/' } : {};
    chmodSync(join(parent, '..'), 0o755);
    const { stdout } = spawnSync(process.execPath, ['-e', script, join(parent, 'out')], {
      ...uid,
      encoding: 'utf8',
    });
    const { message, ...fields } = JSON.parse(stdout) as { message: string };
    const refused = () => {
      throw Object.assign(new Error(message), fields);
    };
    expect(() => guarded('parent/out', refused)).toThrow(
      new InputError([
        'OUT must be a folder that can be written, got "parent/out" (permission denied); name another one',
      ]),
    );
  });
});
