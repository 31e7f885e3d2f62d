import { Construct } from 'constructs';
import { S3BucketNotification } from '@cdktf/provider-aws/lib/s3-bucket-notification';
import { adopt } from '../adoption/adopt';
import type { Queue } from '../messaging/queue';
import { BUCKET_EVENTS, type BucketNotify } from './bucket-notify-settings';

export interface BucketNotificationsProps {
  readonly bucketName: string;
  /** Name of the bucket, if it stands already. S3 has a list of each bucket, be it empty. @default it is made */
  readonly existing?: string | undefined;
  /** By name of the queue. */
  readonly notify: BucketNotify;
  readonly queues: ReadonlyMap<string, Queue>;
}

/** Tells queues what happens in a bucket: a bucket has one list of all of them, and refuses to have it in parts. */
export class BucketNotifications extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { bucketName, existing, notify, queues }: BucketNotificationsProps,
  ) {
    super(scope, id);
    const told = byName(notify).map(([name, settings]) => {
      const queue = queues.get(name);
      if (!queue)
        throw new Error(`${this.node.path}: ${name} must stand in this region; settings are checked before`);
      return { ...settings, name, queue };
    });
    const notification = new S3BucketNotification(this, 'Notification', {
      bucket: bucketName,
      queue: told.map(({ name, queue, events, prefix, suffix }) => ({
        // else the provider makes one up
        id: name,
        queueArn: queue.arn,
        events: events.map((event) => BUCKET_EVENTS[event]),
        ...(prefix !== undefined && { filterPrefix: prefix }),
        ...(suffix !== undefined && { filterSuffix: suffix }),
      })),
      // S3 sends a test message as soon as it is told, and takes no queue that refuses it
      dependsOn: told.map(({ queue }) => queue.policy),
    });
    if (existing !== undefined) adopt(notification, existing);
  }
}

/** The order of the settings is that of whoever writes them. */
const byName = (notify: BucketNotify) => Object.entries(notify).sort(([a], [b]) => (a < b ? -1 : 1));
