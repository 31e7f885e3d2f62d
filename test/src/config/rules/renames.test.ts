import { environments, shared } from '../../../fixtures/car-retail';
import { changed, problemsOf } from '../../../support/estate';

const inDev = (change: object) =>
  problemsOf({ shared, environments: { ...environments, dev: changed(environments.dev, change) } });

describe('a renamed entry', () => {
  test.each([
    [
      { databases: { ledger: { renamedFrom: 'orders' } } },
      'databases.ledger.renamedFrom must not be the name of databases.orders in AWS, got "orders"; rename databases.orders, or take renamedFrom out',
    ],
    [
      { databases: { ledger: { renamedFrom: 'ledger' } } },
      'databases.ledger.renamedFrom must be another name, got "ledger"; take it out',
    ],
    [
      { databases: { ledger: { renamedFrom: 'sales' }, books: { renamedFrom: 'sales' } } },
      'databases.books.renamedFrom must not be the name of databases.ledger in AWS, got "sales"; rename databases.ledger, or take renamedFrom out',
    ],
  ])('%j is refused', (change, line) => {
    const databases = Object.fromEntries(
      Object.entries(change.databases).map(([name, entry]) => [
        name,
        { engine: 'aurora-mysql', instanceClass: 'db.r8g.large', ...entry },
      ]),
    );
    expect(inDev({ databases })).toContain(`environments/dev.ts: ${line}`);
  });
});
