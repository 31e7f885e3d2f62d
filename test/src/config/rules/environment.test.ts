import { environments, shared } from '../../../fixtures/car-retail';
import { changed, problemsOf } from '../../../support/estate';

const { dev } = environments;
const inDev = (change: object) =>
  problemsOf({ shared, environments: { ...environments, dev: changed(environments.dev, change) } });
const inProd = (change: object) =>
  problemsOf({ shared, environments: { ...environments, prod: changed(environments.prod, change) } });

const standbyRegion = { role: 'standby', network: { cidr: '10.99.0.0/16' } };

describe('the environment as a whole', () => {
  test.each([
    [
      { account: '1234' },
      'environments/dev.ts: account must be 12 digits, got "1234"; write it in quotes, with its leading zeros',
    ],
    [
      { account: 111111111111 },
      'environments/dev.ts: account must be text in quotes, got 111111111111; put it in quotes',
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

describe('what stands in the standby region', () => {
  test('uses only what stands there too', () => {
    const loadBalancers = { edge: { standby: {} } };
    expect(inProd({ loadBalancers, services: { accounts: { standby: {} } } })).toEqual([
      'environments/blueprint.ts: services.accounts.uses.databases.0 must stand in the standby region too, as services.accounts.standby says of the service, got "users"; give databases.users a standby, or take that of the service away',
    ]);
  });
});
