import { z } from 'zod';

/** As cron of AWS numbers them by name. */
export const DAYS = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'] as const;
export type Day = (typeof DAYS)[number];
export const MINUTES_OF_DAY = 24 * 60;

/** A time of day, `07:30`. */
export const timeOfDay = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'be a time of day; write it like 07:30');

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

/** Since midnight. */
export const minutesOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/**
 * As Application Auto Scaling and EventBridge Scheduler take it.
 *
 * @param days on which the time is counted from midnight
 * @param minutes since that midnight; below 0 on the day before, and from 1440 on the day after
 */
export function cronAt(days: readonly Day[], minutes: number): string {
  const shift = Math.floor(minutes / MINUTES_OF_DAY);
  const rest = minutes - shift * MINUTES_OF_DAY;
  const shifted = DAYS.filter((_, index) =>
    days.includes(DAYS[(index - shift + DAYS.length) % DAYS.length]!),
  );
  const on = shifted.length === DAYS.length ? '*' : shifted.join(',');
  return `cron(${rest % 60} ${Math.floor(rest / 60)} ? * ${on} *)`;
}
