import { blueprint } from '../fixtures/car-retail/blueprint';
import { defineBlueprint, defineEnvironment } from '../../src/config/define';

/*
 * Mistakes that the compiler catches while an environment file is being written. `tsc` fails on any line
 * below that is accepted. Nothing runs this file; typing.test.ts compiles it.
 */
const base = { account: '111111111111', regions: { 'us-east-1': { role: 'primary', network: { cidr: '10.0.0.0/16' } } } } as const;

// @ts-expect-error no such database
defineEnvironment(blueprint, { ...base, services: { inventory: { uses: { databases: ['ordrs'] } } } });
// @ts-expect-error no such cache
defineEnvironment(blueprint, { ...base, services: { inventory: { uses: { caches: ['orders'] } } } });
// @ts-expect-error no such bucket
defineEnvironment(blueprint, { ...base, services: { inventory: { uses: { buckets: { medai: 'read' } } } } });
// @ts-expect-error nothing of this name outside
defineEnvironment(blueprint, { ...base, services: { inventory: { uses: { outside: ['auth1'] } } } });
// @ts-expect-error no such access
defineEnvironment(blueprint, { ...base, services: { inventory: { uses: { buckets: { media: 'write' } } } } });
// @ts-expect-error no such database to read
defineEnvironment(blueprint, { ...base, services: { inventory: { uses: { databases: { ordrs: 'read' } } } } });
// @ts-expect-error no such access to a database
defineEnvironment(blueprint, { ...base, services: { inventory: { uses: { databases: { orders: 'write' } } } } });
// @ts-expect-error no such setting of a database
defineEnvironment(blueprint, { ...base, databases: { orders: { instanceClas: 'db.t4g.medium' } } });
// @ts-expect-error no such setting
defineEnvironment(blueprint, { ...base, databasez: {} });
// @ts-expect-error a new database must be complete
defineEnvironment(blueprint, { ...base, databases: { audit: { engine: 'aurora-mysql' } } });
// @ts-expect-error a new service must be complete
defineEnvironment(blueprint, { ...base, services: { web: { image: 'web' } } });
// @ts-expect-error nothing of the blueprint to remove
defineEnvironment(blueprint, { ...base, databases: { nosuch: null } });
// @ts-expect-error no such region
defineEnvironment(blueprint, { ...base, regions: { 'us-esat-1': base.regions['us-east-1'] } });
// @ts-expect-error no such role
defineEnvironment(blueprint, { ...base, regions: { 'us-east-1': { role: 'main', network: { cidr: '10.0.0.0/16' } } } });
// @ts-expect-error the blueprint's own uses
defineBlueprint({ services: { web: { image: 'web', port: 8080, cpu: 256, memoryMiB: 512, tasks: { min: 1, max: 1 }, uses: { databases: ['none'] } } } });

// and what it accepts: part of a known entry, a whole new one, uses of both, leaving one out
defineEnvironment(blueprint, {
  ...base,
  outside: { mail: { names: ['api.mail.example'] } },
  databases: { users: null, audit: { engine: 'aurora-mysql', instanceClass: 'db.t4g.medium' } },
  services: {
    inventory: { cpu: 512, uses: { databases: ['audit', 'orders'] } },
    accounts: { uses: { databases: { audit: 'owner', orders: 'read' } } },
    web: { image: 'web', port: 8080, cpu: 256, memoryMiB: 512, tasks: { min: 1, max: 1 }, uses: { caches: ['sessions'], buckets: { media: 'read' }, outside: ['auth0', 'mail'] } },
  },
});
