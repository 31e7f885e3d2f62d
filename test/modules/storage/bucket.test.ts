import { TerraformOutput } from 'cdktf';
import { Construct } from 'constructs';
import type { z } from 'zod';
import { Bucket, type BucketAccess } from '../../../modules/storage/bucket';
import { bucketSettings } from '../../../modules/storage/bucket-settings';
import { synthesize, TestClient, testApp, testFoundation, testStack } from '../../support/harness';
import { statementOf, statementsOf } from '../../support/statements';

interface Built {
  readonly settings?: z.input<typeof bucketSettings>;
  readonly protection?: boolean;
  /** How a client named `inventory` uses it. @default nobody does */
  readonly access?: BucketAccess;
}

/** A bucket named `media`, built as the workload stack builds it. */
function synthBucket({ settings = {}, protection = true, access }: Built = {}) {
  const app = testApp();
  const foundation = testFoundation(app, { protection });
  const stack = testStack(app);
  const bucket = new Bucket(new Construct(stack, 'Buckets'), 'media', {
    ...foundation,
    ...bucketSettings.parse(settings),
  });
  const client = access && new TestClient(stack, 'inventory', foundation.network.vpcId);
  if (client) new TerraformOutput(stack, 'variables', { value: bucket.letUse(client, access) });
  return synthesize(stack);
}

const KEY = '${data.terraform_remote_state.foundation.outputs.aws-kms-key-keys-objects-arn}';
const ARN = '${aws_s3_bucket.buckets_media.arn}';
const lifecycleOf = (settings: Built['settings'] = {}) =>
  synthBucket({ settings }).at('aws_s3_bucket_lifecycle_configuration.buckets_media')['rule'];

describe('a bucket', () => {
  test('is exactly this, and has no alarms', () => {
    expect(synthBucket().addresses).toEqual([
      'aws_s3_bucket.buckets_media',
      'aws_s3_bucket_lifecycle_configuration.buckets_media',
      'aws_s3_bucket_ownership_controls.buckets_media',
      'aws_s3_bucket_policy.buckets_media',
      'aws_s3_bucket_public_access_block.buckets_media',
      'aws_s3_bucket_server_side_encryption_configuration.buckets_media',
      'aws_s3_bucket_versioning.buckets_media',
    ]);
  });

  test('is named after its environment, region and account', () => {
    expect(synthBucket().at('aws_s3_bucket.buckets_media')['bucket']).toBe(
      'test-media-us-east-1-111122223333',
    );
  });

  test('that stands already keeps its name and its tags, and lets who uses it find it', () => {
    const built = synthBucket({ settings: { existing: 'shop-media' }, access: 'read' });
    const { json, output } = built;
    expect(built.at('aws_s3_bucket.buckets_media')).toMatchObject({
      bucket: 'shop-media',
      lifecycle: { prevent_destroy: true, ignore_changes: ['tags', 'tags_all'] },
    });
    expect(built.at('aws_s3_bucket_policy.buckets_media')).not.toHaveProperty('lifecycle');
    expect(json['import']).toHaveLength(7);
    expect(output['variables']?.['value']).toEqual({ BUCKET_MEDIA: '${aws_s3_bucket.buckets_media.bucket}' });
  });

  test.each([true, false])('is protected as the environment says: %s', (protection) => {
    expect(synthBucket({ protection }).at('aws_s3_bucket.buckets_media')).toMatchObject({
      force_destroy: !protection,
      lifecycle: { prevent_destroy: protection },
    });
  });

  test("is encrypted with the region's key for objects", () => {
    expect(
      synthBucket().at('aws_s3_bucket_server_side_encryption_configuration.buckets_media')['rule'],
    ).toMatchObject([
      { apply_server_side_encryption_by_default: { sse_algorithm: 'aws:kms', kms_master_key_id: KEY } },
    ]);
  });

  test('is the same with a standby, which stands elsewhere', () => {
    expect(synthBucket({ settings: { standby: {} } }).json).toEqual(synthBucket().json);
  });
});

describe('the policy of a bucket', () => {
  const { policy } = synthBucket().at('aws_s3_bucket_policy.buckets_media');
  const put = { Effect: 'Deny', Principal: '*', Action: 's3:PutObject', Resource: `${ARN}/*` };

  test('permits nothing to anybody', () => {
    expect(statementsOf(policy).map(({ Sid, Effect }) => `${Sid}: ${String(Effect)}`)).toEqual([
      'NothingWithoutTls: Deny',
      'NothingBelowTls12: Deny',
      'NoOtherEncryption: Deny',
      'NoOtherKey: Deny',
      'ObjectsFromVpcOnly: Deny',
    ]);
  });

  test('refuses objects under another encryption, but not those that ask for none', () => {
    expect(statementOf(policy, 'NoOtherEncryption')).toEqual({
      Sid: 'NoOtherEncryption',
      ...put,
      Condition: {
        Null: { 's3:x-amz-server-side-encryption': 'false' },
        StringNotEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' },
      },
    });
  });

  test('refuses objects under another key', () => {
    expect(statementOf(policy, 'NoOtherKey')).toEqual({
      Sid: 'NoOtherKey',
      ...put,
      Condition: {
        StringEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' },
        StringNotEquals: { 's3:x-amz-server-side-encryption-aws-kms-key-id': KEY },
      },
    });
  });
});

