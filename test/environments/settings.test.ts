import { live, liveFolders } from '../support/estates';

describe.each(liveFolders)('$name', ({ problems }) => {
  test('says nothing that is refused', () => {
    expect(problems, `\n${problems.join('\n')}\n`).toEqual([]);
  });
});

test('what is refused is not looked at any further', () => {
  expect(live === undefined).toBe((liveFolders[0]?.problems.length ?? 0) > 0);
});
