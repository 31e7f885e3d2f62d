import { Construct } from 'constructs';
import type { z } from 'zod';
import { Bucket } from '../../../modules/storage/bucket';
import { bucketRules } from '../../../modules/storage/bucket-rules';
import { bucketSettings } from '../../../modules/storage/bucket-settings';
import { LogBucket } from '../../../modules/storage/log-bucket';
import {
  ACCOUNT,
  naming,
  synth,
  synthesize,
  testApp,
  testFoundation,
  testStack,
} from '../../support/harness';
import { statementOf } from '../../support/statements';

type Input = z.input<typeof bucketSettings>;

function synthBucket(settings: Input) {
  const app = testApp();
  const foundation = testFoundation(app);
  const stack = testStack(app);
  new Bucket(new Construct(stack, 'Buckets'), 'media', { ...foundation, ...bucketSettings.parse(settings) });
  return synthesize(stack);
}

const pathsOf = (input: Input) =>
  bucketRules
    .problems('media', bucketSettings.parse(input), { production: false, regions: [], domain: undefined })
    .map(({ path }) => path.join('.'));

describe('a bucket', () => {
  test('S11: sends what nobody has read for six months to the archive tiers', () => {
    const built = synthBucket({
      archiveStorageClass: 'intelligent-tiering',
      archiveAfterDays: 30,
      archiveTiers: { archiveAfterIdleDays: 180, deepArchiveAfterIdleDays: 365 },
    });
    expect(built.at('aws_s3_bucket_lifecycle_configuration.buckets_media')['rule']).toMatchObject([
      { transition: [{ days: 30, storage_class: 'INTELLIGENT_TIERING' }] },
      {},
    ]);
    expect(built.at('aws_s3_bucket_intelligent_tiering_configuration.buckets_media')['tiering']).toEqual([
      { access_tier: 'ARCHIVE_ACCESS', days: 180 },
      { access_tier: 'DEEP_ARCHIVE_ACCESS', days: 365 },
    ]);
  });

  test('says tiers only of the class that has them, and the deeper one later', () => {
    const archiveStorageClass = 'intelligent-tiering' as const;
    expect(pathsOf({ archiveTiers: { archiveAfterIdleDays: 180 } })).toEqual(['archiveTiers']);
    expect(pathsOf({ archiveStorageClass, archiveTiers: {} })).toEqual(['archiveTiers']);
    const archiveTiers = { archiveAfterIdleDays: 365, deepArchiveAfterIdleDays: 365 };
    expect(pathsOf({ archiveStorageClass, archiveTiers })).toEqual(['archiveTiers.deepArchiveAfterIdleDays']);
    expect(pathsOf({ archiveStorageClass, archiveTiers: { archiveAfterIdleDays: 180 } })).toEqual([]);
  });

  test('locks versions without saying so of itself, which would replace it', () => {
    const built = synthBucket({ objectLock: { mode: 'compliance', days: 30 } });
    expect(built.at('aws_s3_bucket_object_lock_configuration.buckets_media')).toMatchObject({
      rule: { default_retention: { mode: 'COMPLIANCE', days: 30 } },
      depends_on: ['aws_s3_bucket_versioning.buckets_media'],
    });
    expect(built.at('aws_s3_bucket.buckets_media')).not.toHaveProperty('object_lock_enabled');
  });

  test('writes requests and lists of objects into the log bucket, where they may be written', () => {
    const built = synthBucket({ accessLogs: true, inventory: 'daily' });
    const { target_bucket, target_prefix } = built.at('aws_s3_bucket_logging.buckets_media') as Record<
      string,
      string
    >;
    const { destination, included_object_versions } = built.at('aws_s3_bucket_inventory.buckets_media') as {
      destination: { bucket: { bucket_arn: string; prefix: string } };
      included_object_versions: string;
    };
    expect(included_object_versions).toBe('All');
    expect(destination.bucket.bucket_arn).toBe(`arn:aws:s3:::${target_bucket}`);
    const logs = synth((stack) => {
      new LogBucket(stack, 'Logs', {
        naming,
        protection: true,
        retentionDays: 30,
        existingBuckets: ['shop'],
      });
    }).at('aws_s3_bucket_policy.logs')['policy'];
    const access = statementOf(logs, 'AccessLogsOfBuckets');
    expect(access).toMatchObject({
      Principal: { Service: 'logging.s3.amazonaws.com' },
      Action: 's3:PutObject',
      Condition: {
        StringEquals: { 'aws:SourceAccount': ACCOUNT },
        ArnLike: { 'aws:SourceArn': ['arn:aws:s3:::test-*', 'arn:aws:s3:::shop'] },
      },
    });
    expect(`/${target_prefix}`.startsWith(String(access?.['Resource']).replace(/^[^/]*|\*$/g, ''))).toBe(
      true,
    );
    expect(String(statementOf(logs, 'InventoriesOfBuckets')?.['Resource'])).toMatch(
      new RegExp(`/${destination.bucket.prefix}/\\*$`),
    );
  });

  test('that stood already is taken over with its lock and its logs, unless it lacks them', () => {
    const parts = { objectLock: { mode: 'governance', days: 1 }, accessLogs: true } as const;
    const importsOf = (existing: Input['existing']) =>
      (synthBucket({ ...parts, existing }).json['import'] as { to: string }[]).map(({ to }) => to);
    const optional = [
      'aws_s3_bucket_logging.buckets_media',
      'aws_s3_bucket_object_lock_configuration.buckets_media',
    ];
    expect(importsOf('shop-media')).toEqual(expect.arrayContaining(optional));
    const without = importsOf({ name: 'shop-media', lacks: ['accessLogs', 'objectLock'] });
    expect(without.filter((to) => optional.includes(to))).toEqual([]);
  });
});
