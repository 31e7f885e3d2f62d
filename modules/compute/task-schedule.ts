import { z } from 'zod';
import { count, distinct, entryName } from '../settings/fields';
import { cronAt, DAYS, MINUTES_OF_DAY, minutesOf, timeOfDay, timeZone, type Day } from '../settings/week';

const MINUTES_OF_WEEK = DAYS.length * MINUTES_OF_DAY;

/** @param most tasks that a service can have */
export const taskSchedule = (most: number) =>
  z.strictObject({
    /** Time zone of all windows, which moves with its summer time. @default UTC */
    timeZone: timeZone.default('UTC'),
    /** Hours of the week, by a name of theirs. No two of them may touch: which of both would win is left to chance. */
    windows: z.record(
      entryName,
      z.strictObject({
        /** Days on which it begins. @default every day */
        days: distinct(z.enum(DAYS))
          .min(1)
          .default([...DAYS]),
        /** When it begins. */
        from: timeOfDay,
        /** When it ends: on the next day where that is not later than `from`. */
        until: timeOfDay,
        /** Tasks that run at least in these hours, not below that of `tasks`. */
        min: count(1, most),
        /** Tasks that run at most in these hours. @default that of `tasks` */
        max: count(1, most).optional(),
      }),
    ),
  });

export type TaskSchedule = z.output<ReturnType<typeof taskSchedule>>;
type Window = TaskSchedule['windows'][string];

const lasts = ({ from, until }: Window) =>
  minutesOf(until) - minutesOf(from) + (until > from ? 0 : MINUTES_OF_DAY);
const beginsAt = (day: Day, { from }: Window) => DAYS.indexOf(day) * MINUTES_OF_DAY + minutesOf(from);

/** Whether the end of one is not before the beginning of the other, in any week. */
export function touch(one: Window, other: Window): boolean {
  return one.days.some((day) =>
    other.days.some((otherDay) => {
      const apart = beginsAt(otherDay, other) - beginsAt(day, one);
      const after = ((apart % MINUTES_OF_WEEK) + MINUTES_OF_WEEK) % MINUTES_OF_WEEK;
      return after <= lasts(one) || MINUTES_OF_WEEK - after <= lasts(other);
    }),
  );
}

/** Whether a window reaches its own next beginning, as 07:00 to 07:00 on two days in a row. */
export const touchesItself = (window: Window) =>
  lasts(window) === MINUTES_OF_DAY &&
  window.days.some((day) => window.days.includes(DAYS[(DAYS.indexOf(day) + 1) % DAYS.length]!));

/** When a window begins and ends, as Application Auto Scaling is told. */
export function cronOf(window: Window): { readonly begin: string; readonly end: string } {
  const begin = minutesOf(window.from);
  return { begin: cronAt(window.days, begin), end: cronAt(window.days, begin + lasts(window)) };
}
