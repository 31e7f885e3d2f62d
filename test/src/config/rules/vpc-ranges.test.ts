import { environments, shared } from '../../../fixtures/car-retail';
import { changed, problemsOf } from '../../../support/estate';

const { dev, qa } = environments;
const inDev = (change: object) =>
  problemsOf({ shared, environments: { ...environments, dev: changed(environments.dev, change) } });
const inProd = (change: object) =>
  problemsOf({ shared, environments: { ...environments, prod: changed(environments.prod, change) } });

describe('address ranges', () => {
  const range = (cidr: string) => ({ regions: { 'us-east-1': { network: { cidr } } } });
  const at = 'environments/dev.ts: regions.us-east-1.network.cidr must';

  test.each([
    ['10.10.1.0/16', `${at} have no host bits, got "10.10.1.0/16"; did you mean 10.10.0.0/16?`],
    ['10.10.0.0', `${at} be an IPv4 range, got "10.10.0.0"; write it like 10.20.0.0/16`],
    ['10.300.0.0/16', `${at} be an IPv4 range, got "10.300.0.0/16"; write it like 10.20.0.0/16`],
    ['10.10.0.0/33', `${at} be an IPv4 range, got "10.10.0.0/33"; write it like 10.20.0.0/16`],
    [
      '10.0.0.0/8',
      `${at} be a /16 to /22, got "10.0.0.0/8"; AWS takes no larger VPC, and a smaller one has no room for the subnets of three zones`,
    ],
    [
      '10.10.0.0/28',
      `${at} be a /16 to /22, got "10.10.0.0/28"; AWS takes no larger VPC, and a smaller one has no room for the subnets of three zones`,
    ],
    [
      '8.8.0.0/16',
      `${at} lie in one of 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 100.64.0.0/10, got "8.8.0.0/16"; the hosts that own other ranges could not be reached from inside`,
    ],
  ])('%s is refused', (cidr, line) => {
    expect(inDev(range(cidr))).toContain(line);
  });

  test('that overlap another environment or region are refused, and the next free one is named', () => {
    expect(inProd(range('10.10.128.0/17'))).toEqual([
      'environments/prod.ts: regions.us-east-1.network.cidr must not overlap 10.10.0.0/16 of dev in us-east-1, got "10.10.128.0/17"; take 10.12.0.0/17, the next free range',
    ]);
    expect(inProd({ regions: { 'us-west-2': { network: { cidr: '10.40.0.0/16' } } } })).toEqual([
      'environments/prod.ts: regions.us-west-2.network.cidr must not overlap 10.40.0.0/16 of prod in us-east-1, got "10.40.0.0/16"; take 10.41.0.0/16, the next free range',
    ]);
  });

  test('are compared also where another setting is refused', () => {
    expect(inProd({ ...range('10.10.0.0/16'), account: '1' })).toHaveLength(2);
  });

  test('a range that holds two others is refused for both', () => {
    const lines = problemsOf({
      shared,
      environments: {
        dev: changed(dev, { regions: { 'us-east-1': { network: { cidr: '10.10.0.0/16' } } } }),
        qa: changed(qa, {
          regions: {
            'us-east-1': { network: { cidr: '10.10.0.0/20' } },
            'us-west-2': { network: { cidr: '10.10.64.0/20' } },
          },
        }),
      },
    });
    expect(lines.filter((line) => line.includes('must not overlap 10.10.0.0/16'))).toHaveLength(2);
  });
});
