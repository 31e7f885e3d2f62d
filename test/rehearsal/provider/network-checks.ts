import { addressRange, holds, overlaps } from '../cloud/address-range';
import type { Caller } from '../cloud/caller';
import type { Existing, Inventory } from '../cloud/inventory';
import { mapsIn, textOf, textsIn, type ValueMap } from '../protocol/values';

/*
 * What AWS checks against the rest of a network while it makes something in it. Of a subnet or group that is only
 * declared or looked up nothing is known, and it passes.
 */

type Check = (state: ValueMap, inventory: Inventory, caller: Caller) => string | undefined;

const CHECKS: Readonly<Record<string, Check>> = {
  aws_db_subnet_group: (state, inventory, caller) => {
    const zones = zonesOf(subnetsIn(state['subnet_ids'], inventory, caller));
    return zones.size === 1
      ? `DBSubnetGroupDoesNotCoverEnoughAZs: The DB subnet group doesn't meet Availability Zone (AZ) coverage ` +
          `requirement. Current AZ coverage: ${[...zones].join(', ')}. Add subnets to cover at least 2 AZs.`
      : undefined;
  },

  aws_ecs_service: (state, inventory, caller) => {
    const network = mapsIn(state['network_configuration'])[0] ?? {};
    return oneNetwork(network['subnets'], network['security_groups'], inventory, caller);
  },

  aws_lb: (state, inventory, caller) => {
    const subnets = subnetsIn(state['subnets'], inventory, caller);
    const isApplication = (textOf(state['load_balancer_type']) ?? 'application') === 'application';
    const zones = zonesOf(subnets);
    if (isApplication && zones.size === 1) {
      return 'ValidationError: At least two subnets in two different Availability Zones must be specified';
    }
    if (zones.size < subnets.length) {
      return 'InvalidConfigurationRequest: A load balancer cannot be attached to multiple subnets in the same Availability Zone';
    }
    return oneNetwork(state['subnets'], state['security_groups'], inventory, caller);
  },

  aws_networkfirewall_firewall: (state, inventory, caller) => {
    const ids = mapsIn(state['subnet_mapping']).flatMap(({ subnet_id: id }) => textOf(id) ?? []);
    const subnets = subnetsIn(ids, inventory, caller);
    if (zonesOf(subnets).size < subnets.length) {
      return 'InvalidRequestException: subnet mapping is invalid, you can specify only one subnet in each Availability Zone';
    }
    return oneNetwork(ids, [], inventory, caller, textOf(state['vpc_id']));
  },

  // https://docs.aws.amazon.com/vpc/latest/userguide/route-table-options.html#route-tables-appliance-routing
  aws_route: (state, inventory, caller) => {
    const cidr = textOf(state['destination_cidr_block']) ?? '';
    const table = find('aws_route_table', state['route_table_id'], inventory, caller);
    const vpc = table && inventory.get('aws_vpc', vpcOf(table) ?? '', caller);
    const [range, whole] = [addressRange(cidr), addressRange(textOf(vpc?.state['cidr_block']))];
    if (!vpc || !range || !whole || !holds(whole, range)) return undefined;
    const isSubnet = inventory
      .ofType('aws_subnet', caller)
      .some((subnet) => vpcOf(subnet) === vpc.id && textOf(subnet.state['cidr_block']) === cidr);
    const leadsOn = ['nat_gateway_id', 'network_interface_id', 'vpc_endpoint_id'].some((to) =>
      textOf(state[to]),
    );
    return isSubnet && leadsOn
      ? undefined
      : `InvalidParameterValue: The destination CIDR block ${cidr} is equal to or more specific than one of this VPC's CIDR blocks. This route can target only an interface or an instance, and must match a subnet.`;
  },

  aws_route_table_association: (state, inventory, caller) => {
    const subnet = find('aws_subnet', state['subnet_id'], inventory, caller);
    const table = find('aws_route_table', state['route_table_id'], inventory, caller);
    if (!subnet || !table || vpcOf(subnet) === vpcOf(table)) return undefined;
    return `InvalidParameterValue: Route table ${table.id} and subnet ${subnet.id} belong to different networks`;
  },

  aws_subnet: (state, inventory, caller) => {
    const range = addressRange(textOf(state['cidr_block']));
    const zone = textOf(state['availability_zone']) ?? '';
    if (zone !== '' && !zone.startsWith(caller.region)) {
      return `InvalidParameterValue: Value (${zone}) for parameter availabilityZone is invalid. Subnets can only be created in the following availability zones: ${caller.region}a, ${caller.region}b, ${caller.region}c.`;
    }
    const vpc = find('aws_vpc', state['vpc_id'], inventory, caller);
    if (!range) return undefined;
    const cidr = textOf(state['cidr_block']) ?? '';
    const size = range.last - range.first + 1;
    if (size > 65_536 || size < 16) return `InvalidSubnet.Range: The CIDR '${cidr}' is invalid.`;
    if (!vpc) return undefined;
    const outer = addressRange(textOf(vpc.state['cidr_block']));
    const others = inventory.ofType('aws_vpc_ipv4_cidr_block_association', caller);
    const isExtended = others.some(({ state: extension }) => extension['vpc_id'] === vpc.id);
    if (outer && !holds(outer, range) && !isExtended)
      return `InvalidSubnet.Range: The CIDR '${cidr}' is invalid.`;
    const taken = inventory.ofType('aws_subnet', caller).some((other) => {
      const its = addressRange(textOf(other.state['cidr_block']));
      return other.id !== state['id'] && vpcOf(other) === vpc.id && its !== undefined && overlaps(its, range);
    });
    return taken ? `InvalidSubnet.Conflict: The CIDR '${cidr}' conflicts with another subnet` : undefined;
  },

  aws_vpc: (state) => {
    const range = addressRange(textOf(state['cidr_block']));
    const size = range ? range.last - range.first + 1 : 65_536;
    return size > 65_536 || size < 16
      ? `InvalidVpc.Range: The CIDR '${textOf(state['cidr_block'])}' is invalid.`
      : undefined;
  },

  aws_vpc_endpoint: (state, inventory, caller) =>
    oneNetwork(state['subnet_ids'], state['security_group_ids'], inventory, caller, textOf(state['vpc_id'])),
};

