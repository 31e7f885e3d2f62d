import { LogMetric } from '../observability/log-metric';
import type { Alarms, AlarmSettings } from '../observability/alarms';

/** A quarter of an hour, in which a single mistake has ended, and who tries again and again has not. */
const RATE = { periodSeconds: 300, periods: 3, missing: 'notBreaching' } as const;
/** Ten a minute. */
const MOST_IN_A_PERIOD = 50;

export interface RefusalsProps {
  readonly logGroupName: string;
  /** What an entry of a refusal looks like. */
  readonly pattern: string;
  /** What it means, and what to look at. */
  readonly description: string;
}

/** An alarm for names that are refused again and again; nobody is called for a single one. */
export function alarmOnRefusals(alarms: Alarms, id: string, props: RefusalsProps): void {
  const { logGroupName, pattern, description } = props;
  const counted = new LogMetric(alarms, `${id}-count`, {
    name: `${alarms.name}-${id}`,
    logGroupName,
    pattern,
  });
  const alarm: AlarmSettings = {
    ...counted.metric,
    ...RATE,
    description: `${description} More than ten a minute, for 15 minutes.`,
    statistic: 'Sum',
    threshold: MOST_IN_A_PERIOD,
  };
  alarms.add(id, alarm);
}
