import type { StackJson } from './estate';
import { referencesIn, remoteOutput } from './references';

type Body = Record<string, unknown>;

/** One way out of a security group: `prod-inventory-service -> prod-orders-database tcp 3306`. */
export type Path = string;

/**
 * Every way out that the stacks of one environment and region declare, read from the JSON alone: rules of
 * their own, rules inline in groups (the default one too) and the older kind of rule; peers may be groups,
 * ranges or prefix lists, in this stack or in another one.
 */
export function egressOf(stacks: readonly StackJson[]): Path[] {
  return [
    ...new Set(
      stacks.flatMap((stack) => [
        ...ownRules(stack, stacks),
        ...inlineRules(stack, stacks),
        ...olderRules(stack, stacks),
      ]),
    ),
  ].sort();
}

/** Every way in that names no security group, in the same words. */
export const openIngressOf = (stacks: readonly StackJson[]): Path[] => waysIn(stacks, false);

/** Every way into a security group that names another one: what `egressOf` says, seen from the other side. */
export const ingressOf = (stacks: readonly StackJson[]): Path[] => waysIn(stacks, true);

const waysIn = (stacks: readonly StackJson[], fromGroups: boolean): Path[] =>
  stacks
    .flatMap((stack) =>
      bodies(stack, 'aws_vpc_security_group_ingress_rule')
        .filter((rule) => (rule['referenced_security_group_id'] !== undefined) === fromGroups)
        .map(
          (rule) =>
            `${peerOf(rule, stack, stacks)} -> ${groupName(rule['security_group_id'], stack, stacks)} ${portsOf(rule)}`,
        ),
    )
    .sort();

function ownRules(stack: StackJson, all: readonly StackJson[]): Path[] {
  return bodies(stack, 'aws_vpc_security_group_egress_rule').map(
    (rule) =>
      `${groupName(rule['security_group_id'], stack, all)} -> ${peerOf(rule, stack, all)} ${portsOf(rule)}`,
  );
}

function inlineRules(stack: StackJson, all: readonly StackJson[]): Path[] {
  return ['aws_security_group', 'aws_default_security_group'].flatMap((type) =>
    Object.entries(stack.resource[type] ?? {}).flatMap(([name, group]) =>
      [group['egress'] ?? []]
        .flat()
        .flatMap((rule) => fanned(rule as Body, stack, all, String(group['name'] ?? name))),
    ),
  );
}

function olderRules(stack: StackJson, all: readonly StackJson[]): Path[] {
  return bodies(stack, 'aws_security_group_rule')
    .filter((rule) => rule['type'] === 'egress')
    .flatMap((rule) => fanned(rule, stack, all, groupName(rule['security_group_id'], stack, all)));
}

/** A rule of the older kinds names many peers at once. */
function fanned(rule: Body, stack: StackJson, all: readonly StackJson[], from: string): Path[] {
  const groups = [rule['security_groups'] ?? [], rule['source_security_group_id'] ?? []].flat();
  const ranges = [rule['cidr_blocks'] ?? [], rule['ipv6_cidr_blocks'] ?? []].flat();
  const lists = [rule['prefix_list_ids'] ?? []].flat();
  const peers = [
    ...groups.map((group) => groupName(group, stack, all)),
    ...ranges.map(String),
    ...lists.map((list) => named(list, stack, all)),
    ...(rule['self'] === true ? [from] : []),
  ];
  return peers.map((peer) => `${from} -> ${peer} ${portsOf(rule)}`);
}

function peerOf(rule: Body, stack: StackJson, all: readonly StackJson[]): string {
  if (rule['referenced_security_group_id'] !== undefined)
    return groupName(rule['referenced_security_group_id'], stack, all);
  return String(rule['cidr_ipv4'] ?? rule['cidr_ipv6'] ?? named(rule['prefix_list_id'], stack, all));
}

function portsOf(rule: Body): string {
  const protocol = String(rule['ip_protocol'] ?? rule['protocol']);
  const [from, to] = [rule['from_port'], rule['to_port']];
  if (protocol === '-1') return 'everything';
  return `${protocol} ${from === to ? String(from) : `${String(from)}-${String(to)}`}`;
}

/** The physical name of the group that an expression leads to, through the outputs of other stacks. */
function groupName(expression: unknown, stack: StackJson, all: readonly StackJson[]): string {
  const { address, home } = followed(expression, stack, all);
  const [type = '', name = ''] = address.split('.');
  return String(home.resource[type]?.[name]?.['name'] ?? address);
}

const named = (expression: unknown, stack: StackJson, all: readonly StackJson[]) =>
  followed(expression, stack, all).address;

function followed(
  expression: unknown,
  stack: StackJson,
  all: readonly StackJson[],
): { address: string; home: StackJson } {
  const remote = remoteOutput(expression);
  const home = remote && all.find(({ place }) => place.layer === remote[0]);
  if (remote && home) return followed(home.output[remote[1]]?.value, home, all);
  return { address: referencesIn(expression)[0] ?? String(expression), home: stack };
}

const bodies = (stack: StackJson, type: string): Body[] => Object.values(stack.resource[type] ?? {});
