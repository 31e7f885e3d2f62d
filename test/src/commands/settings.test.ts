import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { runSettings, settingsOf, type SettingsOptions } from '../../../src/commands/settings';
import type { EstateFile } from '../../../src/config/define';
import { environmentShape, type SettingSchema } from '../../../src/report/settings-schema';
import { InputError } from '../../../src/errors';
import { estateOf, written } from '../../support/estate';
import { writeFiles } from '../../support/folders';

const environment = {
  blueprint: {
    logRetentionDays: 90,
    databases: { orders: { engine: 'aurora-mysql', instanceClass: 'db.r8g.large', readers: 1 } },
    buckets: { media: { archiveAfterDays: 180 } },
  },
  overrides: {
    account: '111111111111',
    regions: {
      'us-east-1': { role: 'primary', network: { cidr: '10.40.0.0/16' } },
      'af-south-1': { role: 'standby', enabled: true, network: { cidr: '10.41.0.0/16' } },
    },
    databases: { orders: { readers: { max: 3, min: 2 }, standby: { readers: 1 } } },
    buckets: { media: { standby: {} } },
    alerts: { emails: ['one@example.com', 'two@example.com'] },
  },
};

/** Rows of an environment named `test` by their paths. */
function rowsOf(file: object, schema?: SettingSchema): Map<string, { value?: unknown; from: string }> {
  const estate = { environments: { test: file }, shared: undefined } as unknown as EstateFile;
  const [only] = estateOf(estate).environments;
  if (!only) throw new Error('no environment');
  return new Map(
    settingsOf(written(estate), 'test', only.settings, schema).map(({ path, ...rest }) => [
      path.join('.'),
      rest,
    ]),
  );
}

const OWN = 'environments/test.ts';
const BLUEPRINT = 'environments/blueprint.ts';

describe('the settings of an environment', () => {
  const rows = rowsOf(environment);

  test.each([
    ['account', '111111111111', OWN],
    ['logRetentionDays', 90, BLUEPRINT],
    ['protection', true, 'default'],
    ['alerts.emails', ['one@example.com', 'two@example.com'], OWN],
    ['databases.orders.instanceClass', 'db.r8g.large', BLUEPRINT],
    ['buckets.media.archiveAfterDays', 180, BLUEPRINT],
    ['buckets.media.keepVersionsDays', 90, 'default'],
  ])('%s is %j, said by %s', (path, value, from) => {
    expect(rows.get(path)).toEqual({ value, from });
  });

  test('show what is written even if it is empty: a bucket stands in the standby by it', () => {
    expect(rows.get('buckets.media.standby')).toEqual({ value: {}, from: OWN });
    expect(rows.get('caches')).toEqual({ value: {}, from: 'default' });
  });

  test('show a short form as it is written, and the long one by its parts', () => {
    expect(rows.get('databases.orders.standby.readers')).toEqual({ value: 1, from: OWN });
    expect([...rows.keys()].filter((path) => path.startsWith('databases.orders.readers'))).toEqual([
      'databases.orders.readers.min',
      'databases.orders.readers.max',
    ]);
    expect(rows.get('databases.orders.readers.max')).toEqual({ value: 3, from: OWN });
  });

  test('say that a region is enabled only where a file does', () => {
    expect([...rows.keys()].filter((path) => path.endsWith('.enabled'))).toEqual([
      'regions.af-south-1.enabled',
    ]);
    expect(rows.get('regions.af-south-1.enabled')).toEqual({ value: true, from: OWN });
  });
});

describe('with all that is unset', () => {
  const rows = rowsOf(environment, environmentShape());
  const unset = [...rows].flatMap(([path, { from }]) => (from === 'unset' ? [path] : []));

  test('each setting is listed that could be said of what is there, and no other', () => {
    expect(unset).toEqual(
      expect.arrayContaining([
        'domain',
        'alerts.slack',
        'regions.us-east-1.failover',
        'regions.us-east-1.network.existing',
        'databases.orders.existing',
        'databases.orders.standby.instanceClass',
        'buckets.media.standby.existing',
      ]),
    );
    // those of another engine, of what is unset itself, and of entries that nobody has
    expect(
      unset.filter((path) => /orders\.(replica|storage)|slack\.|<|^caches|us-west-2/.test(path)),
    ).toEqual([]);
    expect(unset.filter((path) => rows.get(path)?.value !== undefined)).toEqual([]);
  });

  test('all others are as they were, in their order', () => {
    const without = [...rowsOf(environment)];
    expect([...rows].filter(([path]) => !unset.includes(path))).toEqual(without);
    expect(unset.some((path) => without.some(([other]) => other === path))).toBe(false);
  });
});

describe('make settings', () => {
  async function printed(options: Partial<SettingsOptions>): Promise<string> {
    const parts: string[] = [];
    await runSettings({ example: 'minimal', environment: 'test', ...options }, (text) => parts.push(text));
    return parts.join('');
  }

  test('prints aligned columns: path, value, file', async () => {
    const lines = (await printed({})).trimEnd().split('\n');
    const file = 'environments/examples/minimal/index.ts';
    expect(lines).toContainEqual(
      expect.stringMatching(new RegExp(`^account +  = "666666666666" +  ${file}$`)),
    );
    expect(new Set(lines.map((line) => line.indexOf(' = '))).size).toBe(1);
    expect(new Set(lines.map((line) => line.lastIndexOf('  '))).size).toBe(1);
  });

  test('prints what is unset when it is asked for', async () => {
    expect(await printed({})).not.toMatch(/unset/);
    expect(await printed({ all: '1' })).toMatch(/^domain +  = - +  unset$/m);
    const { settings } = JSON.parse(await printed({ all: '1', format: 'json' })) as { settings: unknown[] };
    expect(settings).toContainEqual({ path: ['domain'], from: 'unset' });
  });

  test('prints JSON for machines', async () => {
    const { environment, settings } = JSON.parse(await printed({ format: 'json' })) as {
      environment: string;
      settings: unknown[];
    };
    expect(environment).toBe('test');
    expect(settings).toContainEqual({
      path: ['protection'],
      value: false,
      from: 'environments/examples/minimal/index.ts',
    });
  });

  test.each([
    [{ format: 'jsn' }, 'FORMAT must be text or json, got "jsn"; did you mean "json"?'],
    [{ all: 'yes' }, 'ALL must be 1, got "yes"; write ALL=1, or leave it out'],
    [{ environment: 'tset' }, 'ENV must name an environment, got "tset"; did you mean "test"?'],
  ])('refuses %j', async (options, message) => {
    await expect(printed(options)).rejects.toThrow(new InputError([message]));
  });

  test('prints no secret: the file that holds one is refused', async () => {
    const example = resolve(__dirname, '../../../environments/examples/secret-for-a-test');
    const secret = `AKIA${'ABCDEFGH23456789'}`;
    writeFiles(example, {
      'index.ts': `export const environments = { test: { blueprint: {}, overrides: {
        account: '666666666666', tags: { Owner: '${secret}' },
        regions: { 'us-east-1': { role: 'primary', network: { cidr: '10.60.0.0/16' } } } } } };`,
    });
    try {
      const refusal = await printed({ example: 'secret-for-a-test' }).catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(InputError);
      expect((refusal as InputError).message).toContain('tags.Owner must');
      expect((refusal as InputError).message).not.toContain(secret);
    } finally {
      rmSync(join(example), { recursive: true });
    }
  });
});
