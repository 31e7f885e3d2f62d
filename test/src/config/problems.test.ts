import { environments, shared } from '../../fixtures/car-retail';
import { changed, problemsOf } from '../../support/estate';

const { dev, qa, beta, prod } = environments;
const all = { dev, qa, beta, prod };

/** The problems of the fixture with one of them changed. */
const inProd = (change: object) =>
  problemsOf({ shared, environments: { ...all, prod: changed(prod, change) } });
const inDev = (change: object) => problemsOf({ shared, environments: { ...all, dev: changed(dev, change) } });

test('the fixture has no problems', () => {
  expect(problemsOf({ environments: all, shared })).toEqual([]);
});

describe('unknown keys and names', () => {
  test.each([
    [
      { databasez: {} },
      'environments/dev.ts: databasez must be a setting that exists; did you mean "databases"?',
    ],
    [
      { databases: { orders: { instanceClas: 'db.t4g.medium' } } },
      'environments/dev.ts: databases.orders.instanceClas must be a setting that exists; did you mean "instanceClass"?',
    ],
    [
      { regions: { 'us-east-1': { network: { natt: 'none' } } } },
      'environments/dev.ts: regions.us-east-1.network.natt must be a setting that exists; did you mean "nat"?',
    ],
    [
      { services: { inventory: { uses: { databases: ['ordrs'] } } } },
      'environments/dev.ts: services.inventory.uses.databases.0 must name one of databases, got "ordrs"; did you mean "orders"?',
    ],
    [
      { services: { inventory: { uses: { buckets: { medai: 'read' } } } } },
      'environments/dev.ts: services.inventory.uses.buckets.medai must name one of buckets, got "medai"; did you mean "media"?',
    ],
    [
      { services: { inventory: { uses: { buckets: { media: 'write' } } } } },
      'environments/dev.ts: services.inventory.uses.buckets.media must be one of read, read-write, got "write"; choose one of them',
    ],
    [
      { regions: { 'us-esat-1': { role: 'standby', network: { cidr: '10.99.0.0/16' } } } },
      'environments/dev.ts: regions.us-esat-1 must be a setting that exists; did you mean "us-east-1"?',
    ],
    [
      { topics: { mails: {} } },
      'environments/dev.ts: topics must be a setting that exists; there is account, production, protection, decommission, domain, zone, logRetentionDays, tags, alerts, hours, interRegion, regions, otherNetworks, databases, caches, buckets, queues, outside, capacity, loadBalancers, sites, services',
    ],
  ])('%j', (change, line) => {
    expect(inDev(change)).toContain(line);
  });
});

test('null removes what the blueprint has, and nothing else', () => {
  // what the databases of dev say about hours goes with them
  const overrides = { ...dev.overrides, hours: undefined, databases: { nothere: null } };
  expect(problemsOf({ shared, environments: { dev: { blueprint: dev.blueprint, overrides } } })).toEqual([
    'environments/dev.ts: databases.nothere must remove something that the blueprint has, got null; there is orders, users, catalog',
  ]);
});

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
});

const standbyRegion = { role: 'standby', network: { cidr: '10.99.0.0/16' } };

