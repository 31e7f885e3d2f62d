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
      'environments/dev.ts: account must be text in quotes, got 111111111111; put it in quotes',
    ],
    [
      { logRetentionDays: '14' },
      expect.stringMatching(
        /^environments\/dev\.ts: logRetentionDays must be one of .*, got "14"; write it without quotes$/,
      ) as string,
    ],
    [
      { protection: 'false' },
      'environments/dev.ts: protection must be true or false, got "false"; write it without quotes',
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