/** AWS's refusal of something that does not fit into its network. */
export function refuseInNetwork(
  type: string,
  state: ValueMap,
  inventory: Inventory,
  caller: Caller,
): string | undefined {
  const here = { ...caller, region: textOf(state['region']) ?? caller.region };
  return CHECKS[type]?.(state, inventory, here);
}

function find(type: string, id: ValueMap[string] | undefined, inventory: Inventory, caller: Caller) {
  return inventory.get(type, textOf(id) ?? '', caller);
}

const vpcOf = ({ state }: Existing): string | undefined => textOf(state['vpc_id']);

const subnetsIn = (ids: ValueMap[string] | undefined, inventory: Inventory, caller: Caller): Existing[] =>
  textsIn(ids).flatMap((id) => inventory.get('aws_subnet', id, caller) ?? []);

const zonesOf = (subnets: readonly Existing[]): Set<string> =>
  new Set(subnets.flatMap(({ state }) => textOf(state['availability_zone']) ?? []));

function oneNetwork(
  subnetIds: ValueMap[string] | undefined,
  groupIds: ValueMap[string] | undefined,
  inventory: Inventory,
  caller: Caller,
  vpc?: string,
): string | undefined {
  const subnets = subnetsIn(subnetIds, inventory, caller);
  const home = vpc ?? subnets.flatMap((subnet) => vpcOf(subnet) ?? [])[0];
  const groups = textsIn(groupIds).flatMap((id) => inventory.get('aws_security_group', id, caller) ?? []);
  const stranger = [...subnets, ...groups].find((each) => home !== undefined && vpcOf(each) !== home);
  if (!stranger) return undefined;
  return stranger.type === 'aws_subnet'
    ? `InvalidSubnet: The subnet '${stranger.id}' does not belong to the network '${home}'`
    : `InvalidConfigurationRequest: One or more security groups are invalid: '${stranger.id}' does not belong to the network '${home}'`;
}
