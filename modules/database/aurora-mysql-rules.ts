import type { Problem, RuleContext, UsableRules } from '../settings/capability-rules';
import { standbyProblems } from '../settings/standby-problems';
import {
  auroraMysqlNames,
  databaseVariables,
  endpointVariable,
  namesOfProxy,
  namesOfUsers,
  TAKEN_USERS,
} from './aurora-mysql-names';
import type { AuroraMysqlSettings } from './aurora-mysql-settings';
import { recordProblems, schemaProblems, windowProblems } from './database-problems';
import { globalDatabaseProblems } from './global-database-rules';
import { SERVERLESS } from './instance-class';
import { parameterProblems } from './parameter-problems';
import { proxyProblems } from './proxy-settings';

/** What the schema of a single value cannot say. */
export const auroraMysqlRules: UsableRules<AuroraMysqlSettings> = {
  problems(name, settings, context) {
    return [
      ...schemaProblems(name, settings),
      ...productionProblems(settings, context),
      ...scalingProblems(settings),
      ...capacityProblems(settings, context),
      ...endpointProblems(settings),
      ...windowProblems(settings),
      ...parameterProblems(settings),
      ...standbyProblems(settings, context),
      ...globalDatabaseProblems(settings, context),
      ...existingProblems(settings),
      ...proxyProblems(settings),
    ];
  },
  names(name, { readers, standby, existing, endpoints, proxy }, naming) {
    const names = auroraMysqlNames(naming, name);
    const instances = Math.max(1 + readers.min, standby?.readers.min ?? 0);
    return [
      { kind: 'dbCluster', name: existing?.cluster ?? names.cluster },
      ...Array.from({ length: instances }, (_, index) => ({
        kind: 'dbInstance' as const,
        name: existing?.instances[index] ?? names.instance(index + 1),
      })),
      ...Object.keys(endpoints).map((endpoint) => ({
        kind: 'dbClusterEndpoint' as const,
        name: names.endpoint(endpoint),
      })),
      { kind: 'role', name: names.monitoringRole },
      { kind: 'securityGroup', name: names.securityGroup },
      ...(existing ? [] : namesOfUsers(names)),
      ...namesOfProxy(names, proxy),
    ];
  },
  variables(name, { endpoints }) {
    return [
      ...Object.values(databaseVariables(name)),
      ...Object.keys(endpoints).map((endpoint) => endpointVariable(name, endpoint)),
    ];
  },
  takenUsers: TAKEN_USERS,
  ownUsers: ({ existing }) => (existing ? [existing.masterUsername] : []),
};

function productionProblems(
  { readers, backupRetentionDays, auditLog, standby }: AuroraMysqlSettings,
  { production }: RuleContext,
): Problem[] {
  if (!production) return [];
  const problems: Problem[] = [];
  if (readers.min < 1) {
    problems.push({
      path: ['readers', 'min'],
      rule: 'be at least 1 in production',
      remedy: 'raise it, so that a reader in another zone takes over when the zone of the writer is lost',
    });
  }
  if (standby && standby.readers.min < 1) {
    problems.push({
      path: ['standby', 'readers'],
      rule: 'be at least 1 in production',
      remedy:
        'raise it: without an instance the standby cannot be promoted, and making one takes long in a disaster',
    });
  }
  return [...problems, ...recordProblems({ backupRetentionDays, auditLog })];
}

/** Readers are scaled by the CPU of readers: without one there is nothing to measure. */
function scalingProblems({ readers }: AuroraMysqlSettings): Problem[] {
  if (readers.max === readers.min || readers.min >= 1) return [];
  return [
    {
      path: ['readers', 'min'],
      rule: 'be at least 1 where max is higher',
      remedy: 'raise it: the load of readers cannot be measured without one',
    },
  ];
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2-auto-pause.html */
function capacityProblems(
  { instanceClass, standby, capacity, engineVersion, proxy }: AuroraMysqlSettings,
  { production }: RuleContext,
): Problem[] {
  const isServerless = [instanceClass, standby?.instanceClass].includes(SERVERLESS);
  if (isServerless !== (capacity !== undefined)) {
    const [rule, remedy] = isServerless
      ? [`be said with ${SERVERLESS}`, 'add it, like { min: 0.5, max: 8 }']
      : [`be said with ${SERVERLESS} alone`, `take it out, or set instanceClass to ${SERVERLESS}`];
    return [{ path: ['capacity'], rule, remedy }];
  }
  if (!capacity) return [];
  const { min, max } = capacity;
  const problems: Problem[] = [];
  const lowest = (rule: string, remedy: string) => problems.push({ path: ['capacity', 'min'], rule, remedy });
  if (min > max) lowest(`be at most max, ${max}`, 'swap the two');
  if (min === 0 && production)
    lowest('be at least 0.5 in production', 'raise it: customers would wait 15 seconds');
  if (min === 0 && Number(/_aurora\.3\.(\d+)/.exec(engineVersion)?.[1]) < 8)
    lowest('be at least 0.5 before Aurora MySQL 3.08, which does not stop', 'raise it, or engineVersion');
  if (min === 0 && proxy)
    lowest(
      'be at least 0.5 with a proxy, whose connections keep it from stopping',
      'raise it, or take proxy out',
    );
  return problems;
}

/** Those that come and go under load have names of AWS's own. */
function endpointProblems({ endpoints, readers }: AuroraMysqlSettings): Problem[] {
  // https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/CHAP_Limits.html
  if (Object.keys(endpoints).length > 5)
    return [
      { path: ['endpoints'], rule: 'be at most 5, which is all that a cluster has', remedy: 'take some out' },
    ];
  return Object.entries(endpoints).flatMap(([name, endpoint]): Problem[] => {
    const path = ['endpoints', name];
    if (['reader', 'writer'].includes(name))
      return [{ path, rule: 'not be named like the endpoints that are there already', remedy: 'rename it' }];
    return endpoint.readers.flatMap((reader, index) =>
      reader <= readers.min
        ? []
        : [
            {
              path: [...path, 'readers', index],
              rule: `be a reader that always stands, and there are ${readers.min}`,
              remedy: 'lower it, or raise readers',
            },
          ],
    );
  });
}

/** What a cluster that stands already cannot be, or would be left without. */
function existingProblems({ existing, standby, readers, parameters }: AuroraMysqlSettings): Problem[] {
  if (!existing) return [];
  const problems: Problem[] = [];
  if (standby) {
    problems.push({
      path: ['standby'],
      rule: 'not be said of an existing cluster, which cannot join a global database of ours',
      remedy: 'take it out, or make a new database with standby and move the data',
    });
  }
  if (existing.instances.length > 1 + readers.min) {
    problems.push({
      path: ['readers', 'min'],
      rule: `be at least ${existing.instances.length - 1}, the existing instances beside the writer`,
      remedy: 'raise it, so that each of them has a place',
    });
  }
  if (existing.parameterGroup !== undefined && Object.keys(parameters).length > 0) {
    problems.push({
      path: ['parameters'],
      rule: 'not be said beside existing.parameterGroup, which stays as it is',
      remedy: 'take one of the two out',
    });
  }
  return problems;
}
