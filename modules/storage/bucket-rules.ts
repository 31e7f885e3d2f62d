import type { Problem, RuleContext, UsableRules } from '../settings/capability-rules';
import type { LifeCycle } from '../settings/fields';
import { standbyProblems } from '../settings/standby-problems';
import { bucketNameOf, replicationRoleName } from './bucket-names';
import { notifyProblems } from './bucket-notify-settings';
import {
  ARCHIVE_STORAGE_CLASSES,
  bucketVariable,
  isVpcOnly,
  KIB_128,
  LOG_BUCKET,
  type BucketSettings,
} from './bucket-settings';

/** What the schema of a single value cannot say. */
export const bucketRules: UsableRules<BucketSettings> = {
  problems(name, settings, context) {
    return [
      ...nameProblems(name),
      ...accessProblems(settings),
      ...archiveProblems(settings),
      ...productionProblems(settings, context),
      ...standbyProblems(settings, context),
      ...existingProblems(settings, context),
      ...replicationProblems(settings, context),
      ...notifyProblems(settings),
    ];
  },
  names(name, { replication }, naming) {
    return [
      { kind: 'bucket', name: bucketNameOf(naming, name) },
      ...(replication ? [{ kind: 'role', name: replicationRoleName(naming, name) } as const] : []),
    ];
  },
  variables(name) {
    return [bucketVariable(name)];
  },
};

function nameProblems(name: string): Problem[] {
  if (name !== LOG_BUCKET) return [];
  return [
    {
      path: [],
      rule: `not be named ${LOG_BUCKET}`,
      remedy: 'rename it: the log bucket of the region has that name',
    },
  ];
}

function accessProblems(settings: BucketSettings): Problem[] {
  if (settings.exemptRoles.length === 0 || isVpcOnly(settings)) return [];
  return [
    {
      path: ['exemptRoles'],
      rule: "be empty without access: 'vpc', since nothing is kept from anybody then",
      remedy: "take them out, or set access to 'vpc'",
    },
  ];
}

function archiveProblems(settings: BucketSettings): Problem[] {
  return [...tierProblems(settings), ...classProblems(settings)];
}

function tierProblems({ archiveStorageClass, archiveTiers }: BucketSettings): Problem[] {
  if (!archiveTiers) return [];
  const { archiveAfterIdleDays: first, deepArchiveAfterIdleDays: second } = archiveTiers;
  const problem = (rule: string, remedy: string, ...path: string[]) => [
    { path: ['archiveTiers', ...path], rule, remedy },
  ];
  if (archiveStorageClass !== 'intelligent-tiering')
    return problem(
      'be set with archiveStorageClass intelligent-tiering alone, whose tiers they are',
      'take it out, or choose that class',
    );
  if (first === undefined && second === undefined)
    return problem('say after how many days', 'set one of its two settings, or take it out');
  if (first !== undefined && second !== undefined && second <= first)
    return problem(
      `be more than archiveAfterIdleDays, ${first}`,
      'raise it, or take one of the two out',
      'deepArchiveAfterIdleDays',
    );
  return [];
}

function classProblems(settings: BucketSettings): Problem[] {
  const { archiveStorageClass, archiveAfterDays, expireAfterDays, minimumArchiveSizeBytes } = settings;
  if (archiveStorageClass === 'none') return [];
  const { minimumDays } = ARCHIVE_STORAGE_CLASSES[archiveStorageClass];
  const problems: Problem[] = [];
  if (expireAfterDays !== undefined && expireAfterDays < archiveAfterDays + minimumDays) {
    problems.push({
      path: ['expireAfterDays'],
      rule: `be at least ${archiveAfterDays + minimumDays}: archiveAfterDays and the ${minimumDays} days that ${archiveStorageClass} is billed for at least`,
      remedy: 'raise it, or set archiveStorageClass to none',
    });
  }
  if (archiveStorageClass === 'glacier-instant' && minimumArchiveSizeBytes < KIB_128) {
    problems.push({
      path: ['minimumArchiveSizeBytes'],
      rule: `be at least ${KIB_128} with glacier-instant, which bills smaller objects as if they had that size`,
      remedy: 'raise it, or choose another archiveStorageClass',
    });
  }
  return problems;
}

function productionProblems({ keepVersionsDays }: BucketSettings, { production }: RuleContext): Problem[] {
  if (!production || keepVersionsDays >= 7) return [];
  return [
    {
      path: ['keepVersionsDays'],
      rule: 'be at least 7 in production',
      remedy: 'raise it: old versions are the backup that a mistaken deletion is undone from',
    },
  ];
}

/** A bucket stands in one region alone. */
function existingProblems({ standby }: BucketSettings, { regions }: RuleContext): Problem[] {
  if (!standby?.existing || regions.filter(({ role }) => role === 'standby').length < 2) return [];
  return [
    {
      path: ['standby', 'existing'],
      rule: 'stand in the only standby region, and there are several',
      remedy: 'take it out: the buckets of the standby regions are made then',
    },
  ];
}

function replicationProblems(
  { standby, replication, decommission = false }: BucketSettings & LifeCycle,
  { production }: RuleContext,
): Problem[] {
  if (replication && !standby) {
    return [
      {
        path: ['replication'],
        rule: 'have somewhere to copy to, and the bucket has no standby',
        remedy: 'add standby: {}, or take replication out',
      },
    ];
  }
  if (!production || !standby || replication || decommission) return [];
  return [
    {
      path: ['replication'],
      rule: 'be set in production where the bucket has a standby',
      remedy:
        'add replication: {}, or take standby out: a bucket without the objects helps nobody after a failover',
    },
  ];
}
