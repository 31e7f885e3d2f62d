import { merge } from '../../../src/config/merge';

describe('merging an environment into its blueprint', () => {
  test.each([
    ['maps merge', { a: { b: 1 } }, { a: { c: 2 } }, { a: { b: 1, c: 2 } }],
    ['the environment wins', { a: 1 }, { a: 2 }, { a: 2 }],
    ['arrays replace', { a: [1, 2] }, { a: [3] }, { a: [3] }],
    ['null removes', { a: { b: 1, c: 2 } }, { a: { b: null } }, { a: { c: 2 } }],
    ['null in something new leaves nothing', {}, { a: { b: null, c: 1 } }, { a: { c: 1 } }],
    ['undefined says nothing', { a: 1 }, { a: undefined }, { a: 1 }],
    ['a map replaces what is none', { a: 1 }, { a: { b: 1 } }, { a: { b: 1 } }],
    [
      'another engine replaces the entry',
      { d: { engine: 'mysql', multiAz: true } },
      { d: { engine: 'aurora-mysql' } },
      { d: { engine: 'aurora-mysql' } },
    ],
    [
      'the same engine merges the entry',
      { d: { engine: 'mysql', multiAz: true } },
      { d: { engine: 'mysql', x: 1 } },
      { d: { engine: 'mysql', multiAz: true, x: 1 } },
    ],
  ])('%s', (_title, base, change, result) => {
    expect(merge(base, change)).toEqual(result);
  });

  test('changes neither side', () => {
    const base = { a: { b: 1 } };
    const change = { a: { c: { d: 2 } } };
    (merge(base, change) as { a: { c: { d: number } } }).a.c.d = 3;
    expect([base, change]).toEqual([{ a: { b: 1 } }, { a: { c: { d: 2 } } }]);
  });
});
