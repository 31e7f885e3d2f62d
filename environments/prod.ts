import { defineEnvironment } from '../src/config/define';
import { blueprint } from './blueprint';

/** What Jenkins builds and uploads front ends as. */
const DEPLOYER = 'arn:aws:iam::555555555555:role/jenkins-deployer';

/** What customers use: three zones, readers and replicas in other zones, a warm standby in the other region. */
export const prod = defineEnvironment(blueprint, {
  account: '444444444444',
  production: true,
  domain: 'prod.example.com',
  logRetentionDays: 365,
  // reads in the other region, when nothing here can be read
  interRegion: 'peering',
  alerts: {
    emails: ['platform-alerts@example.com'],
    slack: { workspace: 'T0123ABCD', channel: 'C0456EFGH' },
  },
  regions: {
    'us-east-1': {
      role: 'primary',
      network: {
        cidr: '10.40.0.0/16',
        availabilityZones: 3,
        nat: 'one-per-az',
        egress: 'firewall',
        ipv6: true,
        blockPublicAccess: 'bidirectional',
      },
    },
    'us-west-2': {
      role: 'standby',
      failover: true,
      network: {
        cidr: '10.41.0.0/16',
        nat: 'one-per-az',
        egress: 'firewall',
        ipv6: true,
        blockPublicAccess: 'bidirectional',
      },
    },
  },
  databases: {
    orders: {
      instanceClass: 'db.r8g.xlarge',
      readers: { min: 1, max: 6 },
      endpoints: { reports: { readers: [1] } },
      // 30 tasks of inventory at the peak, and each has a pool: $110 a month here, $44 in the standby region
      proxy: {},
      insights: 'advanced',
      backupRetentionDays: 14,
      standby: { readers: 1 },
      crossRegionReads: true,
      writeForwarding: true,
    },
    users: { instanceClass: 'db.r8g.large', readers: 1, backupRetentionDays: 14 },
    catalog: {
      instanceClass: 'db.r7g.large',
      multiAz: true,
      storageGiB: { min: 100, max: 1000 },
      replicas: 2,
      proxy: {},
      backupRetentionDays: 14,
      backupCopyDays: 14,
      insights: 'advanced',
      standby: { replicas: 2 },
      crossRegionReads: true,
    },
  },
  caches: { sessions: { nodeType: 'cache.r7g.large', replicas: 2, standby: {} } },
  buckets: {
    media: { standby: {}, replication: { timeControl: true }, accessLogs: true, inventory: 'weekly' },
    documents: {
      standby: {},
      replication: {},
      accessLogs: true,
      inventory: 'daily',
      objectLock: { mode: 'governance', days: 365 },
      keepVersionsDays: 365,
    },
  },
  queues: {
    // the standby works on no index: what is sent there waits, and rings, until the indexer stands there too
    'price-changes': { retentionDays: 13, standby: {} },
    'media-uploads': { standby: {} },
  },
  outside: { auth0: { account: 'car-retail.us.auth0.com' } },
  // three zones hold what runs all the time; peaks of others go to Spot
  capacity: { general: { instanceType: 'm7i.large', min: 3, max: 12, targetPercent: 90 } },
  // for all that needs none of its own
  loadBalancers: { edge: {} },
  // $8 a month each for the firewall
  sites: {
    shop: { hosts: ['www.prod.example.com'], firewall: {}, deployers: [DEPLOYER] },
    // all dealers of a fair sit behind one address
    dealers: {
      tenants: { domain: 'dealers.prod.example.com' },
      firewall: { requestsPer5Minutes: 10_000 },
      deployers: [DEPLOYER],
    },
  },
  services: {
    inventory: {
      capacity: { spotPercent: 50 },
      cpu: 512,
      memoryMiB: 1024,
      tasks: {
        min: 3,
        max: 30,
        scaleOn: { requestsPerMinute: 1200 },
        schedule: {
          timeZone: 'America/New_York',
          windows: { evenings: { from: '17:00', until: '23:00', min: 6 } },
        },
        predictive: 'forecast-only',
      },
      public: { host: 'inventory.prod.example.com' },
      standby: { tasks: { min: 2, max: 30 } },
    },
    indexer: {
      cpu: 512,
      memoryMiB: 1024,
      tasks: { min: 3, max: 12 },
      capacity: { ec2: 'general' },
      tracing: {},
    },
    // who earns what stays between the two of them: $50 a month
    financing: { cpu: 512, memoryMiB: 1024, tasks: { min: 3, max: 12 }, calls: 'tls' },
    accounts: {
      cpu: 512,
      memoryMiB: 1024,
      tasks: { min: 3, max: 12 },
      public: { host: 'accounts.prod.example.com', loadBalancer: 'edge' },
      deployment: { strategy: 'blue-green', bakeMinutes: 15 },
    },
  },
});
