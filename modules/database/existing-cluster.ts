import { z } from 'zod';
import { keyArn } from '../adoption/existing-ids';
import { securityGroupId } from '../network/existing-network';
import { distinct } from '../settings/fields';

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBCluster.html; RDS keeps them in small letters. */
const identifier = (what: string) =>
  z
    .string()
    .regex(
      /^[a-z](?!.*--)[a-z0-9-]{0,62}(?<!-)$/,
      `be the name of ${what}, as RDS shows it, and no ARN; copy it from AWS`,
    );

/** Groups may also hold dots, and those of AWS are called like `default.aurora-mysql8.0`. */
const groupName = (what: string) =>
  z
    .string()
    .regex(
      /^[a-z][a-z0-9 ._-]{0,254}$/,
      `be the name of ${what}, as RDS shows it, and no ARN; copy it from AWS`,
    );

/** An Aurora cluster that stands already, in an existing VPC. What another value of would replace it has to be said. */
export const existingCluster = z.strictObject({
  /** Its identifier, which it keeps. */
  cluster: identifier('a cluster'),
  /** All of its instances, the writer first, but for those that scaling has added. At least one. */
  instances: distinct(identifier('an instance')).min(1),
  /** The user that it was made with. Password and user are left alone. @default admin */
  masterUsername: z
    .string()
    .regex(/^[a-zA-Z]\w{0,31}$/, 'be the master user of the cluster; copy it from AWS')
    .default('admin'),
  /** Imported as well: afterwards it holds the data subnets. */
  subnetGroup: groupName('a DB subnet group'),
  /** All of the groups that it has now. They stay; what uses the database here is let in by the first of them. */
  securityGroups: distinct(securityGroupId).min(1),
  /** ARN of the key that its storage is encrypted with. @default the key for data that stands already in the region */
  key: keyArn.optional(),
  /**
   * The cluster parameter group that it goes on using, whose parameters, TLS and audit log are left alone. @default one is
   * made, and the cluster changes to it at its next restart
   */
  parameterGroup: groupName('a cluster parameter group').optional(),
  /** The same of its instances. @default one is made, and they change to it at their next restart */
  instanceParameterGroup: groupName('a parameter group').optional(),
  /** Logs that it exports already, so that their log groups exist. @default none */
  logs: distinct(z.enum(['audit', 'error', 'slowquery'])).default([]),
});

export type ExistingCluster = z.output<typeof existingCluster>;
