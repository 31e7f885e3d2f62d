import type { QuotaName, FIXED_LIMITS } from '../../modules/governance/quotas';
import { addressIn, argument, resourcesOf, type Body, type HeldStack } from '../doctor/held-stack';

export type CountedName = QuotaName | keyof typeof FIXED_LIMITS;

/** How many of one thing there are; of the fullest, where a quota is for each of several. */
export interface Count {
  readonly count: number;
  /** Which one is the fullest, such as a security group; nothing for a whole region. */
  readonly fullest?: string;
  /** Scopes of the stacks that it is counted in. */
  readonly scopes: readonly string[];
}

/** How one quota is counted in a stack: a word for each that counts, the same word for what counts together. */
type Words = (stack: HeldStack) => readonly Word[];
interface Word {
  /** What fills up; nothing for the whole region. */
  readonly of?: string;
  /** Whether things of this name in other scopes are the same, as zones are. @default false */
  readonly shared?: boolean;
  /** The resource that counts, for what stands already. */
  readonly address: string;
}

/** What stacks of one account and region hold of a quota. `counts` leaves resources out, by stack and address. */
export function countOf(
  name: CountedName,
  stacks: readonly HeldStack[],
  counts: (stack: HeldStack, address: string) => boolean = () => true,
): Count {
  const things = new Map<string, { of: string | undefined; count: number; scopes: Set<string> }>();
  for (const stack of stacks) {
    const { scope } = stack.place;
    for (const { of, shared = of === undefined, address } of WORDS[name](stack)) {
      if (!counts(stack, address)) continue;
      const key = `${shared ? '' : scope} ${sameIn(of ?? '')}`;
      const thing = things.get(key) ?? { of, count: 0, scopes: new Set<string>() };
      thing.count += 1;
      thing.scopes.add(scope);
      things.set(key, thing);
    }
  }
  const [most] = [...things.values()].sort((a, b) => b.count - a.count);
  return {
    count: most?.count ?? 0,
    scopes: [...(most?.scopes ?? [])].sort(),
    ...(most?.of !== undefined && { fullest: most.of }),
  };
}

/** Each resource of a type counts for the region. */
const each =
  (type: string, take: (body: Body) => boolean = () => true): Words =>
  (stack) =>
    bodies(stack, type).flatMap(({ address, body }) => (take(body) ? [{ address }] : []));

/** Each resource of a type counts for what one of its arguments names. */
const eachOf =
  (type: string, owner: string, take: (body: Body) => boolean = () => true): Words =>
  (stack) =>
    bodies(stack, type).flatMap(({ address, body }) =>
      take(body) ? [{ of: ownerIn(argument(body, owner)), address }] : [],
    );

const WORDS: Readonly<Record<CountedName, Words>> = {
  vpcs: each('aws_vpc'),
  elasticIps: each('aws_eip'),
  natGatewaysPerZone: natZones,
  rulesPerSecurityGroup: groupsOfRules,
  securityGroupsPerInterface: groupsOfInterfaces,
  routesPerRouteTable: tablesOfRoutes,
  interfaceEndpointsPerVpc: eachOf('aws_vpc_endpoint', 'vpc_id', isEndpoint('Interface')),
  gatewayEndpoints: each('aws_vpc_endpoint', isEndpoint('Gateway')),
  applicationLoadBalancers: each('aws_lb', isBalancer('application')),
  networkLoadBalancers: each('aws_lb', isBalancer('network')),
  rulesPerLoadBalancer: balancersOfRules,
  targetGroups: each('aws_lb_target_group'),
  targetGroupsPerLoadBalancer: balancersOfTargetGroups,
  databaseProxies: each('aws_db_proxy'),
  dnsFirewallDomains: (stack) =>
    bodies(stack, 'aws_route53_resolver_firewall_domain_list').flatMap(({ address, body }) =>
      list(body['domains']).map(() => ({ address })),
    ),
  dnsFirewallDomainLists: each('aws_route53_resolver_firewall_domain_list'),
  transitGateways: each('aws_ec2_transit_gateway'),
  networkFirewalls: each('aws_networkfirewall_firewall'),
  networkFirewallPolicies: each('aws_networkfirewall_firewall_policy'),
  networkFirewallRuleGroups: each('aws_networkfirewall_rule_group', ({ type }) => type === 'STATEFUL'),
};

const bodies = (stack: HeldStack, type: string) =>
  resourcesOf(stack, type).map(([name, body]) => ({ address: `${type}.${name}`, body }));

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** The address in a reference; of what another stack of the scope has, the name of its output without the attribute. */
const ownerIn = (text: string) => addressIn(text).replace(/^.*\.outputs\.([\w-]+)-[a-z]+\}$/, '$1');