describe('the environment as a whole', () => {
  test.each([
    [
      { account: '1234' },
      'environments/dev.ts: account must be 12 digits, got "1234"; write it in quotes, with its leading zeros',
    ],
    [
      { account: 111111111111 },
      'environments/dev.ts: account must be text in quotes, got 111111111111; correct it',
    ],
    [
      { regions: { 'us-west-2': { role: 'primary' } } },
      'environments/dev.ts: regions must have exactly one primary, got ["us-east-1","us-west-2"]; give one region the role primary and the others standby',
    ],
    [
      { regions: { 'us-west-2': { failover: null }, 'eu-west-1': standbyRegion } },
      'environments/dev.ts: regions must have one standby that takes over from the primary, got ["us-west-2","eu-west-1"]; say failover: true in one of them, and in no other',
    ],
    [
      { regions: { 'us-west-2': { failover: true }, 'eu-west-1': { ...standbyRegion, failover: true } } },
      'environments/dev.ts: regions must have one standby that takes over from the primary, got ["us-west-2","eu-west-1"]; say failover: true in one of them, and in no other',
    ],
    [
      { regions: { 'us-east-1': { failover: true }, 'us-west-2': { failover: null } } },
      'environments/dev.ts: regions.us-east-1.failover must be said of a standby region, got true; take it out: the primary is what others take over from',
    ],
    [
      { regions: { 'me-south-1': { role: 'standby', network: { cidr: '10.99.0.0/16' } } } },
      'environments/dev.ts: regions.me-south-1 must be enabled in the account, which AWS leaves to you in this region; enable it in the account settings, then set enabled: true',
    ],
    [
      { regions: { 'us-east-1': { network: { availabilityZones: ['us-east-1a', 'us-east-2b'] } } } },
      'environments/dev.ts: regions.us-east-1.network.availabilityZones.1 must be a zone of us-east-1, got "us-east-2b"; write it like us-east-1a',
    ],
    [
      { regions: { 'us-east-1': { network: { availabilityZones: 4 } } } },
      'environments/dev.ts: regions.us-east-1.network.availabilityZones must be 2, 3 or a list of two or three zones, such as us-west-1a, got 4; change it',
    ],
    [
      { regions: { 'us-east-1': { network: { nat: 'none' } } } },
      'environments/dev.ts: regions.us-east-1.network.nat must be single or one-per-az where endpoints is nat, got "none"; set nat, or set endpoints to one-az',
    ],
    [
      { domain: 'qa.example.com' },
      'environments/qa.ts: domain must not be the domain of dev too, got "qa.example.com"; delegate a domain of its own to qa',
    ],
    [
      { tags: { Environment: 'x' } },
      'environments/dev.ts: tags.Environment must not be Environment, Layer, ManagedBy, Name in any case, which are set already; rename the tag',
    ],
    [
      { alerts: { emails: ['nobody'] } },
      'environments/dev.ts: alerts.emails.0 must be a mail address, got "nobody"; correct it',
    ],
    [
      { logRetentionDays: 8 },
      expect.stringContaining(
        'environments/dev.ts: logRetentionDays must be one of 1, 3, 5, 7, 14',
      ) as string,
    ],
  ])('%j', (change, line) => {
    expect(inDev(change)).toContainEqual(line);
  });

  test('needs a registry as soon as it runs services', () => {
    expect(problemsOf({ environments: { dev } })).toEqual([
      'environments/dev.ts: services must have a registry to take images from; export shared = defineShared({ account, region }) beside the environments',
    ]);
  });
});

describe('production', () => {
  test.each([
    [
      { protection: false },
      'environments/prod.ts: protection must be true in production, got false; take it out: databases, caches and buckets must refuse to be deleted',
    ],
    [
      { production: false },
      'environments/prod.ts: production must be true in an environment named prod, got false; take it out, or rename the environment',
    ],
    [
      { regions: { 'us-east-1': { network: { nat: 'single', endpoints: 'nat' } } } },
      'environments/prod.ts: regions.us-east-1.network.endpoints must be private in production: nat lets services reach the whole internet, got "nat"; set it to private',
    ],
    [
      { databases: { users: { readers: 0 } } },
      expect.stringMatching(
        /^environments\/prod\.ts: databases\.users\.readers.* must .*production/,
      ) as string,
    ],
    [
      { databases: { users: { backupRetentionDays: 3 } } },
      expect.stringMatching(
        /^environments\/prod\.ts: databases\.users\.backupRetentionDays must be at least 7/,
      ) as string,
    ],
    [
      { caches: { sessions: { replicas: 0 } } },
      expect.stringMatching(
        /^environments\/prod\.ts: caches\.sessions\.replicas must .*production/,
      ) as string,
    ],
    [
      { services: { accounts: { tasks: { min: 1 } } } },
      expect.stringMatching(
        /^environments\/prod\.ts: services\.accounts\.tasks\.min must .*production/,
      ) as string,
    ],
  ])('refuses %j', (change, line) => {
    expect(inProd(change)).toContainEqual(line);
  });
});

