import { tags } from '../../../modules/settings/tags';

/** `path: message` of each refusal. */
const refusals = (said: Record<string, string>) =>
  (tags.safeParse(said).error?.issues ?? []).map(
    (issue) =>
      `${issue.path.join('.')}: ${(issue.code === 'invalid_key' ? issue.issues[0]?.message : undefined) ?? issue.message}`,
  );
const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`key${n}`, 'x']));

describe('tags', () => {
  test('are taken by key', () => {
    expect(refusals({ Project: 'car-retail', 'cost:center/1': '', Laws: 'see aws: x' })).toEqual([]);
  });

  test('are 50 with our own, one of which single resources have', () => {
    expect(refusals(many(46))).toEqual([]);
    expect(refusals(many(47))).toEqual([': be at most 46, since AWS takes 50 with our own; take some out']);
  });

  test('are told apart whatever the case', () => {
    expect(refusals({ Project: 'a', project: 'b' })).toEqual([
      'project: differ from Project in more than capitals; keep one of the two',
    ]);
  });

  test.each(['Environment', 'environment', 'LAYER', 'managedby', 'name'])(
    'are not %s, which is ours',
    (key) => {
      expect(refusals({ [key]: 'x' })).toEqual([
        `${key}: not be Environment, Layer, ManagedBy, Name in any case, which are set already; rename the tag`,
      ]);
    },
  );

  test.each(['aws:x', 'AWS:x', 'Aws:x', 'rds:x'])('do not begin like those of AWS: %s', (reserved) => {
    expect(refusals({ [reserved]: 'x' })).toEqual([
      `${reserved}: not begin with aws: or rds:; rename the tag`,
    ]);
    expect(refusals({ Project: reserved })).toEqual(['Project: not begin with aws: or rds:; change it']);
  });

  test.each([
    [{ 'a;b': 'x' }, 'a;b: be 1 to 128 letters, digits, spaces and .:/=+@_-; rename the tag'],
    [
      { ['a'.repeat(129)]: 'x' },
      `${'a'.repeat(129)}: be 1 to 128 letters, digits, spaces and .:/=+@_-; rename the tag`,
    ],
    [{ a: 'x;y' }, 'a: be at most 256 letters, digits, spaces and .:/=+@_-; shorten it'],
    [{ a: 'x'.repeat(257) }, 'a: be at most 256 letters, digits, spaces and .:/=+@_-; shorten it'],
  ])('have the letters that AWS takes: %j', (said: Record<string, string>, line) => {
    expect(refusals(said)).toEqual([line]);
  });
});
