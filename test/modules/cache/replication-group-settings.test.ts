import { cacheUser } from '../../../modules/cache/replication-group-names';
import {
  replicationGroupRules,
  replicationGroupSettings,
} from '../../../modules/cache/replication-group-settings';
import { brokenNameRule } from '../../../modules/naming/name-rules';
import type { RuleContext } from '../../../modules/settings/capability-rules';
import { naming } from '../../support/harness';
import { minimal } from './cache-under-test';

const parse = (change: object = {}) => replicationGroupSettings.parse({ ...minimal, ...change });

/** `path: message` for what is said in our words, `path: code` for what zod sees by itself. */
function refusals(change: object): string[] {
  const { error } = replicationGroupSettings.safeParse({ ...minimal, ...change });
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
  replicationGroupRules
    .problems('sessions', parse(change), context)
    .map(({ path, rule, remedy }) => `${path.join('.')} must ${rule}; ${remedy}`);

describe('settings of a cache', () => {
  test('have these defaults', () => {
    expect(parse()).toEqual({
      engine: 'valkey',
      nodeType: 'cache.r7g.large',
      replicas: 0,
      snapshotRetentionDays: 7,
      snapshotWindow: '06:00-07:00',
      maintenanceWindow: 'sun:07:30-sun:08:30',
      maxmemoryPolicy: 'volatile-lru',
      parameters: {},
    });
  });

  test('stand in the primary alone, on the current version, unless they say otherwise', () => {
    expect(parse().standby).toBeUndefined();
    expect(parse().engineVersion).toBeUndefined();
  });

  test('take a smaller cache for the standby region', () => {
    const smaller = { nodeType: 'cache.t4g.small', replicas: 0 };
    expect(parse({ standby: smaller }).standby).toEqual(smaller);
    expect(parse({ standby: {} }).standby).toEqual({});
  });

  test('take the limits of AWS', () => {
    expect(refusals({ replicas: 5, snapshotRetentionDays: 35, standby: { replicas: 5 } })).toEqual([]);
    expect(refusals({ replicas: 0, snapshotRetentionDays: 0 })).toEqual([]);
  });

  test.each([
    'cache.t3.micro',
    'cache.t4g.medium',
    'cache.m5.large',
    'cache.m7g.16xlarge',
    'cache.r6g.xlarge',
    'cache.r7g.large',
    'cache.c7gn.2xlarge',
  ])('take the node type %s', (nodeType) => {
    expect(refusals({ nodeType })).toEqual([]);
  });

  test('cannot leave out nodeType', () => {
    expect(refusals({ nodeType: undefined })).toEqual(['nodeType: invalid_type']);
  });

  test('refuse unknown keys everywhere', () => {
    expect(refusals({ colour: 'red', standby: { engine: 'valkey' } }).sort()).toEqual([
      ': unrecognized_keys',
      'standby: unrecognized_keys',
    ]);
  });

  test.each([
    [{ engine: 'memcached' }, 'engine: invalid_value'],
    [{ replicas: 6 }, 'replicas: too_big'],
    [{ replicas: -1 }, 'replicas: too_small'],
    [{ snapshotRetentionDays: 36 }, 'snapshotRetentionDays: too_big'],
    [{ standby: { replicas: 6 } }, 'standby.replicas: too_big'],
    [{ maxmemoryPolicy: 'lru' }, 'maxmemoryPolicy: invalid_value'],
    ...['8', '8.2.1', '7.x', ''].map((engineVersion): [object, string] => [
      { engineVersion },
      'engineVersion: be a major and a minor version; write it like 8.2',
    ]),
    ...[
      'cache.t2.micro',
      'cache.r6gd.xlarge',
      'cache.m3.large',
      'cache.r77g.large',
      'r7g.large',
      'cache.r7g.large.large',
    ].map((nodeType): [object, string] => [
      { nodeType },
      'nodeType: be a current node type without data tiering: one of t3, t4g, m5, m6g, m7g, m8g, r5, r6g, r7g, r8g, c7gn, c8gn; write it like cache.r7g.large, or add what is new to modules/cache/node-type.ts',
    ]),
    [
      { nodeType: 'cache.t4g.large' },
      'nodeType: be a size of cache.t4g: one of micro, small, medium; choose one of them',
    ],
    [
      { standby: { nodeType: 'cache.r7g.24xlarge' } },
      'standby.nodeType: be a size of cache.r7g: one of large, xlarge, 2xlarge, 4xlarge, 8xlarge, 12xlarge, 16xlarge; choose one of them',
    ],
    [
      { snapshotWindow: '06:00-06:59' },
      'snapshotWindow: be a time of the day in UTC of 60 minutes or more; write it like 06:00-07:00',
    ],
    [
      { maintenanceWindow: 'sun:07:30-sun:08:29' },
      'maintenanceWindow: be a time of the week in UTC of 60 minutes or more, less than a day; write it like sun:07:30-sun:08:30',
    ],
    [
      { parameters: { notify_keyspace_events: 'Ex' } },
      'parameters.notify_keyspace_events: be the name of a parameter; write it like notify-keyspace-events',
    ],
  ])('refuse %j', (change, message) => {
    expect(refusals(change)).toEqual([message]);
  });
});

describe('rules of a cache', () => {
  test('have nothing against a plain cache', () => {
    expect(problems({})).toEqual([]);
    expect(problems({ engine: 'redis' })).toEqual([]);
  });

  test('have nothing against a production cache with a replica and a week of snapshots', () => {
    expect(problems({ replicas: 1, snapshotRetentionDays: 7, standby: { replicas: 1 } }, production)).toEqual(
      [],
    );
    expect(problems({ replicas: 1, standby: {} }, production)).toEqual([]);
  });

  test('want a replica in the standby region of production too', () => {
    expect(problems({ replicas: 1, standby: { replicas: 0 } }, production)).toEqual([
      'standby.replicas must be at least 1 in production; raise it, so that a node in another zone takes over when the zone of the primary is lost',
    ]);
    expect(problems({ replicas: 1, standby: { replicas: 0 } })).toEqual([]);
  });

  test('keep the log of slow commands', () => {
    expect(problems({ parameters: { 'slowlog-log-slower-than': '0' } })).toEqual([]);
    expect(problems({ parameters: { 'slowlog-log-slower-than': '-1' } })).toEqual([
      'parameters.slowlog-log-slower-than must be 0 or more microseconds; take it out: below 0 nothing comes into the log of slow commands',
    ]);
  });

  test('want a replica and a week of snapshots in production', () => {
    expect(problems({ snapshotRetentionDays: 6 }, production)).toEqual([
      'replicas must be at least 1 in production; raise it, so that a node in another zone takes over when the zone of the primary is lost',
      'snapshotRetentionDays must be at least 7 in production; raise it, so that a mistake is still reparable after a week',
    ]);
  });

  test('want neither elsewhere', () => {
    expect(problems({ replicas: 0, snapshotRetentionDays: 0 })).toEqual([]);
  });

  test('want a version whose users can sign in by IAM', () => {
    expect(problems({ engine: 'valkey', engineVersion: '7.1' })).toEqual([
      'engineVersion must be one of 7.2, 8.0, 8.1, 8.2, 9.0, 9.1 with valkey; take it out, or write it like 8.2; what is new comes into modules/cache/cache-engine.ts',
    ]);
    expect(problems({ engine: 'redis', engineVersion: '6.2' })).toEqual([
      'engineVersion must be one of 7.0, 7.1 with redis; take it out, or choose valkey: users sign in by IAM, which earlier ones cannot',
    ]);
  });

  test('keep snapshots and maintenance apart', () => {
    expect(problems({ snapshotWindow: '08:00-09:00' })).toEqual([
      'maintenanceWindow must not overlap snapshotWindow, 08:00-09:00 on every day; move one of the two',
    ]);
  });

  test('want the memory policy in one place, and one shard', () => {
    const parameters = { 'maxmemory-policy': 'noeviction', 'cluster-enabled': 'yes', timeout: '300' };
    expect(problems({ parameters })).toEqual([
      'parameters.maxmemory-policy must be said by maxmemoryPolicy alone; take it out',
      'parameters.cluster-enabled must not be set; take it out: a cache is one shard with replicas, and clients find it by one host name',
    ]);
  });

  test('want a standby region for a standby', () => {
    expect(problems({ standby: {} }, { ...twoRegions, regions: [primary] })).toEqual([
      'standby must stand in a standby region, and the environment has none; add a region with the role standby, or take standby out',
    ]);
  });
});

describe('names of a cache', () => {
  test('are reported before anything is built', () => {
    expect(replicationGroupRules.names('sessions', parse(), naming)).toEqual([
      { kind: 'replicationGroup', name: 'test-sessions' },
      { kind: 'cacheUserGroup', name: 'test-sessions' },
      { kind: 'securityGroup', name: 'test-sessions-cache' },
    ]);
  });

  test('of Redis OSS have the user that it wants', () => {
    expect(replicationGroupRules.names('sessions', parse({ engine: 'redis' }), naming)).toContainEqual({
      kind: 'cacheUser',
      name: 'test-sessions-default',
    });
  });

  test('are refused beyond 40 characters, also where a client makes them so', () => {
    const user = cacheUser(naming, 'sessions-of-customers', 'inventory-service');
    expect(brokenNameRule(user)).toBe(
      'make a cache user id of at most 40 characters, and "test-sessions-of-customers-inventory-service" has 44',
    );
    expect(brokenNameRule(cacheUser(naming, 'sessions', 'inventory'))).toBeUndefined();
  });
});
