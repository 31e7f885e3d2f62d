import { defaultStacks } from '../support/estate';

const dependenciesOf = async (id: string) => {
  const stack = (await defaultStacks()).find((one) => one.id === id);
  return [...(stack?.dependencies ?? [])].sort();
};

describe('the order of a first apply', () => {
  test('is names and foundation, then the workload on them', async () => {
    expect(await dependenciesOf('prod-us-east-1-workload')).toEqual([
      'prod-global-names',
      'prod-us-east-1-foundation',
    ]);
  });

  test('lets a secondary cluster wait for the global database that the primary region makes', async () => {
    expect(await dependenciesOf('prod-us-west-2-workload')).toContain('prod-us-east-1-workload');
  });

  test('lets no region wait for another one without need', async () => {
    expect(await dependenciesOf('qa-us-west-2-workload')).toEqual(['qa-global-names']);
    expect(await dependenciesOf('prod-us-west-2-foundation')).toEqual([]);
  });
});
