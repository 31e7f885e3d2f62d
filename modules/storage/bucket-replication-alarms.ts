import type { Construct } from 'constructs';
import type { Foundation } from '../foundation/foundation';
import { Alarms } from '../observability/alarms';
import type { BucketPlace } from './bucket-replication';

export interface BucketReplicationAlarmsProps extends Pick<Foundation, 'naming' | 'alerts'> {
  /** What the settings call the bucket. */
  readonly name: string;
  /** The bucket here. */
  readonly bucketName: string;
  /** Where objects go from here. */
  readonly destinations: readonly BucketPlace[];
  /** From where objects come to here. */
  readonly sources: readonly BucketPlace[];
  /** Whether AWS answers for 15 minutes. */
  readonly timeControl: boolean;
}

/** What the rule that copies to a region is called, in the metrics too. */
export const ruleId = (region: string) => `to-${region}`;

/**
 * S3 counts what failed in the region that it was read in, and measures how far behind a copy is in the region of the
 * copy: there the alarm can still be heard when the other region is gone.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/repl-metrics.html
 */
export class BucketReplicationAlarms extends Alarms {
  constructor(scope: Construct, id: string, props: BucketReplicationAlarmsProps) {
    const { naming, name, bucketName, destinations, sources, timeControl } = props;
    super(scope, id, naming.regional(`${name}-replication`), props.alerts);
    for (const [index, destination] of destinations.entries()) {
      this.add(`failing-${index + 1}`, {
        description: `Objects were not copied to ${destination.region}. Look for them in the inventory or by their replication status (FAILED), and at keys and permissions; then copy them by S3 Batch Replication.`,
        namespace: 'AWS/S3',
        metric: 'OperationsFailedReplication',
        dimensions: {
          SourceBucket: bucketName,
          DestinationBucket: destination.bucketName,
          RuleId: ruleId(destination.region),
        },
        statistic: 'Sum',
        threshold: 0,
        periodSeconds: 300,
        periods: 1,
        // it is counted only where something is copied
        missing: 'notBreaching',
      });
    }
    for (const [index, source] of sources.entries()) {
      this.add(`behind-${index + 1}`, {
        description: `Copies from ${source.region} are far behind: what is not here yet would be lost with that region. Look whether much is written there at once, and at the AWS Health Dashboard.`,
        namespace: 'AWS/S3',
        metric: 'ReplicationLatency',
        dimensions: {
          SourceBucket: source.bucketName,
          DestinationBucket: bucketName,
          RuleId: ruleId(naming.place.region),
        },
        statistic: 'Maximum',
        threshold: timeControl ? 15 * 60 : 60 * 60,
        periods: 15,
      });
    }
  }
}
