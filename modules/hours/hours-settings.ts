import { z } from 'zod';
import { distinct } from '../settings/fields';
import { DAYS, MINUTES_OF_DAY, minutesOf, timeOfDay, timeZone } from '../settings/week';

/** Databases take minutes to stop and to start, and do neither while they do the other. */
const LEAST_MINUTES_OFF = 120;

/** When an environment runs. */
export const hoursSettings = z
  .strictObject({
    /** Time zone of `from` and `until`, which moves with its summer time. @default UTC */
    timeZone: timeZone.default('UTC'),
    /** Days on which it starts. @default Monday to Friday */
    days: distinct(z.enum(DAYS)).min(1).default(['MON', 'TUE', 'WED', 'THU', 'FRI']),
    /** When services start; databases do so half an hour before. */
    from: timeOfDay,
    /** When services stop: on the next day where that is not later than `from`. Databases follow after a quarter of an hour. */
    until: timeOfDay,
  })
  .superRefine((hours, context) => {
    const isTime = [hours.from, hours.until].every((time) => timeOfDay.safeParse(time).success);
    if (!isTime || MINUTES_OF_DAY - lasts(hours) >= LEAST_MINUTES_OFF) return;
    context.addIssue({
      code: 'custom',
      path: ['until'],
      message: `leave at least two hours until from, ${hours.from}; choose an earlier time`,
    });
  });

export type Hours = z.output<typeof hoursSettings>;

/** Minutes that it runs at a time. */
export const lasts = ({ from, until }: Pick<Hours, 'from' | 'until'>) =>
  minutesOf(until) - minutesOf(from) + (until > from ? 0 : MINUTES_OF_DAY);
