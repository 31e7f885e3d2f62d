import { z } from 'zod';
import { Address4 } from 'ip-address';
import { LOG_RETENTION_DAYS } from '../observability/log-group';
import { cidrFrom, contains, firstAddress, PRIVATE_RANGES, prefixOf, VPC_PREFIX } from './address-plan';

const isRange = (text: string) => /^(\d{1,3}\.){3}\d{1,3}\/\d{1,2}$/.test(text) && Address4.isValid(text);

/** An IPv4 range without host bits; says which range was probably meant. */
export const cidr = z.string().superRefine((text, context) => {
  const say = (message: string) => context.addIssue({ code: 'custom', message });
  if (!isRange(text)) {
    say('be an IPv4 range; write it like 10.20.0.0/16');
  } else if (new Address4(text).startAddress().correctForm() !== new Address4(text).correctForm()) {
    say(`have no host bits; did you mean ${cidrFrom(firstAddress(text), prefixOf(text))}?`);
  }
});

const vpcCidr = cidr.superRefine((text, context) => {
  if (!isRange(text)) return;
  const say = (message: string) => context.addIssue({ code: 'custom', message });
  const prefix = prefixOf(text);
  if (prefix < VPC_PREFIX.min || prefix > VPC_PREFIX.max) {
    say(
      `be a /${VPC_PREFIX.min} to /${VPC_PREFIX.max}; AWS takes no larger VPC, and a smaller one has no room for the subnets of three zones`,
    );
  } else if (!PRIVATE_RANGES.some((range) => contains(range, text))) {
    say(
      `lie in one of ${PRIVATE_RANGES.join(', ')}; the hosts that own other ranges could not be reached from inside`,
    );
  }
});

export const networkSettings = z.strictObject({
  /** Address range of the VPC, /16 to /22. No two ranges may overlap, in any environment or region. */
  cidr: vpcCidr,
  /** How many zones to spread over, 2 or 3, or the names of the zones. @default 2 */
  availabilityZones: z
    .union([z.literal([2, 3]), z.array(z.string()).min(2).max(3)], {
      error: 'be 2, 3 or a list of two or three zones, such as us-west-1a',
    })
    .default(2),
  /**
   * How application subnets reach the internet: not at all, through one NAT gateway (a zone's loss cuts all
   * zones off; refused in production), or through one in each zone. @default none
   */
  nat: z.enum(['none', 'single', 'one-per-az']).default('none'),
  /**
   * How AWS's own services are reached: `private`, interface endpoints in every zone; `one-az`, in one zone
   * only (cheaper, and lost with that zone); `nat`, no interface endpoints, which opens 443 to the whole
   * internet through the NAT gateway. Only `private` in production. @default private
   */
  endpoints: z.enum(['private', 'one-az', 'nat']).default('private'),
  /** Days that records of the VPC's traffic are kept. At least 90 in production. @default as logRetentionDays */
  flowLogRetentionDays: z.literal([...LOG_RETENTION_DAYS]).optional(),
});

export type NetworkSettings = z.output<typeof networkSettings>;
