import { z } from 'zod';
import type { Construct } from 'constructs';
import { S3BucketIntelligentTieringConfiguration } from '@cdktf/provider-aws/lib/s3-bucket-intelligent-tiering-configuration';
import { count } from '../settings/fields';

/** When what nobody reads goes to the tiers of Intelligent-Tiering that have to be restored from. */
export const archiveTierSettings = z.strictObject({
  /** Days that nobody has read an object, after which it costs $0.0036 a GB and takes 3 to 5 hours to restore. @default never */
  archiveAfterIdleDays: count(90, 730).optional(),
  /** The same for $0.00099 a GB and within 12 hours; more than `archiveAfterIdleDays`. @default never */
  deepArchiveAfterIdleDays: count(180, 730).optional(),
});

export type ArchiveTierSettings = z.output<typeof archiveTierSettings>;

/** Tiers that S3 uses only if it is told to, since reading from them fails until an object has been restored. */
export const archiveTiers = (
  scope: Construct,
  { bucketName, ...settings }: ArchiveTierSettings & { bucketName: string },
): S3BucketIntelligentTieringConfiguration =>
  new S3BucketIntelligentTieringConfiguration(scope, 'IntelligentTiering', {
    bucket: bucketName,
    name: 'archive-idle',
    tiering: [
      ...tier('ARCHIVE_ACCESS', settings.archiveAfterIdleDays),
      ...tier('DEEP_ARCHIVE_ACCESS', settings.deepArchiveAfterIdleDays),
    ],
  });

const tier = (accessTier: string, days: number | undefined) =>
  days === undefined ? [] : [{ accessTier, days }];
