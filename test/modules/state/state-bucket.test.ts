import { StateBucket } from '../../../modules/state/state-bucket';
import { ACCOUNT, REGION, synth } from '../../support/harness';
import { resolved } from '../../support/resolved';
import { statementOf, statementsOf } from '../../support/statements';

const synthState = () =>
  synth(
    (stack) =>
      void new StateBucket(stack, 'State', {
        bucketName: 'test-us-east-1-state-111122223333',
        keyName: 'test-state',
        account: ACCOUNT,
        region: REGION,
      }),
  );

describe('the bucket of states', () => {
  test('is exactly this', () => {
    expect(synthState().addresses).toEqual([
      'aws_kms_alias.state_key',
      'aws_kms_key.state',
      'aws_s3_bucket.state',
      'aws_s3_bucket_lifecycle_configuration.state',
      'aws_s3_bucket_ownership_controls.state',
      'aws_s3_bucket_policy.state',
      'aws_s3_bucket_public_access_block.state',
      'aws_s3_bucket_server_side_encryption_configuration.state',
      'aws_s3_bucket_versioning.state',
    ]);
  });

  test('is never destroyed, and its key neither', () => {
    const out = synthState();
    expect(out.at('aws_s3_bucket.state')).toMatchObject({
      bucket: 'test-us-east-1-state-111122223333',
      force_destroy: false,
      lifecycle: { prevent_destroy: true },
    });
    expect(out.at('aws_kms_key.state')['lifecycle']).toEqual({ prevent_destroy: true });
  });

  test('is encrypted with a rotated key of its own that is used through S3 alone, under the alias that backends name', () => {
    const out = synthState();
    const key = out.at('aws_kms_key.state');
    expect(out.at('aws_s3_bucket_server_side_encryption_configuration.state')['rule']).toMatchObject([
      {
        apply_server_side_encryption_by_default: {
          sse_algorithm: 'aws:kms',
          kms_master_key_id: '${aws_kms_key.state.arn}',
        },
        bucket_key_enabled: true,
      },
    ]);
    expect(key['enable_key_rotation']).toBe(true);
    expect(statementOf(key['policy'], 'UseByIamThroughServices')['Condition']).toEqual({
      StringEquals: { 'kms:ViaService': ['s3.us-east-1.amazonaws.com'] },
    });
    expect(out.at('aws_kms_alias.state_key')['name']).toBe('alias/test-state');
  });

  test('refuses nothing but calls without TLS: backends name the key by its alias', () => {
    const { policy } = synthState().at('aws_s3_bucket_policy.state');
    expect(statementsOf(policy).map(({ Sid }) => Sid)).toEqual(['NothingWithoutTls', 'NothingBelowTls12']);
  });

  test('keeps a year of states, and the last hundred however old', () => {
    const [rule, ...others] = synthState().at('aws_s3_bucket_lifecycle_configuration.state')[
      'rule'
    ] as object[];
    expect(others).toEqual([]);
    expect(rule).toMatchObject({
      expiration: [{ expired_object_delete_marker: true }],
      noncurrent_version_expiration: [{ noncurrent_days: 365, newer_noncurrent_versions: 100 }],
      abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }],
    });
  });

  test('tells its name', () => {
    const props = { bucketName: 'a-b', keyName: 'k', account: ACCOUNT, region: REGION };
    expect(resolved((stack) => new StateBucket(stack, 'State', props).bucketName)).toBe(
      '${aws_s3_bucket.state.bucket}',
    );
  });
});
