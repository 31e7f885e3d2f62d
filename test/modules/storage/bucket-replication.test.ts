import { Construct } from 'constructs';
import { BucketReplication, type BucketReplicationProps } from '../../../modules/storage/bucket-replication';
import { replicationSettings } from '../../../modules/storage/replication-settings';
import { ACCOUNT, synthesize, testApp, testFoundation, testStack } from '../../support/harness';
import { statementsOf } from '../../support/statements';

const WEST = { region: 'us-west-2', bucketName: `test-media-us-west-2-${ACCOUNT}` };
const ROLE = 'aws_iam_role.buckets_media_replication';
const CONFIGURATION = 'aws_s3_bucket_replication_configuration.buckets_media';

/** Of a bucket in us-east-1 with a standby in us-west-2. */
function synthReplication(change: Partial<BucketReplicationProps> = {}) {
  const app = testApp();
  const foundation = testFoundation(app);
  const stack = testStack(app, 'replication');
  new BucketReplication(new Construct(new Construct(stack, 'Buckets'), 'media'), 'Replication', {
    ...foundation,
    ...replicationSettings.parse({}),
    name: 'media',
    bucketName: `test-media-us-east-1-${ACCOUNT}`,
    destinations: [WEST],
    sources: [WEST],
    locked: false,
    ...change,
  });
  return synthesize(stack);
}

const rulesOf = (change?: Partial<BucketReplicationProps>) =>
  synthReplication(change).at(CONFIGURATION)['rule'] as Record<string, unknown>[];

describe('the copy of a bucket', () => {
  test('is exactly this', () => {
    expect(synthReplication().addresses).toEqual([
      'aws_cloudwatch_metric_alarm.buckets_media_replication_alarms_behind-1',
      'aws_cloudwatch_metric_alarm.buckets_media_replication_alarms_failing-1',
      ROLE,
      'aws_iam_role_policy.buckets_media_replication_role_replicate',
      CONFIGURATION,
    ]);
  });

  test('goes to the key of its own region, deletions and changed tags included', () => {
    expect(rulesOf()).toEqual([
      {
        id: 'to-us-west-2',
        status: 'Enabled',
        priority: 1,
        filter: { prefix: '' },
        delete_marker_replication: { status: 'Enabled' },
        source_selection_criteria: {
          sse_kms_encrypted_objects: { status: 'Enabled' },
          replica_modifications: { status: 'Enabled' },
        },
        destination: {
          bucket: `arn:aws:s3:::${WEST.bucketName}`,
          encryption_configuration: {
            replica_kms_key_id: `arn:aws:kms:us-west-2:${ACCOUNT}:alias/test-objects`,
          },
          metrics: { status: 'Enabled' },
        },
      },
    ]);
  });

  test('goes to every other region, each by a rule of its own', () => {
    const other = { region: 'eu-west-1', bucketName: 'shop-media' };
    expect(rulesOf({ destinations: [WEST, other] })).toMatchObject([
      { id: 'to-us-west-2', priority: 1 },
      { id: 'to-eu-west-1', priority: 2, destination: { bucket: 'arn:aws:s3:::shop-media' } },
    ]);
  });

  test('is promised within 15 minutes with time control, and measured then', () => {
    expect(rulesOf({ timeControl: true, metrics: false })).toMatchObject([
      {
        destination: {
          replication_time: { status: 'Enabled', time: { minutes: 15 } },
          metrics: { status: 'Enabled', event_threshold: { minutes: 15 } },
        },
      },
    ]);
  });

  test('is neither measured nor watched without metrics', () => {
    const built = synthReplication({ metrics: false });
    expect(built.addresses.filter((one) => one.includes('alarm'))).toEqual([]);
    const [rule] = built.at(CONFIGURATION)['rule'] as { destination: object }[];
    expect(rule?.destination).not.toHaveProperty('metrics');
  });

  test('leaves what is changed at copies alone where nothing goes back', () => {
    const [rule] = rulesOf({ bothWays: false }) as { source_selection_criteria: object }[];
    expect(rule?.source_selection_criteria).not.toHaveProperty('replica_modifications');
  });

  test('takes neither a role nor a configuration where it only arrives', () => {
    expect(synthReplication({ destinations: [] }).addresses).toEqual([
      'aws_cloudwatch_metric_alarm.buckets_media_replication_alarms_behind-1',
    ]);
  });

  test.each([
    [['replication'] as const, undefined],
    [[] as const, [{ to: CONFIGURATION, id: `test-media-us-east-1-${ACCOUNT}` }]],
  ])('takes over the configuration of a bucket that stood already, unless it lacks %j', (lacks, imports) => {
    expect(synthReplication({ existing: { lacks } }).json['import']).toEqual(imports);
  });
});

