import { environments, shared } from '../../../fixtures/car-retail';
import { changed, problemsOf } from '../../../support/estate';

const { dev, prod } = environments;
const others = (otherNetworks: object) => ({ otherNetworks });
const linesOf = (inDev: object, inProd: object = {}) =>
  problemsOf({ shared, environments: { dev: changed(dev, inDev), prod: changed(prod, inProd) } });

describe('networks of others', () => {
  test('that no VPC overlaps are taken', () => {
    expect(linesOf(others({ 'on-premises': ['172.16.0.0/12', '192.168.0.0/16'] }))).toEqual([]);
  });

  test('are not overlapped by a VPC of any environment: the VPC has to move', () => {
    expect(linesOf(others({ 'on-premises': ['10.40.0.0/15'] }))).toEqual([
      'environments/prod.ts: regions.us-east-1.network.cidr must not overlap 10.40.0.0/15 of on-premises, which dev names in otherNetworks, got "10.40.0.0/16"; take 10.42.0.0/16, the next free range',
      'environments/prod.ts: regions.us-west-2.network.cidr must not overlap 10.40.0.0/15 of on-premises, which dev names in otherNetworks, got "10.41.0.0/16"; take 10.43.0.0/16, the next free range',
    ]);
  });

  test.each([[['0.0.0.0/0']], [['192.168.0.0/16', '172.16.0.0/12', '10.0.0.0/8']]])(
    'leave VPCs a place to move to, which is said once: %j',
    (ranges) => {
      expect(linesOf(others({ plant: ranges }))).toEqual([
        `environments/dev.ts: otherNetworks.plant.${ranges.length - 1} must leave a private range to VPCs, got "${ranges.at(-1)}"; write the ranges that are in use there, and no more`,
      ]);
    },
  );

  test('have to move a VPC also where they lie inside of it', () => {
    expect(linesOf({}, others({ plant: ['10.10.128.0/24'] }))).toEqual([
      'environments/dev.ts: regions.us-east-1.network.cidr must not overlap 10.10.128.0/24 of plant, which prod names in otherNetworks, got "10.10.0.0/16"; take 10.12.0.0/16, the next free range',
    ]);
  });

  test('may be named by several environments, and be the same for two that reach only one of them', () => {
    const plant = others({ plant: ['192.168.0.0/16'] });
    expect(linesOf(plant, plant)).toEqual([]);
    expect(linesOf(plant, others({ partner: ['192.168.4.0/24'] }))).toEqual([]);
  });

  test('are refused where one environment is to reach two that overlap', () => {
    expect(linesOf(others({ plant: ['192.168.0.0/16'], partner: ['192.168.4.0/24'] }))).toEqual([
      'environments/dev.ts: otherNetworks.partner.0 must not overlap 192.168.0.0/16 of plant, which dev names in otherNetworks, got "192.168.4.0/24"; leave out the one that nothing is to be connected to',
    ]);
  });

  test('are ranges', () => {
    expect(linesOf(others({ plant: ['192.168.0.1/16'] }))).toEqual([
      'environments/dev.ts: otherNetworks.plant.0 must have no host bits, got "192.168.0.1/16"; did you mean 192.168.0.0/16?',
    ]);
  });
});
