import { Construct } from 'constructs';
import { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import type { Foundation } from '../foundation/foundation';
import type { Hours } from './hours-settings';
import { TimedCalls } from './timed-calls';
import { timesOf } from './times';

/** What rings while an environment is stopped. */
export const asleepName = (naming: Foundation['naming']) => naming.regional('asleep');

export interface QuietAlarmsProps extends Pick<Foundation, 'naming' | 'permissionsBoundary'> {
  readonly hours: Hours;
}

/**
 * An alarm that rings outside of the hours, and tells nobody: it is what keeps the others quiet. Nothing measures what it
 * watches, and no data keeps its state, so that it is always as it was last set. A schedule sets it; a metric of the time of
 * day would know UTC alone.
 */
export class QuietAlarms extends Construct {
  /** Of the alarm once it stands: alarms of the same stack that it keeps quiet come after it. */
  readonly alarmName: string;

  constructor(scope: Construct, id: string, props: QuietAlarmsProps) {
    super(scope, id);
    const { naming, hours, permissionsBoundary } = props;
    const { account, region } = naming.place;
    const alarmName = asleepName(naming);
    const asleep = new CloudwatchMetricAlarm(this, 'Asleep', {
      alarmName,
      alarmDescription: `${naming.place.environment} is stopped: no alarm of it tells anybody. It is set at its hours.`,
      namespace: 'Environments',
      metricName: 'Asleep',
      dimensions: { Environment: naming.place.environment },
      statistic: 'Maximum',
      comparisonOperator: 'GreaterThanThreshold',
      threshold: 0,
      period: 60,
      evaluationPeriods: 1,
      treatMissingData: 'ignore',
    });
    this.alarmName = asleep.alarmName;
    const set = (StateValue: 'OK' | 'ALARM', StateReason: string) => ({
      call: 'cloudwatch:setAlarmState',
      input: { AlarmName: alarmName, StateValue, StateReason },
    });
    const { services } = timesOf(hours);
    new TimedCalls(this, 'Calls', {
      naming,
      permissionsBoundary,
      hours,
      name: 'asleep',
      what: `the alarm ${alarmName}`,
      calls: [
        { id: 'start', cron: services.start, ...set('OK', 'Its hours begin') },
        { id: 'stop', cron: services.stop, ...set('ALARM', 'Its hours are over') },
      ],
      actions: ['cloudwatch:SetAlarmState'],
      resource: `arn:aws:cloudwatch:${region}:${account}:alarm:${alarmName}`,
    });
  }
}
