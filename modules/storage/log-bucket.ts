import { Construct } from 'constructs';
import type { Statement } from '../access/policy';
import type { Naming } from '../naming/naming';
import { bucketArn } from './bucket-names';
import { LOG_BUCKET } from './bucket-settings';
import { ACCESS_LOGS, INVENTORIES } from './log-prefixes';
import { PrivateBucket } from './private-bucket';

/** Where load balancers and buckets write their access logs, each below a prefix of its own. */
export interface ILogBucket {
  readonly bucketName: string;
}

export interface LogBucketProps {
  readonly naming: Naming;
  /** Whether it refuses to be deleted. */
  readonly protection: boolean;
  /** Days that a log is kept. */
  readonly retentionDays: number;
  /** Names of buckets that the environment has taken over here. @default none */
  readonly existingBuckets?: readonly string[];
}

/**
 * Access logs of the load balancers and buckets of an environment in one region, and inventories of buckets.
 *
 * The one bucket without a key of ours: load balancers write to no bucket whose default is a KMS key.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
 */
export class LogBucket extends Construct implements ILogBucket {
  readonly bucketName: string;

  constructor(
    scope: Construct,
    id: string,
    { naming, protection, retentionDays, existingBuckets = [] }: LogBucketProps,
  ) {
    super(scope, id);
    this.bucketName = new PrivateBucket(this, 'Bucket', {
      bucketName: naming.worldWide(LOG_BUCKET),
      protection,
      expireAfterDays: retentionDays,
      // nothing overwrites a log: one that is no longer current has expired, or somebody has deleted it
      keepVersionsDays: 7,
      statements: (arn) => [loadBalancersMayWrite(arn, naming), ...s3MayWrite(arn, naming, existingBuckets)],
    }).bucketName;
  }
}

/** Elastic Load Balancing puts the owner of a load balancer into the path, so that no other account can pose as this one. */
function loadBalancersMayWrite(bucketArn: string, { place: { account, region } }: Naming): Statement {
  return {
    Sid: 'LoadBalancersOfThisAccount',
    Principal: { Service: 'logdelivery.elasticloadbalancing.amazonaws.com' },
    Action: 's3:PutObject',
    Resource: `${bucketArn}/*/AWSLogs/${account}/*`,
    Condition: {
      ArnLike: { 'aws:SourceArn': `arn:aws:elasticloadbalancing:${region}:${account}:loadbalancer/*` },
    },
  };
}

/** S3 itself, for buckets of this environment and for what it writes of them alone. */
function s3MayWrite(logs: string, { place }: Naming, existing: readonly string[]): Statement[] {
  const Condition = {
    StringEquals: { 'aws:SourceAccount': place.account },
    ArnLike: { 'aws:SourceArn': [`${place.environment}-*`, ...existing].map(bucketArn) },
  };
  const write = (Sid: string, Service: string, prefix: string): Statement => ({
    Sid,
    Principal: { Service },
    Action: 's3:PutObject',
    Resource: `${logs}/${prefix}/*`,
    Condition,
  });
  return [
    write('AccessLogsOfBuckets', 'logging.s3.amazonaws.com', ACCESS_LOGS),
    write('InventoriesOfBuckets', 's3.amazonaws.com', INVENTORIES),
  ];
}
