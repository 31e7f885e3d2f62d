import { environments, shared } from '../../../fixtures/car-retail';
import { changed, problemsOf } from '../../../support/estate';

const inDev = (change: object) =>
  problemsOf({ shared, environments: { ...environments, dev: changed(environments.dev, change) } });

describe('a renamed entry', () => {
  test.each([
    [
      { ledger: { renamedFrom: 'orders' } },
      'databases.ledger.renamedFrom must not hold the name of databases.orders, got "orders"; rename databases.orders, or take "orders" out',
    ],
    [
      { ledger: { renamedFrom: ['sales', 'orders'] } },
      'databases.ledger.renamedFrom must not hold the name of databases.orders, got "orders"; rename databases.orders, or take "orders" out',
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
