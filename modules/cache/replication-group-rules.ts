import type { Problem, RuleContext, UsableRules } from '../settings/capability-rules';
import { standbyProblems } from '../settings/standby-problems';
import { windowsOverlap } from '../settings/windows';
import { isOffered, versionsOf } from './cache-engine';
import { cacheVariables, replicationGroupNames } from './replication-group-names';
import type { ReplicationGroupSettings } from './replication-group-settings';

/** What the schema of a single value cannot say. */
export const replicationGroupRules: UsableRules<ReplicationGroupSettings> = {
  problems(_name, settings, context) {
    return [
      ...engineProblems(settings),
      ...productionProblems(settings, context),
      ...windowProblems(settings),
      ...parameterProblems(settings),
      ...standbyProblems(settings, context),
    ];
  },
  names(name, { engine }, naming) {
    const names = replicationGroupNames(naming, name);
    return [
      { kind: 'replicationGroup', name: names.replicationGroup },
      { kind: 'cacheUserGroup', name: names.userGroup },
      ...(engine === 'redis' ? [{ kind: 'cacheUser' as const, name: names.defaultUser }] : []),
      { kind: 'securityGroup', name: names.securityGroup },
    ];
  },
  variables(name, { replicas, standby }) {
    const { readerHost, ...always } = cacheVariables(name);
    const hasReaders = replicas > 0 || (standby?.replicas ?? 0) > 0;
    return [...Object.values(always), ...(hasReaders ? [readerHost] : [])];
  },
};

function engineProblems(settings: ReplicationGroupSettings): Problem[] {
  if (isOffered(settings)) return [];
  const remedy =
    settings.engine === 'valkey'
      ? 'take it out, or write it like 8.2; what is new comes into modules/cache/cache-engine.ts'
      : 'take it out, or choose valkey: users sign in by IAM, which earlier ones cannot';
  const rule = `be one of ${versionsOf(settings).join(', ')} with ${settings.engine}`;
  return [{ path: ['engineVersion'], rule, remedy }];
}

function productionProblems(
  { replicas, snapshotRetentionDays, standby }: ReplicationGroupSettings,
  { production }: RuleContext,
): Problem[] {
  if (!production) return [];
  const problems: Problem[] = [];
  const nodes = [
    { path: ['replicas'], value: replicas },
    { path: ['standby', 'replicas'], value: standby?.replicas },
  ];
  for (const { path, value } of nodes) {
    if (value === undefined || value >= 1) continue;
    problems.push({
      path,
      rule: 'be at least 1 in production',
      remedy: 'raise it, so that a node in another zone takes over when the zone of the primary is lost',
    });
  }
  if (snapshotRetentionDays < 7) {
    problems.push({
      path: ['snapshotRetentionDays'],
      rule: 'be at least 7 in production',
      remedy: 'raise it, so that a mistake is still reparable after a week',
    });
  }
  return problems;
}

function windowProblems({ snapshotWindow, maintenanceWindow }: ReplicationGroupSettings): Problem[] {
  if (!windowsOverlap(snapshotWindow, maintenanceWindow)) return [];
  return [
    {
      path: ['maintenanceWindow'],
      rule: `not overlap snapshotWindow, ${snapshotWindow} on every day`,
      remedy: 'move one of the two',
    },
  ];
}

function parameterProblems({ parameters }: ReplicationGroupSettings): Problem[] {
  const problems: Problem[] = [];
  if (parameters['maxmemory-policy'] !== undefined) {
    problems.push({
      path: ['parameters', 'maxmemory-policy'],
      rule: 'be said by maxmemoryPolicy alone',
      remedy: 'take it out',
    });
  }
  if (Number(parameters['slowlog-log-slower-than']) < 0) {
    problems.push({
      path: ['parameters', 'slowlog-log-slower-than'],
      rule: 'be 0 or more microseconds',
      remedy: 'take it out: below 0 nothing comes into the log of slow commands',
    });
  }
  if (parameters['cluster-enabled'] !== undefined) {
    problems.push({
      path: ['parameters', 'cluster-enabled'],
      rule: 'not be set',
      remedy: 'take it out: a cache is one shard with replicas, and clients find it by one host name',
    });
  }
  return problems;
}
