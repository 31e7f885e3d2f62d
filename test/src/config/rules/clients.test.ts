import { environments, shared } from '../../../fixtures/car-retail';
import { USABLE_RULES } from '../../../../src/config/rules/capabilities';
import { serviceSettings } from '../../../../modules/compute/service-settings';
import { capabilitySchemas } from '../../../../src/config/schema';
import { changed, estateOf, problemsOf, stacksOf } from '../../../support/estate';

const service = { image: 'x1', port: 8080, cpu: 256, memoryMiB: 512, tasks: { min: 1, max: 2 } };
const cache = { nodeType: 'cache.t4g.small' };
const database = { engine: 'aurora-mysql', instanceClass: 'db.t4g.medium' };
const inDev = (change: object) => ({ shared, environments: { dev: changed(environments.dev, change) } });
const at = 'environments/dev.ts: services.';

describe('variables of what a service uses', () => {
  const twins = (first: object, second: object) => ({
    caches: { aa: { ...cache, ...first }, 'aa-reader': { ...cache, ...second } },
    services: { shop: { ...service, uses: { caches: ['aa', 'aa-reader'] } } },
  });

  test.each([{ replicas: 1 }, { standby: { replicas: 1 } }])('are set once each, with %j', (replicas) => {
    expect(problemsOf(inDev(twins(replicas, { standby: {} })))).toEqual([
      `${at}shop.uses.caches.1 must not set the variable CACHE_AA_READER_HOST, which caches.aa sets too, got "aa-reader"; rename one of the two`,
    ]);
  });

  test('are made of the names that entries were made with', () => {
    const renamed = {
      caches: { aa: { ...cache, replicas: 1 }, other: { ...cache, renamedFrom: 'aa-reader' } },
      services: { shop: { ...service, uses: { caches: ['aa', 'other'] } } },
    };
    expect(problemsOf(inDev(renamed))).toEqual([
      `${at}shop.uses.caches.1 must not set the variable CACHE_AA_READER_HOST, which caches.aa sets too, got "other"; rename one of the two`,
    ]);
  });

  test('do not meet without replicas, or in two services', () => {
    expect(problemsOf(inDev(twins({}, {})))).toEqual([]);
    const apart = {
      ...twins({ replicas: 1 }, {}),
      services: {
        shop: { ...service, uses: { caches: ['aa'] } },
        desk: { ...service, uses: { caches: ['aa-reader'] } },
      },
    };
    expect(problemsOf(inDev(apart))).toEqual([]);
  });

  test('are those that are built, and none that a service may set itself', () => {
    const names = { databases: 'orders', caches: 'pages', buckets: 'files' };
    const entries = {
      databases: { orders: { ...database, databaseName: 'orders1' } },
      caches: { pages: { ...cache, replicas: 1 } },
      buckets: { files: {} },
    };
    const parsed = {
      databases: capabilitySchemas.databases.parse(entries.databases)['orders']!,
      caches: capabilitySchemas.caches.parse(entries.caches)['pages']!,
      buckets: capabilitySchemas.buckets.parse(entries.buckets)['files']!,
    };
    const said = [
      ...USABLE_RULES.databases.variables(names.databases, parsed.databases),
      ...USABLE_RULES.caches.variables(names.caches, parsed.caches),
      ...USABLE_RULES.buckets.variables(names.buckets, parsed.buckets),
    ];
    const uses = { databases: ['orders'], caches: ['pages'], buckets: { files: 'read' } };
    const estate = estateOf(inDev({ ...entries, services: { shop: { ...service, uses } } }));
    const workload = stacksOf(estate).find(({ id }) => id === 'dev-us-east-1-workload');
    const task = workload?.resource['aws_ecs_task_definition']?.['services_shop'];
    const [container] = JSON.parse(String(task?.['container_definitions'])) as [
      { environment: { name: string }[] },
    ];
    expect(container.environment.map(({ name }) => name)).toEqual([...said].sort());
    for (const variable of said) {
      expect(serviceSettings.shape.environment.safeParse({ [variable]: 'x' }).success).toBe(false);
      expect(serviceSettings.shape.secrets.safeParse([variable]).success).toBe(false);
    }
  });
});

