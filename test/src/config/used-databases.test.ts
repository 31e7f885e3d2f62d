import { planRegion } from '../../../src/config/region-plan';
import { usedDatabases } from '../../../modules/database/used-databases';
import { environments, shared } from '../../fixtures/car-retail';
import { changed, estateOf, problemsOf } from '../../support/estate';

const { dev } = environments;
const inDev = (databases: unknown, more: object = {}) =>
  problemsOf({
    shared,
    environments: { dev: changed(dev, { services: { inventory: { uses: { databases } } }, ...more }) },
  });

describe('the databases that a service uses', () => {
  test('are for reading and writing where they are a list, and for what a map says', () => {
    expect(usedDatabases.parse(['orders', 'users'])).toEqual({ orders: 'read-write', users: 'read-write' });
    expect(usedDatabases.parse({ orders: 'owner' })).toEqual({ orders: 'owner' });
    expect(usedDatabases.parse(undefined)).toEqual({});
  });

  test('may be said by a map where the blueprint has a list', () => {
    expect(inDev({ orders: 'read' })).toEqual([]);
    const file = changed(dev, { services: { inventory: { uses: { databases: { orders: 'read' } } } } });
    const [environment] = estateOf({ shared, environments: { dev: file } }).environments;
    expect(environment?.settings.services['inventory']?.uses.databases).toEqual({ orders: 'read' });
  });

  test('exist, and are used for what there is', () => {
    expect(inDev({ ordrs: 'read' })).toEqual([
      'environments/dev.ts: services.inventory.uses.databases.ordrs must name one of databases, got "ordrs"; did you mean "orders"?',
    ]);
    expect(inDev({ orders: 'readwrite' })).toEqual([
      'environments/dev.ts: services.inventory.uses.databases.orders must be one of read, read-write, owner, got "readwrite"; did you mean "read-write"?',
    ]);
    expect(inDev('orders')).toEqual([
      'environments/dev.ts: services.inventory.uses.databases must be a list or a map of names, got "orders"; correct it',
    ]);
  });

  test('keep their access when they are renamed', () => {
    const file = changed(dev, {
      databases: { purchases: { ...ORDERS, renamedFrom: 'sales' } },
      services: { inventory: { uses: { databases: { purchases: 'owner' } } } },
    });
    const [environment] = estateOf({ shared, environments: { dev: file } }).environments;
    const plan = planRegion(environment!, { name: 'us-east-1', role: 'primary' });
    expect(plan.services['inventory']?.uses.databases).toEqual({ sales: 'owner' });
  });

  const ORDERS = { engine: 'aurora-mysql', instanceClass: 'db.t4g.medium' };

  test.each([ORDERS, { engine: 'mysql', instanceClass: 'db.t4g.medium' }])(
    'are not named like a schema of the server, unless they have another one: $engine',
    (database) => {
      const change = (more: object) => ({ databases: { mysql: { ...database, ...more } } });
      expect(inDev({ orders: 'read', mysql: 'read' }, change({}))).toEqual([
        "environments/dev.ts: databases.mysql.databaseName must be set, since mysql is a schema of MySQL's own, got nothing; set it, or rename the database",
      ]);
      expect(inDev({ orders: 'read', mysql: 'read' }, change({ databaseName: 'shop' }))).toEqual([]);
    },
  );
});
