import { settingRows, settingsReference } from '../../../src/report/settings-reference';
import { settingsSchemas, type SettingSchema } from '../../../src/report/settings-schema';

const valuesOf = (setting: SettingSchema) => settingRows({ properties: { setting } })[0]?.values;

describe('the reference of settings', () => {
  const { environment, shared } = settingsSchemas();
  const rows = [...settingRows(environment), ...settingRows(shared)];

  test('says what every setting means', () => {
    expect(rows.length).toBeGreaterThan(80);
    expect(rows.filter(({ meaning }) => meaning === undefined).map(({ path }) => path)).toEqual([]);
  });

  test('says it from the comment that belongs to the setting', () => {
    expect(rows.find(({ path }) => path === 'regions.<region>.network.nat')).toEqual({
      path: 'regions.<region>.network.nat',
      values: "`'none'`, `'single'`, `'one-per-az'`",
      isRequired: false,
      meaning:
        "How application subnets reach the internet: not at all, through one NAT gateway (a zone's loss cuts all zones off; refused in production), or through one in each zone. A NAT gateway costs $33 a month and $0.045 for each GB in us-east-1. Default: none.",
    });
  });

  test('calls nothing required of which one is chosen', () => {
    expect(rows.find(({ path }) => path === 'databases.<name>.engine')?.isRequired).toBe(true);
    const branch = (name: string): SettingSchema => ({
      type: 'object',
      properties: { [name]: { type: 'string' } },
      required: [name],
    });
    const chosen = settingRows({ properties: { choice: { anyOf: [branch('one'), branch('other')] } } });
    expect(chosen.map(({ path, isRequired }) => [path, isRequired])).toEqual([
      ['choice', false],
      ['choice.one', false],
      ['choice.other', false],
    ]);
  });

  test.each<[string, SettingSchema, string]>([
    ['a word', { type: 'string' }, 'text'],
    ['a mail address', { type: 'string', format: 'email' }, 'mail address'],
    ['a switch', { type: 'boolean' }, '`true`, `false`'],
    ['one value', { const: 'mysql' }, "`'mysql'`"],
    ['a choice', { enum: [1, 3] }, '`1`, `3`'],
    ['a whole number', { type: 'integer', minimum: 1, maximum: 35 }, '1 to 35'],
    ['a number above', { type: 'number', exclusiveMinimum: 0, maximum: 9 }, 'number above 0, up to 9'],
    ['a number', { type: 'number' }, 'number'],
    ['a list', { type: 'array', items: { type: 'string' } }, 'list of text'],
    ['a map of words', { additionalProperties: { type: 'string' } }, 'text by name'],
    ['a map of entries', { additionalProperties: { properties: {} } }, 'settings by name'],
    [
      'a map by region',
      { propertyNames: { enum: ['x'] }, additionalProperties: { properties: {} } },
      'settings by region',
    ],
    [
      'either',
      { anyOf: [{ type: 'integer', minimum: 0, maximum: 2 }, { properties: {} }] },
      '0 to 2 or settings',
    ],
  ])('says the values of %s', (_, schema, words) => {
    expect(valuesOf(schema)).toBe(words);
  });

  test('has a table for each engine of databases, which holds what that one can be told', () => {
    const page = settingsReference({ environment, shared });
    const [, chapter = ''] = page.split('### databases\n');
    const [aurora = '', mysql = ''] =
      chapter.split(/^### /m)[0]?.split('#### databases, engine ').slice(1) ?? [];
    expect([aurora, mysql].map((table) => table.split('\n')[0])).toEqual(["`'aurora-mysql'`", "`'mysql'`"]);
    const says = (table: string, setting: string) => table.includes(`| \`databases.<name>.${setting}\``);
    expect([says(aurora, 'readers'), says(mysql, 'readers')]).toEqual([true, false]);
    expect([says(aurora, 'multiAz'), says(mysql, 'multiAz')]).toEqual([false, true]);
    expect([says(aurora, 'backupWindow'), says(mysql, 'backupWindow')]).toEqual([true, true]);
    expect(page).not.toContain('#### caches');
  });

  test('says once what several forms of an entry have in common', () => {
    const size = { type: 'string', description: 'How large.' };
    const forms = [
      { properties: { engine: { const: 'a' }, size } },
      { properties: { engine: { const: 'b' }, size, extra: { type: 'boolean' } } },
    ];
    const all = settingRows({ properties: { stores: { additionalProperties: { anyOf: forms } } } });
    expect(all.map(({ path, values }) => `${path} ${values}`)).toEqual([
      'stores settings by name',
      "stores.<name>.engine `'a'`",
      'stores.<name>.size text',
      "stores.<name>.engine `'b'`",
      'stores.<name>.extra `true`, `false`',
    ]);
  });

  test('keeps a table whole where a comment has a bar', () => {
    const page = settingsReference({
      environment: { properties: { a: { type: 'string', description: 'x | y' } }, required: ['a'] },
      shared: {},
    });
    expect(page).toContain('| `a` (required) | text | x \\| y |\n');
  });
});
