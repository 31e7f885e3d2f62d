/** What AWS lets there be so many of. */
export interface Limit {
  /** As Service Quotas and the pages below name it. */
  readonly name: string;
  /** What every account has that never asked for more; nothing where that differs from account to account. */
  readonly usual?: number;
}

/** A limit that AWS raises when it is asked to, in one region of an account. */
export interface Quota extends Limit {
  /** Code of the service in Service Quotas. */
  readonly service: string;
  readonly code: string;
}

type UsualQuota = Quota & Required<Limit>;
const quota = (service: string, code: string, name: string, usual: number): UsualQuota => ({
  service,
  code,
  name,
  usual,
});
const vpc = (code: string, name: string, usual: number) => quota('vpc', code, name, usual);
const loadBalancing = (code: string, name: string, usual: number) =>
  quota('elasticloadbalancing', code, name, usual);
const resolver = (code: string, name: string, usual: number) => quota('route53resolver', code, name, usual);
const firewall = (code: string, name: string, usual: number) => quota('network-firewall', code, name, usual);

/**
 * Quotas that synthesis holds the stacks against, under the names that settings have for them. Values and codes:
 * https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html (routes were 50 until June 2025),
 * https://docs.aws.amazon.com/vpc/latest/tgw/transit-gateway-quotas.html,
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html,
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DNSLimitations.html,
 * https://docs.aws.amazon.com/general/latest/gr/rds-service.html (20 proxies in each region of an account),
 * https://docs.aws.amazon.com/network-firewall/latest/developerguide/quotas.html and Service Quotas in the console.
 */
export const QUOTAS = {
  vpcs: vpc('L-F678F1CE', 'VPCs per Region', 5),
  elasticIps: quota('ec2', 'L-0263D0A3', 'EC2-VPC Elastic IPs', 5),
  natGatewaysPerZone: vpc('L-FE5A380F', 'NAT gateways per Availability Zone', 5),
  rulesPerSecurityGroup: vpc('L-0EA8095F', 'Inbound or outbound rules per security group', 60),
  securityGroupsPerInterface: vpc('L-2AFB9258', 'Security groups per network interface', 5),
  routesPerRouteTable: vpc('L-93826ACB', 'Routes per route table', 500),
  interfaceEndpointsPerVpc: vpc('L-29B6F2EB', 'Interface VPC endpoints per VPC', 50),
  gatewayEndpoints: vpc('L-1B52E74A', 'Gateway VPC endpoints per Region', 20),
  transitGateways: quota('ec2', 'L-A2478D36', 'Transit gateways per account', 5),
  applicationLoadBalancers: loadBalancing('L-53DA6B97', 'Application Load Balancers per Region', 50),
  networkLoadBalancers: loadBalancing('L-69A177A2', 'Network Load Balancers per Region', 50),
  rulesPerLoadBalancer: loadBalancing('L-7EED9B64', 'Rules per Application Load Balancer', 100),
  targetGroups: loadBalancing('L-B22855CB', 'Target Groups per Region', 3000),
  databaseProxies: quota('rds', 'L-D94C7EA3', 'Proxies', 20),
  dnsFirewallDomains: resolver('L-740A4B31', 'Domains per account', 100_000),
  dnsFirewallDomainLists: resolver('L-9FA3C0A4', 'Domain lists per account', 1000),
  networkFirewalls: firewall('L-DE163D32', 'Firewalls', 5),
  networkFirewallPolicies: firewall('L-0814492B', 'Firewall policies', 20),
  networkFirewallRuleGroups: firewall('L-2D7A0EE2', 'Stateful rulegroups', 50),
} satisfies Readonly<Record<string, UsualQuota>>;

export type QuotaName = keyof typeof QUOTAS;

/** What AWS raises for nobody; see the page on load balancers above. */
export const FIXED_LIMITS = {
  targetGroupsPerLoadBalancer: { name: 'Target Groups per Application Load Balancer', usual: 100 },
} satisfies Readonly<Record<string, Required<Limit>>>;

/** What `make doctor` alone can say: accounts begin with different values, or share them with what is not ours. */
export const FARGATE: Quota = {
  service: 'fargate',
  code: 'L-3032A538',
  name: 'Fargate On-Demand vCPU resource count',
};
export const FARGATE_SPOT: Quota = {
  service: 'fargate',
  code: 'L-36FBB829',
  name: 'Fargate Spot vCPU resource count',
};
export const INSTANCES: Quota = {
  service: 'ec2',
  code: 'L-1216C47A',
  name: 'Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances',
};
export const ROLES: Quota = { service: 'iam', code: 'L-FE177D64', name: 'Roles per account' };

/** From this share of a quota on, it should be raised before somebody needs more. */
export const NEARLY_FULL = 0.8;

/** What asks AWS for more. */
export const askForMore = (region: string, { service, code }: Quota, value: number | '<number>') =>
  `aws service-quotas request-service-quota-increase --region ${region} --service-code ${service} --quota-code ${code} --desired-value ${value}`;
