import { z } from 'zod';
import { count, entriesOf, entryName, range, refusesDeletion } from '../../../modules/settings/fields';

const messages = (schema: z.ZodType, value: unknown) =>
  (schema.safeParse(value).error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`);

describe('the name of an entry', () => {
  test.each(['ab', 'orders', 'web-sessions-2', 'a'.repeat(32)])('may be "%s"', (name) => {
    expect(entryName.safeParse(name).success).toBe(true);
  });

  test.each([
    'a',
    '',
    'Orders',
    '2nd',
    '-orders',
    'orders-',
    'web--sessions',
    'web_sessions',
    'a'.repeat(33),
  ])('cannot be "%s"', (name) => {
    expect(messages(entryName, name)).toEqual([
      ': be 2 to 32 lower-case letters, digits and single hyphens, beginning with a letter; rename it',
    ]);
  });
});

describe('entries by name', () => {
  const entries = entriesOf(z.strictObject({ size: z.int().default(1) }));

  test('are none by default, and each has its own defaults', () => {
    expect(entries.parse(undefined)).toEqual({});
    expect(entries.parse({ orders: {}, users: { size: 2 } })).toEqual({
      orders: { size: 1, decommission: false },
      users: { size: 2, decommission: false },
    });
  });

  test('are held against their schema, and so are their names', () => {
    expect(entries.safeParse({ orders: { colour: 'red' } }).success).toBe(false);
    expect(entries.safeParse({ Orders: {} }).success).toBe(false);
  });
});

describe('a thing', () => {
  test.each([
    [{ protection: true }, true],
    [{ protection: true, decommission: true }, false],
    [{ protection: false }, false],
    [{ protection: false, decommission: true }, false],
  ])('of %j refuses to be deleted: %s', (props, refuses) => {
    expect(refusesDeletion(props)).toBe(refuses);
  });
});

describe('a number', () => {
  test.each([
    [1, true],
    [3, true],
    [0, false],
    [4, false],
    [1.5, false],
    ['2', false],
  ])('from 1 to 3 may be %s: %s', (value, expected) => {
    expect(count(1, 3).safeParse(value).success).toBe(expected);
  });
});

describe('a range of numbers', () => {
  test('is two numbers, or one that is both', () => {
    expect(range(0, 15).parse({ min: 1, max: 6 })).toEqual({ min: 1, max: 6 });
    expect(range(0, 15).parse({ min: 2, max: 2 })).toEqual({ min: 2, max: 2 });
    expect(range(0, 15).parse(3)).toEqual({ min: 3, max: 3 });
  });

  test('cannot begin after its end', () => {
    expect(messages(range(0, 15), { min: 6, max: 1 })).toEqual(['min: be at most max, 1; swap the two']);
  });

  test.each([
    16,
    -1,
    { min: -1, max: 1 },
    { min: 0, max: 16 },
    { min: 0 },
    { min: 0, max: 1, step: 1 },
    'many',
  ])('from 0 to 15 cannot be %j', (value) => {
    expect(range(0, 15).safeParse(value).success).toBe(false);
  });
});
