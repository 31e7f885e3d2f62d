import { z } from 'zod';
import { kebabCase } from '../naming/kebab-case';

/** Every object has it already: the constructs library would find one of this name before it is made. */
export const isTakenByLanguage = (name: string) => name in Object.prototype;
export const TAKEN_BY_LANGUAGE =
  'not be named like something that every object of JavaScript has; choose another name';

/** Name of an entry: part of physical names, addresses and environment variables. */
export const entryName = z
  .string()
  .regex(
    /^[a-z](?!.*--)[a-z0-9-]{0,30}[a-z0-9]$/,
    'be 2 to 32 lower-case letters, digits and single hyphens, beginning with a letter; rename it',
  )
  .refine((name) => !isTakenByLanguage(name), { error: TAKEN_BY_LANGUAGE });

/** What every entry can say of its own life. */
export const lifeCycle = {
  /**
   * What this entry was called before; after several renames all of its names, the oldest first. It keeps the oldest,
   * with which it was made, in AWS and in the variables of programs; its addresses move on from all the others,
   * and nothing is made anew. It stays as long as the entry does. @default never renamed
   */
  renamedFrom: z
    .union([entryName, z.array(entryName).min(1)], {
      error: "be a name, or a list of names, the oldest first; write it like ['orders', 'sales']",
    })
    .transform((said) => (typeof said === 'string' ? [said] : said))
    .optional(),
  /**
   * That it is about to be removed: it no longer refuses to be deleted. Apply that, then take the entry out.
   * A database or cache leaves a last snapshot where the environment is protected; the objects of a bucket and the
   * messages of a queue go with it. @default false
   */
  decommission: z.boolean().default(false),
};
export type LifeCycle = Partial<z.output<z.ZodObject<typeof lifeCycle>>>;

/** Whether a thing refuses to be deleted: in a protected environment everything does that is not about to go. */
export const refusesDeletion = ({
  protection,
  decommission = false,
}: LifeCycle & { readonly protection: boolean }) => protection && !decommission;

/** Entries by name, as many as an environment needs. */
export const entriesOf = <Shape extends z.ZodRawShape>(entry: z.ZodObject<Shape>) =>
  z.record(entryName, entry.extend(lifeCycle)).default({});

/** The same where entries are of several kinds, and `engine` says which. */
export const entriesByEngine = <One extends z.ZodRawShape, Other extends z.ZodRawShape>(
  one: z.ZodObject<One, z.core.$strict>,
  other: z.ZodObject<Other, z.core.$strict>,
) =>
  z
    .record(entryName, z.discriminatedUnion('engine', [one.extend(lifeCycle), other.extend(lifeCycle)]))
    .default({});

/** A whole number from `min` to `max`. */
export const count = (min: number, max: number) => z.int().min(min).max(max);

/** How many there are at least and at most; a lone number is both. */
export const range = (min: number, max: number) =>
  z
    .union([
      count(min, max),
      z.strictObject({
        /** How many there are at least. */
        min: count(min, max),
        /** How many there are at most. */
        max: count(min, max),
      }),
    ])
    .transform((value) => (typeof value === 'number' ? { min: value, max: value } : value))
    .superRefine((value, context) => {
      if (value.min <= value.max) return;
      context.addIssue({
        code: 'custom',
        path: ['min'],
        message: `be at most max, ${value.max}; swap the two`,
      });
    });

/** A list of which each entry becomes a part of an address, and must stay another one as that. */
export const distinctAddresses = <T extends z.ZodType<string>>(entry: T) =>
  distinct(entry).superRefine((entries, context) => {
    const owners = new Map<string, string>();
    for (const [index, one] of entries.entries()) {
      const part = kebabCase(one);
      const owner = owners.get(part);
      if (owner === undefined) owners.set(part, one);
      else if (owner !== one) {
        context.addIssue({
          code: 'custom',
          path: [index],
          message: `differ from ${owner} in more than capitals and signs; keep one of the two`,
        });
      }
    }
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
