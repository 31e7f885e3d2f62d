import { parseState } from '../state/state-json';

/** What states know of access: a rule or a policy beside it lets in, or allows, what nobody has written down. */
export interface KnownAccess {
  /** Addresses of security groups whose rules are resources of their own, by id. */
  readonly groups: ReadonlyMap<string, string>;
  readonly rules: ReadonlySet<string>;
  /** Addresses of route tables whose routes are resources of their own, by id. */
  readonly tables: ReadonlyMap<string, string>;
  /** `<table> <destination>` */
  readonly routes: ReadonlySet<string>;
  /** Ids of VPC endpoints: gateways among them put routes of their own into tables. */
  readonly endpoints: ReadonlySet<string>;
  /** Addresses of roles, by name. */
  readonly roles: ReadonlyMap<string, string>;
  /** `<role> <policy name or ARN>` */
  readonly policies: ReadonlySet<string>;
}

/** What is really there; each ends with an error if AWS does not answer. */
export interface AccessInventory {
  /** Ids of all rules, by group. */
  securityGroupRules(region: string, groups: readonly string[]): Promise<readonly FoundRule[]>;
  /** Routes of these tables, but for those within the VPC that every table has. */
  routes(region: string, tables: readonly string[]): Promise<readonly FoundRoute[]>;
  /** Names of inline policies and ARNs of attached ones. */
  rolePolicies(region: string, role: string): Promise<readonly string[]>;
}

export interface FoundRule {
  readonly group: string;
  readonly rule: string;
}

export interface FoundRoute {
  readonly table: string;
  /** A range, or the id of a prefix list. */
  readonly destination: string;
  /** The id of what it leads to. */
  readonly via: string;
}

/**
 * @param texts the states of one region
 * @param others states that may hold routes of its tables @default none
 */
export function knownAccess(texts: readonly string[], others: readonly string[] = []): KnownAccess {
  const groups = new Map<string, string>();
  const rules = new Set<string>();
  const tables = new Map<string, string>();
  const routes = new Set<string>();
  const endpoints = new Set<string>();
  const roles = new Map<string, string>();
  const policies = new Set<string>();
  for (const { type, name, text } of managedIn(texts)) {
    if (type === 'aws_security_group' || type === 'aws_default_security_group')
      groups.set(text('id'), `${type}.${name}`);
    if (/^aws_(vpc_)?security_group_(ingress_|egress_)?rule$/.test(type))
      rules.add(text('security_group_rule_id'));
    if (type === 'aws_route_table' || type === 'aws_default_route_table')
      tables.set(text('id'), `${type}.${name}`);
    if (type === 'aws_route') for (const route of routesOf(text)) routes.add(route);
    if (type === 'aws_vpc_endpoint') endpoints.add(text('id'));
    if (type === 'aws_iam_role') roles.set(text('name'), `${type}.${name}`);
    if (type === 'aws_iam_role_policy') policies.add(`${text('role')} ${text('name')}`);
    if (type === 'aws_iam_role_policy_attachment') policies.add(`${text('role')} ${text('policy_arn')}`);
  }
  for (const { type, text } of managedIn(others))
    if (type === 'aws_route') for (const route of routesOf(text)) routes.add(route);
  return { groups, rules, tables, routes, endpoints, roles, policies };
}

/** The value of an attribute; empty if the state says none. */
type Text = (attribute: string) => string;

/** What these states manage, each with its attributes. */
const managedIn = (texts: readonly string[]) =>
  texts
    .flatMap((text) => parseState(text).resources ?? [])
    .filter(({ mode }) => mode === 'managed')
    .flatMap(({ type = '', name = '', instances = [] }) =>
      instances.map(({ attributes = {} }) => {
        const text: Text = (attribute) => {
          const value = attributes[attribute];
          return typeof value === 'string' ? value : '';
        };
        return { type, name, text };
      }),
    );

const routesOf = (text: Text) =>
  DESTINATIONS.map(text)
    .filter((one) => one !== '')
    .map((destination) => `${text('route_table_id')} ${destination}`);

/** A route has one of them. */
const DESTINATIONS = ['destination_cidr_block', 'destination_ipv6_cidr_block', 'destination_prefix_list_id'];

/** Rules, routes and policies that no state knows, one line each. */
export async function unknownAccess(
  region: string,
  { groups, rules, tables, routes, endpoints, roles, policies }: KnownAccess,
  inventory: AccessInventory,
): Promise<readonly string[]> {
  const found = groups.size === 0 ? [] : await inventory.securityGroupRules(region, [...groups.keys()]);
  const lines = found
    .filter(({ rule }) => !rules.has(rule))
    .map(({ group, rule }) => `${groups.get(group) ?? group}: rule ${rule}, which no state knows`);
  const ways = tables.size === 0 ? [] : await inventory.routes(region, [...tables.keys()]);
  lines.push(
    ...ways
      .filter(({ table, destination, via }) => !routes.has(`${table} ${destination}`) && !endpoints.has(via))
      .map(
        ({ table, destination, via }) =>
          `${tables.get(table) ?? table}: route to ${destination} over ${via}, which no state knows`,
      ),
  );
  for (const [role, address] of roles) {
    const there = await inventory.rolePolicies(region, role);
    const unknown = there.filter((policy) => !policies.has(`${role} ${policy}`));
    lines.push(...unknown.map((policy) => `${address}: policy ${policy}, which no state knows`));
  }
  return lines.sort();
}
