import { join } from 'node:path';
import { diagnosticsOf } from '../support/types';

test('the compiler refuses each mistake in typing.refusals.ts, and accepts what is right', () => {
  expect(diagnosticsOf(join(__dirname, 'typing.refusals.ts'))).toEqual([]);
});
