import { environments, shared } from '../../../fixtures/car-retail';
import { merge, valueAt } from '../../../../src/config/merge';
import { changed, problemsOf } from '../../../support/estate';

const inDev = (change: object) =>
  problemsOf({ shared, environments: { ...environments, dev: changed(environments.dev, change) } });

/** All environments, with the entry of their blueprint renamed in it. */
const renamedInBlueprint = (kind: string, from: string, to: string) => {
  const entry = valueAt(environments.dev.blueprint, [kind, from]) as object;
  const blueprint = merge(environments.dev.blueprint, {
    [kind]: { [from]: null, [to]: { ...entry, renamedFrom: from } },
  }) as object;
  return problemsOf({
    shared,
    environments: Object.fromEntries(
      Object.entries(environments).map(([name, file]) => [name, { ...file, blueprint }]),
    ),
  });
};

describe('a rename that is half done says its cause alone', () => {
  test.each([
    ['databases', 'orders', 'ledger'],
    ['caches', 'sessions', 'visits'],
    ['buckets', 'media', 'pictures'],
    ['queues', 'price-changes', 'prices'],
    ['services', 'inventory', 'stock'],
  ])('in one environment, of %s.%s of the blueprint', (kind, from, to) => {
    const entry = valueAt(environments.dev.blueprint, [kind, from]) as object;
    expect(inDev({ [kind]: { [to]: { ...entry, renamedFrom: from } } })).toEqual([
      `environments/dev.ts: ${kind}.${to}.renamedFrom must not hold the name of ${kind}.${from}, got "${from}"; rename it in the blueprint, or take "${from}" out`,
    ]);
  });

  const outdated = (name: string, kind: string, from: string, to: string) =>
    `environments/${name}.ts: ${kind}.${from} must be called ${to}, as the blueprint calls it now; rename it here too`;
  const missing = (path: string, kind: string, from: string, to: string) =>
    `environments/blueprint.ts: ${path} must name one of ${kind}, got "${from}"; it is called "${to}" now`;

  test.each<[string, string, string, string[], string[]]>([
    [
      'databases',
      'orders',
      'ledger',
      ['dev', 'qa', 'beta', 'prod'],
      ['services.inventory.uses.databases.0', 'services.indexer.uses.databases.0'],
    ],
    [
      'queues',
      'media-uploads',
      'uploads',
      ['prod'],
      ['services.inventory.uses.queues.media-uploads', 'buckets.media.notify.media-uploads'],
    ],
    ['services', 'inventory', 'stock', ['dev', 'qa', 'beta', 'prod'], ['services.accounts.uses.services.0']],
  ])('in the blueprint, of %s.%s', (kind, from, to, files, uses) => {
    expect(renamedInBlueprint(kind, from, to).sort()).toEqual(
      [
        ...files.map((name) => outdated(name, kind, from, to)),
        ...uses.map((path) => missing(path, kind, from, to)),
      ].sort(),
    );
  });

  test('of load balancers and capacity in those who name them', () => {
    const service = { image: 'inventory', port: 8080, cpu: 256, memoryMiB: 512, tasks: { min: 1, max: 2 } };
    const change = {
      loadBalancers: { front: { renamedFrom: 'main' } },
      capacity: { small: { instanceType: 'm7i.large', min: 0, max: 2, renamedFrom: 'batch' } },
      services: {
        stock: { ...service, public: { host: 'stock.dev.example.com', loadBalancer: 'main', priority: 1 } },
        batches: { ...service, capacity: { ec2: 'batch' } },
      },
    };
    expect(inDev(change)).toEqual([
      'environments/dev.ts: services.batches.capacity.ec2 must name one of capacity, got "batch"; it is called "small" now',
      'environments/dev.ts: services.stock.public.loadBalancer must name one of loadBalancers, got "main"; it is called "front" now',
    ]);
  });
});

describe('a renamed entry', () => {
  test.each([
    [
      { ledger: { renamedFrom: ['sales', 'orders'] } },
      'databases.ledger.renamedFrom must not hold the name of databases.orders, got "orders"; rename it in the blueprint, or take "orders" out',
    ],
    [
      { books: {}, ledger: { renamedFrom: 'books' } },
      'databases.ledger.renamedFrom must not hold the name of databases.books, got "books"; rename databases.books, or take "books" out',
    ],
    [
      { ledger: { renamedFrom: 'ledger' } },
      'databases.ledger.renamedFrom must end with another name, got "ledger"; take the last one out',
    ],
    [
      { ledger: { renamedFrom: 'sales' }, books: { renamedFrom: ['tomes', 'sales'] } },
      'databases.books.renamedFrom must not hold a former name of databases.ledger, got "sales"; rename databases.ledger, or take "sales" out',
    ],
    [
      { ledger: { renamedFrom: [] } },
      'databases.ledger.renamedFrom must be at least 1 entries, got []; raise it',
    ],
    [
      { ledger: { renamedFrom: 7 } },
      "databases.ledger.renamedFrom must be a name, or a list of names, the oldest first, got 7; write it like ['orders', 'sales']",
    ],
    // what AWS calls it counts, whatever it is called here
    [
      { ledger: { renamedFrom: 'a'.repeat(63) } },
      'databases.ledger.renamedFrom must be 2 to 32 lower-case letters, digits and single hyphens, beginning with a letter, got "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"; rename it',
    ],
  ])('%j is refused', (change, line) => {
    const databases = Object.fromEntries(
      Object.entries(change).map(([name, entry]) => [
        name,
        { engine: 'aurora-mysql', instanceClass: 'db.r8g.large', ...entry },
      ]),
    );
    expect(inDev({ databases })).toContain(`environments/dev.ts: ${line}`);
  });

  test('has the name in AWS that no other part of AWS may have', () => {
    expect(inDev({ buckets: { archive: { renamedFrom: 'logs' } } })[0]).toMatch(
      /^environments\/dev\.ts: buckets\.archive must not be named logs/,
    );
    expect(inDev({ buckets: { logs: { renamedFrom: 'archive' } } })).toEqual([]);
  });

  test('may go back to a name that it had', () => {
    const ledger = {
      engine: 'aurora-mysql',
      instanceClass: 'db.r8g.large',
      renamedFrom: ['ledger', 'books'],
    };
    expect(inDev({ databases: { ledger } })).toEqual([]);
  });

  test('is held to the limits of the name that AWS knows', () => {
    const stock = {
      image: 'inventory',
      port: 8080,
      cpu: 256,
      memoryMiB: 512,
      tasks: { min: 1, max: 2 },
      public: { host: 'stock.dev.example.com' },
    };
    const long = 'inventory-of-everything-we-sell';
    expect(inDev({ services: { stock } })).toEqual([]);
    expect(inDev({ services: { stock: { ...stock, renamedFrom: long } } })).toContainEqual(
      expect.stringMatching(new RegExp(`^environments/dev\\.ts: services\\.stock must .*dev-${long}`)),
    );
  });
});
