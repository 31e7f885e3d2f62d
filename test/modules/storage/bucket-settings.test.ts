import type { z } from 'zod';
import { brokenNameRule } from '../../../modules/naming/name-rules';
import { Naming } from '../../../modules/naming/naming';
import type { RuleContext } from '../../../modules/settings/capability-rules';
import { bucketRules } from '../../../modules/storage/bucket-rules';
import { bucketSettings } from '../../../modules/storage/bucket-settings';
import { naming } from '../../support/harness';

type Input = z.input<typeof bucketSettings>;

const context: RuleContext = {
  production: false,
  regions: [{ name: 'us-east-1', role: 'primary' }],
  domain: undefined,
};
const problems = (input: Input, change: Partial<RuleContext> = {}, name = 'media') =>
  bucketRules.problems(name, bucketSettings.parse(input), { ...context, ...change });

describe('settings of a bucket', () => {
  test('have these defaults', () => {
    expect(bucketSettings.parse({})).toEqual({
      accessLogs: false,
      exemptRoles: [],
      inventory: 'none',
      archiveAfterDays: 180,
      archiveStorageClass: 'glacier-instant',
      minimumArchiveSizeBytes: 131_072,
      keepVersionsDays: 90,
      notify: {},
    });
  });

  test('take these, and no others', () => {
    const all: Required<Input> = {
      access: 'vpc' as const,
      exemptRoles: ['arn:aws:iam::111122223333:role/restore'],
      archiveAfterDays: 30,
      archiveStorageClass: 'deep-archive',
      archiveTiers: { archiveAfterIdleDays: 90, deepArchiveAfterIdleDays: 180 },
      objectLock: { mode: 'governance' as const, days: 365 },
      accessLogs: true,
      inventory: 'daily' as const,
      minimumArchiveSizeBytes: 16_384,
      keepVersionsDays: 7,
      expireAfterDays: 400,
      notify: { uploads: { events: ['created', 'removed'], prefix: 'in/', suffix: '.jpg' } },
      existing: { name: 'shop-media', lacks: ['policy'] },
      standby: { existing: { name: 'shop-media-west', lacks: [] } },
      replication: { bothWays: false, timeControl: true, metrics: true },
    };
    expect(bucketSettings.parse(all)).toEqual(all);
    for (const unknown of [
      { archiveDays: 1 },
      { standby: { archiveAfterDays: 1 } },
      { existing: { name: 'shop-media', has: [] } },
    ]) {
      expect(bucketSettings.safeParse(unknown).error?.issues[0]?.code).toBe('unrecognized_keys');
    }
  });

  test.each(['glacier-instant', 'glacier-flexible', 'deep-archive', 'none'] as const)(
    'know the storage class %s',
    (archiveStorageClass) => {
      expect(bucketSettings.safeParse({ archiveStorageClass }).success).toBe(true);
    },
  );

  test.each<[keyof Input, number, number]>([
    ['archiveAfterDays', 1, 3650],
    ['minimumArchiveSizeBytes', 16_384, 1_073_741_824],
    ['keepVersionsDays', 1, 3650],
    ['expireAfterDays', 1, 36_500],
  ])('take for %s whole numbers from %i to %i', (key, min, max) => {
    const takes = (value: number) => bucketSettings.safeParse({ [key]: value }).success;
    expect([min - 1, min, max, max + 1, min + 0.5].map(takes)).toEqual([false, true, true, false, false]);
  });

  test('know no other storage class', () => {
    expect(bucketSettings.safeParse({ archiveStorageClass: 'glacier' }).success).toBe(false);
  });
});

