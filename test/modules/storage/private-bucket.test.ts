import { PrivateBucket, type PrivateBucketProps } from '../../../modules/storage/private-bucket';
import { synth } from '../../support/harness';
import { statementOf, statementsOf } from '../../support/statements';

const KEY = { arn: 'arn:aws:kms:us-east-1:111122223333:key/1', grantDecrypt: () => undefined };

const synthBucket = (change: Partial<PrivateBucketProps> = {}) =>
  synth(
    (stack) =>
      void new PrivateBucket(stack, 'Files', {
        bucketName: 'test-files',
        protection: true,
        keepVersionsDays: 30,
        ...change,
      }),
  );

const cleanUpOf = (change: Partial<PrivateBucketProps> = {}) =>
  (synthBucket(change).at('aws_s3_bucket_lifecycle_configuration.files')['rule'] as object[]).at(-1);

const encryptionOf = (change: Partial<PrivateBucketProps> = {}) =>
  synthBucket(change).at('aws_s3_bucket_server_side_encryption_configuration.files')['rule'];

describe('a private bucket', () => {
  test('is exactly this', () => {
    expect(synthBucket().addresses).toEqual([
      'aws_s3_bucket.files',
      'aws_s3_bucket_lifecycle_configuration.files',
      'aws_s3_bucket_ownership_controls.files',
      'aws_s3_bucket_policy.files',
      'aws_s3_bucket_public_access_block.files',
      'aws_s3_bucket_server_side_encryption_configuration.files',
      'aws_s3_bucket_versioning.files',
    ]);
  });

  test('has the name that it was given, and so has every part of it', () => {
    const out = synthBucket();
    expect(out.at('aws_s3_bucket.files')['bucket']).toBe('test-files');
    for (const address of out.addresses.slice(1)) {
      expect(out.at(address)['bucket'], address).toBe('${aws_s3_bucket.files.bucket}');
    }
  });

  test.each([true, false])(
    'refuses to be deleted, or goes with everything in it, by protection %s',
    (protection) => {
      expect(synthBucket({ protection }).at('aws_s3_bucket.files')).toMatchObject({
        force_destroy: !protection,
        lifecycle: { prevent_destroy: protection },
      });
    },
  );

  test('lets nobody in from outside, in all four ways, and knows no ACLs', () => {
    const out = synthBucket();
    expect(out.at('aws_s3_bucket_public_access_block.files')).toMatchObject({
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
    expect(out.at('aws_s3_bucket_ownership_controls.files')['rule']).toEqual({
      object_ownership: 'BucketOwnerEnforced',
    });
  });

  test('keeps versions', () => {
    expect(synthBucket().at('aws_s3_bucket_versioning.files')['versioning_configuration']).toEqual({
      status: 'Enabled',
    });
  });

  test('encrypts with its key, with a key of the bucket in between', () => {
    expect(encryptionOf({ key: KEY })).toEqual([
      {
        apply_server_side_encryption_by_default: { sse_algorithm: 'aws:kms', kms_master_key_id: KEY.arn },
        bucket_key_enabled: true,
        blocked_encryption_types: ['SSE-C'],
      },
    ]);
  });

  test('encrypts with SSE-S3 where there is no key', () => {
    expect(encryptionOf()).toEqual([
      {
        apply_server_side_encryption_by_default: { sse_algorithm: 'AES256' },
        blocked_encryption_types: ['SSE-C'],
      },
    ]);
  });
});

describe('the policy of a private bucket', () => {
  const everything = {
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: ['${aws_s3_bucket.files.arn}', '${aws_s3_bucket.files.arn}/*'],
  };

  test('denies everything without TLS, and with TLS below 1.2', () => {
    const { policy } = synthBucket().at('aws_s3_bucket_policy.files');
    expect(statementsOf(policy)).toEqual([
      {
        Sid: 'NothingWithoutTls',
        ...everything,
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
      {
        Sid: 'NothingBelowTls12',
        ...everything,
        Condition: { NumericLessThan: { 's3:TlsVersion': '1.2' } },
      },
    ]);
  });

  test('takes statements about the bucket', () => {
    const statements = (arn: string) => [
      {
        Sid: 'More',
        Principal: { Service: 'x.amazonaws.com' },
        Action: 's3:PutObject',
        Resource: `${arn}/x`,
      },
    ];
    const { policy } = synthBucket({ statements }).at('aws_s3_bucket_policy.files');
    expect(statementsOf(policy)).toHaveLength(3);
    expect(statementOf(policy, 'More')['Resource']).toBe('${aws_s3_bucket.files.arn}/x');
  });
});

describe('the lifecycle of a private bucket', () => {
  test('removes old versions, markers that hide nothing, and uploads that nobody finished', () => {
    expect(cleanUpOf()).toEqual({
      id: 'clean-up',
      status: 'Enabled',
      filter: [{}],
      expiration: [{ expired_object_delete_marker: true }],
      noncurrent_version_expiration: [{ noncurrent_days: 30 }],
      abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }],
    });
  });

  test('deletes objects after a while if it is told to, which removes the markers as well', () => {
    expect(cleanUpOf({ expireAfterDays: 5 })).toMatchObject({ expiration: [{ days: 5 }] });
  });

  test('keeps a number of versions however old they are if it is told to', () => {
    expect(cleanUpOf({ keepVersionsCount: 3 })).toMatchObject({
      noncurrent_version_expiration: [{ noncurrent_days: 30, newer_noncurrent_versions: 3 }],
    });
  });

  test('takes more rules, and waits for the versions that its rules are about', () => {
    const lifecycleRules = [{ id: 'more', status: 'Enabled', filter: [{ prefix: 'x/' }] }];
    expect(synthBucket({ lifecycleRules }).at('aws_s3_bucket_lifecycle_configuration.files')).toMatchObject({
      rule: [{ id: 'more' }, { id: 'clean-up' }],
      depends_on: ['aws_s3_bucket_versioning.files'],
    });
  });
});
