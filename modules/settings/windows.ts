import { z } from 'zod';

export const MINUTES_A_DAY = 24 * 60;
export const MINUTES_A_WEEK = 7 * MINUTES_A_DAY;
const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

const TIME = '([01]\\d|2[0-3]):([0-5]\\d)';
const DAILY = new RegExp(`^${TIME}-${TIME}$`);
const WEEKLY = new RegExp(`^(${DAYS.join('|')}):${TIME}-(${DAYS.join('|')}):${TIME}$`);

/** Minutes since Monday 00:00 UTC; a window over the end of the week ends after it. */
export interface Interval {
  readonly start: number;
  readonly end: number;
}

/** A time of the day, every day, in UTC: `06:00-07:00`. */
export const dailyWindow = (minMinutes: number) =>
  z.string().refine((text) => DAILY.test(text) && lengthOf(daily(text)) >= minMinutes, {
    error: `be a time of the day in UTC of ${minMinutes} minutes or more; write it like 06:00-07:00`,
  });

/** A time of the week in UTC: `sun:07:30-sun:08:30`. Shorter than a day. */
export const weeklyWindow = (minMinutes: number) =>
  z.string().refine(
    (text) => {
      if (!WEEKLY.test(text)) return false;
      const length = lengthOf(weekly(text));
      return length >= minMinutes && length < MINUTES_A_DAY;
    },
    {
      error: `be a time of the week in UTC of ${minMinutes} minutes or more, less than a day; write it like sun:07:30-sun:08:30`,
    },
  );

/** Whether a daily and a weekly window, both valid, share a minute on any day. */
export function windowsOverlap(dailyText: string, weeklyText: string): boolean {
  const once = daily(dailyText);
  const maintenance = weekly(weeklyText);
  // the day before the week begins and the one after it ends, for windows that reach over midnight
  return Array.from({ length: 9 }, (_, day) => (day - 1) * MINUTES_A_DAY).some(
    (shift) => once.start + shift < maintenance.end && maintenance.start < once.end + shift,
  );
}

/** A valid daily window on the Monday. */
export function daily(text: string): Interval {
  const [, startHour, startMinute, endHour, endMinute] = DAILY.exec(text) ?? [];
  return interval(minutes(startHour, startMinute), minutes(endHour, endMinute), MINUTES_A_DAY);
}

/** A valid weekly window. */
export function weekly(text: string): Interval {
  const [, startDay, startHour, startMinute, endDay, endHour, endMinute] = WEEKLY.exec(text) ?? [];
  return interval(
    dayStart(startDay) + minutes(startHour, startMinute),
    dayStart(endDay) + minutes(endHour, endMinute),
    MINUTES_A_WEEK,
  );
}

/** An interval as a daily window, whatever its day. */
export const asDaily = ({ start, end }: Interval) => `${timeText(start)}-${timeText(end)}`;

/** An interval as a weekly window. */
export const asWeekly = ({ start, end }: Interval) =>
  `${dayText(start)}:${timeText(start)}-${dayText(end)}:${timeText(end)}`;

const modulo = (value: number, cycle: number) => ((value % cycle) + cycle) % cycle;
const twoDigits = (value: number) => String(value).padStart(2, '0');
/** The day that a minute of the week lies on, as windows write it. */
export const dayText = (at: number) => DAYS[Math.floor(modulo(at, MINUTES_A_WEEK) / MINUTES_A_DAY)]!;
function timeText(at: number): string {
  const minute = modulo(at, MINUTES_A_DAY);
  return `${twoDigits(Math.floor(minute / 60))}:${twoDigits(minute % 60)}`;
}

const interval = (start: number, end: number, cycle: number): Interval => ({
  start,
  end: end > start ? end : end + cycle,
});

const lengthOf = ({ start, end }: Interval) => end - start;
const minutes = (hour = '0', minute = '0') => 60 * Number(hour) + Number(minute);
const dayStart = (day = 'mon') => DAYS.indexOf(day) * MINUTES_A_DAY;