describe('hosts', () => {
  test('are each answered by one service', () => {
    const host = 'inventory.dev.example.com';
    expect(inDev({ services: { accounts: { public: { host } } } })).toEqual([
      `environments/dev.ts: services.accounts.public.host must not be the host of services.inventory too, got "${host}"; choose another one`,
    ]);
  });

  test('of sites are answered by nobody else', () => {
    const host = 'inventory.dev.example.com';
    expect(inDev({ sites: { shop: { hosts: ['www.dev.example.com', host] } } })).toEqual([
      `environments/dev.ts: sites.shop.hosts.1 must not be the host of services.inventory too, got "${host}"; choose another one`,
    ]);
    const tenants = { domain: 'dealers.dev.example.com' };
    expect(inDev({ sites: { dealers: { tenants }, more: { tenants } } })).toEqual([
      'environments/dev.ts: sites.more.tenants.domain must not be the host of sites.dealers too, got "dealers.dev.example.com"; choose another one',
    ]);
  });

  test('of sites lie in no domain of another environment', () => {
    expect(inDev({ sites: { shop: { hosts: ['www.prod.example.com'] } } })).toContain(
      'environments/dev.ts: sites.shop.hosts.0 must not lie in prod.example.com, which is delegated to prod, got "www.prod.example.com"; choose another one',
    );
  });
});

