import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { AcmpcaCertificate } from '@cdktf/provider-aws/lib/acmpca-certificate';
import { AcmpcaCertificateAuthority } from '@cdktf/provider-aws/lib/acmpca-certificate-authority';
import { AcmpcaCertificateAuthorityCertificate } from '@cdktf/provider-aws/lib/acmpca-certificate-authority-certificate';
import { ServiceRole } from '../access/service-role';
import type { Foundation } from '../foundation/foundation';
import { resourcesIn } from '../foundation/resources-in';

export type CallCertificatesProps = Pick<Foundation, 'naming' | 'permissionsBoundary' | 'protection'>;

/** What a service needs to answer calls by TLS. */
export interface ICallCertificates {
  readonly authorityArn: string;
  /** Of the role as which ECS gets certificates, and keeps them in Secrets Manager. */
  readonly roleArn: string;
  /** Without it ECS gets none. */
  readonly needed: readonly ITerraformDependable[];
}

/** Roles of the boundary policy that may touch secrets of Service Connect are called so. */
export const CALLS_ROLE = 'service-calls';

/** What ECS asks an authority for with Service Connect, or it is refused. */
const END_ENTITY = 'arn:aws:acm-pca:::template/EndEntityCertificate/V1';
/** As long as the authority: who trusts it trusts it by name, and a new one takes new tasks everywhere. */
const AUTHORITY_YEARS = 10;

/**
 * The authority that signs the certificates of services of one environment and region that are called by TLS. ECS has
 * new ones made every five days; the mode for certificates of a week at most costs an eighth of the other, and Service
 * Connect revokes none anyway. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-tls.html
 */
export class CallCertificates extends Construct implements ICallCertificates {
  readonly authorityArn: string;
  readonly roleArn: string;
  readonly needed: readonly ITerraformDependable[];

  constructor(
    scope: Construct,
    id: string,
    private readonly props: CallCertificatesProps,
  ) {
    super(scope, id);
    const authority = this.addAuthority();
    const signed = this.signItself(authority);
    const role = this.addRole(authority.arn);
    this.authorityArn = authority.arn;
    this.roleArn = role.arn;
    this.needed = [signed, ...resourcesIn(role)];
  }

  private addAuthority(): AcmpcaCertificateAuthority {
    const { naming, protection } = this.props;
    const { environment, region } = naming.place;
    return new AcmpcaCertificateAuthority(this, 'Authority', {
      type: 'ROOT',
      usageMode: 'SHORT_LIVED_CERTIFICATE',
      certificateAuthorityConfiguration: {
        // Service Connect takes this, or ECDSA of 256 bits
        keyAlgorithm: 'RSA_2048',
        signingAlgorithm: SIGNING,
        subject: { commonName: `Services of ${environment} in ${region}` },
      },
      // of 7 to 30, in which it can be had back
      permanentDeletionTimeInDays: protection ? 30 : 7,
      // by which ECS knows that it may use it
      tags: { AmazonECSManaged: 'true' },
    });
  }

  /** Without a certificate of its own it signs nothing. */
  private signItself({
    arn,
    certificateSigningRequest,
  }: AcmpcaCertificateAuthority): AcmpcaCertificateAuthorityCertificate {
    const { certificate } = new AcmpcaCertificate(this, 'Root', {
      certificateAuthorityArn: arn,
      certificateSigningRequest,
      signingAlgorithm: SIGNING,
      templateArn: 'arn:aws:acm-pca:::template/RootCACertificate/V1',
      validity: { type: 'YEARS', value: String(AUTHORITY_YEARS) },
    });
    return new AcmpcaCertificateAuthorityCertificate(this, 'RootOfAuthority', {
      certificateAuthorityArn: arn,
      certificate,
    });
  }

  /**
   * AmazonECSInfrastructureRolePolicyForServiceConnectTransportLayerSecurity, but for one authority and region alone. ECS
   * encrypts the secrets by the key that Secrets Manager has in the account.
   * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonECSInfrastructureRolePolicyForServiceConnectTransportLayerSecurity.html
   */
  private addRole(authority: string): ServiceRole {
    const { naming, permissionsBoundary } = this.props;
    const { account, region } = naming.place;
    const role = new ServiceRole(this, 'Role', {
      name: naming.accountWide(CALLS_ROLE),
      description: 'Gets certificates for services that are called by TLS',
      service: 'ecs.amazonaws.com',
      // the documented trust has no condition: ECS is not said to name an account when it takes this role
      permissionsBoundary,
    });
    role.allow('issue-certificates', [
      {
        Action: [
          'acm-pca:DescribeCertificateAuthority',
          'acm-pca:GetCertificate',
          'acm-pca:GetCertificateAuthorityCertificate',
        ],
        Resource: authority,
      },
      {
        Action: 'acm-pca:IssueCertificate',
        Resource: authority,
        Condition: { StringEquals: { 'acm-pca:TemplateArn': END_ENTITY } },
      },
    ]);
    const secrets = `arn:aws:secretsmanager:${region}:${account}:secret:ecs-sc!*`;
    role.allow('keep-certificates', [
      {
        Action: ['secretsmanager:CreateSecret', 'secretsmanager:TagResource'],
        Resource: secrets,
        Condition: {
          ArnLike: {
            'aws:RequestTag/AmazonECSCreated': ['service', 'task-set'].map(
              (kind) => `arn:aws:ecs:${region}:${account}:${kind}/*/*`,
            ),
          },
          StringEquals: { 'aws:RequestTag/AmazonECSManaged': 'true' },
        },
      },
      {
        Action: [
          'secretsmanager:DeleteSecret',
          'secretsmanager:GetSecretValue',
          'secretsmanager:PutSecretValue',
          'secretsmanager:RotateSecret',
          'secretsmanager:UpdateSecret',
          'secretsmanager:UpdateSecretVersionStage',
        ],
        Resource: secrets,
        Condition: {
          StringEquals: { 'secretsmanager:ResourceTag/aws:secretsmanager:owningService': 'ecs-sc' },
        },
      },
      { Action: 'secretsmanager:DescribeSecret', Resource: secrets },
    ]);
    return role;
  }
}

/** Of the key above. */
const SIGNING = 'SHA256WITHRSA';
