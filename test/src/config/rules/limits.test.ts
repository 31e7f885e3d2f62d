import { environments, shared } from '../../../fixtures/car-retail';
import { changed, estateOf, problemsOf, stacksOf } from '../../../support/estate';

const { dev, prod } = environments;
const service = { image: 'x1', port: 8080, cpu: 256, memoryMiB: 512, tasks: { min: 1, max: 2 } };
const inDev = (change: object) => problemsOf({ shared, environments: { dev: changed(dev, change) } });
const at = 'environments/dev.ts:';

describe('domains', () => {
  test('are refused in one line, with the right form', () => {
    expect(inDev({ domain: 'DEV.example.com' })).toContain(
      `${at} domain must be in small letters and without a dot at its end, got "DEV.example.com"; write it like dev.example.com`,
    );
  });

  test('of another environment are no hosts', () => {
    const host = 'dev.example.com';
    const file = changed(prod, {
      domain: 'example.com',
      sites: { shop: { hosts: ['www.example.com'] } },
      services: { inventory: { public: { host } }, accounts: { public: null, deployment: null } },
    });
    expect(problemsOf({ shared, environments: { dev, prod: file } })).toEqual([
      `environments/prod.ts: services.inventory.public.host must not lie in dev.example.com, which is delegated to dev, got "${host}"; choose another one`,
    ]);
  });

  test('may be parents of one another', () => {
    const file = changed(prod, {
      domain: 'example.com',
      sites: { shop: { hosts: ['www.example.com'] } },
      services: {
        inventory: { public: { host: 'shop.example.com' } },
        accounts: { public: null, deployment: null },
      },
    });
    expect(problemsOf({ shared, environments: { dev, prod: file } })).toEqual([]);
  });
});

describe('tags', () => {
  const many = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, n) => [`key${n}`, 'x']));

  test('are 10 with our own where there is a hosted zone', () => {
    // the blueprint says one more
    expect(inDev({ tags: many(6) })).toEqual([]);
    expect(inDev({ tags: many(7) })).toEqual([
      `${at} tags must be at most 7 with a domain, since a hosted zone takes 10 with our own, got 8; take some out`,
    ]);
    const without = { domain: null, services: { inventory: { public: null } } };
    expect(inDev({ ...without, tags: many(7) })).toEqual([]);
  });
});

describe('zones that are named', () => {
  const zones = (availabilityZones: readonly string[]) => ({
    regions: { 'us-east-1': { network: { availabilityZones } } },
  });

  test('exist', () => {
    expect(inDev(zones(['us-east-1a', 'us-east-1f']))).toEqual([]);
    expect(inDev(zones(['us-east-1a', 'us-east-1z']))).toEqual([
      `${at} regions.us-east-1.network.availabilityZones.1 must be a zone that us-east-1 has: us-east-1a, us-east-1b, us-east-1c, us-east-1d, us-east-1e, us-east-1f, got "us-east-1z"; choose one of them, or add what is new to modules/network/regions.ts`,
    ]);
  });

  test('are refused once where they are no zones at all', () => {
    expect(inDev(zones(['us-east-1a', 'us-west-2b']))).toHaveLength(1);
  });
});

describe('a task definition', () => {
  const shop = (change: object) => ({ services: { shop: { ...service, ...change } } });
  const line =
    /^environments\/dev\.ts: services\.shop must make a task definition of at most 65536 bytes, and it makes about \d+; move what is long in environment and command into the image or a bucket$/;

  test.each([
    { environment: { A: 'x'.repeat(40_000), B: 'x'.repeat(30_000) } },
    { command: ['run', 'x'.repeat(70_000)] },
    // two bytes each
    { environment: { A: 'ü'.repeat(33_000) } },
    { healthCheck: { command: ['CMD-SHELL', 'x'.repeat(70_000)] } },
  ])('over 64 KB is refused: %#', (change) => {
    expect(inDev(shop(change))).toEqual([expect.stringMatching(line) as string]);
  });

  test('counts what uses adds, and not what Terraform takes back', () => {
    const fits = { environment: { A: 'x'.repeat(61_500) } };
    const uses = { databases: ['orders', 'users'], caches: ['sessions'], buckets: { media: 'read' } };
    expect(inDev(shop(fits))).toEqual([]);
    expect(inDev(shop({ ...fits, uses }))).toEqual([expect.stringMatching(line) as string]);
    expect(inDev(shop({ environment: { A: '${'.repeat(30_000) } }))).toEqual([]);
  });

  test('that is let through has less when it is built', () => {
    const environment = { A: 'x'.repeat(61_500) };
    const estate = estateOf({ shared, environments: { dev: changed(dev, shop({ environment })) } });
    const workload = stacksOf(estate).find(({ id }) => id === 'dev-us-east-1-workload');
    const task = workload?.resource['aws_ecs_task_definition']?.['services_shop'];
    expect(JSON.stringify(task).length).toBeLessThan(65_536);
  });
});

describe('regions that AWS leaves disabled', () => {
  const home = { ...shared, region: 'eu-south-1' as const };
  const standby = { role: 'standby', enabled: true, failover: true, network: { cidr: '10.99.0.0/16' } };
  const moved = changed(dev, { regions: { 'us-west-2': null, 'eu-south-1': standby } });

  test('are enabled for the registry as well', () => {
    expect(problemsOf({ shared: home, environments: { dev } })).toEqual([
      'environments/shared.ts: region must be enabled in the account, which AWS leaves to you in this region, got "eu-south-1"; enable it in the account settings, then set enabled: true',
    ]);
    expect(problemsOf({ shared: { ...home, enabled: true }, environments: { dev } })).toEqual([]);
  });

  test('are enabled for the copies of its images', () => {
    expect(problemsOf({ shared, environments: { dev: moved } })).toEqual([
      `${at} regions.eu-south-1 must be enabled in the account of the registry too, which keeps its images there; enable it in the settings of that account, then set enabled: true in what is shared`,
    ]);
    expect(problemsOf({ shared: { ...shared, enabled: true }, environments: { dev: moved } })).toEqual([]);
  });
});
