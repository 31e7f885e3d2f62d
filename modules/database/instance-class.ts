import { machineType, type Sizes } from '../settings/machine-type';

const TO_2 = ['micro', 'small', 'medium', 'large', 'xlarge', '2xlarge'];
const TO_16 = ['large', 'xlarge', '2xlarge', '4xlarge', '8xlarge', '12xlarge', '16xlarge'];
const TO_24 = [...TO_16, '24xlarge'];

/**
 * What both engines run of the families for memory, less those of older generations, in both default regions. As of
 * November 2026; the price list, which cfn-lint reads each week, has the same:
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.DBInstanceClass.SupportAurora.html
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.Support.html
 * https://github.com/aws-cloudformation/cfn-lint (aws_rds_dbinstance/dbinstanceclass_enum.json)
 */
const FOR_MEMORY = {
  r5: TO_24,
  r6g: TO_16,
  r6i: [...TO_24, '32xlarge'],
  r7g: TO_16,
  r7i: [...TO_24, '48xlarge'],
  r8g: [...TO_24, '48xlarge'],
  x2g: TO_16,
} as const satisfies Sizes;

/** Classes that Aurora MySQL 3 runs with Performance Insights, which db.t3 lacks. */
const AURORA_SIZES = { t4g: ['medium', 'large'], ...FOR_MEMORY } as const satisfies Sizes;

export const MYSQL_SIZES = {
  t3: TO_2,
  t4g: TO_2,
  m5: TO_24,
  m6g: TO_16,
  m6i: [...TO_24, '32xlarge'],
  m7g: TO_16,
  m7i: [...TO_24, '48xlarge'],
  m8g: [...TO_24, '48xlarge'],
  ...FOR_MEMORY,
} as const satisfies Sizes;

/** Of instances that have as much of a machine as they need at the time. */
export const SERVERLESS = 'db.serverless';

export const auroraClass = machineType({
  what: 'a class that Aurora MySQL 3 runs with Performance Insights',
  prefix: 'db',
  sizes: AURORA_SIZES,
  others: [SERVERLESS],
  example: 'db.r8g.large',
  file: 'modules/database/instance-class.ts',
});

export const mysqlClass = machineType({
  what: 'a class that RDS MySQL runs',
  prefix: 'db',
  sizes: MYSQL_SIZES,
  example: 'db.r7g.large',
  file: 'modules/database/instance-class.ts',
});

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DatabaseInsights.Engines.html */
export const hasInsights = (name: string) => !/^db\.t\d\w*\.(micro|small)$/.test(name);

/** What is shown of a class unless the settings say otherwise. */
export const defaultInsights = (name: string) => (hasInsights(name) ? 'standard' : 'none');

/** Whether it lends CPU, and is none of those that a global database runs on. */
export const isBurstable = (name: string) => name.startsWith('db.t');

/** Of the burstable classes, which follow no rule. */
const BURSTABLE_GIB: Readonly<Record<string, number>> = {
  micro: 1,
  small: 2,
  medium: 4,
  large: 8,
  xlarge: 16,
  '2xlarge': 32,
};

/** GiB of the smallest size that the others double, `large`, by the first letter of the family. */
const LARGE_GIB: Readonly<Record<string, number>> = { m: 8, r: 16, x: 32 };

/** @param name a class of Aurora or of RDS MySQL. @throws if it is of a family that is in neither list */
export function memoryGiB(name: string): number {
  const [, family = '', size = ''] = name.split('.');
  const larges = size === 'large' ? 1 : 2 * Number(size.replace('xlarge', '') || 1);
  const memory = isBurstable(name) ? BURSTABLE_GIB[size] : larges * (LARGE_GIB[family.charAt(0)] ?? NaN);
  if (memory === undefined || Number.isNaN(memory)) {
    throw new Error(
      `the memory of ${name} must be known, got none; add its family to modules/database/instance-class.ts`,
    );
  }
  return memory;
}

/** GiB of memory of a capacity unit. https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.how-it-works.html */
const GIB_OF_ACU = 2;

/** GiB that an instance has, or can have: what it measures as free is less than that, also while it is small. */
export const mostMemoryGiB = (name: string, capacity?: { readonly max: number }): number =>
  name === SERVERLESS ? GIB_OF_ACU * (capacity?.max ?? 1) : memoryGiB(name);
