/**
 * The regions of the partition `aws`, and the zones that new subnets go to, as letters.
 *
 * Zones are written down instead of looked up: a look-up that returns one zone more would move subnets. A
 * region that is not enabled in new accounts says so.
 * Source: https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html
 */
export interface RegionFacts {
  /** Letters of the zones, in the order in which subnets take them. */
  readonly zones: readonly string[];
  /** Letters of the others, which can only be named: newer accounts lack some, and some lack services. */
  readonly otherZones?: readonly string[];
  /** Whether an account has to enable it first. */
  readonly optIn?: true;
}

const abc = ['a', 'b', 'c'] as const;

export const REGIONS = {
  'us-east-1': { zones: abc, otherZones: ['d', 'e', 'f'] },
  'us-east-2': { zones: abc },
  // an account gets two zones here, and which two differs: name them in `availabilityZones`
  'us-west-1': { zones: ['a', 'c'], otherZones: ['b'] },
  'us-west-2': { zones: abc, otherZones: ['d'] },
  'ca-central-1': { zones: ['a', 'b', 'd'] },
  'eu-central-1': { zones: abc },
  'eu-north-1': { zones: abc },
  'eu-west-1': { zones: abc },
  'eu-west-2': { zones: abc },
  'eu-west-3': { zones: abc },
  'ap-northeast-1': { zones: ['a', 'c', 'd'], otherZones: ['b'] },
  'ap-northeast-2': { zones: abc, otherZones: ['d'] },
  'ap-northeast-3': { zones: abc },
  'ap-south-1': { zones: abc },
  'ap-southeast-1': { zones: abc },
  'ap-southeast-2': { zones: abc },
  'sa-east-1': { zones: abc },
  'af-south-1': { zones: abc, optIn: true },
  'ap-east-1': { zones: abc, optIn: true },
  'ap-east-2': { zones: abc, optIn: true },
  'ap-south-2': { zones: abc, optIn: true },
  'ap-southeast-3': { zones: abc, optIn: true },
  'ap-southeast-4': { zones: abc, optIn: true },
  'ap-southeast-5': { zones: abc, optIn: true },
  'ap-southeast-6': { zones: abc, optIn: true },
  'ap-southeast-7': { zones: abc, optIn: true },
  'ca-west-1': { zones: abc, optIn: true },
  'eu-central-2': { zones: abc, optIn: true },
  'eu-south-1': { zones: abc, optIn: true },
  'eu-south-2': { zones: abc, optIn: true },
  'il-central-1': { zones: abc, optIn: true },
  'me-central-1': { zones: abc, optIn: true },
  'me-south-1': { zones: abc, optIn: true },
  'mx-central-1': { zones: abc, optIn: true },
} as const satisfies Record<string, RegionFacts>;

export type RegionName = keyof typeof REGIONS;
export const REGION_NAMES = Object.keys(REGIONS) as [RegionName, ...RegionName[]];
export const regionFacts = (region: RegionName): RegionFacts => REGIONS[region];
