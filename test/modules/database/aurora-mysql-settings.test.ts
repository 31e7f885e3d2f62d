import { auroraMysqlRules, auroraMysqlSettings } from '../../../modules/database/aurora-mysql-settings';
import type { RuleContext } from '../../../modules/settings/capability-rules';
import { naming } from '../../support/harness';
import { minimal } from './database-under-test';

const parse = (change: object = {}) => auroraMysqlSettings.parse({ ...minimal, ...change });

/** `path: message` for what is said in our words, `path: code` for what zod sees by itself. */
function refusals(change: object): string[] {
  const { error } = auroraMysqlSettings.safeParse({ ...minimal, ...change });
  return (error?.issues ?? []).map((issue) => {
    const inner = issue.code === 'invalid_key' ? (issue.issues[0]?.message ?? '') : undefined;
    const own = ['custom', 'invalid_format'].includes(issue.code) ? issue.message : issue.code;
    return `${issue.path.join('.')}: ${inner ?? own}`;
  });
}

const primary = { name: 'us-east-1', role: 'primary' } as const;
const standby = { name: 'us-west-2', role: 'standby' } as const;
const twoRegions: RuleContext = { production: false, domain: undefined, regions: [primary, standby] };
const production: RuleContext = { ...twoRegions, production: true };

/** `path must rule; remedy` */
const problems = (change: object, context = twoRegions) =>
  auroraMysqlRules
    .problems('orders', parse(change), context)
    .map(({ path, rule, remedy }) => `${path.join('.')} must ${rule}; ${remedy}`);

