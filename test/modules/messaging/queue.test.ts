import { TerraformOutput } from 'cdktf';
import { Construct } from 'constructs';
import type { z } from 'zod';
import { Queue, type QueueProps } from '../../../modules/messaging/queue';
import type { QueueAccess } from '../../../modules/messaging/queue-access';
import { queueSettings } from '../../../modules/messaging/queue-settings';
import { synthesize, TestClient, testApp, testFoundation, testStack } from '../../support/harness';
import { statementOf, statementsOf } from '../../support/statements';

interface Built {
  readonly settings?: z.input<typeof queueSettings>;
  readonly props?: Partial<QueueProps>;
  /** How a client named `indexer` uses it. @default nobody does */
  readonly access?: QueueAccess;
}

/** A queue named `prices`, built as the workload stack builds it. */
function synthQueue({ settings = {}, props = {}, access }: Built = {}) {
  const app = testApp();
  const foundation = testFoundation(app);
  const stack = testStack(app);
  const queue = new Queue(new Construct(stack, 'Queues'), 'prices', {
    ...foundation,
    ...queueSettings.parse(settings),
    ...props,
  });
  const client = access && new TestClient(stack, 'indexer', foundation.network.vpcId);
  if (client) new TerraformOutput(stack, 'variables', { value: queue.letUse(client, access) });
  return synthesize(stack);
}

const KEY = '${data.terraform_remote_state.foundation.outputs.aws-kms-key-keys-messages-arn}';
const ARN = '${aws_sqs_queue.queues_prices.arn}';
const QUEUE = 'aws_sqs_queue.queues_prices';
const DEAD_LETTERS = 'aws_sqs_queue.queues_prices_dead-letters';
const json = (value: unknown): unknown => JSON.parse(String(value));

describe('A22: a queue', () => {
  test('is exactly this', () => {
    expect(synthQueue().addresses).toEqual([
      'aws_cloudwatch_metric_alarm.queues_prices_alarms_dead-letters',
      'aws_cloudwatch_metric_alarm.queues_prices_alarms_not-received',
      QUEUE,
      DEAD_LETTERS,
      'aws_sqs_queue_policy.queues_prices',
      'aws_sqs_queue_policy.queues_prices_dead-letters-policy',
    ]);
  });

  test('gives what failed five times to its dead letters, which stay as long as SQS keeps anything', () => {
    const out = synthQueue();
    expect(json(out.at(QUEUE)['redrive_policy'])).toEqual({
      deadLetterTargetArn: '${aws_sqs_queue.queues_prices_dead-letters.arn}',
      maxReceiveCount: 5,
    });
    expect(out.at(QUEUE)['message_retention_seconds']).toBe(345_600);
    expect(out.at(DEAD_LETTERS)).toMatchObject({
      name: 'test-prices-dead-letters',
      message_retention_seconds: 1_209_600,
    });
    expect(out.at(DEAD_LETTERS)).not.toHaveProperty('redrive_policy');
  });

  test('alone can get its dead letters back', () => {
    expect(json(synthQueue().at(DEAD_LETTERS)['redrive_allow_policy'])).toEqual({
      redrivePermission: 'byQueue',
      sourceQueueArns: ['arn:aws:sqs:us-east-1:111122223333:test-prices'],
    });
  });

  test.each([QUEUE, DEAD_LETTERS])("is encrypted with the region's key for messages: %s", (address) => {
    expect(synthQueue().at(address)).toMatchObject({ kms_master_key_id: KEY });
  });

  test.each(['queues_prices', 'queues_prices_dead-letters-policy'])(
    'takes nothing without TLS, and permits nothing to anybody: %s',
    (name) => {
      const { policy } = synthQueue().at(`aws_sqs_queue_policy.${name}`);
      expect(statementsOf(policy)).toMatchObject([
        {
          Effect: 'Deny',
          Principal: '*',
          Action: 'sqs:*',
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        },
      ]);
    },
  );

  test('is what the settings say', () => {
    const settings = {
      visibilityTimeoutSeconds: 300,
      maxReceiveCount: 3,
      retentionDays: 10,
      delaySeconds: 30,
      receiveWaitSeconds: 5,
      maxMessageKiB: 1024,
    };
    const out = synthQueue({ settings });
    expect(out.at(QUEUE)).toMatchObject({
      name: 'test-prices',
      visibility_timeout_seconds: 300,
      message_retention_seconds: 864_000,
      delay_seconds: 30,
      receive_wait_time_seconds: 5,
      max_message_size: 1_048_576,
    });
    expect(json(out.at(QUEUE)['redrive_policy'])).toMatchObject({ maxReceiveCount: 3 });
    expect(out.at(DEAD_LETTERS)['max_message_size']).toBe(1_048_576);
  });

  test('waits for messages, unless it is told not to', () => {
    expect(synthQueue().at(QUEUE)['receive_wait_time_seconds']).toBe(20);
  });

  test.each([
    [{ protection: true }, true],
    [{ protection: true, decommission: true }, false],
    [{ protection: false }, false],
  ])('refuses to be deleted with %o: %s', (props, prevent_destroy) => {
    const out = synthQueue({ props });
    for (const address of [QUEUE, DEAD_LETTERS])
      expect(out.at(address)['lifecycle']).toEqual({ prevent_destroy });
  });
});

