import { environments, shared } from '../fixtures/car-retail';
import { estateOf, problemsOf, stacksOf } from '../support/estate';
import { fixtureStacks } from '../support/estates';

/** Names that say no more than the type of a resource does. */
function suspiciousNames(): string[] {
  const stacks = fixtureStacks().filter(({ place }) => /workload|registry/.test(place.layer));
  const types = stacks.flatMap(({ resource }) => Object.keys(resource));
  const words = types.flatMap((type) => type.split('_').slice(1));
  const joined = ['task-definition', 'log-group', 's3-bucket', 'ecr-repository', 'iam-role', 'default-user'];
  return [...new Set([...words, ...joined])].filter((name) => name.length > 1);
}

/** An environment with an entry of each name in each map. */
function environmentOf(names: readonly string[]) {
  const all = <T>(entry: (name: string) => T) => Object.fromEntries(names.map((name) => [name, entry(name)]));
  return {
    blueprint: {},
    overrides: {
      account: '111111111111',
      regions: { 'us-east-1': { role: 'primary', network: { cidr: '10.10.0.0/16' } } },
      databases: all(() => ({ engine: 'aurora-mysql', instanceClass: 'db.t4g.medium' })),
      caches: all(() => ({ nodeType: 'cache.t4g.small' })),
      buckets: all(() => ({})),
      services: all((name) => ({
        image: name,
        port: 8080,
        cpu: 256,
        memoryMiB: 512,
        tasks: { min: 1, max: 2 },
        uses: { caches: [name] },
      })),
    },
  };
}

describe('names of entries', () => {
  test('may be words of resource types: all of them together are built', () => {
    const names = suspiciousNames();
    expect(names).toEqual(
      expect.arrayContaining(['cluster', 'rds', 'service', 'ecs', 'bucket', 's3', 'task']),
    );
    const estate = estateOf({ shared, environments: { dev: environmentOf(names) } });
    const stacks = stacksOf(estate);
    const workload = stacks.find(({ id }) => id === 'dev-us-east-1-workload');
    expect(Object.keys(workload?.resource['aws_rds_cluster'] ?? {})).toHaveLength(names.length);
    expect(Object.keys(workload?.resource['aws_ecs_service'] ?? {})).toHaveLength(names.length);
    expect(workload?.resource['aws_rds_cluster']?.['databases_cluster']).toBeDefined();
  });

  test('are none that every object has, nor are images and former names', () => {
    const overrides = {
      ...environments.dev.overrides,
      databases: { constructor: {}, orders: { engine: 'mysql', renamedFrom: 'constructor' } },
      services: { stock: { image: 'constructor' } },
    };
    const lines = problemsOf({ shared, environments: { dev: { blueprint: {}, overrides } } });
    const rule = 'must not be named like something that every object of JavaScript has';
    expect(lines).toContain(`environments/dev.ts: databases.constructor ${rule}; choose another name`);
    for (const path of ['databases.orders.renamedFrom', 'services.stock.image'])
      expect(lines).toContain(`environments/dev.ts: ${path} ${rule}, got "constructor"; choose another name`);
  });
});