describe('settings of an Aurora MySQL cluster', () => {
  test('have these defaults', () => {
    expect(parse()).toEqual({
      alwaysOn: false,
      engine: 'aurora-mysql',
      engineVersion: '8.0.mysql_aurora.3.10.3',
      instanceClass: 'db.r8g.large',
      readers: { min: 0, max: 0 },
      backupRetentionDays: 7,
      backupWindow: '06:00-07:00',
      maintenanceWindow: 'sun:07:30-sun:08:30',
      endpoints: {},
      crossRegionReads: false,
      writeForwarding: false,
      auditLog: true,
      parameters: {},
      passwordVersion: 1,
      insights: 'standard',
    });
  });

  test('make no schema and stand in the primary alone unless they say otherwise', () => {
    expect(parse().databaseName).toBeUndefined();
    expect(parse().standby).toBeUndefined();
  });

  test('take one reader in a standby region unless they say otherwise', () => {
    expect(parse({ standby: {} }).standby).toEqual({ readers: { min: 1, max: 1 } });
  });

  test('give the readers of a standby the form that those of the primary have', () => {
    expect(parse({ standby: { readers: 3, instanceClass: 'db.r8g.xlarge' } }).standby).toEqual({
      instanceClass: 'db.r8g.xlarge',
      readers: { min: 3, max: 3 },
    });
  });

  test('take a number of readers or a range', () => {
    expect(parse({ readers: 2 }).readers).toEqual({ min: 2, max: 2 });
    expect(parse({ readers: { min: 1, max: 6 } }).readers).toEqual({ min: 1, max: 6 });
  });

  test('take the limits of AWS', () => {
    const widest = { readers: { min: 0, max: 15 }, backupRetentionDays: 35, standby: { readers: 15 } };
    expect(refusals(widest)).toEqual([]);
    expect(refusals({ readers: 0, backupRetentionDays: 1, standby: { readers: 0 } })).toEqual([]);
  });

  test.each(['3.04.4', '3.10.99', '3.12.0'])('take the release %s', (version) => {
    expect(refusals({ engineVersion: `8.0.mysql_aurora.${version}` })).toEqual([]);
  });

  test.each(['orders', 'user', 'sys1', 'tables'])('take the schema %s', (databaseName) => {
    expect(refusals({ databaseName })).toEqual([]);
  });

  test.each(['engine', 'instanceClass'])('cannot leave out %s', (key) => {
    expect(refusals({ [key]: undefined })).toHaveLength(1);
  });

  test('refuse unknown keys everywhere', () => {
    const change = { colour: 'red', standby: { multiAz: true }, readers: { desired: 1, min: 1, max: 1 } };
    expect(refusals(change).sort()).toEqual([
      ': unrecognized_keys',
      'readers: unrecognized_keys',
      'standby: unrecognized_keys',
    ]);
  });

  test.each([
    [{ readers: 16 }, 'readers: too_big'],
    [{ readers: -1 }, 'readers: too_small'],
    [{ readers: { min: 3, max: 2 } }, 'readers.min: be at most max, 2; swap the two'],
    [{ backupRetentionDays: 0 }, 'backupRetentionDays: too_small'],
    [{ backupRetentionDays: 36 }, 'backupRetentionDays: too_big'],
    [{ passwordVersion: 0 }, 'passwordVersion: too_small'],
    [{ standby: { readers: 16 } }, 'standby.readers: too_big'],
    [{ standby: { readers: { min: 1, max: 2 } } }, 'standby.readers: invalid_type'],
    [{ engine: 'aurora-postgresql' }, 'engine: invalid_value'],
    [
      { engineVersion: '5.7.mysql_aurora.2.12.5' },
      'engineVersion: be Aurora MySQL 3: AWS ended version 2 (MySQL 5.7) on 2024-10-31; write it like 8.0.mysql_aurora.3.10.3',
    ],
    ...['8.0', '8.0.mysql_aurora.3.10', '8.0.42', '3.10.3', '8.0.mysql_aurora.2.10.3', ''].map(
      (engineVersion): [object, string] => [
        { engineVersion },
        'engineVersion: be a full version of Aurora MySQL 3; write it like 8.0.mysql_aurora.3.10.3',
      ],
    ),
    ...[{ instanceClass: 'db.t3.medium' }, { standby: { instanceClass: 'db.m6g.large' } }].map(
      (change): [object, string] => [
        change,
        `${'standby' in change ? 'standby.' : ''}instanceClass: be a class that Aurora MySQL 3 runs with Performance Insights: one of t4g, r5, r6g, r6i, r7g, r7i, r8g, x2g, db.serverless; write it like db.r8g.large, or add what is new to modules/database/instance-class.ts`,
      ],
    ),
    [
      { instanceClass: 'db.r7g.24xlarge' },
      'instanceClass: be a size of db.r7g: one of large, xlarge, 2xlarge, 4xlarge, 8xlarge, 12xlarge, 16xlarge; choose one of them',
    ],
    ...['3.01.0', '3.07.1', '3.13.0', '3.99.0'].map((version): [object, string] => [
      { engineVersion: `8.0.mysql_aurora.${version}` },
      'engineVersion: be of a line that new clusters can have: one of 3.04, 3.08, 3.09, 3.10, 3.11, 3.12; write it like 8.0.mysql_aurora.3.10.3, or add what is new to modules/database/engine-version.ts',
    ]),
    ...['mysql', 'sys', 'information_schema', 'performance_schema', 'order', 'Select'].map(
      (databaseName): [object, string] => [
        { databaseName },
        'databaseName: not be a word that MySQL reserves, nor a schema that it has; rename it',
      ],
    ),
    [
      { backupWindow: '06:00-06:29' },
      'backupWindow: be a time of the day in UTC of 30 minutes or more; write it like 06:00-07:00',
    ],
    [
      { maintenanceWindow: 'sun:06:00-sun:06:29' },
      'maintenanceWindow: be a time of the week in UTC of 30 minutes or more, less than a day; write it like sun:07:30-sun:08:30',
    ],
    ...['1st', 'my-orders', '', 'a'.repeat(65)].map((databaseName): [object, string] => [
      { databaseName },
      'databaseName: be 1 to 64 letters, digits and underscores, beginning with a letter; rename it',
    ]),
    [
      { parameters: { 'max-connections': '10' } },
      'parameters.max-connections: be the name of a parameter; write it like max_connections',
    ],
  ])('refuse %j', (change, message) => {
    expect(refusals(change)).toEqual([message]);
  });
});

