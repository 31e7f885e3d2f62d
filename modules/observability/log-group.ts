import { Construct } from 'constructs';
import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import type { IKey } from '../encryption/key';

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
export const LOG_RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

export interface LogGroupProps {
  /** Where one looks for it: a path such as `/prod/services/inventory`, or the one that a service prescribes. */
  readonly name: string;
  /** One of LOG_RETENTION_DAYS. */
  readonly retentionDays: number;
  /** The key of the region that is for logs. */
  readonly key: IKey;
}

/** A log group that is encrypted and does not keep for ever. */
export class LogGroup extends Construct {
  readonly name: string;
  readonly arn: string;

  constructor(scope: Construct, id: string, props: LogGroupProps) {
    super(scope, id);
    const group = new CloudwatchLogGroup(this, 'LogGroup', {
      name: props.name,
      retentionInDays: props.retentionDays,
      kmsKeyId: props.key.arn,
    });
    this.name = group.name;
    this.arn = group.arn;
  }
}
