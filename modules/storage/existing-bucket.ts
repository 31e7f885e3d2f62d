import { z } from 'zod';
import { distinct } from '../settings/fields';

/**
 * What S3 keeps of a bucket beside its objects, each a resource of its own. Writing one of them for the first time takes
 * the place of whatever is there, so that it has to be read first.
 */
export const BUCKET_PARTS = [
  'encryption',
  'lifecycle',
  'ownership',
  'policy',
  'publicAccessBlock',
  'versioning',
] as const;

/** The same of what is written only where the settings ask for it; otherwise it stays as it is. */
export const OPTIONAL_BUCKET_PARTS = ['accessLogs', 'objectLock', 'replication'] as const;
export type BucketPart = (typeof BUCKET_PARTS)[number] | (typeof OPTIONAL_BUCKET_PARTS)[number];

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html; names with dots are no longer made, but there are some. */
const bucketName = z
  .string()
  .regex(
    /^(?!\d+(\.\d+){3}$)[a-z0-9](?!.*\.\.)[a-z0-9.-]{1,61}[a-z0-9]$/,
    "be the name of a bucket, without s3:// or arn:; write it like 'shop-media'",
  );

/** A bucket that stands already: its name, or its name and what it has none of. */
export const existingBucket = z
  .union([
    bucketName,
    z.strictObject({
      /** Its name, 3 to 63 characters. */
      name: bucketName,
      /** What was never set on this bucket, so that there is nothing to take over. @default none */
      lacks: distinct(z.enum([...BUCKET_PARTS, ...OPTIONAL_BUCKET_PARTS])).default([]),
    }),
  ])
  .transform((said): ExistingBucket => (typeof said === 'string' ? { name: said, lacks: [] } : said));

export interface ExistingBucket {
  readonly name: string;
  readonly lacks: readonly BucketPart[];
}
