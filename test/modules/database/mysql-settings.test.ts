import { memoryGiB, MYSQL_SIZES } from '../../../modules/database/instance-class';
import { mysqlRules, mysqlSettings } from '../../../modules/database/mysql-settings';
import type { RuleContext } from '../../../modules/settings/capability-rules';
import { naming } from '../../support/harness';
import { instanceOf, minimal } from './mysql-under-test';

const parse = (change: object = {}) => mysqlSettings.parse({ ...minimal, ...change });

/** `path: message` for what is said in our words, `path: code` for what zod sees by itself. */
const refusals = (change: object): string[] =>
  (mysqlSettings.safeParse({ ...minimal, ...change }).error?.issues ?? []).map(
    ({ path, code, message }) => `${path.join('.')}: ${code === 'custom' ? message : code}`,
  );

const primary = { name: 'us-east-1', role: 'primary' } as const;
const standby = { name: 'us-west-2', role: 'standby' } as const;
const twoRegions: RuleContext = { production: false, domain: undefined, regions: [primary, standby] };
const production: RuleContext = { ...twoRegions, production: true };
const alone: RuleContext = { ...twoRegions, regions: [primary] };

/** `path must rule; remedy` */
const problems = (change: object, context = twoRegions) =>
  mysqlRules
    .problems('catalog', parse(change), context)
    .map(({ path, rule, remedy }) => `${path.join('.')} must ${rule}; ${remedy}`);

describe('settings of an RDS MySQL database', () => {
  test('have these defaults', () => {
    expect(parse()).toEqual({
      alwaysOn: false,
      engine: 'mysql',
      engineVersion: '8.4.10',
      instanceClass: 'db.r7g.large',
      multiAz: false,
      storageGiB: { min: 20, max: 100 },
      replicas: 0,
      maxReplicaLagSeconds: 30,
      crossRegionReads: false,
      backupRetentionDays: 7,
      backupWindow: '06:00-07:00',
      maintenanceWindow: 'sun:07:30-sun:08:30',
      auditLog: true,
      parameters: {},
      passwordVersion: 1,
      upgrades: 'in-place',
    });
    expect(parse({ standby: {} }).standby).toEqual({ multiAz: false, replicas: 1 });
  });

  test('take the limits of AWS', () => {
    const widest = { storageGiB: { min: 20, max: 65_536 }, replicas: 15, backupCopyDays: 35 };
    expect(refusals({ ...widest, standby: { replicas: 15 } })).toEqual([]);
  });

  test.each(['8.4.5', '8.4.11', '8.4.99'])('take the release %s', (engineVersion) => {
    expect(refusals({ engineVersion })).toEqual([]);
  });

  test.each([
    [{ storageGiB: { min: 19, max: 100 } }, 'storageGiB.min: too_small'],
    [{ storageGiB: 65_537 }, 'storageGiB: too_big'],
    [{ storageGiB: { min: 50, max: 40 } }, 'storageGiB.min: be at most max, 40; swap the two'],
    [{ replicas: 16 }, 'replicas: too_big'],
    [{ standby: { replicas: 0 } }, 'standby.replicas: too_small'],
    [{ backupCopyDays: 36 }, 'backupCopyDays: too_big'],
    [{ readers: 1 }, ': unrecognized_keys'],
    [
      { engineVersion: '8.0.46' },
      'engineVersion: be MySQL 8.4: AWS ended its standard support for MySQL 8.0 on 2026-07-31; write it like 8.4.10',
    ],
    [
      { engineVersion: '5.7.44' },
      'engineVersion: be MySQL 8.4: AWS ended its standard support for MySQL 5.7 on 2024-02-29; write it like 8.4.10',
    ],
    [
      { engineVersion: '8.4.4' },
      'engineVersion: be 8.4.5 or later, since AWS makes no new databases of earlier ones; write it like 8.4.10',
    ],
    ...['8.4', '9.1.0', '8.0.mysql_aurora.3.10.3']
      .slice(0, 2)
      .map((engineVersion): [object, string] => [
        { engineVersion },
        'engineVersion: be a full version of MySQL 8.4; write it like 8.4.10',
      ]),
    [
      { instanceClass: 'db.m4.large' },
      'instanceClass: be a class that RDS MySQL runs: one of t3, t4g, m5, m6g, m6i, m7g, m7i, m8g, r5, r6g, r6i, r7g, r7i, r8g, x2g; write it like db.r7g.large, or add what is new to modules/database/instance-class.ts',
    ],
    [
      { instanceClass: 'db.t4g.nano' },
      'instanceClass: be a size of db.t4g: one of micro, small, medium, large, xlarge, 2xlarge; choose one of them',
    ],
  ])('refuse %j', (change, message) => {
    expect(refusals(change)).toEqual([message]);
  });

  test('know the memory of each class that they take', () => {
    for (const [family, sizes] of Object.entries(MYSQL_SIZES))
      for (const size of sizes) expect(memoryGiB(`db.${family}.${size}`)).toBeGreaterThan(0);
    expect(
      ['t4g.micro', 't3.2xlarge', 'm7g.large', 'r7i.48xlarge', 'x2g.xlarge'].map((one) =>
        memoryGiB(`db.${one}`),
      ),
    ).toEqual([1, 32, 8, 1536, 64]);
    expect(() => memoryGiB('db.z9.large')).toThrow(
      'the memory of db.z9.large must be known, got none; add its family to modules/database/instance-class.ts',
    );
  });
});

