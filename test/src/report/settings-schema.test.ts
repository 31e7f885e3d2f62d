import { z } from 'zod';
import { mergeFile } from '../../../src/config/check';
import { settingsSchemas, type SettingSchema } from '../../../src/report/settings-schema';
import { environments, sharedWithDelivery } from '../../fixtures/car-retail';

const schemas = settingsSchemas();
const takes = (schema: SettingSchema, value: unknown) =>
  z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]).safeParse(value).success;

describe('the JSON Schema of settings', () => {
  test.each(Object.entries(environments))('takes %s, merged with its blueprint', (_, file) => {
    expect(takes(schemas.environment, mergeFile(file))).toBe(true);
  });

  test('takes what is shared', () => {
    expect(takes(schemas.shared, sharedWithDelivery)).toBe(true);
  });

  test.each([
    ['a key that does not exist', { regoins: {} }],
    ['a value of another type', { protection: 'yes' }],
    [
      'a number that is too large',
      {
        databases: {
          orders: { engine: 'aurora-mysql', instanceClass: 'db.r8g.large', backupRetentionDays: 36 },
        },
      },
    ],
    ['an entry with a key that does not exist', { buckets: { media: { archive: 180 } } }],
  ])('refuses %s', (_, change) => {
    expect(takes(schemas.environment, { ...mergeFile(environments.prod), ...change })).toBe(false);
  });
});

describe('what a comment calls the default', () => {
  test.each(defaultsOf(schemas.environment, ''))('is what the schema has: %s', (_, description, value) => {
    const said = / Default: (.*)\.$/.exec(description)?.[1] ?? 'no @default';
    const plain = String(value);
    expect([plain, `'${plain}'`]).toContain(said.replace(/[, ].*$/, ''));
  });
});

/** Defaults that are a word, a number or a switch; of the others a comment says in words what they come to. */
function defaultsOf(schema: SettingSchema, path: string): [string, string, unknown][] {
  const { default: value, description } = schema;
  const own: [string, string, unknown][] =
    description !== undefined && value !== undefined && typeof value !== 'object'
      ? [[path, description, value]]
      : [];
  const named = Object.entries(schema.properties ?? {}).flatMap(([name, one]) =>
    defaultsOf(one, `${path}.${name}`),
  );
  const entries = schema.additionalProperties;
  return [
    ...own,
    ...named,
    ...(typeof entries === 'object' ? defaultsOf(entries, `${path}.*`) : []),
    ...(schema.anyOf ?? schema.oneOf ?? []).flatMap((form) => defaultsOf(form, path)),
  ];
}
