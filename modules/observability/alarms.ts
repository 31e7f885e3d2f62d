import { Construct } from 'constructs';
import { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import type { IAlertTopic } from './alert-topic';

/** What is measured and when it is too much, in CloudWatch's terms. */
export interface AlarmSettings {
  /** What it means and what to look at first: the text of the notification. */
  readonly description: string;
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly statistic: 'Average' | 'Minimum' | 'Maximum' | 'Sum' | `p${number}`;
  /** Which side of the threshold is bad. @default above */
  readonly bad?: 'above' | 'below';
  readonly threshold: number;
  /** Length of one period in seconds. @default 60 */
  readonly periodSeconds?: number;
  /** How many periods in a row must be bad. @default 5 */
  readonly periods?: number;
  /** What no data means. @default 'ignore', which keeps the state that the alarm had */
  readonly missing?: 'breaching' | 'notBreaching' | 'ignore' | 'missing';
}

/** The alarms of one thing. Their names begin with its name, so that one finds them together. */
export class Alarms extends Construct {
  /** @param name physical name of the thing, e.g. `prod-orders` */
  constructor(
    scope: Construct,
    id: string,
    private readonly name: string,
    private readonly topic: IAlertTopic,
  ) {
    super(scope, id);
  }

  /**
   * @param id what is wrong, in kebab-case: `cpu-high` becomes the alarm `prod-orders-cpu-high`
   * @returns name of the alarm
   */
  add(id: string, alarm: AlarmSettings): string {
    const percentile = alarm.statistic.startsWith('p');
    return new CloudwatchMetricAlarm(this, id, {
      alarmName: `${this.name}-${id}`,
      alarmDescription: alarm.description,
      namespace: alarm.namespace,
      metricName: alarm.metric,
      dimensions: { ...alarm.dimensions },
      ...(percentile ? { extendedStatistic: alarm.statistic } : { statistic: alarm.statistic }),
      comparisonOperator: alarm.bad === 'below' ? 'LessThanThreshold' : 'GreaterThanThreshold',
      threshold: alarm.threshold,
      period: alarm.periodSeconds ?? 60,
      evaluationPeriods: alarm.periods ?? 5,
      treatMissingData: alarm.missing ?? 'ignore',
      alarmActions: [this.topic.arn],
      okActions: [this.topic.arn],
    }).alarmName;
  }
}
