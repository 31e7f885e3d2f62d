import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { PROJECT_FOLDER } from '../../src/config/load';
import { kindOf, resourcesOf } from './look';
import type { Requirement } from './requirement';

/** A test whose title begins with the id of a requirement. */
export interface NamedTest {
  readonly id: string;
  readonly file: string;
}

const TITLE = /\btest(?:\.each\([^`]*?\))?\(\s*['"`]([A-Z]\d+): /g;

/** Every such test below `test`, by what the files say. */
export function namedTests(): NamedTest[] {
  const files = readdirSync(join(PROJECT_FOLDER, 'test'), { recursive: true, withFileTypes: true })
    .filter(
      (one) =>
        one.isFile() && /\.(test|rehearsal)\.ts$/.test(one.name) && !one.parentPath.includes('node_modules'),
    )
    .map((one) => join(one.parentPath, one.name))
    .sort();
  return files.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(TITLE)].map(([, id = '']) => ({
      id,
      file: relative(PROJECT_FOLDER, file),
    })),
  );
}

/** The page, in Markdown. */
export function coveragePage(requirements: readonly Requirement[], tests: readonly NamedTest[]): string {
  const rows = requirements.map((one) => [
    one.id,
    one.text,
    one.settings.map((setting) => `\`${setting}\``).join(', ') || 'always, or by a command',
    one.code.map((file) => `[${file}](../${file})`).join(', '),
    one.resources.map(addressOf).join('; ') || 'none of its own',
    [...new Set(tests.filter(({ id }) => id === one.id).map(({ file }) => `[${file}](../${file})`))].join(
      ', ',
    ),
    `[${one.operate.split('#')[1]?.replaceAll('-', ' ')}](${linkOf(one.operate)})`,
  ]);
  const cells = [
    ['ID', 'requirement', 'setting', 'code', 'resources', 'test', 'how to operate'],
    Array(7).fill('---'),
    ...rows,
  ];
  return [
    '# Coverage',
    '',
    'What stands of what the five companies need, each with the setting that brings it, the code, an address of each type of',
    'resource that it makes in the environments of the tests, and the test that fails without it. `make docs` writes this page;',
    'what is not in it, the software does not do yet.',
    '',
    ...cells.map((row) => `| ${row.join(' | ')} |`),
    '',
  ].join('\n');
}

/**
 * One address as an example. How many there are would change with every setting.
 * @param wanted a type, or addresses of it: `aws_iam_role.*task-role`
 */
export function addressOf(wanted: string): string {
  const { type, isMeant } = kindOf(wanted);
  const [first] = [...resourcesOf(type).keys()]
    .filter((one) => isMeant(one.split(': ')[1] ?? ''))
    .sort((a, b) => rank(a) - rank(b));
  if (first === undefined) throw new Error(`no stack of the fixture has ${wanted}`);
  const [stack = '', found = ''] = first.split(': ');
  return `\`${type}.${found}\` in ${stack}`;
}

/** Production is what one looks at first. */
const rank = (address: string) => (address.startsWith('prod-us-east-1') ? 0 : 1);

const linkOf = (place: string) => (place.startsWith('docs/') ? place.slice('docs/'.length) : `../${place}`);
