import { Construct } from 'constructs';
import type { S3BucketLifecycleConfigurationRule } from '@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration';
import type { Statement } from '../access/policy';
import type { IGrantee } from '../access/service-role';
import { type IClient, type IUsable, type Variables } from '../access/usable';
import type { Foundation } from '../foundation/foundation';
import { refusesDeletion, type LifeCycle } from '../settings/fields';
import { bucketNameOf } from './bucket-names';
import { addBucketParts } from './bucket-parts';
import { ARCHIVE_STORAGE_CLASSES, bucketVariable, isVpcOnly, type BucketSettings } from './bucket-settings';
import { PrivateBucket } from './private-bucket';
import { vpcOnly } from './vpc-only';

export interface BucketProps extends Pick<Foundation, 'naming' | 'protection'>, BucketSettings, LifeCycle {
  readonly keys: Pick<Foundation['keys'], 'objects'>;
  readonly network: Pick<Foundation['network'], 'vpcId'>;
  readonly logBucket: Foundation['logBucket'];
}

/** What a service may do with a bucket. */
export type BucketAccess = 'read' | 'read-write';

/**
 * A bucket for the objects of applications, encrypted with the region's key for objects; what is old goes to
 * Glacier.
 *
 * It has no alarms: what would be worth one, failed requests, S3 measures only as request metrics, which are
 * billed by metric and bucket, and the services that make the requests have alarms of their own.
 */
export class Bucket extends Construct implements IUsable<BucketAccess> {
  readonly bucketName: string;
  readonly arn: string;

  /** @param name what the settings call it, which is also the last part of its path */
  constructor(
    scope: Construct,
    private readonly name: string,
    private readonly props: BucketProps,
  ) {
    super(scope, name);
    const { naming, keys, network, expireAfterDays, keepVersionsDays, existing, exemptRoles } = props;
    const bucket = new PrivateBucket(this, 'Bucket', {
      bucketName: bucketNameOf(naming, name, existing),
      existing,
      key: keys.objects,
      // what others have put into a bucket is not emptied because an environment of ours comes and goes at will
      protection: refusesDeletion({ ...props, protection: props.protection || existing !== undefined }),
      expireAfterDays,
      keepVersionsDays,
      statements: (arn) => [
        ...onlyWithKey(arn, keys.objects.arn),
        ...(isVpcOnly(props) ? [vpcOnly(arn, name, { naming, vpcId: network.vpcId, exemptRoles })] : []),
      ],
      lifecycleRules: archiving(props),
    });
    this.bucketName = bucket.bucketName;
    this.arn = bucket.arn;
    addBucketParts(bucket, { name, ...props });
  }

  /** Lets a role list the bucket and read its objects. To restore from an archive costs money and is no program's to decide. */
  grantRead(to: IGrantee): void {
    to.allow(`read-bucket-${this.name}`, this.permissions(['s3:GetObject'], ['kms:Decrypt']));
  }

  /** Lets a role read, write and delete objects. What it deletes or overwrites stays as a version that it cannot delete. */
  grantReadWrite(to: IGrantee): void {
    to.allow(
      `read-write-bucket-${this.name}`,
      this.permissions(
        ['s3:AbortMultipartUpload', 's3:DeleteObject', 's3:GetObject', 's3:PutObject'],
        ['kms:Decrypt', 'kms:GenerateDataKey'],
      ),
    );
  }

  /** Takes no rule of a security group: `openAwsServices` has opened the way to S3 for every service. */
  letUse({ role }: IClient, access: BucketAccess): Variables {
    if (access === 'read') this.grantRead(role);
    else this.grantReadWrite(role);
    return { [bucketVariable(this.name)]: this.bucketName };
  }

  private permissions(objectActions: readonly string[], keyActions: readonly string[]): Statement[] {
    return [
      // without it an object that does not exist is reported as forbidden
      { Action: 's3:ListBucket', Resource: this.arn },
      { Action: objectActions, Resource: `${this.arn}/*` },
      { Action: keyActions, Resource: this.props.keys.objects.arn },
    ];
  }
}

/**
 * Who asks for no encryption gets the bucket's default, so that only those are refused who ask for another one.
 * Replication is not affected: it puts objects by an action of its own.
 */
function onlyWithKey(bucketArn: string, keyArn: string): Statement[] {
  const put = { Effect: 'Deny', Principal: '*', Action: 's3:PutObject', Resource: `${bucketArn}/*` } as const;
  return [
    {
      Sid: 'NoOtherEncryption',
      ...put,
      Condition: {
        // a condition with "not" also holds where what it looks at is missing
        Null: { 's3:x-amz-server-side-encryption': 'false' },
        StringNotEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' },
      },
    },
    {
      // also for who names no key: S3 would take the one that AWS manages, whose policy is not ours
      Sid: 'NoOtherKey',
      ...put,
      Condition: {
        StringEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' },
        StringNotEquals: { 's3:x-amz-server-side-encryption-aws-kms-key-id': keyArn },
      },
    },
  ];
}

/**
 * A filter by size goes before S3's own threshold of 128 KB, so that `transition_default_minimum_object_size`
 * has nothing to say.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html
 */
function archiving(settings: BucketSettings): S3BucketLifecycleConfigurationRule[] {
  const { archiveStorageClass, archiveAfterDays, minimumArchiveSizeBytes } = settings;
  if (archiveStorageClass === 'none') return [];
  const { storageClass } = ARCHIVE_STORAGE_CLASSES[archiveStorageClass];
  return [
    {
      id: 'archive',
      status: 'Enabled',
      filter: [{ objectSizeGreaterThan: minimumArchiveSizeBytes - 1 }],
      transition: [{ days: archiveAfterDays, storageClass }],
    },
  ];
}
