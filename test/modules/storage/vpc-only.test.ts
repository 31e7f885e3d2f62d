import { Construct } from 'constructs';
import type { z } from 'zod';
import { Bucket } from '../../../modules/storage/bucket';
import { bucketRules } from '../../../modules/storage/bucket-rules';
import { bucketSettings } from '../../../modules/storage/bucket-settings';
import { ACCOUNT, synthesize, testApp, testFoundation, testStack } from '../../support/harness';
import { statementsOf } from '../../support/statements';

const RESTORER = `arn:aws:iam::${ACCOUNT}:role/restorer`;

function denialsOf(settings: z.input<typeof bucketSettings>) {
  const app = testApp();
  const foundation = testFoundation(app);
  const stack = testStack(app);
  new Bucket(new Construct(stack, 'Buckets'), 'media', { ...foundation, ...bucketSettings.parse(settings) });
  const { policy } = synthesize(stack).at('aws_s3_bucket_policy.buckets_media');
  return statementsOf(policy).filter(({ Sid }) => Sid === 'ObjectsFromVpcOnly');
}

describe('objects', () => {
  test('are kept from everybody outside of the VPC, but for AWS and those who look after buckets', () => {
    expect(denialsOf({ exemptRoles: [RESTORER] })).toEqual([
      {
        Sid: 'ObjectsFromVpcOnly',
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:*',
        Resource: '${aws_s3_bucket.buckets_media.arn}/*',
        Condition: {
          StringNotEquals: {
            'aws:SourceVpc': '${data.terraform_remote_state.foundation.outputs.aws-vpc-network-id}',
          },
          BoolIfExists: { 'aws:PrincipalIsAWSService': 'false', 'aws:ViaAWSService': 'false' },
          ArnNotLike: {
            'aws:PrincipalArn': [
              `arn:aws:iam::${ACCOUNT}:role/delivery/test-plan`,
              `arn:aws:iam::${ACCOUNT}:role/delivery/test-apply`,
              `arn:aws:iam::${ACCOUNT}:role/test-media-replication-??-*-?`,
              `arn:aws:iam::${ACCOUNT}:role/service-role/AWSBackupDefaultServiceRole`,
              RESTORER,
            ],
          },
        },
      },
    ]);
  });

  test.each([
    ['of a new bucket', {}, 1],
    ["of a bucket that says access: 'account'", { access: 'account' as const }, 0],
    ['of one that stood already', { existing: 'shop-media' }, 0],
    [
      "of one that stood already and says access: 'vpc'",
      { existing: 'shop-media', access: 'vpc' as const },
      1,
    ],
  ])('%s', (_what, settings, denials) => {
    expect(denialsOf(settings)).toHaveLength(denials);
  });

  test('have no exempt roles where they are denied to nobody', () => {
    const settings = bucketSettings.parse({ access: 'account', exemptRoles: [RESTORER] });
    const context = { production: false, regions: [], domain: undefined };
    expect(bucketRules.problems('media', settings, context)).toMatchObject([{ path: ['exemptRoles'] }]);
    expect(bucketRules.problems('media', { ...settings, access: 'vpc' }, context)).toEqual([]);
  });
});
