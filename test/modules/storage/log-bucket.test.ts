import { LogBucket } from '../../../modules/storage/log-bucket';
import { naming, synth } from '../../support/harness';
import { resolved } from '../../support/resolved';
import { statementOf, statementsOf } from '../../support/statements';

const synthLogs = (protection = true) =>
  synth((stack) => void new LogBucket(stack, 'Logs', { naming, protection, retentionDays: 45 }));

describe('the log bucket', () => {
  test('is exactly this', () => {
    expect(synthLogs().addresses).toEqual([
      'aws_s3_bucket.logs',
      'aws_s3_bucket_lifecycle_configuration.logs',
      'aws_s3_bucket_ownership_controls.logs',
      'aws_s3_bucket_policy.logs',
      'aws_s3_bucket_public_access_block.logs',
      'aws_s3_bucket_server_side_encryption_configuration.logs',
      'aws_s3_bucket_versioning.logs',
    ]);
  });

  test.each([true, false])('is protected as the environment says: %s', (protection) => {
    expect(synthLogs(protection).at('aws_s3_bucket.logs')).toMatchObject({
      bucket: 'test-logs-us-east-1-111122223333',
      lifecycle: { prevent_destroy: protection },
    });
  });

  test('is encrypted with SSE-S3, since load balancers write to nothing else', () => {
    expect(synthLogs().at('aws_s3_bucket_server_side_encryption_configuration.logs')['rule']).toMatchObject([
      { apply_server_side_encryption_by_default: { sse_algorithm: 'AES256' } },
    ]);
  });

  test('lets load balancers of this account and region write, each to the path of this account', () => {
    const { policy } = synthLogs().at('aws_s3_bucket_policy.logs');
    expect(statementsOf(policy)).toHaveLength(5);
    expect(statementOf(policy, 'LoadBalancersOfThisAccount')).toEqual({
      Sid: 'LoadBalancersOfThisAccount',
      Effect: 'Allow',
      Principal: { Service: 'logdelivery.elasticloadbalancing.amazonaws.com' },
      Action: 's3:PutObject',
      Resource: '${aws_s3_bucket.logs.arn}/*/AWSLogs/111122223333/*',
      Condition: {
        ArnLike: { 'aws:SourceArn': 'arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/*' },
      },
    });
  });

  test.each([
    ['AccessLogsOfBuckets', 'logging.s3.amazonaws.com', 's3-access'],
    ['InventoriesOfBuckets', 's3.amazonaws.com', 's3-inventory'],
  ])('lets S3 write for buckets of this account and environment: %s', (Sid, Service, prefix) => {
    const { policy } = synthLogs().at('aws_s3_bucket_policy.logs');
    expect(statementOf(policy, Sid)).toEqual({
      Sid,
      Effect: 'Allow',
      Principal: { Service },
      Action: 's3:PutObject',
      Resource: `\${aws_s3_bucket.logs.arn}/${prefix}/*`,
      Condition: {
        // the ARN of a bucket names no account
        StringEquals: { 'aws:SourceAccount': '111122223333' },
        ArnLike: { 'aws:SourceArn': ['arn:aws:s3:::test-*'] },
      },
    });
  });

  test('keeps logs as long as it is told, and a week longer what somebody deletes', () => {
    expect(synthLogs().at('aws_s3_bucket_lifecycle_configuration.logs')['rule']).toMatchObject([
      { expiration: [{ days: 45 }], noncurrent_version_expiration: [{ noncurrent_days: 7 }] },
    ]);
  });

  test('tells its name', () => {
    const props = { naming, protection: true, retentionDays: 1 };
    expect(resolved((stack) => new LogBucket(stack, 'Logs', props).bucketName)).toBe(
      '${aws_s3_bucket.logs.bucket}',
    );
  });
});
