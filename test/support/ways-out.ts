import type { StackJson } from './estate';
import { referencesIn } from './references';

type Body = Record<string, unknown>;

const bodies = (stack: StackJson, type: string): Body[] => Object.values(stack.resource[type] ?? {});
const address = (expression: unknown) => referencesIn(expression)[0] ?? String(expression);

/** What a packet passes from a subnet to the internet, and in which zone, read from the JSON alone. */
export function wayOutOf(stack: StackJson, subnet: string): string[] {
  const route = routesOf(stack, subnet).find((one) => one['destination_cidr_block'] === '0.0.0.0/0');
  if (!route) return [];
  if (route['gateway_id'] !== undefined) return ['internet'];
  if (route['nat_gateway_id'] !== undefined) {
    const gateway = at(stack, address(route['nat_gateway_id']));
    const home = address(gateway['subnet_id']);
    return [`nat ${zoneOf(stack, home)}`, ...wayOutOf(stack, home)];
  }
  const endpoint = firewallSubnet(stack, route['vpc_endpoint_id']);
  return [`firewall ${zoneOf(stack, endpoint)}`, ...wayOutOf(stack, endpoint)];
}

/** What an answer passes that comes back to a subnet, from the NAT gateway whose address the packet has got. */
export function wayBackTo(stack: StackJson, subnet: string): string[] {
  const first = routesOf(stack, subnet).find((one) => one['destination_cidr_block'] === '0.0.0.0/0');
  if (!first) return [];
  const gateway = natBehind(stack, first);
  const home = address(at(stack, gateway)['subnet_id']);
  const cidr = at(stack, subnet)['cidr_block'];
  const route = routesOf(stack, home).find((one) => one['destination_cidr_block'] === cidr);
  const nat = `nat ${zoneOf(stack, home)}`;
  return route ? [nat, `firewall ${zoneOf(stack, firewallSubnet(stack, route['vpc_endpoint_id']))}`] : [nat];
}

/** Routes of a subnet that lead to an address inside of the VPC some other way than AWS's own. */
export const detoursOf = (stack: StackJson, subnet: string) =>
  routesOf(stack, subnet)
    .map((route) => String(route['destination_cidr_block'] ?? route['destination_ipv6_cidr_block']))
    .filter((cidr) => cidr !== '0.0.0.0/0' && cidr !== '::/0');

export const subnetsOf = (stack: StackJson, tier: string) =>
  Object.keys(stack.resource['aws_subnet'] ?? {})
    .filter((name) => name.startsWith(`network_${tier}_`))
    .map((name) => `aws_subnet.${name}`);

export const zoneOf = (stack: StackJson, subnet: string) => String(at(stack, subnet)['availability_zone']);

/** Whether the VPC resolves a name: by the rules in the order of their priority, as DNS Firewall goes through them. */
export function resolves(stack: StackJson, name: string): boolean {
  const associated = bodies(stack, 'aws_route53_resolver_firewall_rule_group_association').map((one) =>
    address(one['firewall_rule_group_id']),
  );
  const rules = bodies(stack, 'aws_route53_resolver_firewall_rule')
    .filter((rule) => associated.includes(address(rule['firewall_rule_group_id'])))
    .sort((a, b) => Number(a['priority']) - Number(b['priority']));
  const first = rules.find((rule) =>
    (at(stack, address(rule['firewall_domain_list_id']))['domains'] as string[]).some((domain) =>
      // a domain by itself is no name below itself
      domain === '*' ? true : domain.startsWith('*.') ? name.endsWith(domain.slice(1)) : name === domain,
    ),
  );
  return first?.['action'] !== 'BLOCK';
}

/** Names that Network Firewall lets pass, by protocol; nothing where there is none. */
export function namesThatPass(
  stack: StackJson,
): { readonly https: string[]; readonly http: string[] } | undefined {
  const [firewall] = bodies(stack, 'aws_networkfirewall_firewall');
  if (!firewall) return undefined;
  const policy = at(stack, address(firewall['firewall_policy_arn']))['firewall_policy'] as Body;
  const lists = (policy['stateful_rule_group_reference'] as Body[])
    .map((reference) => at(stack, address(reference['resource_arn']))['rule_group'] as Body)
    .map((group) => (group['rules_source'] as Body)['rules_source_list'] as Body);
  const named = (target: string) =>
    lists
      .filter((list) => (list['target_types'] as string[]).includes(target))
      .flatMap((list) => list['targets'] as string[])
      .sort();
  return { https: named('TLS_SNI'), http: named('HTTP_HOST') };
}

function routesOf(stack: StackJson, subnet: string): Body[] {
  const tables = bodies(stack, 'aws_route_table_association')
    .filter((association) => address(association['subnet_id']) === subnet)
    .map((association) => address(association['route_table_id']));
  return bodies(stack, 'aws_route').filter((route) => tables.includes(address(route['route_table_id'])));
}

function natBehind(stack: StackJson, route: Body): string {
  if (route['nat_gateway_id'] !== undefined) return address(route['nat_gateway_id']);
  const endpoint = firewallSubnet(stack, route['vpc_endpoint_id']);
  const next = routesOf(stack, endpoint).find((one) => one['destination_cidr_block'] === '0.0.0.0/0');
  return address(next?.['nat_gateway_id']);
}

/** The endpoint of a firewall is known by its zone: it stands in that subnet of the firewall's. */
function firewallSubnet(stack: StackJson, endpoint: unknown): string {
  const [, firewall = '', zone = ''] =
    /\{one\(\[for state in (\S+)\.firewall_status\[0\]\.sync_states : state\.attachment\[0\]\.endpoint_id if state\.availability_zone == "(.+)"\]\)\}/.exec(
      String(endpoint),
    ) ?? [];
  const subnets = (at(stack, firewall)['subnet_mapping'] as Body[]).map((one) => address(one['subnet_id']));
  return subnets.find((subnet) => zoneOf(stack, subnet) === zone) ?? `no endpoint in ${zone}`;
}

function at(stack: StackJson, where: string): Body {
  const [type = '', name = ''] = where.split('.');
  const found = stack.resource[type]?.[name];
  if (!found) throw new Error(`no ${where} in ${stack.id}`);
  return found;
}
