import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_FOLDER } from '../../src/config/load';
import { settingRows } from '../../src/report/settings-reference';
import { settingsSchemas } from '../../src/report/settings-schema';
import { anchors, textOf } from '../support/pages';
import { addressOf, coveragePage, namedTests } from './coverage';
import { requirements } from './requirements';

describe('a requirement that stands', () => {
  const tests = namedTests();
  const { environment, shared } = settingsSchemas();
  const settings = new Set([
    ...settingRows(environment).map(({ path }) => path),
    ...settingRows(shared).map(({ path }) => `shared.${path}`),
  ]);

  test.each(requirements)('$id has settings, code, resources, a test and a page', (one) => {
    expect(one.settings.filter((setting) => !settings.has(setting))).toEqual([]);
    expect(one.code.filter((file) => !existsSync(join(PROJECT_FOLDER, file)))).toEqual([]);
    for (const type of one.resources) expect(() => addressOf(type)).not.toThrow();
    expect(tests.map(({ id }) => id)).toContain(one.id);
    const [page = '', anchor = ''] = one.operate.split('#');
    expect(anchors(textOf(page))).toContain(anchor);
  });

  test('is listed once, and every test that names one names a listed one', () => {
    const ids = requirements.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)]);
    expect([...new Set(tests.map(({ id }) => id))].filter((id) => !ids.includes(id))).toEqual([]);
  });

  test('is on the page as it is now', () => {
    const page = coveragePage(requirements, tests);
    if (process.env['UPDATE_DOCS'] === '1') writeFileSync(join(PROJECT_FOLDER, 'docs/coverage.md'), page);
    expect(textOf('docs/coverage.md') === page, 'docs/coverage.md must be made anew; run make docs').toBe(
      true,
    );
  });
});