describe('rules of an Aurora MySQL cluster', () => {
  test('have nothing against a plain cluster', () => {
    expect(problems({})).toEqual([]);
  });

  test('have nothing against a production cluster with a reader and a week of backups', () => {
    const settings = { readers: { min: 1, max: 6 }, backupRetentionDays: 7, standby: { readers: 1 } };
    expect(problems(settings, production)).toEqual([]);
  });

  test('want a reader and a week of backups in production', () => {
    expect(problems({ readers: 0, backupRetentionDays: 6 }, production)).toEqual([
      'readers.min must be at least 1 in production; raise it, so that a reader in another zone takes over when the zone of the writer is lost',
      'backupRetentionDays must be at least 7 in production; raise it, so that a mistake is still reparable after a week',
    ]);
  });

  test('want neither elsewhere', () => {
    expect(problems({ readers: 0, backupRetentionDays: 1 })).toEqual([]);
  });

  test('want an instance that can be promoted in the standby region of production', () => {
    const settings = { readers: 1, standby: { readers: 0 } };
    expect(problems(settings)).toEqual([]);
    expect(problems(settings, production)).toEqual([
      'standby.readers must be at least 1 in production; raise it: without an instance the standby cannot be promoted, and making one takes long in a disaster',
    ]);
  });

  test('want the audit log in production', () => {
    expect(problems({ auditLog: false })).toEqual([]);
    expect(problems({ readers: 1, auditLog: false }, production)).toEqual([
      'auditLog must be true in production; take it out: who came and what was changed must be known afterwards',
    ]);
  });

  const serverless = { instanceClass: 'db.serverless', capacity: { min: 0.5, max: 8 } };

  test('want a capacity with db.serverless, and with nothing else', () => {
    expect(problems(serverless)).toEqual([]);
    expect(
      problems({ ...serverless, instanceClass: 'db.r8g.large', standby: { instanceClass: 'db.serverless' } }),
    ).toEqual([]);
    expect(problems({ instanceClass: 'db.serverless' })).toEqual([
      'capacity must be said with db.serverless; add it, like { min: 0.5, max: 8 }',
    ]);
    expect(problems({ capacity: { min: 1, max: 2 } })).toEqual([
      'capacity must be said with db.serverless alone; take it out, or set instanceClass to db.serverless',
    ]);
  });

  test('let a serverless database stop, but not in production nor before it can', () => {
    const stopping = { ...serverless, capacity: { min: 0, max: 8 }, readers: 1 };
    expect(problems(stopping)).toEqual([]);
    expect(problems(stopping, production)).toEqual([
      'capacity.min must be at least 0.5 in production; raise it: customers would wait 15 seconds',
    ]);
    expect(problems({ ...stopping, engineVersion: '8.0.mysql_aurora.3.04.4' })).toEqual([
      'capacity.min must be at least 0.5 before Aurora MySQL 3.08, which does not stop; raise it, or engineVersion',
    ]);
    expect(problems({ ...serverless, capacity: { min: 9, max: 8 } })).toEqual([
      'capacity.min must be at most max, 8; swap the two',
    ]);
  });

  test('let endpoints lead to readers that always stand, by names of their own', () => {
    const endpoints = { reports: { readers: [1, 2] } };
    expect(problems({ readers: { min: 2, max: 5 }, endpoints })).toEqual([]);
    expect(problems({ readers: { min: 1, max: 5 }, endpoints })).toEqual([
      'endpoints.reports.readers.1 must be a reader that always stands, and there are 1; lower it, or raise readers',
    ]);
    expect(problems({ readers: 1, endpoints: { reader: { readers: [1] } } })).toEqual([
      'endpoints.reader must not be named like the endpoints that are there already; rename it',
    ]);
  });

  test('let the database write where it stands, and nowhere else', () => {
    expect(problems({ primaryRegion: 'us-west-2', standby: {} })).toEqual([]);
    expect(problems({ primaryRegion: 'us-east-1' })).toEqual([]);
    expect(problems({ primaryRegion: 'us-west-2' })).toEqual([
      'primaryRegion must be a region that the database stands in: one of us-east-1; correct it, or take it out',
    ]);
  });

  test('want a reader to measure where readers are scaled', () => {
    expect(problems({ readers: { min: 0, max: 3 } })).toEqual([
      'readers.min must be at least 1 where max is higher; raise it: the load of readers cannot be measured without one',
    ]);
  });

  test('keep backups and maintenance apart', () => {
    expect(problems({ backupWindow: '08:00-09:00' })).toEqual([
      'maintenanceWindow must not overlap backupWindow, 08:00-09:00 on every day; move one of the two',
    ]);
  });

  test('refuse parameters that undo what is promised', () => {
    expect(problems({ parameters: { require_secure_transport: 'OFF' } })).toEqual([
      'parameters.require_secure_transport must be ON; take it out: connections without TLS are refused',
    ]);
  });

  test('want a standby region for a standby', () => {
    expect(problems({ standby: {} }, { ...twoRegions, regions: [primary] })).toEqual([
      'standby must stand in a standby region, and the environment has none; add a region with the role standby, or take standby out',
    ]);
  });

  test('want classes made for memory in a global database', () => {
    const remedy = 'choose one like db.r8g.large, or take standby out';
    expect(problems({ instanceClass: 'db.t4g.medium', standby: { instanceClass: 'db.t4g.large' } })).toEqual([
      `instanceClass must be made for memory in a global database; ${remedy}`,
      `standby.instanceClass must be made for memory in a global database; ${remedy}`,
    ]);
    expect(problems({ instanceClass: 'db.t4g.medium' })).toEqual([]);
  });

  test('count each secondary cluster as a reader', () => {
    const settings = { readers: { min: 1, max: 15 }, standby: {} };
    expect(problems(settings)).toEqual([
      'readers.max must be at most 14 with a standby region; lower it: each secondary cluster takes the place of a reader',
    ]);
    const third = { name: 'eu-west-1', role: 'standby' } as const;
    expect(problems(settings, { ...twoRegions, regions: [primary, standby, third] })).toEqual([
      'readers.max must be at most 13 with 2 standby regions; lower it: each secondary cluster takes the place of a reader',
    ]);
    expect(problems({ ...settings, readers: { min: 1, max: 14 } })).toEqual([]);
    expect(problems({ readers: { min: 1, max: 15 } })).toEqual([]);
  });
});

