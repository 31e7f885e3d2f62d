import { defineBlueprint, defineEnvironment, defineShared } from '../../../src/config/define';

export const shared = defineShared({ account: '555555555555', region: 'us-east-1' });

const blueprint = defineBlueprint({
  databases: {
    // while nothing of it can be read here, reads go to the other region
    catalog: {
      engine: 'mysql',
      instanceClass: 'db.t4g.medium',
      multiAz: true,
      replicas: 1,
      standby: { replicas: 1 },
      crossRegionReads: true,
    },
  },
  services: {
    search: {
      image: 'search',
      cpu: 256,
      memoryMiB: 512,
      tasks: { min: 2, max: 6 },
      uses: { databases: { catalog: 'read' } },
      standby: {},
    },
  },
});

/** Two regions whose VPCs are linked by transit gateways, which other networks of the company may join one day. */
const shop = defineEnvironment(blueprint, {
  account: '777777777777',
  production: true,
  interRegion: 'transit-gateway',
  logRetentionDays: 90,
  alerts: { emails: ['platform-alerts@example.com'] },
  regions: {
    'us-east-1': { role: 'primary', network: { cidr: '10.62.0.0/16' } },
    'us-west-2': { role: 'standby', network: { cidr: '10.63.0.0/16' } },
  },
});

export const environments = { shop };
