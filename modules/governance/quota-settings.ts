import { z } from 'zod';
import { QUOTAS, type QuotaName } from './quotas';

/** No account has been granted more of anything: what is larger is a slip. */
const MOST = 10_000_000;

/** A value that AWS has granted. Lower ones than it gives to all would say nothing. */
const granted = (name: QuotaName) =>
  z
    .int()
    .min(QUOTAS[name].usual, { error: `be at least ${QUOTAS[name].usual}, which AWS gives every account` })
    .max(MOST)
    .optional();

/** Of the account in this region, and for all environments that it holds there: the highest value that one of them says. */
export const quotaSettings = z
  .strictObject({
    /** VPCs. @default 5 */
    vpcs: granted('vpcs'),
    /** Elastic IP addresses, one for each NAT gateway. @default 5 */
    elasticIps: granted('elasticIps'),
    /** NAT gateways in one zone. @default 5 */
    natGatewaysPerZone: granted('natGatewaysPerZone'),
    /** Rules of one security group, inbound or outbound. AWS takes 1000 of these times groups of an interface. @default 60 */
    rulesPerSecurityGroup: granted('rulesPerSecurityGroup'),
    /** Security groups of one network interface. @default 5 */
    securityGroupsPerInterface: granted('securityGroupsPerInterface'),
    /** Routes of one route table. @default 500 */
    routesPerRouteTable: granted('routesPerRouteTable'),
    /** Interface endpoints in one VPC. @default 50 */
    interfaceEndpointsPerVpc: granted('interfaceEndpointsPerVpc'),
    /** Gateway endpoints, two for each VPC. @default 20 */
    gatewayEndpoints: granted('gatewayEndpoints'),
    /** Transit gateways. @default 5 */
    transitGateways: granted('transitGateways'),
    /** Application Load Balancers. @default 50 */
    applicationLoadBalancers: granted('applicationLoadBalancers'),
    /** Network Load Balancers. @default 50 */
    networkLoadBalancers: granted('networkLoadBalancers'),
    /** Listener rules of one Application Load Balancer, and so services that share it. @default 100 */
    rulesPerLoadBalancer: granted('rulesPerLoadBalancer'),
    /** Target groups of all load balancers. @default 3000 */
    targetGroups: granted('targetGroups'),
    /** RDS Proxies, one for each database that says `proxy`, in each region where it has one. @default 20 */
    databaseProxies: granted('databaseProxies'),
    /** Domains in all lists of DNS Firewall. @default 100000 */
    dnsFirewallDomains: granted('dnsFirewallDomains'),
    /** Lists of DNS Firewall. @default 1000 */
    dnsFirewallDomainLists: granted('dnsFirewallDomainLists'),
    /** Network Firewalls. @default 5 */
    networkFirewalls: granted('networkFirewalls'),
    /** Policies of Network Firewall. @default 20 */
    networkFirewallPolicies: granted('networkFirewallPolicies'),
    /** Rule groups of Network Firewall, of which each kind of declared names needs one. @default 50 */
    networkFirewallRuleGroups: granted('networkFirewallRuleGroups'),
  } satisfies Record<QuotaName, z.ZodType>)
  .default({});
