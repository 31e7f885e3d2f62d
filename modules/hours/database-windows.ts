import { minutesOf, DAYS } from '../settings/week';
import {
  asDaily,
  asWeekly,
  daily,
  dayText,
  MINUTES_A_DAY,
  MINUTES_A_WEEK,
  weekly,
  windowsOverlap,
  type Interval,
} from '../settings/windows';
import { lasts, type Hours } from './hours-settings';

/** What RDS asks of each of the two windows. */
const LEAST_MINUTES = 30;
const USUAL_MINUTES = 60;
/** Between beginnings that are tried. */
const STEP = 30;
/** Whose offsets are looked at: one year has both of a zone, and the same settings make the same windows in any year. */
const YEAR = 2026;

/** When a database that is stopped outside of the hours runs in summer and in winter, by minutes since Monday 00:00 UTC. */
export interface RunningTimes {
  /** One for each day that runs, in the order of the week; none where summer and winter leave nothing in common. */
  readonly days: readonly Interval[];
}

/** What of the hours is the same in UTC all the year. */
export function runningTimes(hours: Hours): RunningTimes {
  const { least, most } = offsetsOf(hours.timeZone);
  const start = minutesOf(hours.from) - least;
  const end = minutesOf(hours.from) + lasts(hours) - most;
  if (end <= start) return { days: [] };
  const midnights = DAYS.flatMap((day, index) => (hours.days.includes(day) ? [index * MINUTES_A_DAY] : []));
  return { days: midnights.map((midnight) => ({ start: midnight + start, end: midnight + end })) };
}

/** Such as `12:00-01:00 UTC`, or nothing. */
export const timesText = ({ days: [first] }: RunningTimes) => first && `${asDaily(first)} UTC`;

/** The days on which they begin, in UTC, such as `mon, tue`. */
export const daysText = ({ days }: RunningTimes) => days.map(({ start }) => dayText(start)).join(', ');

/** Whether both windows have room one after the other. */
export const haveRoom = ({ days: [first] }: RunningTimes) =>
  first !== undefined && first.end - first.start >= 2 * LEAST_MINUTES;

/** Whether a daily window lies within the times of a day. */
export const holdDaily = ({ days }: RunningTimes, text: string) =>
  days.slice(0, 1).some((day) => lies(daily(text), day, MINUTES_A_DAY));

/** Whether a weekly window lies within the times of one of the days. */
export const holdWeekly = ({ days }: RunningTimes, text: string) =>
  days.some((day) => lies(weekly(text), day, MINUTES_A_WEEK));

/**
 * A window for backups: as early as it can be, so that a snapshot that takes long is done before the database stops.
 *
 * @param maintenance what it must not overlap, if that is set
 */
export const backupWindowIn = ({ days: [first] }: RunningTimes, maintenance: string | undefined) =>
  first &&
  beginnings(first)
    .map(asDaily)
    .find((text) => maintenance === undefined || !windowsOverlap(text, maintenance));

/**
 * A window for maintenance: on the second of the days, since the first follows on days without backups.
 *
 * @param backup what it must not overlap
 */
export function maintenanceWindowIn({ days }: RunningTimes, backup: string): string | undefined {
  const day = days[1] ?? days[0];
  return (
    day &&
    beginnings(day)
      .map(asWeekly)
      .find((text) => !windowsOverlap(backup, text))
  );
}

/** Every place of an hour, then of half of one. Where two have no room of an hour each, both are half. */
function beginnings({ start, end }: Interval): Interval[] {
  const lengths = end - start < 2 * USUAL_MINUTES ? [LEAST_MINUTES] : [USUAL_MINUTES, LEAST_MINUTES];
  return lengths.flatMap((minutes) =>
    Array.from({ length: Math.max(0, Math.floor((end - start - minutes) / STEP) + 1) }, (_, index) => ({
      start: start + index * STEP,
      end: start + index * STEP + minutes,
    })),
  );
}

/** Whether an interval lies in another one, be it cycles earlier or later. */
function lies(inner: Interval, outer: Interval, cycle: number): boolean {
  const shift = Math.ceil((outer.start - inner.start) / cycle) * cycle;
  return inner.end + shift <= outer.end;
}

/** Minutes that a zone is ahead of UTC, over a year: twice it moves for summer, and in some countries for Ramadan. */
function offsetsOf(timeZone: string): { readonly least: number; readonly most: number } {
  const format = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
  const offsets = Array.from({ length: 366 }, (_, day) => {
    const parts = format.formatToParts(new Date(Date.UTC(YEAR, 0, 1 + day)));
    return offsetOf(parts.find(({ type }) => type === 'timeZoneName')?.value ?? '');
  });
  return { least: Math.min(...offsets), most: Math.max(...offsets) };
}

/** Of `GMT-04:00`; UTC itself is `GMT`. */
function offsetOf(text: string): number {
  const [, sign, hour, minute] = /^GMT([+-])(\d\d):(\d\d)$/.exec(text) ?? [];
  if (sign === undefined) return 0;
  return (sign === '-' ? -1 : 1) * (60 * Number(hour) + Number(minute));
}
