import { z } from 'zod';
import { count } from '../settings/fields';

/**
 * Days, the longest that SQS keeps a message. Dead letters always stay as long.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html
 */
export const MOST_RETENTION_DAYS = 14;

/**
 * A queue with a queue of its own for dead letters. SQS bills calls, $0.40 a million ($0.50 with `fifo`), and nothing by
 * the hour; where services reach AWS by interface endpoints, the first queue brings that of SQS, $7.30 a month in a zone.
 */
export const queueSettings = z.strictObject({
  /**
   * Keeps the order of each group of messages and delivers each once. S3 cannot send to it, and a queue cannot become
   * one later: another one is made. @default none: a standard queue, which may deliver twice and in any order
   */
  fifo: z
    .strictObject({
      /**
       * That two messages with the same content within 5 minutes are one. Without, whoever sends names each message, and
       * SQS refuses those that have no name. @default false
       */
      contentBasedDeduplication: z.boolean().default(false),
      /**
       * Calls in a second without bound by the queue as a whole, where many groups of messages share it; duplicates are
       * then looked for within each group. Without, 300, and duplicates in all of it. Costs the same. @default true
       */
      highThroughput: z.boolean().default(true),
    })
    .optional(),
  /**
   * Seconds for which a message that was received is hidden from others, 1 to 43200: longer than working on it takes,
   * or it is worked on twice. At least stopTimeoutSeconds of each service that receives. @default 60
   */
  visibilityTimeoutSeconds: count(1, 43_200).default(60),
  /**
   * How often a message is received, and not deleted, before it goes to the dead letters, 1 to 1000. At least 2 in
   * production, where the loss of a task alone must make none. @default 5
   */
  maxReceiveCount: count(1, 1000).default(5),
  /**
   * Days that a message waits for somebody, 1 to 13, then it is deleted. Dead letters stay for 14 days after they were
   * first sent, so that one is left to look at them. At least 4 in production: a weekend and a day. @default 4
   */
  retentionDays: count(1, MOST_RETENTION_DAYS - 1).default(4),
  /** Seconds until a new message can be received, 0 to 900. @default 0 */
  delaySeconds: count(0, 900).default(0),
  /**
   * Seconds that a call to receive waits for a message unless it says otherwise, 0 to 20. With 0 it asks a part of the
   * servers only and comes back empty at once, each time as a billed call. @default 20
   */
  receiveWaitSeconds: count(0, 20).default(20),
  /** KiB that a message is at most, attributes included, 1 to 1024; each 64 KiB are billed as a call. @default 256 */
  maxMessageKiB: count(1, 1024).default(256),
  /**
   * Minutes: an alarm rings when the oldest message has waited longer, which says that nobody receives, or too few.
   * Above delaySeconds, below retentionDays. @default 15
   */
  oldestMessageMinutes: count(1, MOST_RETENTION_DAYS * 24 * 60).default(15),
  /**
   * That a queue of the same name also stands in each standby region, of its own and empty: nothing is copied.
   * @default only in the primary
   */
  standby: z.strictObject({}).optional(),
});

export type QueueSettings = z.output<typeof queueSettings>;
export { queueRules } from './queue-rules';
