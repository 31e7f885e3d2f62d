import { TerraformOutput } from 'cdktf';
import { Construct } from 'constructs';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { policyDocument } from '../access/policy';
import { trustRoles } from '../access/role-trust';
import type { IKey } from '../encryption/key';

export interface SiteDeployerProps {
  /** What the settings call the site. */
  readonly site: string;
  readonly roleName: string;
  /** ARNs of the roles that may take it. */
  readonly trusted: readonly string[];
  readonly bucketArn: string;
  readonly distributionArn: string;
  readonly key: IKey;
  readonly permissionsBoundary: string | undefined;
}

/** The role that uploads the files of one site and tells CloudFront to fetch them anew. Versions it cannot delete. */
export class SiteDeployer extends Construct {
  constructor(scope: Construct, id: string, props: SiteDeployerProps) {
    super(scope, id);
    const { site, roleName, trusted, bucketArn, distributionArn, key, permissionsBoundary } = props;
    const role = new IamRole(this, 'Role', {
      name: roleName,
      description: `Uploads the site ${site}`,
      assumeRolePolicy: policyDocument([trustRoles(trusted, 'Deployers')]),
      ...(permissionsBoundary !== undefined && { permissionsBoundary }),
    });
    new IamRolePolicy(this, 'Upload', {
      role: role.name,
      name: 'upload',
      policy: policyDocument([
        { Action: 's3:ListBucket', Resource: bucketArn },
        {
          Action: ['s3:AbortMultipartUpload', 's3:DeleteObject', 's3:PutObject'],
          Resource: `${bucketArn}/*`,
        },
        // a file in several parts is put together by decrypting the data key
        { Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: key.arn },
        {
          Action: ['cloudfront:CreateInvalidation', 'cloudfront:GetInvalidation'],
          Resource: distributionArn,
        },
      ]),
    });
    new TerraformOutput(this, 'RoleArn', {
      value: role.arn,
      description: `Role that uploads the site ${site}`,
    }).overrideLogicalId(`${site}-deploy-role`);
  }
}
