import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PROJECT_FOLDER } from '../../src/config/load';
import { anchors, textOf } from '../support/pages';

const docs = readdirSync(join(PROJECT_FOLDER, 'docs')).filter((file) => file.endsWith('.md'));
const pages = ['README.md', 'modules/README.md', ...docs.map((file) => `docs/${file}`)];

/** Links to pages and headings of the project. */
const linksOf = (page: string) =>
  [...textOf(page).matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]*))?\)/g)].map(([, file = '', anchor]) => ({
    file: file === '' ? page : join(dirname(page), file),
    anchor,
  }));

test.each(pages)('every link of %s leads somewhere', (page) => {
  const lost = linksOf(page).filter(
    ({ file, anchor }) =>
      !existsSync(join(PROJECT_FOLDER, file)) ||
      (anchor !== undefined && !anchors(textOf(file)).includes(anchor)),
  );
  expect(lost).toEqual([]);
});

test('every page of docs can be reached from the README', () => {
  const reached = new Set(['README.md']);
  for (const page of reached)
    for (const { file } of linksOf(page)) if (pages.includes(file)) reached.add(file);
  expect(pages.filter((page) => !reached.has(page))).toEqual([]);
});
