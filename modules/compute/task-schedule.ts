import { z } from 'zod';
import { count, distinct, entryName } from '../settings/fields';

/** As cron of AWS numbers them by name. */
const DAYS = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'] as const;
const MINUTES_OF_DAY = 24 * 60;
const MINUTES_OF_WEEK = DAYS.length * MINUTES_OF_DAY;

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'be a time of day; write it like 07:30');

/** Application Auto Scaling knows zones by their names in the IANA database, and no offsets. */
export const timeZone = z.string().superRefine((name, context) => {
  const message = whatIsWrong(name);
  if (message !== undefined) context.addIssue({ code: 'custom', message });
});

/** Names are looked up here in any case of letters, and by AWS in the one of the database alone. */
function whatIsWrong(name: string): string | undefined {
  const unknown = 'be a zone of the IANA database; write it like America/New_York';
  if (!/^[A-Z][\w/+-]*$/i.test(name)) return unknown;
  try {
    const { timeZone: known } = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions();
    if (known === name) return undefined;
    if (known.toLowerCase() === name.toLowerCase())
      return `be a zone of the IANA database in its own letters; write it like ${known}`;
    // another name of the zone, whose letters nobody tells here
    return name.split('/').every((part) => /^[A-Z]/.test(part)) ? undefined : unknown;
  } catch {
    return unknown;
  }
}

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
        from: time,
        /** When it ends: on the next day where that is not later than `from`. */
        until: time,
        /** Tasks that run at least in these hours, not below that of `tasks`. */
        min: count(1, most),
        /** Tasks that run at most in these hours. @default that of `tasks` */
        max: count(1, most).optional(),
      }),
    ),
  });

export type TaskSchedule = z.output<ReturnType<typeof taskSchedule>>;
type Window = TaskSchedule['windows'][string];

const minutes = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
const lasts = ({ from, until }: Window) =>
  minutes(until) - minutes(from) + (until > from ? 0 : MINUTES_OF_DAY);
const beginsAt = (day: (typeof DAYS)[number], { from }: Window) =>
  DAYS.indexOf(day) * MINUTES_OF_DAY + minutes(from);

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
  const { from, until } = window;
  const later = until > from ? 0 : 1;
  const days = (shift: number) =>
    DAYS.filter((_, index) => window.days.includes(DAYS[(index - shift + DAYS.length) % DAYS.length]!));
  return { begin: cron(from, days(0)), end: cron(until, days(later)) };
}

const cron = (at: string, days: readonly string[]) =>
  `cron(${Number(at.slice(3))} ${Number(at.slice(0, 2))} ? * ${days.length === DAYS.length ? '*' : days.join(',')} *)`;
