import { machineType, type Sizes } from '../settings/machine-type';
import { memoryGiB } from './instance-class';

const TO_2 = ['micro', 'small', 'medium', 'large', 'xlarge', '2xlarge'];
const TO_16 = ['large', 'xlarge', '2xlarge', '4xlarge', '8xlarge', '12xlarge', '16xlarge'];
const TO_24 = [...TO_16, '24xlarge'];

/**
 * Classes that RDS MySQL runs in both default regions, less those of older generations, as of November 2026; the price list,
 * which cfn-lint reads each week, has the same:
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.Support.html
 * https://github.com/aws-cloudformation/cfn-lint (aws_rds_dbinstance/dbinstanceclass_enum.json)
 */
export const MYSQL_SIZES = {
  t3: TO_2,
  t4g: TO_2,
  m5: TO_24,
  m6g: TO_16,
  m6i: [...TO_24, '32xlarge'],
  m7g: TO_16,
  m7i: [...TO_24, '48xlarge'],
  m8g: [...TO_24, '48xlarge'],
  r5: TO_24,
  r6g: TO_16,
  r6i: [...TO_24, '32xlarge'],
  r7g: TO_16,
  r7i: [...TO_24, '48xlarge'],
  r8g: [...TO_24, '48xlarge'],
  x2g: TO_16,
} as const satisfies Sizes;

export const mysqlClass = machineType({
  what: 'a class that RDS MySQL runs',
  prefix: 'db',
  sizes: MYSQL_SIZES,
  example: 'db.r7g.large',
  file: 'modules/database/mysql-class.ts',
});

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DatabaseInsights.Engines.html */
export const hasInsights = (name: string) => !/^db\.t\d\w*\.(micro|small)$/.test(name);

/** What is shown of a class unless the settings say otherwise. */
export const defaultInsights = (name: string) => (hasInsights(name) ? 'standard' : 'none');

/**
 * Connections that RDS takes unless the parameter max_connections says otherwise. Its formula is over the memory that
 * RDS leaves to MySQL, which it does not publish: the real number is up to a tenth smaller.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Limits.html#RDS_Limits.MaxConnections
 */
export const mysqlMaxConnections = (name: string): number =>
  Math.floor((0.9 * memoryGiB(name) * 1024 ** 3) / 12_582_880);
