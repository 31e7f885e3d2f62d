import { Construct } from 'constructs';
import type { z } from 'zod';
import { Queue } from '../../../modules/messaging/queue';
import { queueSettings } from '../../../modules/messaging/queue-settings';
import { BucketNotifications } from '../../../modules/storage/bucket-notifications';
import { bucketNotify, notifyProblems } from '../../../modules/storage/bucket-notify-settings';
import { synthesize, testApp, testFoundation, testStack } from '../../support/harness';

type Input = z.input<typeof bucketNotify>;

function synthNotifications(notify: Input, existing?: string) {
  const app = testApp();
  const foundation = testFoundation(app);
  const stack = testStack(app);
  const scope = new Construct(stack, 'Queues');
  const queues = ['uploads', 'audit'].map(
    (name) => [name, new Queue(scope, name, { ...foundation, ...queueSettings.parse({}) })] as const,
  );
  new BucketNotifications(new Construct(new Construct(stack, 'Buckets'), 'media'), 'Notifications', {
    bucketName: 'test-media',
    existing,
    notify: bucketNotify.parse(notify),
    queues: new Map(queues),
  });
  return synthesize(stack);
}

const ADDRESS = 'aws_s3_bucket_notification.buckets_media_notifications';
const problems = (notify: Input) => notifyProblems({ notify: bucketNotify.parse(notify) });

describe('A22: the events of a bucket', () => {
  test('go to queues once these let S3 in, in an order of their own', () => {
    const notify = {
      uploads: { prefix: 'in/', suffix: '.jpg' },
      audit: { events: ['removed', 'expired'] },
    } satisfies Input;
    expect(synthNotifications(notify).at(ADDRESS)).toEqual({
      bucket: 'test-media',
      queue: [
        {
          id: 'audit',
          queue_arn: '${aws_sqs_queue.queues_audit.arn}',
          events: ['s3:ObjectRemoved:*', 's3:LifecycleExpiration:*'],
        },
        {
          id: 'uploads',
          queue_arn: '${aws_sqs_queue.queues_uploads.arn}',
          events: ['s3:ObjectCreated:*'],
          filter_prefix: 'in/',
          filter_suffix: '.jpg',
        },
      ],
      depends_on: ['aws_sqs_queue_policy.queues_audit', 'aws_sqs_queue_policy.queues_uploads'],
    });
  });

  test('of a bucket that stands already are read before they are written', () => {
    expect(synthNotifications({ uploads: {} }, 'shop-media').json['import']).toEqual([
      { to: ADDRESS, id: 'shop-media' },
    ]);
    expect(synthNotifications({ uploads: {} }).json).not.toHaveProperty('import');
  });

  test.each<[string, Input]>([
    ['the same', { uploads: {}, audit: {} }],
    ['one within the other', { uploads: { prefix: 'in/' }, audit: { prefix: 'in/deep/' } }],
    ['ends of one key', { uploads: { suffix: '.jpg' }, audit: { suffix: 'x.jpg' } }],
    ['a beginning and an end', { uploads: { prefix: 'in/' }, audit: { suffix: '.jpg' } }],
  ])('are told to one queue alone, as S3 wants it: %s', (_what, notify) => {
    expect(problems(notify)).toEqual([
      {
        path: ['notify', 'audit'],
        rule: 'not be told of the same objects as uploads: S3 tells one queue that an object was created',
        remedy: 'give the two prefixes or suffixes of which none begins or ends with the other',
      },
    ]);
  });

  test.each<[string, Input]>([
    ['events', { uploads: {}, audit: { events: ['removed'] } }],
    ['beginnings', { uploads: { prefix: 'in/' }, audit: { prefix: 'out/' } }],
    ['ends', { uploads: { suffix: '.jpg' }, audit: { suffix: '.png' } }],
  ])('may go to two queues with other %s', (_what, notify) => {
    expect(problems(notify)).toEqual([]);
  });
});
