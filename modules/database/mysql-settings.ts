import { z } from 'zod';
import { count, range } from '../settings/fields';
import { databaseFields } from './database-fields';
import { mysqlClass } from './instance-class';
import { mysqlVersion } from './mysql-version';
import { proxySettings } from './proxy-settings';

/** An RDS MySQL instance: one that writes, a second in another zone that takes over, and replicas that read. */
export const mysqlSettings = z.strictObject({
  /** What kind of database it is. */
  engine: z.literal('mysql'),
  /**
   * Release of MySQL 8.4, as RDS writes it. Raising it is an outage of minutes, in the maintenance window; `upgrades`
   * makes that seconds. @default '8.4.10'
   */
  engineVersion: mysqlVersion.default('8.4.10'),
  /**
   * Release of the replicas that nothing follows, here and in standby regions, while they are ahead: RDS refuses to
   * upgrade an instance before its replicas. Not lower than engineVersion. @default engineVersion
   */
  replicaEngineVersion: mysqlVersion.optional(),
  /** Class of every instance, such as `db.r7g.large`: another one is an outage of a minute with multiAz, else of several. */
  instanceClass: mysqlClass,
  /**
   * Whether a second instance in another zone holds the same data and takes over within a minute or two. It cannot be
   * read. True in production. @default false
   */
  multiAz: z.boolean().default(false),
  /**
   * GiB of gp3 storage of each instance to begin with, and up to which RDS adds more while less than a tenth is free; it
   * never takes any away. 20 to 65,536, a lone number does not grow. From 400 GiB on storage is four times as fast.
   * Raising max is no outage. https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html
   * @default { min: 20, max: 100 }
   */
  storageGiB: range(20, 65_536).prefault({ min: 20, max: 100 }),
  /**
   * Instances that read what this one writes, 0 to 15, in other zones. `DATABASE_<NAME>_READER_HOST` names those of
   * them that answer and are not too far behind. @default 0
   */
  replicas: count(0, 15).default(0),
  /** Seconds that a replica may be behind before reads go elsewhere and somebody is told, 1 to 3600. @default 30 */
  maxReplicaLagSeconds: count(1, 3600).default(30),
  ...databaseFields,
  /**
   * An RDS Proxy before the instance that writes: many clients share few connections, and wait out a failover instead of
   * losing theirs. RDS leads it to no replica: what is read there is read directly, and in standby regions there is none. It
   * costs $11 a month for each vCPU of the instance, at least 2. @default none
   */
  proxy: proxySettings.optional(),
  /**
   * Days for which the backups are kept in the region that takes over as well, 1 to 35: the database can be restored
   * there though its own region is gone, also without a replica there. @default none are copied
   */
  backupCopyDays: count(1, 35).optional(),
  /**
   * What Database Insights shows: `standard` the load of 7 days, `advanced` that of 15 months with plans and locks, for
   * a price; `none` for the classes that have none, `micro` and `small`.
   * @default 'standard', or 'none' where a class has none
   */
  insights: z.enum(['none', 'standard', 'advanced']).optional(),
  /**
   * How another engineVersion, instanceClass or parameter group comes: `in-place` in the maintenance window, or
   * `blue-green`, at once, on a copy that takes over within a minute. RDS does that from Terraform only without replicas
   * and without standby. @default 'in-place'
   */
  upgrades: z.enum(['in-place', 'blue-green']).default('in-place'),
  /**
   * Replicas in each standby region, encrypted with a key of that region, of which the first can be promoted there.
   * @default none
   */
  standby: z
    .strictObject({
      /** Class of the instances there. @default as in the primary region */
      instanceClass: mysqlClass.optional(),
      /**
       * Release of the first of several replicas there while it is ahead: it is upgraded after those that follow it, and
       * before the instance that writes. @default engineVersion
       */
      engineVersion: mysqlVersion.optional(),
      /** Whether a second instance in another zone stands by there as well. @default false */
      multiAz: z.boolean().default(false),
      /** Instances there, 1 to 15: the first follows the primary region, the others follow it. @default 1 */
      replicas: count(1, 15).default(1),
    })
    .optional(),
});

export type MysqlSettings = z.output<typeof mysqlSettings>;
export { mysqlRules } from './mysql-rules';
