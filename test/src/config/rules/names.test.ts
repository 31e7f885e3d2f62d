import { environments, shared } from '../../../fixtures/car-retail';
import { changed, problemsOf } from '../../../support/estate';

const inDev = (change: object) =>
  problemsOf({ shared, environments: { ...environments, dev: changed(environments.dev, change) } });

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
