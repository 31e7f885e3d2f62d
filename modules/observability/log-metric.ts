import { Construct } from 'constructs';
import { CloudwatchLogMetricFilter } from '@cdktf/provider-aws/lib/cloudwatch-log-metric-filter';

export interface LogMetricProps {
  /** Name of the filter, and of the metric: unique in the account's region. */
  readonly name: string;
  readonly logGroupName: string;
  /** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html */
  readonly pattern: string;
}

/** Apart from what AWS measures. A metric is $0.30 a month (us-east-1), once it has been measured. */
const NAMESPACE = 'Logs';

/** Counts the entries of a log that match a pattern. */
export class LogMetric extends Construct {
  /** What an alarm watches. Without dimensions, so that nothing else has to be known of it. */
  readonly metric: {
    readonly namespace: string;
    readonly metric: string;
    readonly dimensions: Readonly<Record<string, string>>;
  };

  constructor(scope: Construct, id: string, { name, logGroupName, pattern }: LogMetricProps) {
    super(scope, id);
    new CloudwatchLogMetricFilter(this, 'Filter', {
      name,
      logGroupName,
      pattern,
      metricTransformation: { name, namespace: NAMESPACE, value: '1' },
    });
    this.metric = { namespace: NAMESPACE, metric: name, dimensions: {} };
  }
}