describe('the lifecycle of a bucket', () => {
  const cleanUp = {
    id: 'clean-up',
    status: 'Enabled',
    filter: [{}],
    expiration: [{ expired_object_delete_marker: true }],
    noncurrent_version_expiration: [{ noncurrent_days: 90 }],
    abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }],
  };

  test('archives objects of 128 KB and more after half a year, and cleans up', () => {
    expect(lifecycleOf()).toEqual([
      {
        id: 'archive',
        status: 'Enabled',
        filter: [{ object_size_greater_than: 131_071 }],
        transition: [{ days: 180, storage_class: 'GLACIER_IR' }],
      },
      cleanUp,
    ]);
  });

  test.each([
    ['glacier-instant', 'GLACIER_IR'],
    ['glacier-flexible', 'GLACIER'],
    ['deep-archive', 'DEEP_ARCHIVE'],
  ] as const)('archives to %s, which the API calls %s', (archiveStorageClass, storage_class) => {
    expect(lifecycleOf({ archiveStorageClass })).toMatchObject([
      { transition: [{ days: 180, storage_class }] },
      {},
    ]);
  });

  test('archives when and what it is told to', () => {
    expect(lifecycleOf({ archiveAfterDays: 30, minimumArchiveSizeBytes: 200_000 })).toMatchObject([
      { filter: [{ object_size_greater_than: 199_999 }], transition: [{ days: 30 }] },
      {},
    ]);
  });

  test('archives nothing if it is told so', () => {
    expect(lifecycleOf({ archiveStorageClass: 'none' })).toEqual([cleanUp]);
  });

  test('deletes objects and old versions after as many days as it is told', () => {
    expect(lifecycleOf({ expireAfterDays: 400, keepVersionsDays: 10 })).toMatchObject([
      { id: 'archive' },
      { expiration: [{ days: 400 }], noncurrent_version_expiration: [{ noncurrent_days: 10 }] },
    ]);
  });
});

describe('a service that uses a bucket', () => {
  const bare = [
    ...synthBucket().addresses,
    'aws_iam_role.inventory',
    'aws_security_group.inventory_connections',
  ];

  test.each(['read', 'read-write'] as const)(
    'gets one policy to %s and no rule of a security group',
    (access) => {
      const { addresses } = synthBucket({ access });
      expect(addresses.filter((address) => !bare.includes(address))).toEqual([
        `aws_iam_role_policy.inventory_role_${access}-bucket-media`,
      ]);
    },
  );

  test('may read with `read`, and nothing else', () => {
    const { policy } = synthBucket({ access: 'read' }).at(
      'aws_iam_role_policy.inventory_role_read-bucket-media',
    );
    expect(statementsOf(policy)).toEqual([
      { Effect: 'Allow', Action: 's3:ListBucket', Resource: ARN },
      { Effect: 'Allow', Action: ['s3:GetObject'], Resource: `${ARN}/*` },
      { Effect: 'Allow', Action: ['kms:Decrypt'], Resource: KEY },
    ]);
  });

  test('may also write and delete objects with `read-write`, but neither versions nor the bucket', () => {
    const { policy } = synthBucket({ access: 'read-write' }).at(
      'aws_iam_role_policy.inventory_role_read-write-bucket-media',
    );
    expect(statementsOf(policy)).toEqual([
      { Effect: 'Allow', Action: 's3:ListBucket', Resource: ARN },
      {
        Effect: 'Allow',
        Action: ['s3:AbortMultipartUpload', 's3:DeleteObject', 's3:GetObject', 's3:PutObject'],
        Resource: `${ARN}/*`,
      },
      { Effect: 'Allow', Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: KEY },
    ]);
  });

  test.each(['read', 'read-write'] as const)('finds it by a variable with %s', (access) => {
    expect(synthBucket({ access }).output['variables']?.['value']).toEqual({
      BUCKET_MEDIA: '${aws_s3_bucket.buckets_media.bucket}',
    });
  });
});

test('a bucket that stood already is not emptied, wherever the environment is not protected', () => {
  const built = synthBucket({ settings: { existing: 'shop-media' }, protection: false });
  expect(built.at('aws_s3_bucket.buckets_media')).toMatchObject({
    force_destroy: false,
    lifecycle: { prevent_destroy: true },
  });
});
