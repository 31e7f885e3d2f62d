import { environments, shared } from '../../../fixtures/car-retail';
import { changed, problemsOf } from '../../../support/estate';

const problems = (name: 'dev' | 'prod', change: object) =>
  problemsOf({ shared, environments: { [name]: changed(environments[name], change) } });
const hours = { from: '07:00', until: '20:00' };
const at = 'environments/dev.ts:';

describe('hours', () => {
  test('are none of production', () => {
    expect(problems('prod', { hours })).toEqual([
      'environments/prod.ts: hours must not be said in production; take it out: somebody comes at any hour',
    ]);
  });

  test.each<[string, object, string]>([
    [
      'a database with replicas',
      { databases: { catalog: { replicas: 1, upgrades: null } } },
      `${at} databases.catalog.alwaysOn must be true beside hours: AWS stops no instance that has replicas, got nothing; set it, or take replicas away`,
    ],
    [
      'a global database',
      { databases: { orders: { instanceClass: 'db.r8g.large', standby: {} } } },
      `${at} databases.orders.alwaysOn must be true beside hours: AWS stops nothing that is copied to another region as it changes, got nothing; set it, or take standby away`,
    ],
    [
      'tasks that run at night on what is stopped',
      { databases: { users: { alwaysOn: null } } },
      `environments/blueprint.ts: services.reports.runs must not use what is stopped outside of hours, as databases.users is; let databases.users say alwaysOn: true, or runs be 'by-hand' here`,
    ],
    [
      'other hours of a service',
      {
        services: {
          accounts: { tasks: { schedule: { windows: { day: { from: '08:00', until: '09:00', min: 2 } } } } },
        },
      },
      `${at} services.accounts.tasks.schedule must not come with hours, which changes the same numbers; take it out here, or hours`,
    ],
    [
      'instances that always run',
      {
        capacity: { batch: { instanceType: 'm7i.large', min: 1, max: 2 } },
        services: { indexer: { capacity: { spotPercent: null, onDemandTasks: null, ec2: 'batch' } } },
      },
      `${at} capacity.batch.min must be 0 beside hours: outside of them no task runs on it, got 1; set it to 0; ECS starts instances with the tasks`,
    ],
  ])('do not go with %s', (_what, change, line) => {
    expect(problems('dev', change)).toEqual([line]);
    expect(problems('dev', { ...change, hours: null })).toEqual([]);
  });

  test('go with all of them where they say so', () => {
    expect(
      problems('dev', { databases: { catalog: { replicas: 1, upgrades: null, alwaysOn: true } } }),
    ).toEqual([]);
    expect(problems('dev', { services: { reports: { runs: 'by-hand' } } })).toEqual([]);
  });
});
