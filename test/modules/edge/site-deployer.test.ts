import { statementsOf } from '../../support/statements';
import { DISTRIBUTION, synthSite } from './site-under-test';

const DEPLOYER = 'arn:aws:iam::555555555555:role/jenkins-deployer';

describe('the role that uploads a site', () => {
  const out = synthSite({ deployers: [DEPLOYER] });
  const ROLE = 'aws_iam_role.sites_shop_deployer';

  test('is none unless somebody may take it', () => {
    expect(synthSite().addresses.filter((address) => address.startsWith('aws_iam_'))).toEqual([]);
  });

  test('is taken by those alone, and stays within the boundary', () => {
    expect(out.at(ROLE)).toMatchObject({
      name: 'test-shop-site-deploy-us-east-1',
      permissions_boundary: 'arn:boundary',
    });
    expect(statementsOf(out.at(ROLE)['assume_role_policy'])).toEqual([
      {
        Sid: 'Deployers',
        Effect: 'Allow',
        Principal: { AWS: ['arn:aws:iam::555555555555:root'] },
        Action: 'sts:AssumeRole',
        Condition: { ArnEquals: { 'aws:PrincipalArn': [DEPLOYER] } },
      },
    ]);
    expect(out.output['shop-deploy-role']?.['value']).toBe(`\${${ROLE}.arn}`);
  });

  test('writes files and has them fetched anew, and reads or deletes no version', () => {
    const bucket = '${aws_s3_bucket.sites_shop_files.arn}';
    const { policy } = out.at('aws_iam_role_policy.sites_shop_deployer_upload');
    expect(statementsOf(policy)).toEqual([
      { Effect: 'Allow', Action: 's3:ListBucket', Resource: bucket },
      {
        Effect: 'Allow',
        Action: ['s3:AbortMultipartUpload', 's3:DeleteObject', 's3:PutObject'],
        Resource: `${bucket}/*`,
      },
      {
        Effect: 'Allow',
        Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
        Resource: '${aws_kms_key.edge.arn}',
      },
      {
        Effect: 'Allow',
        Action: ['cloudfront:CreateInvalidation', 'cloudfront:GetInvalidation'],
        Resource: `\${${DISTRIBUTION}.arn}`,
      },
    ]);
  });
});
