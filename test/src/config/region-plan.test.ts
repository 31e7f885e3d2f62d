import { environments, shared } from '../../fixtures/car-retail';
import { regionsOf } from '../../../src/config/estate';
import { planRegion } from '../../../src/config/region-plan';
import { changed, estateOf } from '../../support/estate';

/** The plan of dev in its primary region. */
function planOf(change: object) {
  const estate = estateOf({ shared, environments: { dev: changed(environments.dev, change) } });
  const [environment] = estate.environments;
  const [primary] = regionsOf(environment!.settings);
  return planRegion(environment!, primary!);
}

/** The plans of prod in its primary and its standby region. */
function plansOfProd(change: object) {
  const estate = estateOf({ shared, environments: { prod: changed(environments.prod, change) } });
  const [environment] = estate.environments;
  const [primary, standby] = regionsOf(environment!.settings);
  return [planRegion(environment!, primary!), planRegion(environment!, standby!)] as const;
}

describe('the plan of a standby region', () => {
  const said = {
    databases: { orders: { standby: { readers: 2, instanceClass: 'db.r8g.large' } } },
    caches: { sessions: { standby: { replicas: 1, nodeType: 'cache.r7g.xlarge' } } },
    services: { inventory: { standby: { tasks: { min: 4, max: 9 } } } },
  };

  test('is that of the primary, changed as each standby says and in nothing else', () => {
    const [primary, standby] = plansOfProd(said);
    expect(Object.keys(standby.databases)).toEqual(['orders', 'catalog']);
    expect(standby.databases['orders']).toEqual({
      ...primary.databases['orders'],
      readPeer: { region: 'us-east-1', cidr: '10.40.0.0/16' },
      readers: { min: 2, max: 2 },
      instanceClass: 'db.r8g.large',
      globalCluster: 'secondary',
      writes: false,
      sourceRegion: 'us-east-1',
    });
    expect(standby.databases['catalog']).toEqual({
      ...primary.databases['catalog'],
      multiAz: false,
      replicas: 2,
      sourceRegion: 'us-east-1',
      readPeer: { region: 'us-east-1', cidr: '10.40.0.0/16' },
    });
    expect(standby.caches).toEqual({
      sessions: { ...primary.caches['sessions'], replicas: 1, nodeType: 'cache.r7g.xlarge' },
    });
    expect(standby.buckets).toEqual(primary.buckets);
    const inventory = primary.services['inventory']!;
    // hours and forecasts are of the primary's load
    const { schedule, ...tasks } = inventory.tasks!;
    expect(schedule).toBeDefined();
    expect(standby.services).toEqual({
      inventory: { ...inventory, tasks: { ...tasks, predictive: 'off', min: 4, max: 9 } },
    });
  });

  test('is that of the primary where a standby says nothing', () => {
    const [primary, standby] = plansOfProd({
      databases: { orders: { standby: { readers: null } } },
      caches: { sessions: { standby: {} } },
      services: { inventory: { standby: { tasks: null } } },
    });
    expect(standby.caches).toEqual(primary.caches);
    expect(standby.services['inventory']).toEqual(primary.services['inventory']);
    // one reader, as the doc comment says
    expect(standby.databases['orders']).toMatchObject({ readers: { min: 1, max: 1 } });
  });
});

test('a promotion in the settings changes who writes, and no membership', () => {
  const plans = plansOfProd({ databases: { orders: { primaryRegion: 'us-west-2' } } });
  expect(plans.map(({ databases }) => databases['orders'])).toMatchObject([
    { globalCluster: 'primary', writes: false },
    { globalCluster: 'secondary', writes: true, sourceRegion: 'us-east-1' },
  ]);
});

describe('copies of backups', () => {
  const third = { role: 'standby', network: { cidr: '10.42.0.0/16', nat: 'one-per-az', egress: 'firewall' } };
  const copiesIn = (change: object) => {
    const estate = estateOf({ shared, environments: { prod: changed(environments.prod, change) } });
    const [environment] = estate.environments;
    return regionsOf(environment!.settings).map((region) => [
      region.name,
      planRegion(environment!, region).backupCopies,
    ]);
  };

  test('are made in the region that takes over, and in no other', () => {
    expect(copiesIn({ regions: { 'ca-central-1': third } })).toEqual([
      ['us-east-1', {}],
      ['us-west-2', { catalog: { retentionDays: 14, sourceRegion: 'us-east-1' } }],
      ['ca-central-1', {}],
    ]);
  });

  test('are made of what says so', () => {
    expect(copiesIn({ databases: { catalog: { backupCopyDays: null } } })).toEqual([
      ['us-east-1', {}],
      ['us-west-2', {}],
    ]);
  });
});

describe('the plan of a region', () => {
  test('keeps records of traffic as long as other logs unless the region says otherwise', () => {
    const network = { regions: { 'us-east-1': { network: { flowLogRetentionDays: 3 } } } };
    expect(planOf({ logRetentionDays: 60 }).network.flowLogRetentionDays).toBe(60);
    expect(planOf({ logRetentionDays: 60, ...network }).network.flowLogRetentionDays).toBe(3);
  });
});
