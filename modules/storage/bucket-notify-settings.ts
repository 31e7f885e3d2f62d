import { z } from 'zod';
import type { Problem } from '../settings/capability-rules';
import { distinct, entryName } from '../settings/fields';

/** What S3 calls it. https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-event-types-and-destinations.html */
export const BUCKET_EVENTS = {
  created: 's3:ObjectCreated:*',
  removed: 's3:ObjectRemoved:*',
  restored: 's3:ObjectRestore:Completed',
  archived: 's3:LifecycleTransition',
  expired: 's3:LifecycleExpiration:*',
} as const;
type BucketEvent = keyof typeof BUCKET_EVENTS;

/** S3 compares keys as they are in URLs, and says nothing of a filter that can never hold. */
const partOfKey = z
  .string()
  .min(1)
  .max(1024)
  .regex(
    /^[\w!.*'()/-]+$/,
    "be letters, digits and !-_.*'()/, which stand for themselves in the key of an object; choose another one",
  );

/** Which events of a bucket go to which queue. */
export const bucketNotify = z
  .record(
    entryName,
    z.strictObject({
      /**
       * What is told: `created` (also by a copy or an upload in parts), `removed` (also by hiding it with a delete
       * marker), `restored` from an archive, `archived` or `expired` by the lifecycle. @default created
       */
      events: distinct(z.enum(Object.keys(BUCKET_EVENTS) as [BucketEvent, ...BucketEvent[]]))
        .min(1)
        .default(['created']),
      /** How the keys of these objects begin, 1 to 1024 characters: `uploads/`. @default any */
      prefix: partOfKey.optional(),
      /** How they end: `.jpg`. @default any */
      suffix: partOfKey.optional(),
    }),
  )
  .default({});

export type BucketNotify = z.output<typeof bucketNotify>;
type Told = BucketNotify[string];

/** What S3 would refuse at the apply. */
export function notifyProblems({ notify }: { readonly notify: BucketNotify }): Problem[] {
  const told = Object.entries(notify);
  return told.flatMap(([queue, one], index) =>
    told.slice(0, index).flatMap(([other, earlier]): Problem[] => {
      const event = one.events.find((each) => earlier.events.includes(each));
      if (event === undefined || !overlap(earlier, one)) return [];
      return [
        {
          path: ['notify', queue],
          rule: `not be told of the same objects as ${other}: S3 tells one queue that an object was ${event}`,
          remedy: 'give the two prefixes or suffixes of which none begins or ends with the other',
        },
      ];
    }),
  );
}

/** As S3 does it: both the beginnings and the ends could be those of one key. */
function overlap(one: Told, other: Told): boolean {
  const [a = '', b = ''] = [one.prefix, other.prefix];
  const [c = '', d = ''] = [one.suffix, other.suffix];
  return (a.startsWith(b) || b.startsWith(a)) && (c.endsWith(d) || d.endsWith(c));
}
