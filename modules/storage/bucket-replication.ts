import { Construct } from 'constructs';
import {
  S3BucketReplicationConfigurationA,
  type S3BucketReplicationConfigurationRule,
} from '@cdktf/provider-aws/lib/s3-bucket-replication-configuration';
import type { Statement } from '../access/policy';
import { ServiceRole } from '../access/service-role';
import { adopt } from '../adoption/adopt';
import type { Foundation } from '../foundation/foundation';
import { bucketArn, replicationRoleName } from './bucket-names';
import { BucketReplicationAlarms, ruleId } from './bucket-replication-alarms';
import type { ExistingBucket } from './existing-bucket';
import type { ReplicationSettings } from './replication-settings';

/** A bucket in a region, by names alone: nothing of another region is read. */
export interface BucketPlace {
  readonly region: string;
  readonly bucketName: string;
}

export interface BucketReplicationProps
  extends Pick<Foundation, 'naming' | 'keys' | 'alerts' | 'permissionsBoundary'>, ReplicationSettings {
  /** What the settings call the bucket. */
  readonly name: string;
  /** The bucket here. */
  readonly bucketName: string;
  /** Which parts it lacks, if it stands already. @default it was made */
  readonly existing?: Pick<ExistingBucket, 'lacks'> | undefined;
  /** Where objects go from here, all with the same names of keys. @default nowhere: it only receives */
  readonly destinations: readonly BucketPlace[];
  /** From where objects come to here. */
  readonly sources: readonly BucketPlace[];
  /** Whether objects are locked, so that their locks go along. */
  readonly locked: boolean;
}

/**
 * Copies of what is written into a bucket, in each other region that it stands in, under the key of that region.
 *
 * Deletions go along as delete markers, since programs that go on there must not see what was deleted; the versions below
 * stay on both sides as long as `keepVersionsDays` says. What a lifecycle deletes or archives does not go along: each
 * bucket has the same rules itself. Objects from before are not copied; see docs/operations.md.
 */
export class BucketReplication extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: BucketReplicationProps,
  ) {
    super(scope, id);
    if (props.destinations.length > 0) this.addConfiguration(this.addRole().arn);
    if (props.metrics || props.timeControl) new BucketReplicationAlarms(this, 'Alarms', props);
  }

  private addConfiguration(role: string): void {
    const { bucketName, destinations, existing } = this.props;
    const configuration = new S3BucketReplicationConfigurationA(this, 'Configuration', {
      bucket: bucketName,
      role,
      rule: destinations.map((destination, index) => this.rule(destination, index + 1)),
    });
    if (existing && !existing.lacks.includes('replication')) adopt(configuration, bucketName);
  }

  private rule({ region, bucketName }: BucketPlace, priority: number): S3BucketReplicationConfigurationRule {
    const { naming, bothWays, timeControl, metrics } = this.props;
    const minutes = 15;
    return {
      id: ruleId(region),
      status: 'Enabled',
      // it decides between rules of one destination; each here has another one, and all of them hold
      priority,
      filter: { prefix: '' },
      deleteMarkerReplication: { status: 'Enabled' },
      sourceSelectionCriteria: {
        sseKmsEncryptedObjects: { status: 'Enabled' },
        // tags and locks that were changed at a copy
        ...(bothWays && { replicaModifications: { status: 'Enabled' } }),
      },
      destination: {
        bucket: bucketArn(bucketName),
        // by the ARN of its alias, which S3 takes too: the id of a key is known in its own region alone
        // https://docs.aws.amazon.com/AmazonS3/latest/API/API_EncryptionConfiguration.html
        encryptionConfiguration: {
          replicaKmsKeyId: `arn:aws:kms:${region}:${naming.place.account}:${this.keyAlias()}`,
        },
        ...(timeControl && { replicationTime: { status: 'Enabled', time: { minutes } } }),
        ...((metrics || timeControl) && {
          metrics: { status: 'Enabled', ...(timeControl && { eventThreshold: { minutes } }) },
        }),
      },
    };
  }

  /** The same in every region. */
  private keyAlias(): string {
    return `alias/${this.props.naming.regional('objects')}`;
  }

  /** Also for S3 Batch Replication, which copies what is older, with the same permissions. */
  private addRole(): ServiceRole {
    const { naming, name, permissionsBoundary } = this.props;
    const role = new ServiceRole(this, 'Role', {
      name: replicationRoleName(naming, name),
      description: `Copies objects of ${name} to other regions`,
      // S3 says nowhere that it names the bucket when it takes the role; it takes it for buckets of its own account
      // alone, and only from who may pass it
      service: ['s3.amazonaws.com', 'batchoperations.s3.amazonaws.com'],
      permissionsBoundary,
    });
    role.allow('replicate', this.permissions());
    return role;
  }

  private permissions(): Statement[] {
    const { naming, bucketName, destinations, keys, locked } = this.props;
    const { account, region } = naming.place;
    const source = bucketArn(bucketName);
    const through = (where: string) => `s3.${where}.amazonaws.com`;
    return [
      {
        // Batch Replication lists what is to be copied by an inventory of its own
        Action: ['s3:GetReplicationConfiguration', 's3:ListBucket', 's3:PutInventoryConfiguration'],
        Resource: source,
      },
      {
        Action: [
          's3:GetObjectVersionAcl',
          's3:GetObjectVersionForReplication',
          's3:GetObjectVersionTagging',
          's3:InitiateReplication',
          ...(locked ? ['s3:GetObjectLegalHold', 's3:GetObjectRetention'] : []),
        ],
        Resource: `${source}/*`,
      },
      {
        Action: ['s3:ReplicateDelete', 's3:ReplicateObject', 's3:ReplicateTags'],
        Resource: destinations.map((one) => `${bucketArn(one.bucketName)}/*`),
      },
      {
        Action: 'kms:Decrypt',
        Resource: keys.objects.arn,
        Condition: { StringEquals: { 'kms:ViaService': through(region) } },
      },
      {
        Action: ['kms:Encrypt', 'kms:GenerateDataKey'],
        Resource: destinations.map((one) => `arn:aws:kms:${one.region}:${account}:key/*`),
        Condition: {
          'ForAnyValue:StringEquals': { 'kms:ResourceAliases': this.keyAlias() },
          StringEquals: { 'kms:ViaService': destinations.map((one) => through(one.region)) },
        },
      },
    ];
  }
}
