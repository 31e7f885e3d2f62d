import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_FOLDER } from '../../../src/config/load';
import { madePages } from '../../../src/report/pages';

describe('a page that is made', () => {
  test.each([...madePages()])('docs/%s is as the program makes it now', (name, text) => {
    const file = join(PROJECT_FOLDER, 'docs', name);
    if (process.env['UPDATE_DOCS'] === '1') writeFileSync(file, text);
    // one line, not the whole page
    expect(readFileSync(file, 'utf8') === text, `docs/${name} must be made anew; run make docs`).toBe(true);
  });
});