describe('users of what a service uses', () => {
  test.each(['admin', 'rdsadmin', 'rdsproxyadmin'])('cannot be the user %s of a database', (name) => {
    const services = { [name]: { ...service, uses: { databases: ['users'] } } };
    expect(problemsOf(inDev({ services }))).toEqual([
      `${at}${name}.uses.databases.0 must not be used by a service named ${name}, which is a user that AWS makes or reserves, got "users"; rename the service`,
    ]);
    const elsewhere = { [name]: { ...service, uses: { caches: ['sessions'] } } };
    expect(problemsOf(inDev({ services: elsewhere }))).toEqual([]);
  });

  test.each([
    ['shop', true],
    ['billing', false],
  ])('cannot be the master user of a cluster that is taken over: %s', (name, isMaster) => {
    const existing = {
      cluster: 'shop-live',
      instances: ['shop-live-1'],
      masterUsername: 'shop',
      subnetGroup: 'shop',
      securityGroups: ['sg-0123456789abcdef0'],
    };
    const databases = { aa: { ...database, existing } };
    const services = { [name]: { ...service, uses: { databases: ['aa'] } } };
    const problem = `${at}${name}.uses.databases.0 must not be used by a service named ${name}, which is its master user, got "aa"; rename the service`;
    expect(problemsOf(inDev({ databases, services })).includes(problem)).toBe(isMaster);
  });

  test('have the name that a service was made with', () => {
    const shop = { ...service, uses: { databases: ['users'] } };
    const problemsNamed = (name: string, renamedFrom: string) =>
      problemsOf(inDev({ services: { [name]: { ...shop, renamedFrom } } }));
    expect(problemsNamed('shop', 'admin')).toEqual([
      `${at}shop.uses.databases.0 must not be used by a service named admin, which is a user that AWS makes or reserves, got "users"; rename the service`,
    ]);
    expect(problemsNamed('admin', 'shop')).toEqual([]);
  });

  test('cannot be the default user of a Redis OSS cache', () => {
    const caches = { aa: { ...cache, engine: 'redis' } };
    const services = { default: { ...service, uses: { caches: ['aa'] } } };
    expect(problemsOf(inDev({ caches, services }))).toEqual([
      `${at}default.uses.caches.0 must not make the cache user id "dev-aa-default", which caches.aa makes too; choose another name for the service or the cache`,
    ]);
    expect(problemsOf(inDev({ caches: { aa: cache }, services }))).toEqual([]);
  });

  test('cannot be the default user of another cache either', () => {
    const caches = { aa: cache, 'aa-bb': { ...cache, engine: 'redis' } };
    const services = { 'bb-default': { ...service, uses: { caches: ['aa'] } } };
    expect(problemsOf(inDev({ caches, services }))).toEqual([
      `${at}bb-default.uses.caches.0 must not make the cache user id "dev-aa-bb-default", which caches.aa-bb makes too; choose another name for the service or the cache`,
    ]);
  });
});

describe('what differs in signs alone', () => {
  test.each([
    ['a.b@example.com', 'a-b@example.com'],
    ['ops@example.com', 'OPS@example.com'],
  ])('is refused among mail addresses: %s, %s', (one, other) => {
    expect(problemsOf(inDev({ alerts: { emails: [one, other] } }))).toEqual([
      `environments/dev.ts: alerts.emails.1 must differ from ${one} in more than capitals and signs, got "${other}"; keep one of the two`,
    ]);
  });

  test('is built where it differs in more', () => {
    const emails = ['a.b@example.com', 'ab@example.com', 'a-b@example.org'];
    expect(() => stacksOf(estateOf(inDev({ alerts: { emails } })))).not.toThrow();
  });

  test.each(['a.b@x', 'ops@localhost'])('is no mail address without a domain: %s', (email) => {
    expect(problemsOf(inDev({ alerts: { emails: [email] } }))).toEqual([
      `environments/dev.ts: alerts.emails.0 must be a mail address, got "${email}"; correct it`,
    ]);
  });

  test('is refused among images, also of two environments', () => {
    const using = (image: string) => ({ services: { shop: { ...service, image } } });
    const { dev, qa } = environments;
    const both = (one: string, other: string) =>
      problemsOf({ shared, environments: { dev: changed(dev, using(one)), qa: changed(qa, using(other)) } });
    expect(both('team/shop.web', 'team/shop_web')).toEqual([
      'environments/qa.ts: services.shop.image must differ from the image team/shop.web in more than signs, got "team/shop_web"; rename one of the two',
    ]);
    expect(both('team/shop', 'team/shop')).toEqual([]);
    expect(both('team/shop', 'team-shop')).toEqual([]);
  });
});
