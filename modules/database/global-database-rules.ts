import type { Problem, RuleContext } from '../settings/capability-rules';
import type { AuroraMysqlSettings } from './aurora-mysql-settings';
import { isBurstable } from './instance-class';

/** What a database of several regions needs of each of them. */
export const globalDatabaseProblems = (settings: AuroraMysqlSettings, context: RuleContext): Problem[] => [
  ...primaryRegionProblems(settings, context),
  ...memberProblems(settings, context),
  ...crossRegionReadProblems(settings, context),
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