/** Outputs are named after addresses, with dashes. */
const sameIn = (name: string) => name.replaceAll(/[._]/g, '-');

function isEndpoint(type: 'Interface' | 'Gateway') {
  // Terraform's own default
  return (body: Body) => (body['vpc_endpoint_type'] ?? 'Gateway') === type;
}

function isBalancer(type: 'application' | 'network') {
  return (body: Body) => (body['load_balancer_type'] ?? 'application') === type;
}

/** The zone of each NAT gateway: that of its subnet. */
function natZones(stack: HeldStack): readonly Word[] {
  const zones = new Map(
    bodies(stack, 'aws_subnet').map(({ address, body }) => [address, argument(body, 'availability_zone')]),
  );
  return bodies(stack, 'aws_nat_gateway').map(({ address, body }) => {
    const subnet = ownerIn(argument(body, 'subnet_id'));
    const zone = zones.get(subnet);
    return { of: zone ?? subnet, shared: zone !== undefined, address };
  });
}

/** The group of each rule; inbound and outbound ones count apart. */
function groupsOfRules(stack: HeldStack): readonly Word[] {
  const directions = { ingress: 'inbound', egress: 'outbound' } as const;
  return Object.entries(directions).flatMap(([type, direction]) =>
    bodies(stack, `aws_vpc_security_group_${type}_rule`).flatMap(({ address, body }) => {
      const of = `${direction} of ${ownerIn(argument(body, 'security_group_id'))}`;
      return Array.from({ length: ruleWeight(stack, body) }, () => ({ of, address }));
    }),
  );
}

/**
 * A rule for a prefix list of AWS counts as often as the list is heavy.
 * https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html
 */
const WEIGHTS: Readonly<Record<string, number>> = { 'com.amazonaws.global.cloudfront.origin-facing': 55 };

function ruleWeight({ config }: HeldStack, body: Body): number {
  const name = /data\.aws_ec2_managed_prefix_list\.([\w-]+)/.exec(argument(body, 'prefix_list_id'))?.[1];
  const found = name === undefined ? undefined : config.data?.['aws_ec2_managed_prefix_list']?.[name];
  return WEIGHTS[argument((found ?? {}) as Body, 'name')] ?? 1;
}

/** Lists of security groups, wherever in a resource they stand: each is what an interface gets. */
function groupsOfInterfaces(stack: HeldStack): readonly Word[] {
  return Object.keys(stack.config.resource ?? {}).flatMap((type) =>
    bodies(stack, type).flatMap(({ address, body }) =>
      listsOfGroups(body).flatMap((groups) => groups.map(() => ({ of: address, address }))),
    ),
  );
}

function listsOfGroups(value: unknown): readonly (readonly unknown[])[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    /security_groups?(_ids)?$/.test(key) && Array.isArray(inner) ? [inner] : listsOfGroups(inner),
  );
}

/** The table of each route, those to gateway endpoints among them, and the one within the VPC that each table has. */
function tablesOfRoutes(stack: HeldStack): readonly Word[] {
  const endpoints = bodies(stack, 'aws_vpc_endpoint').flatMap(({ address, body }) =>
    list(body['route_table_ids']).map((table) => ({ of: ownerIn(String(table)), address })),
  );
  const own = bodies(stack, 'aws_route_table').map(({ address }) => ({ of: address, address }));
  return [...own, ...eachOf('aws_route', 'route_table_id')(stack), ...endpoints];
}

/** The load balancer of each listener. */
const balancers = (stack: HeldStack) =>
  new Map(
    bodies(stack, 'aws_lb_listener').map(({ address, body }) => [
      address,
      ownerIn(argument(body, 'load_balancer_arn')),
    ]),
  );

function balancersOfRules(stack: HeldStack): readonly Word[] {
  const owners = balancers(stack);
  return bodies(stack, 'aws_lb_listener_rule').map(({ address, body }) => {
    const listener = ownerIn(argument(body, 'listener_arn'));
    return { of: owners.get(listener) ?? listener, address };
  });
}

/** Each target group once for each load balancer that sends something to it. */
function balancersOfTargetGroups(stack: HeldStack): readonly Word[] {
  const owners = balancers(stack);
  const sends = [
    ...bodies(stack, 'aws_lb_listener').map(({ address, body }) => ({ listener: address, body })),
    ...bodies(stack, 'aws_lb_listener_rule').map(({ body }) => ({
      listener: ownerIn(argument(body, 'listener_arn')),
      body,
    })),
  ];
  const pairs = new Map<string, Word>();
  for (const { listener, body } of sends) {
    const of = owners.get(listener) ?? listener;
    for (const [address] of JSON.stringify(body).matchAll(/aws_lb_target_group\.[\w-]+/g))
      pairs.set(`${of} ${address}`, { of, address });
  }
  return [...pairs.values()];
}
