import { fixtureStacks } from '../support/estates';

const dependenciesOf = (id: string) => {
  const stack = fixtureStacks().find((one) => one.id === id);
  return [...(stack?.dependencies ?? [])].sort();
};

describe('the order of a first apply', () => {
  test('is names and foundation, then the workload on them', () => {
    expect(dependenciesOf('prod-us-east-1-workload')).toEqual([
      'prod-global-names',
      'prod-us-east-1-foundation',
    ]);
  });

  test('lets a secondary cluster wait for the global database that the primary region makes', () => {
    expect(dependenciesOf('prod-us-west-2-workload')).toContain('prod-us-east-1-workload');
  });

  test('lets no region wait for another one without need', () => {
    expect(dependenciesOf('qa-us-west-2-workload')).toEqual(['qa-global-names']);
    expect(dependenciesOf('prod-us-west-2-foundation')).toEqual([]);
  });
});
