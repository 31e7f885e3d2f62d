import { z } from 'zod';
import { timeZone } from './task-schedule';

/** Six fields of cron as AWS has them: one of the two days is `?`. */
const cron = z
  .string()
  .refine((text) => text.trim().split(/\s+/).length === 6 && /^[\w\s*?,/#-]+$/.test(text), {
    error: 'be six fields: minute, hour, day of month, month, day of week, year; write it like 0 3 * * ? *',
  })
  .refine((text) => [2, 4].filter((at) => text.trim().split(/\s+/)[at] === '?').length === 1, {
    error: 'have ? as day of month or as day of week; write it like 0 3 * * ? *',
  });

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
