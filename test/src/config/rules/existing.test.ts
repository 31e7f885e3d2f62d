import { environments, sharedWithDelivery as shared, unlinkedProd } from '../../../fixtures/car-retail';
import { mergeFile } from '../../../../src/config/check';
import { changed, estateOf, problemsOf, stacksOf } from '../../../support/estate';

type Change = Readonly<Record<string, object>>;

// an existing VPC has no links
const unlinked: Change = {
  prod: unlinkedProd,
};

const files = (changes: Change) => ({
  shared,
  environments: Object.fromEntries(
    Object.entries(environments).map(([name, file]) => [
      name,
      changed(
        changed({ blueprint: {}, overrides: mergeFile(file) }, unlinked[name] ?? {}),
        changes[name] ?? {},
      ),
    ]),
  ),
});
const media = (existing: unknown, more: object = {}) => ({ buckets: { media: { existing, ...more } } });
const KEY = 'arn:aws:kms:us-east-1:111111111111:key/01234567-89ab-cdef-0123-456789abcdef';
const CERTIFICATE = 'arn:aws:acm:us-west-2:111111111111:certificate/01234567-89ab-cdef-0123-456789abcdef';
const inPrimary = (settings: object) => ({ regions: { 'us-east-1': settings } });

const CLUSTER = {
  cluster: 'shop',
  instances: ['shop-1', 'shop-2', 'shop-3'],
  subnetGroup: 'shop',
  securityGroups: ['sg-01234567'],
};
const ZONES = ['us-east-1a', 'us-east-1b'];
const NETWORK = {
  cidr: '10.40.0.0/16',
  nat: 'none',
  egress: 'dns-firewall',
  availabilityZones: ZONES,
  existing: {
    vpc: 'vpc-01234567',
    routeTables: ['rtb-01234567'],
    subnets: Object.fromEntries(
      ['public', 'application', 'data'].map((tier, row) => [
        tier,
        Object.fromEntries(
          ZONES.map((zone, column) => [
            zone,
            {
              id: `subnet-${String(2 * row + column).padStart(17, '0')}`,
              cidr: `10.40.${2 * row + column}.0/24`,
            },
          ]),
        ),
      ]),
    ),
  },
};

function misfits() {
  const network = structuredClone(NETWORK);
  const { public: first, application, data } = network.existing.subnets;
  first!['us-east-1b']!.cidr = '10.40.0.128/25';
  application!['us-east-1a']!.cidr = '10.9.0.0/24';
  delete data!['us-east-1b'];
  return network;
}

function twice() {
  const network = structuredClone(NETWORK);
  network.existing.subnets['data']!['us-east-1b']!.id = 'subnet-00000000000000000';
  return network;
}

/** Every import block, by stack. */
const importsOf = (changes: Change, ...scopes: string[]) =>
  Object.fromEntries(
    stacksOf(estateOf(files(changes)), scopes).flatMap(({ id, text }) => {
      const { import: blocks } = JSON.parse(text) as { import?: { to: string; id: string }[] };
      return blocks ? [[id, Object.fromEntries(blocks.map(({ to, id: from }) => [to, from]))]] : [];
    }),
  );

