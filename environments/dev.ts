import { defineEnvironment } from '../src/config/define';
import { blueprint } from './blueprint';

/** Where developers try things out: one of everything, and nothing that refuses to be deleted. */
export const dev = defineEnvironment(blueprint, {
  account: '111111111111',
  protection: false,
  domain: 'dev.example.com',
  logRetentionDays: 7,
  // nobody is there at night, nor at weekends
  hours: { timeZone: 'America/New_York', from: '07:00', until: '21:00' },
  regions: {
    // one NAT gateway costs less than a full set of endpoints, and DNS Firewall next to nothing
    'us-east-1': {
      role: 'primary',
      network: { cidr: '10.10.0.0/16', nat: 'single', endpoints: 'nat', egress: 'dns-firewall' },
    },
    'us-west-2': {
      role: 'standby',
      failover: true,
      // nothing here is for the internet
      network: { cidr: '10.11.0.0/16', nat: 'none', endpoints: 'one-az', blockPublicAccess: 'bidirectional' },
    },
  },
  databases: {
    orders: { backupRetentionDays: 1 },
    // stops by itself when nobody is there, and reports read it at night
    users: {
      instanceClass: 'db.serverless',
      capacity: { min: 0, max: 2 },
      backupRetentionDays: 1,
      alwaysOn: true,
    },
    catalog: {
      backupRetentionDays: 1,
      upgrades: 'blue-green',
    },
  },
  caches: { sessions: { snapshotRetentionDays: 0 } },
  // a copy costs what it weighs, and is watched by nobody
  buckets: { media: { standby: {}, replication: { metrics: false } } },
  // beside each bucket that tells it of its uploads
  queues: { 'media-uploads': { standby: {} } },
  sites: {
    shop: { hosts: ['www.dev.example.com'], accessLogs: false },
    dealers: { tenants: { domain: 'dealers.dev.example.com' }, accessLogs: false },
  },
  services: {
    inventory: {
      public: { host: 'inventory.dev.example.com' },
      capacity: { spotPercent: 100, onDemandTasks: 0 },
      // each request of the few that there are
      tracing: { samplePercent: 100 },
    },
    accounts: { capacity: { spotPercent: 100, onDemandTasks: 0 }, tracing: { samplePercent: 100 } },
    financing: { capacity: { spotPercent: 100, onDemandTasks: 0 } },
    indexer: { capacity: { spotPercent: 100, onDemandTasks: 0 } },
  },
});
