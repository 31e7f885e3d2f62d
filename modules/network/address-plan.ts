import { Address4 } from 'ip-address';

/** Who a subnet is for. The last two are made where outbound traffic is inspected: `nat` has the gateways behind the firewall. */
export const TIERS = ['application', 'data', 'public', 'firewall', 'nat'] as const;
export type Tier = (typeof TIERS)[number];

/** Availability zones as construct ids have them: an address never holds a region. */
export const ZONES = ['A', 'B', 'C'] as const;
export type Zone = (typeof ZONES)[number];

/** AWS's own limits are /16 and /28; below /22 a zone's share has no room for all tiers (smallest subnet: /28). */
export const VPC_PREFIX = { min: 16, max: 22 } as const;

/**
 * How much longer the prefix of a tier is than the VPC's: a half for applications, a quarter for data, an
 * eighth for what is public, a sixteenth each for the firewall and for the gateways behind it. Each tier is
 * one range, so that one rule can name it, and is cut into four: one share for each zone and one in
 * reserve. Nothing moves when a zone is added or the firewall comes: a subnet that moves is destroyed.
 */
const TIER_BITS: Record<Tier, number> = { application: 1, data: 2, public: 3, firewall: 4, nat: 4 };
const ZONE_BITS = 2;

/** One number for an address, to compare and count with. */
export const firstAddress = (cidr: string): bigint => new Address4(cidr).startAddress().bigInt();
export const lastAddress = (cidr: string): bigint => new Address4(cidr).endAddress().bigInt();
export const prefixOf = (cidr: string): number => new Address4(cidr).subnetMask;
export const sizeOfPrefix = (prefix: number): bigint => 1n << BigInt(32 - prefix);

export const cidrFrom = (first: bigint, prefix: number): string =>
  `${Address4.fromBigInt(first).correctForm()}/${prefix}`;

/** The range of one tier over all zones. The VPC's range must be valid, see VPC_PREFIX. */
export function tierRange(vpcCidr: string, tier: Tier): string {
  const before = TIERS.slice(0, TIERS.indexOf(tier));
  const prefixOfTier = (one: Tier) => prefixOf(vpcCidr) + TIER_BITS[one];
  const first = before.reduce((at, one) => at + sizeOfPrefix(prefixOfTier(one)), firstAddress(vpcCidr));
  return cidrFrom(first, prefixOfTier(tier));
}

/** The range of one tier in one zone. */
export function subnetRange(vpcCidr: string, tier: Tier, zone: Zone): string {
  const range = tierRange(vpcCidr, tier);
  const prefix = prefixOf(range) + ZONE_BITS;
  return cidrFrom(firstAddress(range) + BigInt(ZONES.indexOf(zone)) * sizeOfPrefix(prefix), prefix);
}

/** Longer prefix of a subnet than of the VPC's IPv6 block: AWS gives a /56, and takes a /64 for each subnet. */
export const IPV6_SUBNET_BITS = 8;

/**
 * Which /64 of the VPC's IPv6 block is for one tier in one zone, 0 to 255. Sixteen are kept for each tier, so that a zone
 * or a tier that comes (at the end of its list) moves none; every tier has its own, also while it uses none of them.
 */
export const ipv6SubnetNumber = (tier: Tier, zone: Zone): number =>
  16 * TIERS.indexOf(tier) + ZONES.indexOf(zone);

/** Whether two ranges share an address. */
export function overlaps(one: string, other: string): boolean {
  return firstAddress(one) <= lastAddress(other) && firstAddress(other) <= lastAddress(one);
}

/** Whether a range lies in another one. */
export function contains(outer: string, inner: string): boolean {
  return firstAddress(outer) <= firstAddress(inner) && lastAddress(inner) <= lastAddress(outer);
}

/** https://www.rfc-editor.org/rfc/rfc1918 */
const SITE_RANGES = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'];
/** What nobody on the internet owns: these, and what carriers share, https://www.rfc-editor.org/rfc/rfc6598 */
export const PRIVATE_RANGES = [...SITE_RANGES, '100.64.0.0/10'];

/** @returns the lowest private range of this size, not below `from`'s, that is free of all that are taken */
export function nextFreeRange(
  prefix: number,
  taken: readonly string[],
  from = '10.0.0.0',
): string | undefined {
  const sorted = taken
    .map((cidr) => ({ first: firstAddress(cidr), last: lastAddress(cidr) }))
    .sort((a, b) => (a.first < b.first ? -1 : 1));
  const start = firstAddress(from);
  const candidates = [
    ...SITE_RANGES.map((range) => freeWithin(range, prefix, sorted, start)),
    ...SITE_RANGES.map((range) => freeWithin(range, prefix, sorted, 0n)),
  ];
  return candidates.find((range) => range !== undefined);
}

function freeWithin(
  range: string,
  prefix: number,
  taken: readonly { first: bigint; last: bigint }[],
  start: bigint,
): string | undefined {
  const size = sizeOfPrefix(prefix);
  const aligned = (address: bigint) => ((address + size - 1n) / size) * size;
  let first = aligned(start > firstAddress(range) ? start : firstAddress(range));
  for (const other of taken) {
    if (other.first <= first + size - 1n && first <= other.last) first = aligned(other.last + 1n);
  }
  return first + size - 1n <= lastAddress(range) ? cidrFrom(first, prefix) : undefined;
}