describe('what exists', () => {
  test.each<[string, Change, ...string[]]>([
    [
      'in two entries',
      { dev: { buckets: { media: { existing: 'shop' }, other: { existing: { name: 'shop' } } } } },
      'environments/dev.ts: buckets.other.existing.name must not be what buckets.media.existing of dev takes over too, got "shop"; take it out of one of the two',
    ],
    [
      'in two environments',
      { dev: media('shop'), qa: media('shop') },
      'environments/qa.ts: buckets.media.existing must not be what buckets.media.existing of dev takes over too, got "shop"; take it out of one of the two',
    ],
    [
      'as a URL',
      { dev: media('s3://shop') },
      'environments/dev.ts: buckets.media.existing must be the name of a bucket, without s3:// or arn:, got "s3://shop"; write it like \'shop-media\'',
    ],
    [
      'with a part that there is not',
      { dev: media({ name: 'shop', lacks: ['acl'] }) },
      'environments/dev.ts: buckets.media.existing.lacks.0 must be one of encryption, lifecycle, ownership, policy, publicAccessBlock, versioning, accessLogs, objectLock, replication, got "acl"; choose one of them',
    ],
    [
      'without a domain',
      { beta: { domain: null, zone: { existing: 'Z0123456789' }, services: null, loadBalancers: null } },
      'environments/beta.ts: zone must belong to a domain, and the environment has none; set domain, or take it out',
    ],
    [
      'as an alias of a key',
      { dev: inPrimary({ keys: { data: { existing: 'alias/shop' } } }) },
      'environments/dev.ts: regions.us-east-1.keys.data.existing must be the ARN of a KMS key, got "alias/shop"; copy it from AWS, an alias or a name is not enough',
    ],
    [
      'for a key that a new one can take the place of',
      { dev: inPrimary({ keys: { logs: { existing: KEY } } }) },
      'environments/dev.ts: regions.us-east-1.keys.logs must be a setting that exists; there is data, objects, parameters',
    ],
    [
      'in another region',
      { dev: { regions: { 'us-west-2': { keys: { data: { existing: KEY } } } } } },
      `environments/dev.ts: regions.us-west-2.keys.data.existing must lie in the region us-west-2, got "${KEY}"; name one of this region, or say it where it belongs`,
    ],
    [
      'in another account',
      { qa: inPrimary({ keys: { data: { existing: KEY } } }) },
      `environments/qa.ts: regions.us-east-1.keys.data.existing must lie in the account 222222222222, got "${KEY}"; name one of this account, or say it where it belongs`,
    ],
    [
      'for two purposes',
      { dev: inPrimary({ keys: { data: { existing: KEY }, objects: { existing: KEY } } }) },
      `environments/dev.ts: regions.us-east-1.keys.objects.existing must not be what regions.us-east-1.keys.data.existing of dev takes over too, got "${KEY}"; take it out of one of the two`,
    ],
    [
      'where nothing uses it',
      { dev: { regions: { 'us-west-2': { certificate: { existing: CERTIFICATE } } } } },
      'environments/dev.ts: regions.us-west-2.certificate must be used by a public service of the region, and there is none; take it out, or give a service public',
    ],
    [
      'of a database outside of an existing VPC, under a key that is not said',
      { dev: { databases: { users: { existing: { ...CLUSTER, instances: ['shop-1'] } } } } },
      'environments/dev.ts: databases.users.existing must stand in an existing VPC, and regions.us-east-1.network has none; say the VPC there as well, since no cluster can go to another one',
      'environments/dev.ts: databases.users.existing.key must be the key that the storage is encrypted with, since another one would replace the cluster, got nothing; add it, or name the key for data in regions.us-east-1.keys',
    ],
    [
      'of a database with more instances than there are places, in a global one, with parameters of both',
      {
        prod: {
          ...inPrimary({ network: NETWORK }),
          databases: {
            users: {
              existing: {
                ...CLUSTER,
                parameterGroup: 'shop',
                key: KEY.replace('111111111111', '444444444444'),
              },
              readers: 1,
              standby: {},
              parameters: { max_connections: '100' },
            },
          },
        },
      },
      'environments/prod.ts: databases.users.standby must not be said of an existing cluster, which cannot join a global database of ours; take it out, or make a new database with standby and move the data',
      'environments/prod.ts: databases.users.readers.min must be at least 2, the existing instances beside the writer, got 1; raise it, so that each of them has a place',
      'environments/prod.ts: databases.users.parameters must not be said beside existing.parameterGroup, which stays as it is; take one of the two out',
    ],
    [
      'of a VPC whose zones are counted, and with gateways of ours',
      {
        dev: inPrimary({
          network: { ...NETWORK, availabilityZones: 2, nat: 'single', ipv6: true, cidr: '10.10.0.0/16' },
        }),
      },
      'environments/dev.ts: regions.us-east-1.network.nat must be none in an existing VPC, got "single"; take it out: the VPC keeps the gateways that it has',
      'environments/dev.ts: regions.us-east-1.network.ipv6 must be false in an existing VPC, got true; take it out: its subnets and routes are left alone',
      "environments/dev.ts: regions.us-east-1.network.availabilityZones must be a list of zones in an existing VPC, got 2; write it like ['us-east-1a', 'us-east-1b']",
    ],
    [
      'of subnets that do not fit',
      { prod: inPrimary({ network: misfits() }) },
      'environments/prod.ts: regions.us-east-1.network.existing.subnets.public.us-east-1b.cidr must not overlap 10.40.0.0/24 of public.us-east-1a, got "10.40.0.128/25"; name another subnet',
      'environments/prod.ts: regions.us-east-1.network.existing.subnets.application.us-east-1a.cidr must lie in 10.40.0.0/16, the range of the VPC, got "10.9.0.0/24"; correct one of the two',
      'environments/prod.ts: regions.us-east-1.network.existing.subnets.data must have one subnet in each of us-east-1a, us-east-1b, got ["us-east-1a"]; name these, or change availabilityZones',
    ],
    [
      'of one subnet in two tiers',
      { prod: inPrimary({ network: twice() }) },
      'environments/prod.ts: regions.us-east-1.network.existing.subnets.data.us-east-1b.id must not be what regions.us-east-1.network.existing.subnets.public.us-east-1a.id of prod takes over too, got "subnet-00000000000000000"; take it out of one of the two',
    ],
  ])('is refused %s', (_what, changes, ...lines) => {
    expect(problemsOf(files(changes))).toEqual(lines);
  });

  test('is taken over in the region that it is in', () => {
    const stands = media('shop', { standby: { existing: { name: 'shop-west', lacks: ['policy'] } } });
    const imports = importsOf({ prod: stands }, 'prod');
    expect(imports['prod-us-east-1-workload']).toEqual({
      'aws_s3_bucket.buckets_media': 'shop',
      'aws_s3_bucket_lifecycle_configuration.buckets_media': 'shop',
      'aws_s3_bucket_notification.buckets_media_notifications': 'shop',
      'aws_s3_bucket_ownership_controls.buckets_media': 'shop',
      'aws_s3_bucket_policy.buckets_media': 'shop',
      'aws_s3_bucket_public_access_block.buckets_media': 'shop',
      'aws_s3_bucket_server_side_encryption_configuration.buckets_media': 'shop',
      'aws_s3_bucket_versioning.buckets_media': 'shop',
    });
    expect(Object.keys(imports['prod-us-west-2-workload'] ?? {})).toHaveLength(7);
    const made = importsOf({ prod: media('shop', { standby: {} }) }, 'prod');
    expect(Object.keys(made)).toEqual(['prod-us-east-1-workload', 'prod-us-east-1-replication']);
  });

  test('is taken over at the address that it has come to have', () => {
    const buckets = { media: null, pictures: { existing: 'shop', renamedFrom: 'media' } };
    const services = { inventory: { uses: { buckets: { media: null, pictures: 'read' } } } };
    const imports = importsOf({ dev: { buckets, services } }, 'dev');
    expect(imports['dev-us-east-1-workload']).toHaveProperty(['aws_s3_bucket.buckets_pictures'], 'shop');
  });

  test('is taken over by its id, of the zone, of keys and of the certificate', () => {
    const certificate = { existing: CERTIFICATE.replace('us-west-2', 'us-east-1') };
    const settings = {
      zone: { existing: { id: 'Z0123456789', lacks: ['caa'] } },
      ...inPrimary({ keys: { parameters: { existing: KEY } }, certificate }),
    };
    expect(importsOf({ dev: settings }, 'dev')).toEqual({
      'dev-global-names': { 'aws_route53_zone.zone': 'Z0123456789' },
      'dev-us-east-1-foundation': {
        'aws_kms_key.keys_parameters': '01234567-89ab-cdef-0123-456789abcdef',
      },
      'dev-us-east-1-workload': { 'aws_acm_certificate.certificate': certificate.existing },
    });
  });

  test('of a database has a master that nobody here knows, and so no task that makes users', () => {
    const key = KEY.replace('111111111111', '444444444444');
    const databases = { users: { readers: 2, existing: { ...CLUSTER, key } } };
    const stacks = stacksOf(estateOf(files({ prod: { ...inPrimary({ network: NETWORK }), databases } })), [
      'prod',
    ]);
    const { output } = stacks.find(({ id }) => id === 'prod-us-east-1-workload') ?? {};
    expect(Object.keys(output?.['database-users']?.['value'] ?? {})).toEqual(['catalog', 'orders']);
    expect(output?.['database-users-by-hand']).toEqual({ value: ['users'] });
  });

  test('is taken over of a network and of a database that stands in it, under the names that it has', () => {
    const key = KEY.replace('111111111111', '444444444444');
    const users = { readers: 2, existing: { ...CLUSTER, key, logs: ['error'] } };
    const settings = { ...inPrimary({ network: NETWORK }), databases: { users } };
    const imports = importsOf({ prod: settings }, 'prod');
    expect(imports['prod-us-east-1-foundation']).toEqual({
      'aws_subnet.network_application_a': 'subnet-00000000000000002',
      'aws_subnet.network_application_b': 'subnet-00000000000000003',
      'aws_subnet.network_data_a': 'subnet-00000000000000004',
      'aws_subnet.network_data_b': 'subnet-00000000000000005',
      'aws_subnet.network_public_a': 'subnet-00000000000000000',
      'aws_subnet.network_public_b': 'subnet-00000000000000001',
      'aws_vpc.network': 'vpc-01234567',
    });
    expect(imports['prod-us-east-1-workload']).toEqual({
      'aws_cloudwatch_log_group.databases_users_logs_error': '/aws/rds/cluster/shop/error',
      'aws_db_subnet_group.databases_users': 'shop',
      'aws_rds_cluster.databases_users': 'shop',
      'aws_rds_cluster_instance.databases_users_instances_1': 'shop-1',
      'aws_rds_cluster_instance.databases_users_instances_2': 'shop-2',
      'aws_rds_cluster_instance.databases_users_instances_3': 'shop-3',
    });
  });

  test('can be changed by the pipeline under the name that it has', () => {
    const [delivery] = stacksOf(estateOf(files({ dev: media('shop') })), ['account-111111111111']).filter(
      ({ id }) => id.endsWith('delivery-dev'),
    );
    const others = [...(delivery?.text.match(/arn:aws:s3:::shop[^\\"]*/g) ?? [])];
    // for who applies, and for the roles of the workload
    const both = ['arn:aws:s3:::shop', 'arn:aws:s3:::shop/*'];
    expect(others.sort()).toEqual([...both, ...both].sort());
  });
});

test.each(['prod-us-east-1-state-444444444444', 'prod-logs-us-east-1-444444444444'])(
  'buckets of the program itself cannot be taken over: %s',
  (bucket) => {
    expect(problemsOf(files({ dev: media(bucket) }))).toContain(
      `environments/dev.ts: buckets.media.existing must not be a bucket that this program makes itself, for states or logs, got "${bucket}"; take it out`,
    );
  },
);
