import { z } from 'zod';
import { timeZone } from '../settings/week';

/** Six fields of cron as AWS has them: one of the two days is `?`. */
const cron = z
  .string()
  .refine((text) => text.trim().split(/\s+/).length === 6 && /^[\w *?,/#-]+$/.test(text), {
    error: 'be six fields: minute, hour, day of month, month, day of week, year; write it like 0 3 * * ? *',
  })
  .refine((text) => [2, 4].filter((at) => text.trim().split(/\s+/)[at] === '?').length === 1, {
    error: 'have ? as day of month or as day of week; write it like 0 3 * * ? *',
  })
  .superRefine((text, context) => {
    const field = strangeField(text);
    if (field === undefined) return;
    context.addIssue({
      code: 'custom',
      message: `have a ${field} that AWS knows; write it like 0 3 * * ? *`,
    });
  });

/** Numbers that each field takes. https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html */
const FIELDS = [
  ['minute', 0, 59],
  ['hour', 0, 23],
  ['day of month', 1, 31],
  ['month', 1, 12],
  ['day of week', 1, 7],
  ['year', 1970, 2199],
] as const;
const MONTHS = /^(JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)$/i;
const WEEKDAYS = /^(SUN|MON|TUE|WED|THU|FRI|SAT)$/i;

/** The field in which AWS would find a word or a number that it does not take. */
function strangeField(text: string): string | undefined {
  const parts = text.trim().split(/\s+/);
  return FIELDS.find((field, at) => !(parts[at] ?? '').split(',').every((item) => isKnown(item, field)))?.[0];
}

/** One value, a range of two, or either with a step. */
function isKnown(item: string, [name, least, most]: (typeof FIELDS)[number]): boolean {
  const [range = '', step = '1', ...more] = item.split('/');
  if (more.length > 0 || !/^[1-9]\d*$/.test(step)) return false;
  if (range === '*') return true;
  if (range === '?') return name.startsWith('day');
  return range.split('-').every((value) => {
    if (/^\d+$/.test(value)) return Number(value) >= least && Number(value) <= most;
    if (name === 'month') return MONTHS.test(value);
    if (name === 'day of week') return WEEKDAYS.test(value) || /^([1-7]#[1-5]|[1-7]?L)$/.test(value);
    return name === 'day of month' && /^(L|LW|([1-9]|[12]\d|3[01])W)$/.test(value);
  });
}

/** When a task runs that ends by itself. */
export const runSettings = z.union(
  [
    z.literal('by-hand'),
    z.strictObject({
      /** When it starts, as cron of AWS: `0 3 * * ? *` is each night at three. */
      cron,
      /** Time zone of `cron`, which moves with its summer time. @default UTC */
      timeZone: timeZone.default('UTC'),
    }),
  ],
  {
    error:
      "be 'by-hand', or cron and timeZone; write it like { cron: '0 3 * * ? *', timeZone: 'Europe/Berlin' }",
  },
);

export type RunSettings = z.output<typeof runSettings>;
