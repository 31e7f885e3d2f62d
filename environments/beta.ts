import { defineEnvironment } from '../src/config/define';
import { blueprint } from './blueprint';

/** What Jenkins builds and uploads front ends as. */
const DEPLOYER = 'arn:aws:iam::555555555555:role/jenkins-deployer';

/** What prod will be after the next release, smaller: the same parts, also in the standby region. */
export const beta = defineEnvironment(blueprint, {
  account: '333333333333',
  domain: 'beta.example.com',
  regions: {
    'us-east-1': { role: 'primary', network: { cidr: '10.30.0.0/16', nat: 'single', egress: 'firewall' } },
    'us-west-2': { role: 'standby', failover: true, network: { cidr: '10.31.0.0/16', endpoints: 'one-az' } },
  },
  databases: {
    orders: { instanceClass: 'db.r8g.large', readers: 1, standby: { readers: 0 } },
    users: { readers: 1 },
    catalog: {
      instanceClass: 'db.t4g.medium',
      multiAz: true,
      insights: 'standard',
      replicas: 1,
      backupCopyDays: 1,
    },
  },
  caches: { sessions: { replicas: 1 } },
  buckets: { media: { standby: {}, replication: {} }, documents: { standby: {}, replication: {} } },
  // beside each bucket that tells it of its uploads
  queues: { 'media-uploads': { standby: {} } },
  capacity: { general: { instanceType: 't3.medium', min: 2, max: 4 } },
  loadBalancers: { edge: {} },
  sites: {
    shop: { hosts: ['www.beta.example.com'], deployers: [DEPLOYER] },
    dealers: { tenants: { domain: 'dealers.beta.example.com' }, deployers: [DEPLOYER] },
  },
  services: {
    inventory: {
      tasks: { min: 2, max: 4, scaleOn: { requestsPerMinute: 1200 } },
      public: { host: 'inventory.beta.example.com' },
    },
    // as in prod: $50 a month
    financing: { tasks: { min: 2, max: 4 }, calls: 'tls' },
    indexer: { tasks: { min: 2, max: 4 }, capacity: { ec2: 'general' } },
    accounts: {
      tasks: { min: 2, max: 4 },
      public: { host: 'accounts.beta.example.com', loadBalancer: 'edge' },
      deployment: { strategy: 'blue-green', bakeMinutes: 5 },
    },
  },
});
