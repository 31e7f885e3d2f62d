import type { Problem, RuleContext } from '../settings/capability-rules';
import type { AuroraMysqlSettings } from './aurora-mysql-settings';
import { isBurstable } from './instance-class';

/** What a database of several regions needs of each of them. */
export const globalDatabaseProblems = (settings: AuroraMysqlSettings, context: RuleContext): Problem[] => [
  ...primaryRegionProblems(settings, context),
  ...memberProblems(settings, context),
  ...crossRegionReadProblems(settings, context),
  ...writeForwardingProblems(settings, context),
];

function primaryRegionProblems(
  { primaryRegion, standby }: AuroraMysqlSettings,
  { regions }: RuleContext,
): Problem[] {
  if (primaryRegion === undefined) return [];
  const known = regions.filter(({ role }) => role === 'primary' || standby).map(({ name }) => name);
  if (known.includes(primaryRegion)) return [];
  return [
    {
      path: ['primaryRegion'],
      rule: `be a region that the database stands in: one of ${known.join(', ')}`,
      remedy: 'correct it, or take it out',
    },
  ];
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database.configuration.requirements.html */
function memberProblems(
  { standby, readers, instanceClass }: AuroraMysqlSettings,
  { regions }: RuleContext,
): Problem[] {
  if (!standby) return [];
  const standbys = regions.filter(({ role }) => role === 'standby').length;
  if (standbys === 0) return [];
  const problems: Problem[] = [];
  const classes = [
    { path: ['instanceClass'], value: instanceClass },
    { path: ['standby', 'instanceClass'], value: standby.instanceClass },
  ];
  for (const { path, value } of classes) {
    if (value === undefined || !isBurstable(value)) continue;
    problems.push({
      path,
      rule: 'be made for memory in a global database',
      remedy: 'choose one like db.r8g.large, or take standby out',
    });
  }
  if (readers.max > 15 - standbys) {
    problems.push({
      path: ['readers', 'max'],
      rule: `be at most ${15 - standbys} with ${standbys === 1 ? 'a standby region' : `${standbys} standby regions`}`,
      remedy: 'lower it: each secondary cluster takes the place of a reader',
    });
  }
  return problems;
}

/** Where nothing runs, nothing answers; and what has stopped for want of connections measures nothing, as if it were lost. */
function crossRegionReadProblems(
  { crossRegionReads, standby, capacity }: AuroraMysqlSettings,
  { production }: RuleContext,
): Problem[] {
  if (!crossRegionReads) return [];
  const problems: Problem[] = [];
  // production refuses it in any case
  if (standby && standby.readers.min < 1 && !production) {
    problems.push({
      path: ['standby', 'readers'],
      rule: 'be at least 1 with crossRegionReads',
      remedy: 'raise it: a cluster without instances cannot be read',
    });
  }
  if (capacity?.min === 0 && !production) {
    problems.push({
      path: ['capacity', 'min'],
      rule: 'be at least 0.5 with crossRegionReads',
      remedy: 'raise it: reads would go to the other region whenever the instances here have stopped',
    });
  }
  return problems;
}

/** Percent of its connections that the cluster that writes keeps for forwarded writes, unless a parameter says otherwise. */
const FORWARDED_PERCENT = 10;

/**
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/rds-proxy-connections.html and the page on write
 * forwarding: a proxy has to leave these connections alone, and knows no consistency of sessions.
 */
function writeForwardingProblems(
  { writeForwarding, standby, proxy, parameters }: AuroraMysqlSettings,
  { production }: RuleContext,
): Problem[] {
  if (!writeForwarding) return [];
  if (!standby) {
    return [
      {
        path: ['writeForwarding'],
        rule: 'be false without standby',
        remedy: 'take it out: there is no cluster that forwards',
      },
    ];
  }
  const problems: Problem[] = [];
  if (standby.readers.min < 1 && !production) {
    problems.push({
      path: ['standby', 'readers'],
      rule: 'be at least 1 with writeForwarding',
      remedy: 'raise it: a cluster without instances takes no writes that it could forward',
    });
  }
  if (!proxy) return problems;
  const kept = Number(parameters['aurora_fwd_writer_max_connections_pct'] ?? FORWARDED_PERCENT);
  if (Number.isInteger(kept) && kept >= 0 && kept <= 90 && proxy.maxConnectionsPercent > 100 - kept) {
    problems.push({
      path: ['proxy', 'maxConnectionsPercent'],
      rule: `be at most ${100 - kept} with writeForwarding, which keeps ${kept} % of the connections`,
      remedy: 'lower it, or aurora_fwd_writer_max_connections_pct of parameters',
    });
  }
  if (parameters['aurora_replica_read_consistency']?.toLowerCase() === 'session') {
    problems.push({
      path: ['parameters', 'aurora_replica_read_consistency'],
      rule: 'be eventual or global with a proxy, which knows no consistency of sessions',
      remedy: 'change it, or take proxy out',
    });
  }
  return problems;
}
