import { z } from 'zod';
import { roleArn } from '../access/role-arn';
import { variableName } from '../access/usable';
import { count, distinct } from '../settings/fields';
import { archiveTierSettings } from './archive-tiers';
import { bucketNotify } from './bucket-notify-settings';
import { existingBucket } from './existing-bucket';
import { objectLockSettings } from './object-lock';
import { replicationSettings } from './replication-settings';

/** By which a client finds a bucket. */
export const bucketVariable = (name: string) => variableName('BUCKET', name);

/** What the log bucket of a region is called in its name; no other bucket can be called that. */
export const LOG_BUCKET = 'logs';

/**
 * What the storage classes are called here and in the API, and the days that S3 bills an object there for at
 * least. https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-class-intro.html
 */
export const ARCHIVE_STORAGE_CLASSES = {
  'glacier-instant': { storageClass: 'GLACIER_IR', minimumDays: 90 },
  'glacier-flexible': { storageClass: 'GLACIER', minimumDays: 90 },
  'deep-archive': { storageClass: 'DEEP_ARCHIVE', minimumDays: 180 },
  'intelligent-tiering': { storageClass: 'INTELLIGENT_TIERING', minimumDays: 0 },
} as const;

/** S3's own threshold, and the least that Glacier Instant Retrieval bills for an object. */
export const KIB_128 = 131_072;

export const bucketSettings = z.strictObject({
  /**
   * From where objects are read and written:
   * - `vpc`: the VPC of the region alone, which is where services run, for nothing. Neither persons nor browsers nor
   *   presigned URLs get at an object from elsewhere; AWS's own services do, CloudFront among them;
   * - `account`: anywhere, by whoever IAM lets in.
   *
   * In both nobody comes in without a permission, and nobody from the public.
   *
   * @default vpc; of a bucket that stands already account, since nobody knows from where it is read
   */
  access: z.enum(['vpc', 'account']).optional(),
  /**
   * Roles by ARN that get at objects from anywhere with `access: 'vpc'`: of whoever restores, loads or backs up. The
   * pipeline, replication and AWS Backup's own role do so unsaid. @default none
   */
  exemptRoles: distinct(roleArn).default([]),
  /**
   * Days after its creation that an object goes to the archive. S3 counts from the creation, not from the last
   * time that it was read. @default 180
   */
  archiveAfterDays: count(1, 3650).default(180),
  /**
   * Where old objects go, with what a GB costs in us-east-1 (standard storage: $0.023 a month):
   * - `glacier-instant`: $0.004 a month, $0.03 to read, at once, by the same calls as before;
   * - `glacier-flexible`: $0.0036 a month; has to be restored before it can be read, which takes 3 to 5 hours
   *   for $0.01, or up to 12 for nothing;
   * - `deep-archive`: $0.00099 a month; restored within 12 hours for $0.02, or within 48 for $0.0025;
   * - `intelligent-tiering`: counts from the last time that an object was read: $0.0125 after 30 days, $0.004 after 90,
   *   both at once and for nothing when it is read, and less with `archiveTiers`; $0.0025 a month for 1000 objects;
   * - `none`: objects stay where they are.
   *
   * An application that does not know of restoring gets an error for objects in the middle two.
   *
   * @default glacier-instant
   */
  archiveStorageClass: z
    .enum(['glacier-instant', 'glacier-flexible', 'deep-archive', 'intelligent-tiering', 'none'])
    .default('glacier-instant'),
  /**
   * Smallest object that is archived, in bytes, 16384 to 1073741824. Each move is billed as a request, and
   * flexible and deep archive add 40 KB of bookkeeping to each object: below 16 KB the archive is dearer than
   * what it replaces. @default 131072
   */
  minimumArchiveSizeBytes: count(16_384, 1_073_741_824).default(KIB_128),
  /**
   * With `intelligent-tiering`: after how many days without being read an object goes where it has to be restored from.
   * @default never
   */
  archiveTiers: archiveTierSettings.optional(),
  /**
   * Keeps versions from being deleted before their time, whoever asks; also in the standby. Can be set later, and never
   * be taken back: locked versions stay, and the bucket with them, which then refuses to be emptied also where the
   * environment is not protected. @default they can be deleted
   */
  objectLock: objectLockSettings.optional(),
  /**
   * Writes down each request, into the log bucket of the region, for `logRetentionDays`. Costs its storage, about $0.01
   * for 1 million requests a month. @default false
   */
  accessLogs: z.boolean().default(false),
  /**
   * Lists all versions in the log bucket, with size, encryption, class and whether they were copied:
   * `daily`, `weekly` or `none`. $0.0025 for each million objects and list. @default none
   */
  inventory: z.enum(['daily', 'weekly', 'none']).default('none'),
  /** Days that a version is kept after it was overwritten or deleted. @default 90 */
  keepVersionsDays: count(1, 3650).default(90),
  /** Days after its creation that an object is deleted. @default never */
  expireAfterDays: count(1, 36_500).optional(),
  /**
   * A bucket that stands already in the primary region, by its name: it is taken over with its objects, and what the
   * settings say is then true of it. With `{ name, lacks }` what S3 was never told of it, since only what is there can be
   * read first. @default a bucket is made
   */
  existing: existingBucket.optional(),
  /**
   * Queues that are told what happens in it, by name in `queues`: `{ uploads: { prefix: 'incoming/' } }`. No queue with
   * `fifo`, and of the same objects and events one queue alone. A bucket has one list of all that
   * is told: with `existing` the plan shows what this takes the place of. Costs what the queue costs.
   * @default none
   */
  notify: bucketNotify,
  /** A bucket of its own in the standby region as well; `existing` says which one stands there already. @default none */
  standby: z
    .strictObject({
      /** The bucket that stands there already, as above. @default a bucket is made */
      existing: existingBucket.optional(),
    })
    .optional(),
  /** That the buckets of all regions hold the same objects, where there is a `standby`. @default each has its own */
  replication: replicationSettings.optional(),
});

export type BucketSettings = z.output<typeof bucketSettings>;

/** Whether objects are denied to whoever is outside of the VPC. */
export const isVpcOnly = ({ access, existing }: Pick<BucketSettings, 'access' | 'existing'>): boolean =>
  (access ?? (existing === undefined ? 'vpc' : 'account')) === 'vpc';
