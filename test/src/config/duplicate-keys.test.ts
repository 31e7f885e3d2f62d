import { mkdtempSync, rmSync } from 'node:fs';
import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { duplicateKeys } from '../../../src/config/duplicate-keys';
import { PROJECT_FOLDER } from '../../../src/config/load';
import { pathText } from '../../../src/config/problem';

let top: string;
beforeEach(() => (top = mkdtempSync(join(tmpdir(), 'environments-'))));
afterEach(() => rmSync(top, { recursive: true, force: true }));

/** `<file>:<line> <path>` of each duplicate. */
function found(files: Record<string, string>): string[] {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(top, name)), { recursive: true });
    writeFileSync(join(top, name), text);
  }
  return duplicateKeys(join(top, 'environments/index.ts'), top).map(
    ({ file, path, rule }) => `${file} ${pathText(path)} ${/line \d+/.exec(rule)?.[0]}`,
  );
}
const inIndex = (text: string) => found({ 'environments/index.ts': text });

test.each([
  ['a key', 'f({ a: 1,\n b: 2,\n a: 3 })', ['environments/index.ts:3 a line 1']],
  [
    'three times',
    'f({ a: 1,\n a: 2,\n a: 3 })',
    ['environments/index.ts:2 a line 1', 'environments/index.ts:3 a line 1'],
  ],
  ['in quotes', "f({ a: 1, 'a': 2 })", ['environments/index.ts:1 a line 1']],
  ['computed from text', "f({ a: 1, ['a']: 2 })", ['environments/index.ts:1 a line 1']],
  ['in short', 'f({ a: 1, a })', ['environments/index.ts:1 a line 1']],
  ['below others', 'f({ a: [{}, { b: g({ c: 1, c: 2 }) }] })', ['environments/index.ts:1 a.1.b.c line 1']],
  [
    'behind types',
    'const x = { a: 1, a: 2 } as const satisfies object;',
    ['environments/index.ts:1 a line 1'],
  ],
  ['after letters of two units', "f('😀', {\n a: 1,\n a: 2 })", ['environments/index.ts:3 a line 2']],
])('%s is found', (_title, text, expected) => {
  expect(inIndex(text)).toEqual(expected);
});

test.each([
  ['in two maps', 'f({ a: { c: 1 }, b: { c: 1 } })'],
  ['by a variable', 'f({ a: 1, [a]: 2 })'],
  ['over what is spread', 'f({ ...x, a: 1, ...y })'],
  ['to read and to write', 'const x = { get a() { return 1; }, set a(x) {} };'],
  ['in a file that does not parse', 'f({ a: 1, a: 2'],
])('%s nothing is written twice', (_title, text) => {
  expect(inIndex(text)).toEqual([]);
});

test('what is imported from the folder is looked at once, and nothing else', () => {
  const twice = 'export const x = { a: 1, a: 2 };';
  expect(
    found({
      'environments/index.ts':
        "export { x } from './one'; import './two.js'; import '../outside'; import 'zod';",
      'environments/one.ts': `import './index'; ${twice}`,
      'environments/two.ts': `export * from './deep'; import './gone';`,
      'environments/deep/index.ts': twice,
      'environments/unused.ts': twice,
      'outside.ts': twice,
    }),
  ).toEqual(
    ['environments/one.ts:1 x.a line 1', 'environments/deep/index.ts:1 x.a line 1'].map((line) =>
      line.replace(' x.a', ' a'),
    ),
  );
});

test('the environments have none', () => {
  expect(duplicateKeys(join(PROJECT_FOLDER, 'environments/index.ts'), PROJECT_FOLDER)).toEqual([]);
});
