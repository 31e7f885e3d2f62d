import type { AlarmSettings } from '../observability/alarms';

/** An alarm, and how it decides: a health check keeps a copy of that. */
export interface WatchedAlarm {
  readonly id: string;
  readonly alarmName: string;
  readonly decidesBy: string;
}

/** What an alarm of a database is, but for whom it watches. */
export type Watched = Pick<
  AlarmSettings,
  'description' | 'metric' | 'statistic' | 'threshold' | 'bad' | 'periods' | 'missing'
>;

/** Each minute that an instance runs, it says how busy it is: rings where none has for 3 minutes. */
export const silence = (description: string): Watched => ({
  description,
  metric: 'CPUUtilization',
  statistic: 'SampleCount',
  bad: 'below',
  threshold: 1,
  periods: 3,
  missing: 'breaching',
});

/** @param of whom it watches, where that may change while the name of the alarm stays */
export function watchedAlarm(id: string, alarmName: string, alarm: Watched, of?: string): WatchedAlarm {
  const { metric, statistic, bad = 'above', threshold, periods = 5 } = alarm;
  const decidesBy = [metric, statistic, bad, threshold, periods, of].filter((part) => part !== undefined);
  return { id, alarmName, decidesBy: decidesBy.join(' ') };
}
