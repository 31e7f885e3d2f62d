import type { Problem, RuleContext, UsableRules } from '../settings/capability-rules';
import { standbyProblems } from '../settings/standby-problems';
import { databaseVariables, namesOfProxy, namesOfUsers, TAKEN_USERS } from './aurora-mysql-names';
import { recordProblems, schemaProblems, windowProblems } from './database-problems';
import { hasInsights } from './instance-class';
import { isOlder } from './mysql-version';
import { mysqlNames } from './mysql-names';
import type { MysqlSettings } from './mysql-settings';
import { mysqlParameterProblems } from './parameter-problems';
import { proxyProblems } from './proxy-settings';

/** What the schema of a single value cannot say. */
export const mysqlRules: UsableRules<MysqlSettings> = {
  problems(name, settings, context) {
    return [
      ...schemaProblems(name, settings),
      ...productionProblems(settings, context),
      ...storageProblems(settings),
      ...windowProblems(settings),
      ...mysqlParameterProblems(settings, context),
      ...insightsProblems(settings),
      ...upgradeProblems(settings),
      ...versionProblems(settings),
      ...standbyProblems(settings, context),
      ...backupCopyProblems(settings, context),
      ...proxyProblems(settings),
      ...replicaProblems(settings, context),
    ];
  },
  names(name, { replicas, standby, proxy }, naming) {
    const names = mysqlNames(naming, name);
    return [
      { kind: 'dbInstance', name: names.instance },
      ...Array.from({ length: Math.max(replicas, (standby?.replicas ?? 1) - 1) }, (_, index) => ({
        kind: 'dbInstance' as const,
        name: names.replica(index + 1),
      })),
      { kind: 'role', name: names.monitoringRole },
      { kind: 'securityGroup', name: names.securityGroup },
      ...namesOfUsers(names),
      ...namesOfProxy(names, proxy),
    ];
  },
  variables(name) {
    return Object.values(databaseVariables(name));
  },
  takenUsers: TAKEN_USERS,
};

function productionProblems(settings: MysqlSettings, { production }: RuleContext): Problem[] {
  if (!production) return [];
  const problems = recordProblems(settings);
  const { multiAz, storageGiB, insights, instanceClass } = settings;
  if (!multiAz) {
    problems.push({
      path: ['multiAz'],
      rule: 'be true in production',
      remedy: 'set it: without a second instance, the loss of a zone is an outage until somebody restores',
    });
  }
  if (storageGiB.max === storageGiB.min) {
    problems.push({
      path: ['storageGiB'],
      rule: 'grow in production',
      remedy: `give it room, like { min: ${storageGiB.min}, max: ${5 * storageGiB.min} }: a full disk is an outage`,
    });
  }
  if (insights === 'none') {
    problems.push({
      path: ['insights'],
      rule: 'be standard or advanced in production',
      remedy: 'change it: without it nobody finds the statement that has grown',
    });
  }
  if (insights === undefined && !hasInsights(instanceClass)) {
    problems.push({
      path: ['instanceClass'],
      rule: 'be one with Database Insights in production',
      remedy: 'choose db.t4g.medium or larger: without them nobody finds the statement that has grown',
    });
  }
  return problems;
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIOPS.Autoscaling.html */
function storageProblems({ storageGiB: { min, max } }: MysqlSettings): Problem[] {
  const least = Math.ceil((11 * min) / 10);
  if (max === min || max >= least) return [];
  return [
    {
      path: ['storageGiB', 'max'],
      rule: `be at least ${least}, a tenth above min`,
      remedy: 'raise it: RDS refuses to grow by less',
    },
  ];
}

function insightsProblems({ instanceClass, insights, standby }: MysqlSettings): Problem[] {
  if (insights === undefined || insights === 'none') return [];
  const classes = [instanceClass, standby?.instanceClass].filter((one) => one !== undefined);
  const without = classes.find((one) => !hasInsights(one));
  if (without === undefined) return [];
  return [
    {
      path: ['insights'],
      rule: `be none with ${without}`,
      remedy: 'set it to none, or choose db.t4g.medium or larger',
    },
  ];
}

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/db_instance#low-downtime-updates */
function upgradeProblems({ upgrades, replicas, standby, proxy }: MysqlSettings): Problem[] {
  if (upgrades === 'blue-green' && proxy)
    return [
      {
        path: ['upgrades'],
        rule: 'be in-place with a proxy',
        remedy: 'take it out: RDS makes no blue/green deployment of what a proxy leads to',
      },
    ];
  if (upgrades === 'in-place' || (replicas === 0 && !standby)) return [];
  return [
    {
      path: ['upgrades'],
      rule: 'be in-place with replicas',
      remedy: 'take it out; docs/operations.md says how a database with replicas is upgraded blue/green',
    },
  ];
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_MySQL.Replication.ReadReplicas.html */
function versionProblems({
  engineVersion,
  replicaEngineVersion,
  replicas,
  standby,
}: MysqlSettings): Problem[] {
  const problems: Problem[] = [];
  const followers = standby ? standby.replicas - 1 : 0;
  if (replicaEngineVersion !== undefined && replicas === 0 && !standby) {
    problems.push({
      path: ['replicaEngineVersion'],
      rule: 'be left out without replicas',
      remedy: 'take it out',
    });
  }
  if (standby?.engineVersion !== undefined && followers === 0) {
    problems.push({
      path: ['standby', 'engineVersion'],
      rule: 'be left out while nothing follows the replica there',
      remedy: 'say replicaEngineVersion instead',
    });
  }
  const order = [
    [['replicaEngineVersion'], replicaEngineVersion, engineVersion],
    [['standby', 'engineVersion'], standby?.engineVersion, engineVersion],
    [
      ['replicaEngineVersion'],
      followers > 0 ? (replicaEngineVersion ?? engineVersion) : undefined,
      standby?.engineVersion,
    ],
  ] as const;
  for (const [path, version, source] of order) {
    if (version === undefined || source === undefined || !isOlder(version, source)) continue;
    problems.push({
      path,
      rule: `be at least ${source}, the release of what is followed`,
      remedy: 'raise it, apply, and raise the other one once these have it: RDS upgrades replicas first',
    });
  }
  return problems;
}

function backupCopyProblems({ backupCopyDays }: MysqlSettings, { regions }: RuleContext): Problem[] {
  if (backupCopyDays === undefined || regions.some(({ role }) => role === 'standby')) return [];
  return [
    {
      path: ['backupCopyDays'],
      rule: 'have a standby region to copy to, and the environment has none',
      remedy: 'add a region with the role standby, or take it out',
    },
  ];
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReadRepl.html: 15 of one source, wherever they stand */
function replicaProblems({ replicas, standby }: MysqlSettings, { regions }: RuleContext): Problem[] {
  const standbys = standby ? regions.filter(({ role }) => role === 'standby').length : 0;
  const most = 15 - standbys;
  if (replicas <= most) return [];
  return [
    {
      path: ['replicas'],
      rule: `be at most ${most} with ${standbys === 1 ? 'a standby region' : `${standbys} standby regions`}`,
      remedy: 'lower it: the first replica of each standby region follows the same instance',
    },
  ];
}