describe('settings that only seem to be held', () => {
  test('production can be said of any environment', () => {
    expect(inDev({ production: true }).some((line) => line.includes('in production'))).toBe(true);
  });

  test('what is shared is searched for secrets too', () => {
    const leaky = { ...shared, tags: { Link: ['mysql://root:', 'hunter22', '@db.example.com'].join('') } };
    const lines = problemsOf({ shared: leaky, environments: { dev } });
    expect(lines).toContainEqual(
      expect.stringMatching(/^environments\/shared\.ts: tags\.Link must not hold a password in a URL/),
    );
  });

  test('unknown keys of alerts are refused', () => {
    expect(inDev({ alerts: { mails: [] } })).toContain(
      'environments/dev.ts: alerts.mails must be a setting that exists; did you mean "emails"?',
    );
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

describe('what stands in the standby region', () => {
  test('uses only what stands there too', () => {
    const loadBalancers = { edge: { standby: {} } };
    expect(inProd({ loadBalancers, services: { accounts: { standby: {} } } })).toEqual([
      'environments/blueprint.ts: services.accounts.uses.databases.0 must stand in the standby region too, as services.accounts.standby says of the service, got "users"; give databases.users a standby, or take that of the service away',
    ]);
  });
});

describe('names', () => {
  test('that AWS would refuse are refused, never cut', () => {
    const name = 'a-very-long-name-for-a-service1';
    const lines = inDev({
      services: {
        [name]: {
          image: 'x1',
          port: 8080,
          cpu: 256,
          memoryMiB: 512,
          tasks: { min: 1, max: 2 },
          public: { host: 'x.dev.example.com' },
        },
      },
    });
    expect(lines).toContain(
      `environments/dev.ts: services.${name} must make a load balancer name of at most 32 characters, and "dev-${name}" has 35; choose another name`,
    );
  });

  test('of cache users are made of two names, and have a limit of their own', () => {
    const name = 'a-service-with-a-long-name-too';
    const lines = inDev({
      caches: { 'cache-of-pages': { nodeType: 'cache.t4g.small' } },
      services: {
        [name]: {
          image: 'x1',
          port: 8080,
          cpu: 256,
          memoryMiB: 512,
          tasks: { min: 1, max: 2 },
          uses: { caches: ['cache-of-pages'] },
        },
      },
    });
    expect(lines).toEqual([
      `environments/dev.ts: services.${name}.uses.caches.0 must make a cache user id of at most 40 characters, and "dev-cache-of-pages-${name}" has 49; choose another name for the service or the cache`,
    ]);
  });

  test('of cache users are made once', () => {
    const service = { image: 'x1', port: 8080, cpu: 256, memoryMiB: 512, tasks: { min: 1, max: 2 } };
    const lines = inDev({
      caches: { aa: { nodeType: 'cache.t4g.small' }, 'aa-bb': { nodeType: 'cache.t4g.small' } },
      services: {
        'bb-cc': { ...service, uses: { caches: ['aa'] } },
        cc: { ...service, uses: { caches: ['aa-bb'] } },
      },
    });
    expect(lines).toEqual([
      'environments/dev.ts: services.cc.uses.caches.0 must not make the cache user id "dev-aa-bb-cc", which services.bb-cc makes too; choose another name for the service or the cache',
    ]);
  });

  test('are listed once', () => {
    expect(inDev({ services: { inventory: { uses: { databases: ['orders', 'orders'] } } } })).toEqual([
      'environments/dev.ts: services.inventory.uses.databases.1 must be in the list once, got "orders"; take the second one out',
    ]);
  });

  test.each(['Orders', 'orders_db', 'o', '-orders', 'orders--db', '1orders'])(
    '%s is no name of an entry',
    (name) => {
      expect(inDev({ buckets: { [name]: {} } })).toContain(
        `environments/dev.ts: buckets.${name} must be 2 to 32 lower-case letters, digits and single hyphens, beginning with a letter; rename it`,
      );
    },
  );
});

describe('values that no file should hold', () => {
  const withOverrides = (overrides: object) =>
    problemsOf({
      shared,
      environments: { dev: { blueprint: dev.blueprint, overrides: { ...dev.overrides, ...overrides } } },
    });

  test.each([
    [
      { account: 111111111111n },
      'environments/dev.ts: account must be text in quotes, got 111111111111; correct it',
    ],
    [{ account: Symbol('x') }, 'environments/dev.ts: account must be text in quotes, got symbol; correct it'],
    [{ alerts: () => 1 }, 'environments/dev.ts: alerts must be a map of settings, got function; correct it'],
    [{ databases: [1] }, 'environments/dev.ts: databases must be a map of names, got [1]; correct it'],
    [
      { services: { inventory: 5 } },
      'environments/dev.ts: services.inventory must be a map of settings, got 5; correct it',
    ],
    [
      { logRetentionDays: NaN },
      expect.stringMatching(
        /^environments\/dev\.ts: logRetentionDays must be one of .*, got NaN; choose one of them$/,
      ) as string,
    ],
  ])('are refused like others: %o', (overrides, line) => {
    expect(withOverrides(overrides)).toContainEqual(line);
  });

  test('are refused where they have no end', () => {
    const circle: Record<string, unknown> = {};
    circle['again'] = circle;
    expect(withOverrides({ tags: circle })).toContain(
      'environments/dev.ts: tags.again must not hold what it is part of; write its settings out',
    );
  });
});

describe('all problems', () => {
  test('are collected, each once, also where environments inherit one', () => {
    const lines = inProd({ account: 'x', databasez: 1, services: { inventory: { port: 80 } } });
    expect(lines).toHaveLength(3);
    expect(lines.every((line) => !line.includes('\n'))).toBe(true);
  });
});

test('a number between two steps is answered in our words', () => {
  const users = { engine: 'aurora-mysql', instanceClass: 'db.serverless', capacity: { min: 0.3, max: 2 } };
  expect(
    problemsOf({ shared, environments: { dev: changed(environments.dev, { databases: { users } }) } }),
  ).toEqual([
    'environments/dev.ts: databases.users.capacity.min must be a multiple of 0.5, got 0.3; round it',
  ]);
});
