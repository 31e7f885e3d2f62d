import { environments, shared } from '../../../fixtures/car-retail';
import { changed, problemsOf, warningsOf } from '../../../support/estate';

const { dev, prod } = environments;

/** The problems of the default production with some settings changed. */
const inProd = (change: object) =>
  problemsOf({ shared, environments: { ...environments, prod: changed(prod, change) } });
const network = (settings: object) => ({ regions: { 'us-east-1': { network: settings } } });
const at = 'environments/prod.ts:';
const networkAt = `${at} regions.us-east-1.network`;

describe('production', () => {
  test.each<[object, string]>([
    [
      network({ endpoints: 'one-az' }),
      `${networkAt}.endpoints must be private in production: with its zone one-az is lost for all, got "one-az"; set it to private`,
    ],
    [
      network({ nat: 'single' }),
      `${networkAt}.nat must be none or one-per-az in production: with its zone a single gateway is lost for all, got "single"; set it to none, or to one-per-az`,
    ],
    [
      network({ flowLogRetentionDays: 60 }),
      `${networkAt}.flowLogRetentionDays must be at least 90 in production, got 60; raise it: an attack is often found only after months`,
    ],
    [
      { logRetentionDays: 60 },
      `${at} logRetentionDays must be at least 90 in production, got 60; raise it: an attack is often found only after months`,
    ],
    [
      { logRetentionDays: null },
      `${at} logRetentionDays must be at least 90 in production, got 30; raise it: an attack is often found only after months`,
    ],
    ...[
      { alerts: null },
      { alerts: { emails: null, slack: null } },
      { alerts: { emails: [], slack: null } },
    ].map((change): [object, string] => [
      change,
      `${at} alerts.emails must name somebody in production, got []; add a mail address that is read, or alerts.slack or alerts.teams: else nobody hears of an alarm`,
    ]),
    [
      { caches: { sessions: { standby: { replicas: 0 } } } },
      `${at} caches.sessions.standby.replicas must be at least 1 in production, got 0; raise it, so that a node in another zone takes over when the zone of the primary is lost`,
    ],
    [
      { services: { inventory: { standby: { tasks: { min: 1 } } } } },
      `${at} services.inventory.standby.tasks.min must be at least 2 in production, or 0 for a cold standby, got 1; raise it, so that the loss of a zone leaves one`,
    ],
    [
      { databases: { orders: { auditLog: false } } },
      `${at} databases.orders.auditLog must be true in production, got false; take it out: who came and what was changed must be known afterwards`,
    ],
  ])('refuses %j', (change, line) => {
    expect(inProd(change)).toEqual([line]);
  });

  test('takes the least that is refused below, and a cold standby', () => {
    const least = {
      ...network({ flowLogRetentionDays: 90, nat: 'one-per-az' }),
      logRetentionDays: 90,
      services: { inventory: { standby: { tasks: { min: 0 } } } },
    };
    expect(inProd(least)).toEqual([]);
  });

  test('names a way to AWS that it takes itself', () => {
    expect(inProd(network({ endpoints: 'nat', nat: 'none' }))).toContain(
      `${networkAt}.nat must be single or one-per-az where endpoints is nat, got "none"; set nat, or set endpoints to private`,
    );
  });

  test('asks nothing of other environments', () => {
    const file = changed(dev, {
      ...network({ endpoints: 'one-az', nat: 'none', flowLogRetentionDays: 1 }),
      logRetentionDays: 1,
      databases: { orders: { auditLog: false } },
      services: { inventory: { uses: { outside: [] } } },
    });
    expect(problemsOf({ shared, environments: { dev: file } })).toEqual([]);
  });
});

describe('an environment that sounds like production', () => {
  const warnings = (name: string, change: object) =>
    warningsOf({ shared, environments: { [name]: changed(dev, change) } }).filter((line) =>
      line.includes('production'),
    );

  test.each(['prd', 'prod2', 'live2', 'produs', 'production1', 'euprod', 'prodeu'])(
    'has to say whether it is: %s',
    (name) => {
      expect(warnings(name, {})).toEqual([
        `environments/${name}.ts: production must be said in an environment named ${name}, got nothing; set it to true or false`,
      ]);
      expect(warnings(name, { production: false })).toEqual([]);
    },
  );

  test.each(['dev', 'preprod', 'nonprod', 'olive', 'delivery'])('is not %s', (name) => {
    expect(warnings(name, {})).toEqual([]);
  });
});
