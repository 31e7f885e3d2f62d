import { z } from 'zod';
import { REGION_NAMES } from '../network/regions';
import { count, distinct, entryName, range } from '../settings/fields';
import { databaseFields } from './database-fields';
import { existingCluster } from './existing-cluster';
import { engineVersion } from './engine-version';
import { auroraClass } from './instance-class';
import { proxySettings } from './proxy-settings';

/** An Aurora MySQL cluster: storage over three zones, a writer, and readers that take over when it fails. */
export const auroraMysqlSettings = z.strictObject({
  /** What kind of database it is. */
  engine: z.literal('aurora-mysql'),
  /**
   * Release of Aurora MySQL 3, as RDS writes it. Raising it is an outage of minutes, in the maintenance window; with
   * `standby` the global database brings all regions up together, at once.
   * @default '8.0.mysql_aurora.3.10.3', of the line that AWS supports longest (LTS)
   */
  engineVersion: engineVersion.default('8.0.mysql_aurora.3.10.3'),
  /**
   * Class of every instance, such as `db.r8g.large`: changing it replaces them one by one in the maintenance
   * window. `db.t4g` is for trying things out, and not for a global database. `db.serverless` grows and shrinks with the
   * load, within `capacity`.
   */
  instanceClass: auroraClass,
  /**
   * Capacity units that each `db.serverless` instance has at least and at most, in steps of 0.5: 0 to 256, of 2 GiB memory
   * each. With a min of 0 it stops after five minutes without connections, and the next one waits 15 seconds; not in
   * production. @default none, and needed with `db.serverless` alone
   */
  capacity: z
    .strictObject({
      /** At least, 0 to 256. */
      min: z.number().min(0).max(256).multipleOf(0.5),
      /** At most, 1 to 256. */
      max: z.number().min(1).max(256).multipleOf(0.5),
    })
    .optional(),
  /**
   * Instances beside the writer, 0 to 15, spread over the other zones; the first of them takes over when the
   * writer fails. `{ min, max }` adds readers above min while the CPU of the readers is above 60 %, which takes
   * one to measure. At least 1 in production. @default 0
   */
  readers: range(0, 15).prefault(0),
  /**
   * Further endpoints by name, each leading to some of the readers that always stand: reader 1 is the first beside the
   * writer. Whoever uses the database gets them as `DATABASE_<NAME>_<ENDPOINT>_HOST`. While none of its readers is there
   * to read, an endpoint answers nothing; the common reader endpoint leads to all of them all the same. @default none
   */
  endpoints: z
    .record(
      entryName,
      z.strictObject({
        /** Numbers of readers, 1 to 15. */
        readers: distinct(count(1, 15)).min(1),
      }),
    )
    .default({}),
  ...databaseFields,
  /**
   * An RDS Proxy, in each region that has instances: many clients share few connections, and wait out a failover instead of
   * losing theirs. Writes go through it, and in the primary region reads as well; `endpoints` lie beside it. It costs $11 a
   * month for each vCPU of all instances (at least 2 each), or for each unit of capacity (at least 8), and $7 a month and
   * zone for the endpoint of readers. @default none
   */
  proxy: proxySettings.optional(),
  /**
   * A cluster that stands already, in an existing VPC: it is taken over with its instances. @default a cluster is made
   */
  existing: existingCluster.optional(),
  /**
   * What Database Insights shows: `standard` the load of 7 days, `advanced` that of 15 months with plans and locks, for
   * a price. @default 'standard'
   */
  insights: z.enum(['standard', 'advanced']).default('standard'),
  /**
   * Region that writes, after the database was promoted in another one: alarms and the scaling of readers follow, no
   * cluster changes. It takes `standby`. @default the region whose role is primary
   */
  primaryRegion: z.enum(REGION_NAMES).optional(),
  /**
   * Whether what is written to a cluster that follows goes on to the one that writes, and comes back as its data do. It
   * needs `aurora_replica_read_consistency`, of the session or of `parameters`: without it the cluster refuses writes as before.
   * Every release of Aurora MySQL 3 has it. It takes `standby`, and connections where is written; a write takes the way
   * between the regions. https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database-write-forwarding-ams.html
   * @default false
   */
  writeForwarding: z.boolean().default(false),
  /**
   * A copy in each standby region that follows within a second and can be promoted there: a global database.
   * Decide it before the first apply, an existing cluster cannot join. @default none
   */
  standby: z
    .strictObject({
      /** Class of the instances there. @default as in the primary region */
      instanceClass: auroraClass.optional(),
      /**
       * Instances there, 0 to 15, all readers until promoted. With 0 only the storage follows: cheap, but
       * instances have to be added before it can be promoted. AWS scales none of them. At least 1 in
       * production. @default 1
       */
      readers: count(0, 15)
        .transform((number) => ({ min: number, max: number }))
        .prefault(1),
    })
    .optional(),
});

export type AuroraMysqlSettings = z.output<typeof auroraMysqlSettings>;
export { auroraMysqlRules } from './aurora-mysql-rules';
