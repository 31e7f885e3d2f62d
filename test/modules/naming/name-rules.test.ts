import { brokenNameRule, nameRules, type NameKind } from '../../../modules/naming/name-rules';

/** For each kind: its limit, what AWS takes, and what it refuses. */
const CASES: Record<NameKind, { max: number; good: readonly string[]; bad: readonly string[] }> = {
  dbCluster: {
    max: 63,
    good: ['a', 'prod-orders', 'Prod-Orders-1'],
    bad: ['1orders', '-orders', 'orders-', 'prod--orders', 'prod_orders', 'prod.orders', ''],
  },
  dbClusterEndpoint: {
    max: 63,
    good: ['a', 'prod-orders-reports'],
    bad: ['1orders', '-orders', 'orders-', 'prod--orders', 'prod_orders', ''],
  },
  dbInstance: {
    max: 63,
    good: ['a', 'prod-orders-1'],
    bad: ['1orders', '-orders', 'orders-', 'prod--orders', 'prod_orders', ''],
  },
  dbProxy: {
    max: 63,
    good: ['a', 'prod-orders-1'],
    bad: ['1orders', '-orders', 'orders-', 'prod--orders', 'prod_orders', ''],
  },
  dbProxyEndpoint: {
    max: 63,
    good: ['a', 'prod-orders-1'],
    bad: ['1orders', '-orders', 'orders-', 'prod--orders', 'prod_orders', ''],
  },
  replicationGroup: {
    max: 40,
    good: ['a', 'prod-sessions'],
    bad: ['1sessions', '-sessions', 'sessions-', 'prod--sessions', 'prod_sessions', ''],
  },
  cacheUser: {
    max: 40,
    good: ['a', 'prod-inventory'],
    bad: ['1user', '-user', 'user-', 'prod--user', 'prod_user', ''],
  },
  cacheUserGroup: {
    max: 40,
    good: ['a', 'prod-sessions'],
    bad: ['1group', '-group', 'group-', 'prod--group', 'prod_group', ''],
  },
  loadBalancer: {
    max: 32,
    good: ['a', '1', 'prod-inventory', 'prod--inventory', 'not-internal-x'],
    bad: ['-inventory', 'inventory-', 'internal-inventory', 'prod_inventory', 'prod.inventory', ''],
  },
  targetGroup: {
    max: 32,
    good: ['a', '1', 'prod-inventory', 'internal-inventory'],
    bad: ['-inventory', 'inventory-', 'prod_inventory', ''],
  },
  capacityProvider: {
    max: 255,
    good: ['a', 'prod-general', 'my-ecs'],
    bad: ['aws-general', 'ECS-general', 'fargate1', 'prod.general', ''],
  },
  queue: { max: 80, good: ['a', 'prod-report-failures'], bad: ['prod.report', 'a b', ''] },
  schedule: { max: 64, good: ['a', 'prod-report', 'a.b'], bad: ['a b', 'a/b', ''] },
  ecsService: {
    max: 255,
    good: ['a', 'prod-inventory', 'Prod_Inventory', '-x-'],
    bad: ['prod inventory', 'prod.inventory', 'prod/inventory', ''],
  },
  bucket: {
    max: 63,
    good: ['abc', 'prod-media-us-east-1-444455556666', '1-2'],
    bad: [
      'ab',
      'Prod-media',
      'prod_media',
      'prod.media',
      '-media',
      'media-',
      'xn--media',
      'sthree-media',
      'amzn-s3-demo-media',
      'media-s3alias',
      'media--ol-s3',
      'media--x-s3',
      'media--table-s3',
    ],
  },
  edgeFunction: {
    max: 64,
    good: ['prod-shop-site', 'Shop_1'],
    bad: ['prod.shop', 'prod shop', ''],
  },
  logDelivery: {
    max: 60,
    good: ['prod-shop-site', 'Shop_1'],
    bad: ['prod.shop', 'prod shop', ''],
  },
  role: {
    max: 64,
    good: ['a', 'prod-inventory-task-us-east-1', 'A+=,.@_-1'],
    bad: ['prod inventory', 'prod/inventory', 'prod:inventory', ''],
  },
  securityGroup: {
    max: 255,
    good: ['a', 'prod-inventory', 'a b._-:/()#,@[]+=&;{}!$*'],
    bad: ['sg-inventory', 'prod?inventory', 'prod|inventory', 'größe', ''],
  },
  repository: {
    max: 256,
    good: ['ab', 'inventory', 'team/inventory', 'a.b-c_d/e1'],
    bad: ['a', 'Inventory', '-inventory', 'inventory-', 'team//inventory', '/inventory', 'a--b', 'a._b', ''],
  },
};

describe.each(Object.entries(CASES))('the name of a %s', (key, { max, good, bad }) => {
  const kind = key as NameKind;
  const { what, letters } = nameRules[kind];

  test(`may have ${max} characters and not one more`, () => {
    expect(brokenNameRule({ kind, name: 'a'.repeat(max) })).toBeUndefined();
    expect(brokenNameRule({ kind, name: 'a'.repeat(max + 1) })).toBe(
      `make a ${what} of at most ${max} characters, and "${'a'.repeat(max + 1)}" has ${max + 1}`,
    );
  });

  test.each(good)('may be "%s"', (name) => {
    expect(brokenNameRule({ kind, name })).toBeUndefined();
  });

  test.each(bad)('cannot be "%s"', (name) => {
    expect(brokenNameRule({ kind, name })).toBe(`make a ${what} of ${letters}, and "${name}" is not`);
  });
});

test('every kind of name is tried', () => {
  expect(Object.keys(CASES).sort()).toEqual(Object.keys(nameRules).sort());
});

test('what is wrong is said in these words', () => {
  expect(brokenNameRule({ kind: 'bucket', name: 'Prod_media' })).toBe(
    'make a bucket name of lower-case letters, digits and hyphens, none of the prefixes and suffixes that S3 reserves, and "Prod_media" is not',
  );
  expect(brokenNameRule({ kind: 'loadBalancer', name: 'internal-x' })).toBe(
    'make a load balancer name of letters, digits and hyphens, no hyphen at either end, and not beginning with "internal-", and "internal-x" is not',
  );
});
