import type { Construct } from 'constructs';
import { S3BucketInventory } from '@cdktf/provider-aws/lib/s3-bucket-inventory';
import { bucketArn } from './bucket-names';
import type { ILogBucket } from './log-bucket';
import { inventoryPrefix } from './log-prefixes';

export interface BucketInventoryProps {
  readonly bucketName: string;
  readonly frequency: 'daily' | 'weekly';
  readonly logBucket: ILogBucket;
}

/** A list of all versions, with what one wants to know of them without asking for each. */
export const bucketInventory = (
  scope: Construct,
  { bucketName, frequency, logBucket }: BucketInventoryProps,
): S3BucketInventory =>
  new S3BucketInventory(scope, 'Inventory', {
    bucket: bucketName,
    name: frequency,
    includedObjectVersions: 'All',
    optionalFields: [
      'BucketKeyStatus',
      'EncryptionStatus',
      'IntelligentTieringAccessTier',
      'LastModifiedDate',
      'ObjectLockMode',
      'ObjectLockRetainUntilDate',
      'ReplicationStatus',
      'Size',
      'StorageClass',
    ],
    schedule: { frequency: frequency === 'daily' ? 'Daily' : 'Weekly' },
    destination: {
      bucket: {
        bucketArn: bucketArn(logBucket.bucketName),
        format: 'Parquet',
        prefix: inventoryPrefix(),
        encryption: { sseS3: {} },
      },
    },
  });
