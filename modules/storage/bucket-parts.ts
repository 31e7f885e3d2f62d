import type { TerraformResource } from 'cdktf';
import { adopt } from '../adoption/adopt';
import type { Foundation } from '../foundation/foundation';
import { archiveTiers } from './archive-tiers';
import { bucketInventory } from './bucket-inventory';
import type { BucketSettings } from './bucket-settings';
import { objectLock } from './object-lock';
import type { PrivateBucket } from './private-bucket';
import { serverAccessLogs } from './server-access-logs';

export interface BucketPartsProps extends Pick<Foundation, 'logBucket'>, BucketSettings {
  /** What the settings call the bucket. */
  readonly name: string;
}

/** What a bucket has only if its settings say so; of one that stood already what it has of it is taken over. */
export function addBucketParts(bucket: PrivateBucket, props: BucketPartsProps): void {
  const { name, logBucket, existing } = props;
  const { bucketName } = bucket;
  const takeOver = (part: 'accessLogs' | 'objectLock', resource: TerraformResource) => {
    if (existing && !existing.lacks.includes(part)) adopt(resource, existing.name);
  };
  if (props.accessLogs) takeOver('accessLogs', serverAccessLogs(bucket, { name, bucketName, logBucket }));
  if (props.objectLock)
    takeOver('objectLock', objectLock(bucket, { bucketName, ...props.objectLock }, bucket.versioning));
  // these two have names, so that those of others stay beside them
  if (props.inventory !== 'none')
    bucketInventory(bucket, { bucketName, frequency: props.inventory, logBucket });
  if (props.archiveTiers) archiveTiers(bucket, { bucketName, ...props.archiveTiers });
}
