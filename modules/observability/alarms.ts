import { Lazy } from 'cdktf';
import { Construct } from 'constructs';
import { CloudwatchCompositeAlarm } from '@cdktf/provider-aws/lib/cloudwatch-composite-alarm';
import { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import type { IAlertTopic } from './alert-topic';

/** What is measured and when it is too much, in CloudWatch's terms. */
export interface AlarmSettings {
  /** What it means and what to look at first: the text of the notification. */
  readonly description: string;
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly statistic: 'Average' | 'Minimum' | 'Maximum' | 'Sum' | 'SampleCount' | `p${number}`;
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

/** An alarm that stands, for the dashboard. */
export interface WatchedMetric extends AlarmSettings {
  readonly alarmName: string;
}

/** One that was added here. */
interface AddedMetric extends WatchedMetric {
  /** Its name written out, which refers to nothing. */
  readonly plainName: string;
}

/** From the beginning of the hours of an environment until everything in it has to be well. */
const MORNING_SECONDS = 1800;

/** The alarms of one thing. Their names begin with its name, so that one finds them together. */
export class Alarms extends Construct {
  private readonly added: AddedMetric[] = [];

  /**
   * @param name physical name of the thing, e.g. `prod-orders`
   * @param topic hears of each alarm; nothing if `tellAsOne` is to speak for all of them
   * @param region of the thing and of the topic @default that of the stack
   */
  constructor(
    scope: Construct,
    id: string,
    readonly name: string,
    private readonly topic?: IAlertTopic,
    private readonly region?: string,
  ) {
    super(scope, id);
  }

  private get place(): { readonly region?: string } {
    return this.region === undefined ? {} : { region: this.region };
  }

  /** In the order in which they were added. */
  get watched(): readonly WatchedMetric[] {
    return this.added;
  }

  /** The same for the dashboard of another stack, which then needs no names out of this one. */
  protected get watchedFromElsewhere(): readonly WatchedMetric[] {
    return this.added.map(({ plainName, ...one }) => ({ ...one, alarmName: plainName }));
  }

  /**
   * @param id what is wrong, in kebab-case: `cpu-high` becomes the alarm `prod-orders-cpu-high`
   * @returns name of the alarm
   */
  add(id: string, alarm: AlarmSettings): string {
    const percentile = alarm.statistic.startsWith('p');
    const plainName = `${this.name}-${id}`;
    const { alarmName } = new CloudwatchMetricAlarm(this, id, {
      ...this.place,
      alarmName: plainName,
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
      ...(this.topic && this.topic.asleep === undefined && told(this.topic)),
    });
    // only an alarm of alarms can be kept quiet by another one
    if (this.topic?.asleep !== undefined && this.added.length === 0)
      this.tellAsOne(
        this.topic,
        `Something is wrong with ${this.name}: its alarms on the dashboard say what.`,
      );
    this.added.push({ ...alarm, alarmName, plainName });
    return alarmName;
  }

  /**
   * One alarm that rings while any of them does: what goes wrong with a thing mostly sets several off, and
   * whoever has been called once sees the others on the dashboard.
   *
   * @param description what it means and what to look at first
   */
  tellAsOne(topic: IAlertTopic, description: string): void {
    new CloudwatchCompositeAlarm(this, 'Composite', {
      ...this.place,
      alarmName: `${this.name}-unwell`,
      alarmDescription: description,
      // more may be added
      alarmRule: Lazy.stringValue({
        produce: () => this.added.map(({ alarmName }) => `ALARM("${alarmName}")`).join(' OR '),
      }),
      ...told(topic),
      ...(topic.asleep !== undefined && {
        actionsSuppressor: {
          alarm: topic.asleep,
          waitPeriod: 1,
          // what rings still that long after the hours began is told then
          extensionPeriod: MORNING_SECONDS,
        },
      }),
    });
  }
}

const told = ({ arn }: IAlertTopic) => ({ alarmActions: [arn], okActions: [arn] });
