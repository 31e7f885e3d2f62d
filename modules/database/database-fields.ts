import { z } from 'zod';
import { count } from '../settings/fields';
import { dailyWindow, weeklyWindow } from '../settings/windows';
import { isReservedWord } from './reserved-words';

/** What every engine of databases can be told. */
export const databaseFields = {
  /**
   * Whether reads go to the other region while no instance of this one can be read, by `interRegion` of the environment:
   * from the standby that takes over to the primary, and back. That takes 60 to 70 ms for each statement between us-east-1
   * and us-west-2 instead of one, and $0.02 for each GB; who reads goes by the name that RDS gave the instance or the cluster,
   * and its TLS certificate with it: docs/operations.md says how. A standby has to stand, of Aurora with an instance.
   * @default false
   */
  crossRegionReads: z.boolean().default(false),
  /** Days back to which the database can be restored, to the second, 1 to 35. At least 7 in production. @default 7 */
  backupRetentionDays: count(1, 35).default(7),
  /**
   * When the daily snapshot is made, in UTC, 30 minutes or more. A database that `hours` stop makes none while it is stopped:
   * then it lies within them, in summer as in winter. @default '06:00-07:00', night in North America, or where hours stop it as they begin
   */
  backupWindow: dailyWindow(30).default('06:00-07:00'),
  /**
   * That it runs on outside of the environment's `hours`. AWS stops no instance that has replicas or is one, and no cluster
   * of a global database. @default false
   */
  alwaysOn: z.boolean().default(false),
  /**
   * When AWS may restart instances, in UTC, 30 minutes or more, apart from backupWindow, and within `hours` where they stop it.
   * @default 'sun:07:30-sun:08:30', where hours stop it, the first hour of their second day that backupWindow leaves
   */
  maintenanceWindow: weeklyWindow(30).default('sun:07:30-sun:08:30'),
  /**
   * Schema that is made with the database, and in which services have their rights; another name later would replace
   * the database. @default none is made with it, and services have their rights in one named like the database
   */
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
   * Parameters of MySQL by name, over those that are set here. They take effect when the instances are next
   * restarted. TLS and what is logged cannot be switched off. @default none
   */
  parameters: z
    .record(
      z.string().regex(/^[a-z][a-z0-9_]*$/, 'be the name of a parameter; write it like max_connections'),
      z.string(),
    )
    .default({}),
  /**
   * Raise it by one to give the master user another password, where RDS does not change it every week by itself: in
   * a global database, and in RDS MySQL. @default 1
   */
  passwordVersion: count(1, 1_000_000).default(1),
};
