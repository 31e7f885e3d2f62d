import { z } from 'zod';
import { distinct } from '../settings/fields';
import { cidr } from './cidr';

const id = (prefix: string, what: string) =>
  z
    .string()
    .regex(
      new RegExp(`^${prefix}-([0-9a-f]{8}|[0-9a-f]{17})$`),
      `be the id of ${what}; write it like ${prefix}-0123456789abcdef0`,
    );

export const securityGroupId = id('sg', 'a security group');

const subnets = z.record(
  z.string(),
  z.strictObject({
    /** As EC2 shows it. */
    id: id('subnet', 'a subnet'),
    /** The range that it has, within that of the VPC. */
    cidr,
  }),
);

/** A VPC that stands already, with its subnets. How they are routed, and who may come and go, is left alone. */
export const existingNetwork = z.strictObject({
  /** As EC2 shows it. */
  vpc: id('vpc', 'a VPC'),
  /** The subnets of each tier, by zone: one in each of availabilityZones, and none in two tiers. */
  subnets: z.strictObject({
    /** For load balancers: routed to the internet. */
    public: subnets,
    /** For services. */
    application: subnets,
    /** For databases and caches. */
    data: subnets,
  }),
  /** Route tables of the application subnets: a gateway endpoint for S3 is added to them. At least one. */
  routeTables: distinct(id('rtb', 'a route table')).min(1),
});

export type ExistingNetwork = z.output<typeof existingNetwork>;
