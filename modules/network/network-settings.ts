import { z } from 'zod';
import { LOG_RETENTION_DAYS } from '../observability/log-group';
import { proxySettings } from '../egress/proxy-settings';
import { contains, PRIVATE_RANGES, prefixOf, VPC_PREFIX } from './address-plan';
import { cidr, isRange } from './cidr';
import { existingNetwork } from './existing-network';

export { cidr };

/** docs/architecture.md weighs them. */
const NO_NAT_INSTANCES =
  'be none, single or one-per-az: a NAT instance is one machine to patch, with no failover of its own; take single, one NAT gateway at $32 a month';

const networkShape = z.strictObject({
  /** Address range of the VPC, /16 to /22; of an existing one whatever it has. No two ranges may overlap, in any environment or region. */
  cidr,
  /** How many zones to spread over, 2 or 3, or the names of the zones. @default 2 */
  availabilityZones: z
    .union([z.literal([2, 3]), z.array(z.string()).min(2).max(3)], {
      error: 'be 2, 3 or a list of two or three zones, such as us-west-1a',
    })
    .default(2),
  /**
   * How application subnets reach the internet: not at all, through one NAT gateway (a zone's loss cuts all
   * zones off; refused in production), or through one in each zone. A NAT gateway costs $33 a month and $0.045 for each
   * GB in us-east-1. @default none
   */
  nat: z
    .enum(['none', 'single', 'one-per-az'], {
      error: ({ input }) => (/instance/i.test(String(input)) ? NO_NAT_INSTANCES : undefined),
    })
    .default('none'),
  /**
   * How AWS's own services are reached: `private`, interface endpoints in every zone; `one-az`, in one zone
   * only (cheaper, and lost with that zone). Each costs about $7.30 a month and zone, and $0.01 for each GB, in
   * us-east-1; there is one for each service of AWS that something here needs, about five to ten. `nat`, no interface endpoints, which opens 443 to the whole
   * internet through the NAT gateway. Only `private` in production. S3 and DynamoDB have gateway endpoints in each of
   * them, which cost nothing. @default private
   */
  endpoints: z.enum(['private', 'one-az', 'nat']).default('private'),
  /**
   * How what services name in `uses.outside` is reached, and everything else kept shut:
   * - `none`: not at all. No service may name anything outside;
   * - `dns-firewall`: DNS Firewall resolves the declared names and those of AWS that are needed, and nothing else. It
   *   stops mistakes, and data that leaves inside of DNS queries; it does not stop a program that has an address
   *   already. Less than a dollar a month for a million queries. Refused in production for services that go outside;
   * - `firewall`: DNS Firewall, and Network Firewall in front of the NAT gateways, which lets a connection pass only if
   *   the server name of its TLS handshake, or the Host header of plain HTTP, is declared. $288 a month for each zone
   *   (us-east-1: $0.395 an hour) and $0.065 for each GB. NAT gateways move into subnets of their own: where they stand
   *   already, they are made anew, with the same addresses, and connections to the outside break for some minutes;
   * - `proxy`: DNS Firewall, and for each service that goes outside a proxy of its own, which alone reaches the internet
   *   and lets the names of this service pass. Programs have to go by HTTPS_PROXY, HTTP_PROXY and NO_PROXY, which are
   *   set. About $18 a month for each such service with two tasks (us-east-1: 0.25 vCPU and 0.5 GiB each), and $16
   *   and traffic for a load balancer.
   *
   * The first two look at a region as a whole: what one service names, every service that names anything outside can
   * reach. In an existing VPC `dns-firewall` holds for all that is in it, and `firewall` is refused.
   * All but `none` need `nat` if a service goes outside. @default none
   */
  egress: z.enum(['none', 'dns-firewall', 'firewall', 'proxy']).default('none'),
  /** The proxies where egress is `proxy`. */
  proxy: proxySettings,
  /**
   * Whether AWS blocks traffic of internet gateways in all VPCs of the account in this region, whatever routes and
   * security groups say (VPC Block Public Access): `ingress`, what comes in; `bidirectional`, also what goes out. This VPC
   * is excluded as far as its public services and NAT gateways need it; all others are cut off, the default VPC
   * and those of others too. Costs nothing. Refused where another environment stands in the same account and region.
   * Outside of this VPC nothing may need the internet there: see docs/operations.md. @default off
   */
  blockPublicAccess: z.enum(['off', 'ingress', 'bidirectional']).default('off'),
  /**
   * Whether the VPC has an IPv6 block of Amazon's (/56) beside its IPv4 range: public subnets get a /64 each and a route to
   * the internet gateway, and public load balancers IPv6 addresses and AAAA records. Application and data subnets stay
   * IPv4 alone, whatever `egress` is: beside a firewall or proxy an IPv6 way out would be a hole, and an address
   * without a way out has programs wait. Same in the primary and in the standby that takes over, if a public service stands in
   * both. Refused in an existing VPC. IPv6 addresses cost nothing; the public IPv4 addresses stay, at $3.65 a month for
   * each (https://aws.amazon.com/vpc/pricing/: $0.005 an hour). On a VPC that runs it replaces nothing. @default false
   */
  ipv6: z.boolean().default(false),
  /** Days that records of the VPC's traffic, connections and DNS queries, are kept. At least 90 in production. @default as logRetentionDays */
  flowLogRetentionDays: z.literal([...LOG_RETENTION_DAYS]).optional(),
  /**
   * A VPC that stands already, with its subnets, in the zones that availabilityZones names. Its gateways, routes and
   * network ACLs are left alone. @default a VPC is made
   */
  existing: existingNetwork.optional(),
});

export const networkSettings = networkShape.superRefine(({ cidr: range, existing }, context) => {
  // a VPC that stands has the range that it has
  if (existing || !isRange(range)) return;
  const say = (message: string) => context.addIssue({ code: 'custom', path: ['cidr'], message });
  const prefix = prefixOf(range);
  if (prefix < VPC_PREFIX.min || prefix > VPC_PREFIX.max) {
    say(
      `be a /${VPC_PREFIX.min} to /${VPC_PREFIX.max}; AWS takes no larger VPC, and a smaller one has no room for the subnets of three zones`,
    );
  } else if (!PRIVATE_RANGES.some((one) => contains(one, range))) {
    say(
      `lie in one of ${PRIVATE_RANGES.join(', ')}; the hosts that own other ranges could not be reached from inside`,
    );
  }
});

export type NetworkSettings = z.output<typeof networkSettings>;
