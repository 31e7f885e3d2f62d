import { Construct } from 'constructs';
import { KmsAlias } from '@cdktf/provider-aws/lib/kms-alias';
import { KmsKey } from '@cdktf/provider-aws/lib/kms-key';
import { adopt } from '../adoption/adopt';
import { policyDocument, type Statement } from '../access/policy';
import type { IGrantee } from '../access/service-role';

/** A key as stores take it: the ARN of the key itself. An alias ARN would replace RDS and ElastiCache at each plan. */
export interface IKey {
  readonly arn: string;
  /** Lets a role read, as far as IAM is concerned: the key policy trusts the account's IAM through its services. */
  grantDecrypt(to: IGrantee, id: string): void;
}

/** A role that a service keeps in the account, with policies that nobody can add the key to. */
export interface RoleUse {
  /** ARN; the role need not exist yet. */
  readonly roleArn: string;
}

/** An AWS service that uses the key itself, and for which of its resources. */
export interface ServiceUse {
  /** Principal, e.g. `logs.us-east-1.amazonaws.com`. */
  readonly principal: string;
  /** KMS actions. @default encrypt and decrypt data keys */
  readonly actions?: readonly string[];
  /** Source conditions: on whose behalf the service may use the key. */
  readonly condition: NonNullable<Statement['Condition']>;
}

export interface KeyProps {
  /** Alias without `alias/`, e.g. `prod-data`. */
  readonly name: string;
  /** What is encrypted with it. */
  readonly description: string;
  readonly account: string;
  readonly region: string;
  /** Services through which the account's roles may use it, e.g. `rds`, `s3`. No role can use it directly. */
  readonly via: readonly string[];
  /** Services that use it on their own. @default none */
  readonly usedBy?: readonly ServiceUse[];
  /** Service-linked roles that use it, and give grants on it to AWS services. @default none */
  readonly usedByRoles?: readonly RoleUse[];
  /** Whether Terraform refuses to destroy it. Without, KMS still waits 30 days before a deletion takes effect. */
  readonly protection: boolean;
  /** ARN of the key, if it stands already. Its policy is left alone: others use it too. @default it is made */
  readonly existing?: string | undefined;
}

/**
 * A customer-managed key: rotated each year, administered by the account's IAM, used only through the
 * services that it is for. The policy names no workload role: roles come and go, the key stays.
 */
export class Key extends Construct implements IKey {
  readonly arn: string;
  readonly alias: string;

  constructor(scope: Construct, id: string, props: KeyProps) {
    super(scope, id);
    const key = new KmsKey(this, 'Key', {
      description: props.description,
      enableKeyRotation: true,
      rotationPeriodInDays: 365,
      deletionWindowInDays: 30,
      policy: keyPolicy(props),
      lifecycle: { preventDestroy: props.protection },
    });
    if (props.existing !== undefined)
      adopt(key, props.existing.replace(/^.*\//, ''), ['description', 'policy']);
    this.arn = key.arn;
    this.alias = new KmsAlias(this, 'Alias', { name: `alias/${props.name}`, targetKeyId: key.keyId }).name;
  }

  grantDecrypt(to: IGrantee, id: string): void {
    to.allow(id, [{ Action: 'kms:Decrypt', Resource: this.arn }]);
  }
}

/** Reading and changing the key and its policy, but no use of it. */
const ADMINISTRATION = [
  'kms:CancelKeyDeletion',
  'kms:CreateAlias',
  'kms:DeleteAlias',
  'kms:DescribeKey',
  'kms:DisableKey',
  'kms:EnableKey',
  'kms:EnableKeyRotation',
  'kms:GetKeyPolicy',
  'kms:GetKeyRotationStatus',
  'kms:ListAliases',
  'kms:ListGrants',
  'kms:ListKeyPolicies',
  'kms:ListKeyRotations',
  'kms:ListResourceTags',
  'kms:PutKeyPolicy',
  'kms:RetireGrant',
  'kms:RevokeGrant',
  'kms:RotateKeyOnDemand',
  'kms:ScheduleKeyDeletion',
  'kms:TagResource',
  'kms:UntagResource',
  'kms:UpdateAlias',
  'kms:UpdateKeyDescription',
];

const USE = ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'];

function keyPolicy({ account, region, via, usedBy = [], usedByRoles = [] }: KeyProps): string {
  const iam = { AWS: `arn:aws:iam::${account}:root` };
  const throughServices = { 'kms:ViaService': via.map((service) => `${service}.${region}.amazonaws.com`) };
  return policyDocument([
    { Sid: 'AdministrationByIam', Principal: iam, Action: ADMINISTRATION, Resource: '*' },
    ...(via.length === 0
      ? []
      : [
          {
            Sid: 'UseByIamThroughServices',
            Principal: iam,
            Action: USE,
            Resource: '*',
            Condition: { StringEquals: throughServices },
          },
          {
            Sid: 'GrantsByIamForServices',
            Principal: iam,
            Action: 'kms:CreateGrant',
            Resource: '*',
            Condition: { StringEquals: throughServices, Bool: { 'kms:GrantIsForAWSResource': 'true' } },
          },
        ]),
    ...usedBy.map(({ principal, actions = USE, condition }, index) => ({
      Sid: `UseByService${index + 1}`,
      Principal: { Service: principal },
      Action: actions,
      Resource: '*',
      Condition: condition,
    })),
    ...usedByRoles.flatMap(({ roleArn }, index) => {
      // as a principal it would have to exist: KMS refuses the policy otherwise
      const thisRole = { StringEquals: { 'aws:PrincipalArn': roleArn, 'kms:CallerAccount': account } };
      return [
        {
          Sid: `UseByRole${index + 1}`,
          Principal: { AWS: '*' },
          Action: USE,
          Resource: '*',
          Condition: thisRole,
        },
        {
          Sid: `GrantsByRole${index + 1}`,
          Principal: { AWS: '*' },
          Action: 'kms:CreateGrant',
          Resource: '*',
          Condition: { ...thisRole, Bool: { 'kms:GrantIsForAWSResource': 'true' } },
        },
      ];
    }),
  ]);
}
