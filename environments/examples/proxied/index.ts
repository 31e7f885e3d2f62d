import { defineBlueprint, defineEnvironment, defineShared } from '../../../src/config/define';

export const shared = defineShared({ account: '555555555555', region: 'us-east-1' });

const blueprint = defineBlueprint({
  outside: {
    payments: { names: ['api.payments.example'] },
    mail: { names: ['*.mail.example'], ports: [443, 80] },
  },
  services: {
    checkout: {
      image: 'checkout',
      port: 8080,
      cpu: 256,
      memoryMiB: 512,
      tasks: { min: 2, max: 6 },
      // also within the VPC nobody reads what is paid by whom: $50 a month
      calls: 'tls',
      uses: { outside: ['payments'] },
    },
    orders: {
      image: 'orders',
      cpu: 256,
      memoryMiB: 512,
      tasks: { min: 2, max: 6 },
      uses: { services: ['checkout'] },
    },
    // what runs now and then goes the same way
    newsletter: {
      image: 'newsletter',
      cpu: 256,
      memoryMiB: 512,
      runs: { cron: '0 6 ? * MON *', timeZone: 'UTC' },
      uses: { outside: ['mail'] },
    },
  },
});

/** Two services that call different names outside, each through a proxy of its own, and one that calls one of them. */
const shop = defineEnvironment(blueprint, {
  account: '666666666666',
  production: true,
  logRetentionDays: 90,
  alerts: { emails: ['platform-alerts@example.com'] },
  regions: {
    'us-east-1': {
      role: 'primary',
      network: { cidr: '10.61.0.0/16', nat: 'one-per-az', egress: 'proxy' },
    },
  },
});

export const environments = { shop };