describe('rules of a bucket', () => {
  test('accept the defaults, in production as well', () => {
    expect(problems({}, { production: true })).toEqual([]);
  });

  test.each<[Input, string]>([
    [
      { expireAfterDays: 269 },
      'be at least 270: archiveAfterDays and the 90 days that glacier-instant is billed for at least',
    ],
    [
      { expireAfterDays: 119, archiveAfterDays: 30, archiveStorageClass: 'glacier-flexible' },
      'be at least 120: archiveAfterDays and the 90 days that glacier-flexible is billed for at least',
    ],
    [
      { expireAfterDays: 359, archiveStorageClass: 'deep-archive' },
      'be at least 360: archiveAfterDays and the 180 days that deep-archive is billed for at least',
    ],
  ])('refuse to delete what has hardly been archived: %o', (input, rule) => {
    expect(problems(input)).toEqual([
      { path: ['expireAfterDays'], rule, remedy: 'raise it, or set archiveStorageClass to none' },
    ]);
    expect(problems({ ...input, expireAfterDays: (input.expireAfterDays ?? 0) + 1 })).toEqual([]);
    expect(problems({ ...input, archiveStorageClass: 'none' })).toEqual([]);
  });

  test('refuse to archive small objects where they are billed as larger ones', () => {
    expect(problems({ minimumArchiveSizeBytes: 131_071 })).toEqual([
      {
        path: ['minimumArchiveSizeBytes'],
        rule: 'be at least 131072 with glacier-instant, which bills smaller objects as if they had that size',
        remedy: 'raise it, or choose another archiveStorageClass',
      },
    ]);
    for (const archiveStorageClass of ['glacier-flexible', 'deep-archive', 'none'] as const) {
      expect(problems({ minimumArchiveSizeBytes: 16_384, archiveStorageClass })).toEqual([]);
    }
  });

  test('refuse in production what leaves less than a week to undo a deletion', () => {
    expect(problems({ keepVersionsDays: 6 }, { production: true })).toEqual([
      {
        path: ['keepVersionsDays'],
        rule: 'be at least 7 in production',
        remedy: 'raise it: old versions are the backup that a mistaken deletion is undone from',
      },
    ]);
    expect(problems({ keepVersionsDays: 7 }, { production: true })).toEqual([]);
    expect(problems({ keepVersionsDays: 6 })).toEqual([]);
  });

  test('refuse a standby bucket where no region is a standby', () => {
    expect(problems({ standby: {} })).toEqual([
      {
        path: ['standby'],
        rule: 'stand in a standby region, and the environment has none',
        remedy: 'add a region with the role standby, or take standby out',
      },
    ]);
    const regions = [...context.regions, { name: 'us-west-2', role: 'standby' } as const];
    expect(problems({ standby: {} }, { regions })).toEqual([]);
  });

  test('refuse the name of the log bucket', () => {
    expect(problems({}, {}, 'logs')).toEqual([
      {
        path: [],
        rule: 'not be named logs',
        remedy: 'rename it: the log bucket of the region has that name',
      },
    ]);
  });

  test('say every problem at once', () => {
    const input = { expireAfterDays: 1, minimumArchiveSizeBytes: 20_000, keepVersionsDays: 1, standby: {} };
    expect(problems(input, { production: true }, 'logs').map(({ path }) => path.join('.'))).toEqual([
      '',
      'expireAfterDays',
      'minimumArchiveSizeBytes',
      'keepVersionsDays',
      'standby',
      'replication',
    ]);
  });
});

describe('the copies of a bucket', () => {
  const regions = [
    { name: 'us-east-1', role: 'primary' as const },
    { name: 'us-west-2', role: 'standby' as const },
  ];
  const pathsOf = (input: Input, production = true) =>
    bucketRules
      .problems('media', bucketSettings.parse(input), { production, regions, domain: undefined })
      .map(({ path }) => path.join('.'));

  test('need a standby to go to', () => {
    expect(pathsOf({ replication: {} }, false)).toEqual(['replication']);
    expect(pathsOf({ replication: {}, standby: {} }, false)).toEqual([]);
  });

  test('are wanted in production wherever there is a standby', () => {
    expect(pathsOf({ standby: {} })).toEqual(['replication']);
    expect(pathsOf({ standby: {}, replication: {} })).toEqual([]);
    expect(pathsOf({ standby: {} }, false)).toEqual([]);
    expect(pathsOf({})).toEqual([]);
  });

  test('have a role, whose name is held against the limit of IAM', () => {
    const settings = bucketSettings.parse({ standby: {}, replication: {} });
    expect(bucketRules.names('media', settings, naming)).toContainEqual({
      kind: 'role',
      name: 'test-media-replication-us-east-1',
    });
  });
});

describe('the name of a bucket', () => {
  const names = (name: string, place = naming) => bucketRules.names(name, bucketSettings.parse({}), place);

  test('is unique in the world', () => {
    expect(names('media')).toEqual([{ kind: 'bucket', name: 'test-media-us-east-1-111122223333' }]);
  });

  test('is held against the limit of S3', () => {
    const far = new Naming({ environment: 'test', account: '111122223333', region: 'ap-southeast-1' });
    const [fits, doesNot] = [names('m'.repeat(30), far)[0]!, names('m'.repeat(31), far)[0]!];
    expect(brokenNameRule(fits)).toBeUndefined();
    expect(brokenNameRule(doesNot)).toContain('at most 63 characters');
  });

  test('name no existing bucket for several standby regions', () => {
    const regions = ['us-west-2', 'eu-west-1'].map((name) => ({ name, role: 'standby' as const }));
    const standby = { existing: 'shop-media-west' };
    expect(problems({ standby }, { regions: regions.slice(1) })).toEqual([]);
    expect(problems({ standby }, { regions })).toEqual([
      expect.objectContaining({ path: ['standby', 'existing'] }),
    ]);
  });
});
