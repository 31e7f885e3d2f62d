import { environments, shared, unlinkedProd } from '../../../fixtures/car-retail';
import { changed, problemsOf, stacksOf, estateOf } from '../../../support/estate';

const prodWith = (change: object) => ({ shared, environments: { prod: changed(environments.prod, change) } });
const devWith = (change: object) => ({ shared, environments: { dev: changed(environments.dev, change) } });
/** Reads of one database over regions, and of no other. */
const reads = (more: object = {}, name: 'catalog' | 'orders' = 'catalog') => ({
  databases: { ...unlinkedProd.databases, [name]: { crossRegionReads: true, ...more } },
});
const peering = { interRegion: 'peering' };
const unlinked = { interRegion: 'none' };

describe.each(['peering', 'transit-gateway'])('links between regions by %s', (interRegion) => {
  test('are for environments with a standby', () => {
    const alone = { interRegion, regions: { 'us-west-2': null } };
    const [problem] = problemsOf(devWith(alone)).filter((line) => line.includes('interRegion'));
    expect(problem).toBe(
      `environments/dev.ts: interRegion must be none without a standby region, got "${interRegion}"; add a region with the role standby, or take interRegion out`,
    );
    expect(problemsOf(prodWith({ interRegion, ...reads() }))).toEqual([]);
  });

  test('are for VPCs of our own', () => {
    const subnets = (third: number) => ({
      'us-east-1a': { id: `subnet-0000000${third}`, cidr: `10.40.${third}.0/26` },
      'us-east-1b': { id: `subnet-1000000${third}`, cidr: `10.40.${third}.64/26` },
    });
    const network = {
      cidr: '10.40.0.0/16',
      availabilityZones: ['us-east-1a', 'us-east-1b'],
      existing: {
        vpc: 'vpc-01234567',
        routeTables: ['rtb-01234567'],
        subnets: { public: subnets(1), application: subnets(2), data: subnets(3) },
      },
    };
    expect(problemsOf(prodWith({ interRegion, regions: { 'us-east-1': { network } } }))).toContain(
      `environments/prod.ts: interRegion must be none with an existing VPC, as in us-east-1, got "${interRegion}"; take it out: the routes and network ACLs of that VPC are left alone`,
    );
  });
});

describe.each(['catalog', 'orders'] as const)('reads of another region: %s', (name) => {
  const at = `environments/prod.ts: databases.${name}.crossRegionReads`;

  test('go over a link', () => {
    expect(problemsOf(prodWith({ ...unlinked, ...reads({}, name) }))).toEqual([
      `${at} must be false while interRegion is none, got true; set interRegion: 'peering', or take crossRegionReads out`,
    ]);
    expect(problemsOf(prodWith({ ...peering, ...reads({}, name) }))).toEqual([]);
  });

  test('are of a database that stands there', () => {
    expect(problemsOf(prodWith({ ...peering, ...reads({ standby: null }, name) }))).toContain(
      `${at} must be said of a database that stands in a standby region, got true; give it a standby, of Aurora before its first apply, or take this out`,
    );
  });

  test('end with the links once a region is about to go, and leave the zones until it has gone', () => {
    const change = { regions: { 'us-west-2': { decommission: true } } };
    const all = (more: object) =>
      stacksOf(estateOf(prodWith({ ...peering, ...reads({}, name), ...more })), ['prod']).flatMap(
        ({ id, resource }) =>
          Object.entries(resource).flatMap(([type, named]) =>
            Object.keys(named).map((name) => `${id} ${type}.${name}`),
          ),
      );
    const isLink = (line: string) => /links|cross-region|_published|elsewhere/.test(line);
    const isZone = (line: string) => line.endsWith('aws_route53_zone.published-zone');
    expect(all({}).filter(isLink).length).toBeGreaterThan(10);
    expect(all(change).filter(isLink)).toEqual([]);
    expect(all(change).filter(isZone)).toEqual(all({}).filter(isZone));
    expect(all({}).filter(isZone)).toHaveLength(2);
  });
});
