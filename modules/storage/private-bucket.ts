import type { ITerraformDependable, TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import {
  S3BucketLifecycleConfiguration,
  type S3BucketLifecycleConfigurationRule,
} from '@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration';
import { S3BucketOwnershipControls } from '@cdktf/provider-aws/lib/s3-bucket-ownership-controls';
import { S3BucketPolicy } from '@cdktf/provider-aws/lib/s3-bucket-policy';
import { S3BucketPublicAccessBlock } from '@cdktf/provider-aws/lib/s3-bucket-public-access-block';
import { S3BucketServerSideEncryptionConfigurationA } from '@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration';
import { S3BucketVersioningA } from '@cdktf/provider-aws/lib/s3-bucket-versioning';
import { policyDocument, type Statement } from '../access/policy';
import { adopt } from '../adoption/adopt';
import type { IKey } from '../encryption/key';
import { BUCKET_PARTS, type ExistingBucket } from './existing-bucket';

export interface PrivateBucketProps {
  /** Unique in the world; of an existing bucket its own. */
  readonly bucketName: string;
  /** Which parts it lacks, if it stands already. @default it is made */
  readonly existing?: Pick<ExistingBucket, 'lacks'> | undefined;
  /** What new objects are encrypted with. @default SSE-S3, for the few writers that can use no key of ours */
  readonly key?: IKey;
  /** Whether it refuses to be deleted. Without, it is deleted with everything in it. */
  readonly protection: boolean;
  /** Days that a version is kept after it was overwritten or deleted. */
  readonly keepVersionsDays: number;
  /** How many such versions are kept however old they are, 1 to 100. @default none */
  readonly keepVersionsCount?: number;
  /** Days after which an object is deleted. @default never */
  readonly expireAfterDays?: number | undefined;
  /** Statements of its policy, besides those that every bucket has. @default none */
  readonly statements?: (bucketArn: string) => readonly Statement[];
  /** Rules of its lifecycle, besides the one that every bucket has. @default none */
  readonly lifecycleRules?: readonly S3BucketLifecycleConfigurationRule[];
}

const PART_IDS: Readonly<Record<(typeof BUCKET_PARTS)[number], string>> = {
  encryption: 'Encryption',
  lifecycle: 'Lifecycle',
  ownership: 'OwnershipControls',
  policy: 'Policy',
  publicAccessBlock: 'PublicAccessBlock',
  versioning: 'Versioning',
};

/**
 * What all buckets have in common: nobody outside gets in, every object is encrypted and belongs to the
 * bucket's account, nothing is lost by overwriting or deleting it, and nothing piles up unseen.
 */
export class PrivateBucket extends Construct {
  readonly bucketName: string;
  readonly arn: string;
  /** For what S3 takes only where there are versions. */
  readonly versioning: ITerraformDependable;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: PrivateBucketProps,
  ) {
    super(scope, id);
    const bucket = this.addBucket();
    this.bucketName = bucket.bucket;
    this.arn = bucket.arn;
    this.closeToThePublic();
    this.encrypt();
    const versioning = this.addVersioning();
    this.addPolicy();
    this.versioning = versioning;
    this.addLifecycle(versioning);
    if (props.existing) this.takeOver(bucket, props.existing.lacks);
  }

  /** Under the name of the bucket, all of it. */
  private takeOver(bucket: S3Bucket, lacks: ExistingBucket['lacks']): void {
    adopt(bucket, this.props.bucketName);
    for (const part of BUCKET_PARTS.filter((one) => !lacks.includes(one)))
      adopt(this.node.findChild(PART_IDS[part]) as TerraformResource, this.props.bucketName);
  }

  private addBucket(): S3Bucket {
    const { bucketName, protection } = this.props;
    return new S3Bucket(this, 'Bucket', {
      bucket: bucketName,
      forceDestroy: !protection,
      lifecycle: { preventDestroy: protection },
    });
  }

  private closeToThePublic(): void {
    new S3BucketPublicAccessBlock(this, 'PublicAccessBlock', {
      bucket: this.bucketName,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    new S3BucketOwnershipControls(this, 'OwnershipControls', {
      bucket: this.bucketName,
      rule: { objectOwnership: 'BucketOwnerEnforced' },
    });
  }

  private encrypt(): void {
    const { key } = this.props;
    new S3BucketServerSideEncryptionConfigurationA(this, 'Encryption', {
      bucket: this.bucketName,
      rule: [
        {
          applyServerSideEncryptionByDefault: key
            ? { sseAlgorithm: 'aws:kms', kmsMasterKeyId: key.arn }
            : { sseAlgorithm: 'AES256' },
          // one call to KMS for many objects instead of one for each; SSE-S3 has none to spare
          ...(key && { bucketKeyEnabled: true }),
          // An object under the caller's own key is lost with that key. S3 blocks it in new buckets by itself,
          // and the pinned provider would want to undo that at every plan if it were not said here.
          // https://docs.aws.amazon.com/AmazonS3/latest/userguide/blocking-unblocking-s3-c-encryption-gpb.html
          blockedEncryptionTypes: ['SSE-C'],
        },
      ],
    });
  }

  private addVersioning(): S3BucketVersioningA {
    return new S3BucketVersioningA(this, 'Versioning', {
      bucket: this.bucketName,
      versioningConfiguration: { status: 'Enabled' },
    });
  }

  private addPolicy(): void {
    new S3BucketPolicy(this, 'Policy', {
      bucket: this.bucketName,
      policy: policyDocument([...tlsOnly(this.arn), ...(this.props.statements?.(this.arn) ?? [])]),
    });
  }

  private addLifecycle(versioning: S3BucketVersioningA): void {
    new S3BucketLifecycleConfiguration(this, 'Lifecycle', {
      bucket: this.bucketName,
      rule: [...(this.props.lifecycleRules ?? []), this.cleanUp()],
      // rules about versions are taken only where there are versions
      dependsOn: [versioning],
    });
  }

  /** Without a filter by size: S3 refuses to clean up uploads and delete markers by size. */
  private cleanUp(): S3BucketLifecycleConfigurationRule {
    const { expireAfterDays, keepVersionsDays, keepVersionsCount } = this.props;
    return {
      id: 'clean-up',
      status: 'Enabled',
      filter: [{}],
      // S3 takes one or the other; with days it removes markers that hide nothing as well
      expiration: [
        expireAfterDays === undefined ? { expiredObjectDeleteMarker: true } : { days: expireAfterDays },
      ],
      noncurrentVersionExpiration: [
        {
          noncurrentDays: keepVersionsDays,
          ...(keepVersionsCount !== undefined && { newerNoncurrentVersions: keepVersionsCount }),
        },
      ],
      abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
    };
  }
}

/** Nobody is exempt, AWS's own services included: all of them speak TLS 1.2. */
function tlsOnly(arn: string): Statement[] {
  const everything = {
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: [arn, `${arn}/*`],
  } as const;
  return [
    { Sid: 'NothingWithoutTls', ...everything, Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
    { Sid: 'NothingBelowTls12', ...everything, Condition: { NumericLessThan: { 's3:TlsVersion': '1.2' } } },
  ];
}
