import { UNKNOWN, type ValueMap } from '../protocol/values';

const ASKED = 'assign_generated_ipv6_cidr_block';

/** A VPC that asks for a block of Amazon's gets one that nobody knows before, and keeps it; others have none. */
export function planIpv6Block(type: string, prior: ValueMap | undefined, planned: ValueMap): ValueMap {
  if (type !== 'aws_vpc' || planned[ASKED] !== true) return planned;
  const kept = prior?.[ASKED] === true ? prior : undefined;
  return {
    ...planned,
    ipv6_cidr_block: kept?.['ipv6_cidr_block'] ?? UNKNOWN,
    ipv6_association_id: kept?.['ipv6_association_id'] ?? UNKNOWN,
  };
}
