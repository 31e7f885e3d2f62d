import { z } from 'zod';

/** Name of an entry: part of physical names, addresses and environment variables. */
export const entryName = z
  .string()
  .regex(
    /^[a-z](?!.*--)[a-z0-9-]{0,30}[a-z0-9]$/,
    'be 2 to 32 lower-case letters, digits and single hyphens, beginning with a letter; rename it',
  );

/** Entries by name, as many as an environment needs. */
export const entriesOf = <T extends z.ZodType>(entry: T) => z.record(entryName, entry).default({});

/** A whole number from `min` to `max`. */
export const count = (min: number, max: number) => z.int().min(min).max(max);

/** How many there are at least and at most; a lone number is both. */
export const range = (min: number, max: number) =>
  z
    .union([count(min, max), z.strictObject({ min: count(min, max), max: count(min, max) })])
    .transform((value) => (typeof value === 'number' ? { min: value, max: value } : value))
    .superRefine((value, context) => {
      if (value.min <= value.max) return;
      context.addIssue({
        code: 'custom',
        path: ['min'],
        message: `be at most max, ${value.max}; swap the two`,
      });
    });

/** A list that names nothing twice. */
export const distinct = <T extends z.ZodType>(entry: T) =>
  z.array(entry).superRefine((entries, context) => {
    for (const [index, one] of entries.entries()) {
      if (entries.indexOf(one) === index) continue;
      context.addIssue({
        code: 'custom',
        path: [index],
        message: 'be in the list once; take the second one out',
      });
    }
  });
