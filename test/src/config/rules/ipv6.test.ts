import { environments, shared } from '../../../fixtures/car-retail';
import { changed, problemsOf } from '../../../support/estate';

const { prod } = environments;
const linesOf = (change: object) => problemsOf({ shared, environments: { prod: changed(prod, change) } });
const ipv6In = (...regions: string[]) => ({
  regions: Object.fromEntries(regions.map((region) => [region, { network: { ipv6: true } }])),
});

describe('IPv6', () => {
  test('is taken in both regions of a public name, and in neither', () => {
    expect(linesOf(ipv6In('us-east-1', 'us-west-2'))).toEqual([]);
    expect(linesOf({})).toEqual([]);
  });

  test('is refused in one of them alone', () => {
    const line = (said: boolean) =>
      `environments/prod.ts: regions.us-west-2.network.ipv6 must be as in us-east-1 while public names fail over, as that of services.inventory does, got ${String(said)}; set it to ${String(!said)}, or change it in both regions`;
    expect(linesOf(ipv6In('us-east-1'))).toEqual([line(false)]);
    expect(linesOf(ipv6In('us-west-2'))).toEqual([line(true)]);
  });

  test('is taken in one of them where no public name fails over', () => {
    const { dev } = environments;
    const inOne = changed(dev, ipv6In('us-east-1'));
    expect(problemsOf({ shared, environments: { dev: inOne } })).toEqual([]);
  });
});
