import { z } from 'zod';
import { count, range } from '../settings/fields';
import { dailyWindow, weeklyWindow } from '../settings/windows';
import { engineVersion } from './engine-version';
import { instanceClass } from './instance-class';
import { isReservedWord } from './reserved-words';

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
  /** Days back to which the database can be restored, to the second, 1 to 35. At least 7 in production. @default 7 */
  backupRetentionDays: count(1, 35).default(7),
  /** When the daily snapshot is made, in UTC, 30 minutes or more. @default '06:00-07:00', night in North America */
  backupWindow: dailyWindow(30).default('06:00-07:00'),
  /**
   * When AWS may restart instances, in UTC, 30 minutes or more, apart from backupWindow.
   * @default 'sun:07:30-sun:08:30'
   */
  maintenanceWindow: weeklyWindow(30).default('sun:07:30-sun:08:30'),
  /** Schema that is made with the cluster; another name later would replace the cluster. @default none */
  databaseName: z
    .string()
    .regex(
      /^[A-Za-z][A-Za-z0-9_]{0,63}$/,
      'be 1 to 64 letters, digits and underscores, beginning with a letter; rename it',
    )
    .refine((name) => !isReservedWord(name), {
      error: 'not be a word that MySQL reserves, nor a schema that it has; rename it',
    })
    .optional(),
  /** Whether connections and changes of users and tables go to the audit log. True in production. @default true */
  auditLog: z.boolean().default(true),
  /**
   * Cluster parameters by name, over those that are set here. They take effect when the instances are next
   * restarted. TLS and what is logged cannot be switched off. @default none
   */
  parameters: z
    .record(
      z.string().regex(/^[a-z][a-z0-9_]*$/, 'be the name of a parameter; write it like max_connections'),
      z.string(),
    )
    .default({}),
  /**
   * Raise it by one to give the master user of a global database another password. Other databases change
   * theirs every week by themselves. @default 1
   */
  passwordVersion: count(1, 1_000_000).default(1),
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
