import { environments, shared } from '../../../fixtures/car-retail';
import { changed, problemsOf } from '../../../support/estate';

const letters = { image: 'letters', cpu: 256, memoryMiB: 512, runs: 'by-hand' };
const problems = (more: object) =>
  problemsOf({
    shared,
    environments: { dev: changed(environments.dev, { services: { letters: { ...letters, ...more } } }) },
  });
const at = 'environments/dev.ts: services.letters';

describe('what ends by itself', () => {
  test('has no health that anybody asks for, and no deployment', () => {
    expect(problems({ healthCheck: { failures: 3 }, deployment: {} })).toEqual([
      `${at}.healthCheck must not come with runs: the code with which it ends says whether it was well; take one of the two out`,
      `${at}.deployment must not come with runs: its next run takes the new release; take one of the two out`,
    ]);
    expect(problems({})).toEqual([]);
  });

  test('is not told of defaults that nobody wrote', () => {
    expect(problems({ tasks: { min: 1, max: 2 } })).toEqual([
      `${at}.tasks must not come with runs: it starts in the primary alone, ends by itself, and nobody calls it; take one of the two out`,
    ]);
  });
});
