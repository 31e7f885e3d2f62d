import { environments, shared } from '../../../fixtures/car-retail';
import { changed, problemsOf, warningsOf } from '../../../support/estate';

const { prod, qa } = environments;
const at = 'environments/prod.ts: regions';
const files = (change: object) => ({
  shared,
  environments: { ...environments, prod: changed(prod, change) },
});
const ireland = { role: 'standby', network: { cidr: '10.99.0.0/16', nat: 'one-per-az', egress: 'firewall' } };

describe('a region is refused to go', () => {
  test.each<[string, object, string]>([
    [
      'the primary, on which the others stand',
      { 'us-east-1': { decommission: true } },
      `${at}.us-east-1.decommission must be said of a standby region, got true; to take everything down, say decommission: true in the environment instead`,
    ],
    [
      'the one that takes over, while there is another',
      { 'us-west-2': { failover: true, decommission: true }, 'eu-west-1': ireland },
      `${at}.us-west-2.decommission must not be said of the standby that takes over, while there is eu-west-1, got true; move failover: true to eu-west-1 first, and apply that`,
    ],
  ])('%s', (_what, regions, line) => {
    expect(problemsOf(files({ regions }))).toEqual([line]);
  });
});

describe('a region may go', () => {
  test.each<[string, object]>([
    [
      'beside the one that takes over',
      { 'us-west-2': { failover: true }, 'eu-west-1': { ...ireland, decommission: true } },
    ],
    [
      'with all other standbys',
      {
        'us-west-2': { failover: true, decommission: true },
        'eu-west-1': { ...ireland, decommission: true },
      },
    ],
  ])('%s', (_what, regions) => {
    expect(problemsOf(files({ regions }))).toEqual([]);
  });

  const warning = `${at}.us-west-2.decommission must leave a standby for public names to fail over to, got true; add another one first, or they answer from the primary alone`;
  const warned = (change: object) =>
    warningsOf(files(change)).filter((line) => line.includes('decommission'));

  test('with a warning, where public names fail over to it alone', () => {
    expect(warned({ regions: { 'us-west-2': { decommission: true } } })).toEqual([warning]);
  });

  test('without one, where the whole environment goes', () => {
    expect(warned({ decommission: true, regions: { 'us-west-2': { decommission: true } } })).toEqual([]);
  });

  test('without one, where no public service stands there', () => {
    const environment = changed(qa, { regions: { 'us-west-2': { decommission: true } } });
    const lines = warningsOf({ shared, environments: { ...environments, qa: environment } });
    expect(lines.filter((line) => line.includes('decommission'))).toEqual([]);
  });
});