describe('the role of replication', () => {
  test('is for S3 and its batch operations, within the boundary', () => {
    const boundary = `arn:aws:iam::${ACCOUNT}:policy/delivery/test-boundary`;
    const role = synthReplication({ permissionsBoundary: boundary }).at(ROLE);
    expect(role).toMatchObject({
      name: 'test-media-replication-us-east-1',
      permissions_boundary: boundary,
    });
    expect(statementsOf(role['assume_role_policy'])).toEqual([
      {
        Effect: 'Allow',
        Principal: { Service: ['s3.amazonaws.com', 'batchoperations.s3.amazonaws.com'] },
        Action: 'sts:AssumeRole',
      },
    ]);
  });

  test('reads here, writes there, and uses one key on each side through S3 alone', () => {
    const statements = statementsOf(
      synthReplication().at('aws_iam_role_policy.buckets_media_replication_role_replicate')['policy'],
    );
    expect(statements).toEqual([
      expect.objectContaining({ Resource: `arn:aws:s3:::test-media-us-east-1-${ACCOUNT}` }),
      expect.objectContaining({ Resource: `arn:aws:s3:::test-media-us-east-1-${ACCOUNT}/*` }),
      {
        Effect: 'Allow',
        Action: ['s3:ReplicateDelete', 's3:ReplicateObject', 's3:ReplicateTags'],
        Resource: [`arn:aws:s3:::${WEST.bucketName}/*`],
      },
      {
        Effect: 'Allow',
        Action: 'kms:Decrypt',
        Resource: '${data.terraform_remote_state.foundation.outputs.aws-kms-key-keys-objects-arn}',
        Condition: { StringEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' } },
      },
      {
        Effect: 'Allow',
        Action: ['kms:Encrypt', 'kms:GenerateDataKey'],
        Resource: [`arn:aws:kms:us-west-2:${ACCOUNT}:key/*`],
        Condition: {
          'ForAnyValue:StringEquals': { 'kms:ResourceAliases': 'alias/test-objects' },
          StringEquals: { 'kms:ViaService': ['s3.us-west-2.amazonaws.com'] },
        },
      },
    ]);
  });

  test.each([true, false])('reads locks where objects are locked: %s', (locked) => {
    const { policy } = synthReplication({ locked }).at(
      'aws_iam_role_policy.buckets_media_replication_role_replicate',
    );
    expect(String(policy).includes('s3:GetObjectRetention')).toBe(locked);
  });
});

describe('alarms of replication', () => {
  const alarm = (id: string, change?: Partial<BucketReplicationProps>) =>
    synthReplication(change).at(`aws_cloudwatch_metric_alarm.buckets_media_replication_alarms_${id}`);

  test('ring for failures where objects are read', () => {
    expect(alarm('failing-1')).toMatchObject({
      alarm_name: 'test-media-replication-failing-1',
      metric_name: 'OperationsFailedReplication',
      threshold: 0,
      dimensions: {
        SourceBucket: `test-media-us-east-1-${ACCOUNT}`,
        DestinationBucket: WEST.bucketName,
        RuleId: 'to-us-west-2',
      },
    });
  });

  test.each([
    [true, 900],
    [false, 3600],
  ])('ring for delay where copies arrive, time control: %s', (timeControl, threshold) => {
    expect(alarm('behind-1', { timeControl })).toMatchObject({
      metric_name: 'ReplicationLatency',
      threshold,
      dimensions: {
        SourceBucket: WEST.bucketName,
        DestinationBucket: `test-media-us-east-1-${ACCOUNT}`,
        RuleId: 'to-us-east-1',
      },
    });
  });
});
