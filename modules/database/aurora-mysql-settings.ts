import { z } from 'zod';
import { count, range } from '../settings/fields';
import { databaseFields } from './database-fields';
import { existingCluster } from './existing-cluster';
import { engineVersion } from './engine-version';
import { instanceClass } from './instance-class';

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
   * window. `db.t4g` is for trying things out, and not for a global database.
   */
  instanceClass,
  /**
   * Instances beside the writer, 0 to 15, spread over the other zones; the first of them takes over when the
   * writer fails. `{ min, max }` adds readers above min while the CPU of the readers is above 60 %, which takes
   * one to measure. At least 1 in production. @default 0
   */
  readers: range(0, 15).prefault(0),
  ...databaseFields,
  /**
   * A cluster that stands already, in an existing VPC: it is taken over with its instances. @default a cluster is made
   */
  existing: existingCluster.optional(),
  /**
   * A copy in each standby region that follows within a second and can be promoted there: a global database.
   * Decide it before the first apply, an existing cluster cannot join. @default none
   */
  standby: z
    .strictObject({
      /** Class of the instances there. @default as in the primary region */
      instanceClass: instanceClass.optional(),
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