describe('names of an Aurora MySQL cluster', () => {
  test('are reported before anything is built, for each instance that Terraform makes', () => {
    expect(auroraMysqlRules.names('orders', parse({ readers: { min: 1, max: 3 } }), naming)).toEqual([
      { kind: 'dbCluster', name: 'test-orders' },
      { kind: 'dbInstance', name: 'test-orders-1' },
      { kind: 'dbInstance', name: 'test-orders-2' },
      { kind: 'role', name: 'test-orders-monitoring-us-east-1' },
      { kind: 'securityGroup', name: 'test-orders-database' },
      { kind: 'role', name: 'test-orders-users-us-east-1' },
      { kind: 'securityGroup', name: 'test-orders-database-users' },
      { kind: 'ecsService', name: 'test-orders-database-users' },
    ]);
  });

  test('count the instances of the larger region', () => {
    const names = auroraMysqlRules.names('orders', parse({ standby: { readers: 3 } }), naming);
    expect(names.filter(({ kind }) => kind === 'dbInstance').map(({ name }) => name)).toEqual([
      'test-orders-1',
      'test-orders-2',
      'test-orders-3',
    ]);
  });

  test('have at most the five further endpoints that a cluster has', () => {
    const endpoints = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`e${index}`, { readers: [1] }]));
    expect(problems({ readers: 1, endpoints: endpoints(5) })).toEqual([]);
    expect(problems({ readers: 1, endpoints: endpoints(6) })).toEqual([
      'endpoints must be at most 5, which is all that a cluster has; take some out',
    ]);
  });

  test.each([
    [
      { standby: { readers: 0 } },
      'standby.readers must be at least 1 with crossRegionReads; raise it: a cluster without instances cannot be read',
    ],
    [
      { standby: {}, instanceClass: 'db.serverless', capacity: { min: 0, max: 8 } },
      'capacity.min must be at least 0.5 with crossRegionReads; raise it: reads would go to the other region whenever the instances here have stopped',
    ],
  ])('are read from the other region while something runs there: %j', (change, problem) => {
    expect(problems({ ...change, crossRegionReads: true })).toEqual([problem]);
    expect(problems(change)).toEqual([]);
  });

  test.each([
    [{}, 'writeForwarding must be false without standby; take it out: there is no cluster that forwards'],
    [
      { standby: { readers: 0 } },
      'standby.readers must be at least 1 with writeForwarding; raise it: a cluster without instances takes no writes that it could forward',
    ],
    [
      { standby: {}, proxy: { maxConnectionsPercent: 95 } },
      'proxy.maxConnectionsPercent must be at most 90 with writeForwarding, which keeps 10 % of the connections; lower it, or aurora_fwd_writer_max_connections_pct of parameters',
    ],
    [
      { standby: {}, proxy: {}, parameters: { aurora_fwd_writer_max_connections_pct: '30' } },
      'proxy.maxConnectionsPercent must be at most 70 with writeForwarding, which keeps 30 % of the connections; lower it, or aurora_fwd_writer_max_connections_pct of parameters',
    ],
    [
      { standby: {}, proxy: {}, parameters: { aurora_replica_read_consistency: 'SESSION' } },
      'parameters.aurora_replica_read_consistency must be eventual or global with a proxy, which knows no consistency of sessions; change it, or take proxy out',
    ],
  ])('forward writes where something forwards them, past a proxy: %j', (change, problem) => {
    expect(problems({ ...change, writeForwarding: true })).toEqual([problem]);
    expect(problems(change)).toEqual([]);
  });

  test('forward writes with a proxy that leaves room, and with the consistency of sessions without one', () => {
    const forwarding = { standby: {}, writeForwarding: true };
    expect(problems({ ...forwarding, proxy: {} })).toEqual([]);
    const parameters = { aurora_replica_read_consistency: 'session' };
    expect(problems({ ...forwarding, parameters })).toEqual([]);
  });
});
