import { valueAt } from '../../../src/config/merge';

test.each<[string, unknown, readonly PropertyKey[], unknown]>([
  ['an entry', { a: { b: 1 } }, ['a', 'b'], 1],
  ['a member of a list', { a: [1, 2] }, ['a', 1], 2],
  ['nothing below nothing', {}, ['a', 'b'], undefined],
  ['nothing that maps inherit', { a: {} }, ['a', 'toString'], undefined],
  ['nothing that lists inherit', { a: [] }, ['a', 'map'], undefined],
  ['nothing that maps are made by', { a: {} }, ['constructor', 'name'], undefined],
  ['nothing that text has', { a: 'text' }, ['a', 'length'], undefined],
])('%s is found', (_title, root, path, value) => {
  expect(valueAt(root, path)).toBe(value);
});
