import type { Queue } from '../../modules/messaging/queue';
import type { Bucket } from '../../modules/storage/bucket';
import { BucketNotifications } from '../../modules/storage/bucket-notifications';
import type { RegionPlan } from '../config/region-plan';

type Buckets = ReadonlyMap<string, Bucket>;

/** ARNs of the buckets whose events go to a queue: its policy names them. */
export const bucketsThatNotify = (
  { buckets: settings }: RegionPlan,
  buckets: Buckets,
  queue: string,
): string[] =>
  [...buckets.keys()]
    .sort()
    .flatMap((name) => (settings[name]?.notify[queue] === undefined ? [] : (buckets.get(name)?.arn ?? [])));

/** Within the bucket that they are of; after the queues, which come after the buckets. */
export function addBucketNotifications(
  { buckets: settings }: RegionPlan,
  buckets: Buckets,
  queues: ReadonlyMap<string, Queue>,
): void {
  for (const [name, bucket] of buckets) {
    const { notify = {}, existing } = settings[name] ?? {};
    if (Object.keys(notify).length === 0) continue;
    new BucketNotifications(bucket, 'Notifications', {
      bucketName: bucket.bucketName,
      existing: existing?.name,
      notify,
      queues,
    });
  }
}