describe('a queue that keeps its order', () => {
  test('is one with its dead letters, and says so at the end of their names', () => {
    const out = synthQueue({ settings: { fifo: {} } });
    expect(out.at(QUEUE)).toMatchObject({
      name: 'test-prices.fifo',
      fifo_queue: true,
      content_based_deduplication: false,
      deduplication_scope: 'messageGroup',
      fifo_throughput_limit: 'perMessageGroupId',
    });
    expect(out.at(DEAD_LETTERS)).toMatchObject({ name: 'test-prices-dead-letters.fifo', fifo_queue: true });
    expect(json(out.at(DEAD_LETTERS)['redrive_allow_policy'])).toMatchObject({
      sourceQueueArns: ['arn:aws:sqs:us-east-1:111122223333:test-prices.fifo'],
    });
  });

  test('looks for duplicates by content, in all of it, if it is told so', () => {
    const fifo = { contentBasedDeduplication: true, highThroughput: false };
    expect(synthQueue({ settings: { fifo } }).at(QUEUE)).toMatchObject({
      content_based_deduplication: true,
      deduplication_scope: 'queue',
      fifo_throughput_limit: 'perQueue',
    });
  });

  test('says nothing of order where there is none', () => {
    const queue = synthQueue().at(QUEUE);
    for (const key of ['fifo_queue', 'deduplication_scope', 'content_based_deduplication'])
      expect(queue).not.toHaveProperty(key);
  });
});

describe('the alarms of a queue', () => {
  const alarm = (id: string, settings?: Built['settings']) =>
    synthQueue({ ...(settings && { settings }) }).at(
      `aws_cloudwatch_metric_alarm.queues_prices_alarms_${id}`,
    );

  test('ring with the first dead letter', () => {
    expect(alarm('dead-letters')).toMatchObject({
      alarm_name: 'test-prices-queue-dead-letters',
      metric_name: 'ApproximateNumberOfMessagesVisible',
      dimensions: { QueueName: 'test-prices-dead-letters' },
      comparison_operator: 'GreaterThanThreshold',
      threshold: 0,
      evaluation_periods: 1,
      treat_missing_data: 'notBreaching',
      alarm_actions: ['${data.terraform_remote_state.foundation.outputs.aws-sns-topic-alerts-arn}'],
    });
  });

  test.each([
    [undefined, 900],
    [{ oldestMessageMinutes: 60 }, 3600],
  ])('ring when a message waits for too long: %o', (settings, threshold) => {
    expect(alarm('not-received', settings)).toMatchObject({
      metric_name: 'ApproximateAgeOfOldestMessage',
      dimensions: { QueueName: 'test-prices' },
      statistic: 'Maximum',
      threshold,
      treat_missing_data: 'notBreaching',
    });
  });

  test('know a queue that keeps its order by its whole name', () => {
    expect(alarm('dead-letters', { fifo: {} })['dimensions']).toEqual({
      QueueName: 'test-prices-dead-letters.fifo',
    });
  });
});

describe('a service that uses a queue', () => {
  test.each([
    ['send', ['sqs:GetQueueAttributes', 'sqs:SendMessage'], ['kms:Decrypt', 'kms:GenerateDataKey']],
    [
      'receive',
      ['sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'],
      ['kms:Decrypt'],
    ],
    [
      'send-receive',
      [
        'sqs:ChangeMessageVisibility',
        'sqs:DeleteMessage',
        'sqs:GetQueueAttributes',
        'sqs:ReceiveMessage',
        'sqs:SendMessage',
      ],
      ['kms:Decrypt', 'kms:GenerateDataKey'],
    ],
  ] as const)('may %s, and nothing else', (access, actions, keyActions) => {
    const out = synthQueue({ access });
    const policies = out.addresses.filter((address) => address.startsWith('aws_iam_role_policy.'));
    expect(policies).toEqual([`aws_iam_role_policy.indexer_role_${access}-queue-prices`]);
    expect(statementsOf(out.at(policies[0]!)['policy'])).toEqual([
      { Effect: 'Allow', Action: actions, Resource: ARN },
      { Effect: 'Allow', Action: keyActions, Resource: KEY },
    ]);
  });

  test('finds it by its URL', () => {
    expect(synthQueue({ access: 'send' }).output['variables']?.['value']).toEqual({
      QUEUE_PRICES_URL: '${aws_sqs_queue.queues_prices.url}',
    });
  });
});

test('S3 may send for the buckets that are named, on behalf of the account', () => {
  const out = synthQueue({ props: { notifiedBy: ['arn:aws:s3:::test-media'] } });
  const { policy } = out.at('aws_sqs_queue_policy.queues_prices');
  expect(statementOf(policy, 'EventsOfBuckets')).toEqual({
    Sid: 'EventsOfBuckets',
    Effect: 'Allow',
    Principal: { Service: 's3.amazonaws.com' },
    Action: 'sqs:SendMessage',
    Resource: ARN,
    Condition: {
      StringEquals: { 'aws:SourceAccount': '111122223333' },
      ArnEquals: { 'aws:SourceArn': ['arn:aws:s3:::test-media'] },
    },
  });
});
