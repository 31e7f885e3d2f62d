import { defineEnvironment } from '../src/config/define';
import { blueprint } from './blueprint';

/** Where every merge is tested. */
export const qa = defineEnvironment(blueprint, {
  account: '222222222222',
  protection: false,
  domain: 'qa.example.com',
  logRetentionDays: 14,
  regions: {
    'us-east-1': {
      role: 'primary',
      network: { cidr: '10.20.0.0/16', nat: 'single', endpoints: 'one-az', egress: 'dns-firewall' },
    },
    'us-west-2': { role: 'standby', failover: true, network: { cidr: '10.21.0.0/16', endpoints: 'one-az' } },
  },
  databases: {
    orders: { readers: 1, backupRetentionDays: 1 },
    users: { backupRetentionDays: 1 },
    // where programs meet a proxy before production does: $22 a month
    catalog: { replicas: 1, proxy: {}, backupRetentionDays: 1 },
  },
  sites: {
    shop: { hosts: ['www.qa.example.com'] },
    dealers: { tenants: { domain: 'dealers.qa.example.com' } },
  },
  services: {
    inventory: {
      public: { host: 'inventory.qa.example.com' },
      capacity: { spotPercent: 100, onDemandTasks: 0 },
    },
    accounts: { capacity: { spotPercent: 100, onDemandTasks: 0 } },
    financing: { capacity: { spotPercent: 100, onDemandTasks: 0 } },
    indexer: { capacity: { spotPercent: 100, onDemandTasks: 0 } },
  },
});
