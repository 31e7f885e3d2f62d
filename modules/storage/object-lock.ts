import type { ITerraformDependable } from 'cdktf';
import { z } from 'zod';
import type { Construct } from 'constructs';
import { S3BucketObjectLockConfigurationA } from '@cdktf/provider-aws/lib/s3-bucket-object-lock-configuration';
import { count } from '../settings/fields';

/** How long versions cannot be deleted. */
export const objectLockSettings = z.strictObject({
  /**
   * `governance`: roles with s3:BypassGovernanceRetention may still delete them; none of ours has it. `compliance`:
   * nobody can, the owner of the account included, and the bucket stays and is paid for until the last one has expired.
   */
  mode: z.enum(['governance', 'compliance']),
  /** Days from its creation that a version is kept. A longer time holds for new objects only. */
  days: count(1, 36_500),
});

export type ObjectLockSettings = z.output<typeof objectLockSettings>;

/**
 * S3 takes it for buckets that stand already too, so that the bucket itself does not say `object_lock_enabled`, which would
 * replace it. It can never be turned off: taken out, new objects are locked no more, and old ones stay locked.
 */
export const objectLock = (
  scope: Construct,
  { bucketName, mode, days }: ObjectLockSettings & { readonly bucketName: string },
  versioning: ITerraformDependable,
): S3BucketObjectLockConfigurationA =>
  new S3BucketObjectLockConfigurationA(scope, 'ObjectLock', {
    bucket: bucketName,
    rule: { defaultRetention: { mode: mode.toUpperCase(), days } },
    dependsOn: [versioning],
  });
