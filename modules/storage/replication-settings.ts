import { z } from 'zod';

/** How a bucket is copied to its standbys. */
export const replicationSettings = z.strictObject({
  /**
   * Whether what is written in a standby region is copied as well, to all other regions that the bucket stands in. With
   * it nothing has to be turned round after a failover: what was written there is in the primary as soon as it is back.
   * Copies are copied no further, so that nothing goes in circles. @default true
   */
  bothWays: z.boolean().default(true),
  /**
   * That 99.99 % of new objects are there within 15 minutes, which AWS answers for (S3 Replication Time Control). Costs
   * $0.015 for each GB, beside $0.02 for the way from region to region and the storage there; brings `metrics` along.
   * Without it most are there within 15 minutes too, but nobody promises it. @default false
   */
  timeControl: z.boolean().default(false),
  /**
   * Measures how far behind copies are and what failed, and raises alarms of both. Costs $1.20 a month for each way,
   * as four metrics of one's own. @default true
   */
  metrics: z.boolean().default(true),
});

export type ReplicationSettings = z.output<typeof replicationSettings>;
