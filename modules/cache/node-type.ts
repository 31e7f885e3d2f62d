import { machineType, type Sizes } from '../settings/machine-type';

const SMALL = ['micro', 'small', 'medium'];
const INTEL = ['large', 'xlarge', '2xlarge', '4xlarge', '12xlarge', '24xlarge'];
const GRAVITON = ['large', 'xlarge', '2xlarge', '4xlarge', '8xlarge', '12xlarge', '16xlarge'];

/**
 * Current node types, without those that put values on disks (r6gd, which wants settings of its own). As of
 * August 2026; the price list, which cfn-lint reads each week, has the same:
 * https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheNodes.SupportedTypes.html
 * https://github.com/aws-cloudformation/cfn-lint (aws_elasticache_cachecluster/cachenodetype_enum.json)
 */
export const NODE_SIZES = {
  t3: SMALL,
  t4g: SMALL,
  m5: INTEL,
  m6g: GRAVITON,
  m7g: GRAVITON,
  m8g: GRAVITON,
  r5: INTEL,
  r6g: GRAVITON,
  r7g: GRAVITON,
  r8g: GRAVITON,
  c7gn: GRAVITON,
  c8gn: GRAVITON,
} as const satisfies Sizes;

export const nodeType = machineType({
  what: 'a current node type without data tiering',
  prefix: 'cache',
  sizes: NODE_SIZES,
  example: 'cache.r7g.large',
  file: 'modules/cache/node-type.ts',
});