describe('rules of an RDS MySQL database', () => {
  test('have nothing against a plain one', () => {
    expect(problems({})).toEqual([]);
  });

  test.each<[object, string[]]>([
    [{ replicas: 1, replicaEngineVersion: '8.4.11' }, []],
    [
      { replicas: 1, replicaEngineVersion: '8.4.9' },
      [
        'replicaEngineVersion must be at least 8.4.10, the release of what is followed; raise it, apply, and raise the other one once these have it: RDS upgrades replicas first',
      ],
    ],
    [
      { replicaEngineVersion: '8.4.11' },
      ['replicaEngineVersion must be left out without replicas; take it out'],
    ],
    [
      { standby: { engineVersion: '8.4.11' } },
      [
        'standby.engineVersion must be left out while nothing follows the replica there; say replicaEngineVersion instead',
      ],
    ],
    [{ standby: { engineVersion: '8.4.11', replicas: 2 }, replicaEngineVersion: '8.4.11' }, []],
    [
      { standby: { engineVersion: '8.4.11', replicas: 2 } },
      [
        'replicaEngineVersion must be at least 8.4.11, the release of what is followed; raise it, apply, and raise the other one once these have it: RDS upgrades replicas first',
      ],
    ],
    [
      { standby: { engineVersion: '8.4.9', replicas: 2 } },
      [
        'standby.engineVersion must be at least 8.4.10, the release of what is followed; raise it, apply, and raise the other one once these have it: RDS upgrades replicas first',
      ],
    ],
  ])('take releases in the order in which RDS upgrades them: %j', (change, found) => {
    expect(problems(change, twoRegions)).toEqual(found);
  });

  test('A10: want a second zone in production, storage that grows, and what one looks into afterwards', () => {
    expect(problems({ multiAz: true }, production)).toEqual([]);
    const change = { storageGiB: 20, insights: 'none', auditLog: false, backupRetentionDays: 1 };
    expect(problems(change)).toEqual([]);
    expect(problems(change, production)).toEqual([
      'auditLog must be true in production; take it out: who came and what was changed must be known afterwards',
      'backupRetentionDays must be at least 7 in production; raise it, so that a mistake is still reparable after a week',
      'multiAz must be true in production; set it: without a second instance, the loss of a zone is an outage until somebody restores',
      'storageGiB must grow in production; give it room, like { min: 20, max: 100 }: a full disk is an outage',
      'insights must be standard or advanced in production; change it: without it nobody finds the statement that has grown',
    ]);
  });

  test.each([
    [
      { storageGiB: { min: 100, max: 109 } },
      'storageGiB.max must be at least 110, a tenth above min; raise it: RDS refuses to grow by less',
    ],
    [
      { maintenanceWindow: 'sun:06:30-sun:07:30' },
      'maintenanceWindow must not overlap backupWindow, 06:00-07:00 on every day; move one of the two',
    ],
    [
      { instanceClass: 'db.t4g.small', insights: 'standard' },
      'insights must be none with db.t4g.small; set it to none, or choose db.t4g.medium or larger',
    ],
    [
      { insights: 'standard', standby: { instanceClass: 'db.t3.micro' } },
      'insights must be none with db.t3.micro; set it to none, or choose db.t4g.medium or larger',
    ],
    [
      { upgrades: 'blue-green', replicas: 1 },
      'upgrades must be in-place with replicas; take it out; docs/operations.md says how a database with replicas is upgraded blue/green',
    ],
    [
      { parameters: { require_secure_transport: '0' } },
      'parameters.require_secure_transport must be ON; take it out: connections without TLS are refused',
    ],
    [
      { parameters: { read_only: '0' } },
      'parameters.read_only must be {TrueIfReplica}; take it out: what is written to a replica is lost, or stops it',
    ],
    [
      { parameters: { server_audit_logging: '1' } },
      'parameters.server_audit_logging must be said by auditLog alone: in RDS MySQL it is no parameter; take it out',
    ],
  ])('refuse %j', (change, message) => {
    expect(problems(change)).toEqual([message]);
  });

  test('have nothing against blue/green of a lone instance, insights of a small one that says none, and a tenth more', () => {
    expect(problems({ upgrades: 'blue-green' })).toEqual([]);
    expect(problems({ instanceClass: 'db.t4g.micro', insights: 'none' })).toEqual([]);
    expect(problems({ storageGiB: { min: 100, max: 110 } })).toEqual([]);
  });

  test('want a region to stand by in, and to copy backups to', () => {
    expect(problems({ standby: {}, backupCopyDays: 7 }, alone)).toEqual([
      'standby must stand in a standby region, and the environment has none; add a region with the role standby, or take standby out',
      'backupCopyDays must have a standby region to copy to, and the environment has none; add a region with the role standby, or take it out',
    ]);
  });

  test('name every instance that it makes in any region', () => {
    const names = (change: object) =>
      mysqlRules
        .names('catalog', parse(change), naming)
        .filter(({ kind }) => kind === 'dbInstance')
        .map(({ name }) => name);
    expect(names({})).toEqual(['test-catalog']);
    const three = ['test-catalog', 'test-catalog-replica-1', 'test-catalog-replica-2'];
    expect(names({ replicas: 2 })).toEqual(three);
    expect(names({ standby: { replicas: 3 } })).toEqual(three);
  });

  test('name what makes its users', () => {
    expect(mysqlRules.names('catalog', parse({}), naming)).toEqual(
      expect.arrayContaining([
        { kind: 'role', name: 'test-catalog-users-us-east-1' },
        { kind: 'securityGroup', name: 'test-catalog-database-users' },
        { kind: 'ecsService', name: 'test-catalog-database-users' },
      ]),
    );
  });

  test.each(['innodb_flush_log_at_trx_commit', 'sync_binlog'])(
    'keep what was committed in production: %s',
    (name) => {
      const change = { multiAz: true, parameters: { [name]: '0' } };
      expect(problems(change)).toEqual([]);
      expect(problems(change, production)).toEqual([
        `parameters.${name} must be 1 in production; take it out: what was committed last would be lost when the instance stops`,
      ]);
      expect(problems({ ...change, parameters: { [name]: '1' } }, production)).toEqual([]);
    },
  );

  test('say a value of each parameter, but of those whose empty value means something', () => {
    expect(problems({ parameters: { max_connections: ' ', sql_mode: '' } })).toEqual([
      'parameters.max_connections must have a value; give it one, or take it out',
    ]);
  });

  test('leave a place among 15 replicas to each standby region', () => {
    expect(problems({ replicas: 15, standby: {} })).toEqual([
      'replicas must be at most 14 with a standby region; lower it: the first replica of each standby region follows the same instance',
    ]);
    expect(problems({ replicas: 14, standby: {} })).toEqual([]);
    expect(problems({ replicas: 15 })).toEqual([]);
  });

  test('take small classes without saying what they do not show, but not in production', () => {
    const small = { instanceClass: 'db.t4g.micro', multiAz: true };
    expect(problems(small)).toEqual([]);
    expect(instanceOf({ settings: small })).toMatchObject({ performance_insights_enabled: false });
    expect(instanceOf()).toMatchObject({ database_insights_mode: 'standard' });
    expect(problems(small, production)).toEqual([
      'instanceClass must be one with Database Insights in production; choose db.t4g.medium or larger: without them nobody finds the statement that has grown',
    ]);
  });
});
