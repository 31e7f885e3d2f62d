import type { NetworkAclEgress, NetworkAclIngress } from '@cdktf/provider-aws/lib/network-acl';
import type { Tier } from './address-plan';

/** Every IPv6 address. */
export const ANYWHERE_IPV6 = '::/0';

/** IANA's number of ICMPv6; network ACLs take no name for it. */
const ICMPV6 = '58';

/** Behind the rules for IPv4, so that neither moves when one of the others comes or goes. */
const numbered = (rule: Omit<NetworkAclIngress, 'ruleNo' | 'action'>, index: number) => ({
  ruleNo: 200 + 10 * index,
  action: 'allow',
  ipv6CidrBlock: ANYWHERE_IPV6,
  ...rule,
});

const tcp = (fromPort: number, toPort = fromPort) => ({ protocol: 'tcp', fromPort, toPort });

/**
 * What the network ACL of a tier lets pass of IPv6: in public subnets web requests and the answers to them, and that a
 * packet was too big, since routers cut none of IPv6 (RFC 8201); nothing anywhere else.
 */
export function ipv6AclRules(tier: Tier): {
  readonly ingress: readonly NetworkAclIngress[];
  readonly egress: readonly NetworkAclEgress[];
} {
  if (tier !== 'public') return { ingress: [], egress: [] };
  const tooBig = { protocol: ICMPV6, fromPort: 0, toPort: 0, icmpType: 2, icmpCode: 0 };
  return {
    ingress: [tcp(443), tcp(80), tooBig].map(numbered),
    egress: [tcp(1024, 65535)].map(numbered),
  };
}
