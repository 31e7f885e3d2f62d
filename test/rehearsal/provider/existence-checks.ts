import type { Caller } from '../cloud/caller';
import type { Cloud } from '../cloud/cloud';
import { textOf, type ValueMap } from '../protocol/values';
import { referencesIn } from './reference-checks';

/** What has ids of one prefix. */
interface Kind {
  readonly types: readonly string[];
  /** What AWS makes together with a VPC, by the attribute of the VPC that names it. */
  readonly ofVpc?: readonly string[];
  readonly refusal: (id: string) => string;
}

const missing = (code: string, thing: string) => (id: string) =>
  `${code}: The ${thing} '${id}' does not exist`;

/** By the prefix of the id. */
const KINDS: Readonly<Record<string, Kind>> = {
  'acl-': {
    types: ['aws_network_acl', 'aws_default_network_acl'],
    ofVpc: ['default_network_acl_id'],
    refusal: missing('InvalidNetworkAclID.NotFound', 'networkAcl ID'),
  },
  'eipalloc-': { types: ['aws_eip'], refusal: missing('InvalidAllocationID.NotFound', 'allocation ID') },
  'igw-': {
    types: ['aws_internet_gateway'],
    refusal: missing('InvalidInternetGatewayID.NotFound', 'internetGateway ID'),
  },
  'nat-': { types: ['aws_nat_gateway'], refusal: missing('InvalidNatGatewayID.NotFound', 'natGateway ID') },
  'rtb-': {
    types: ['aws_route_table', 'aws_default_route_table'],
    ofVpc: ['default_route_table_id', 'main_route_table_id'],
    refusal: missing('InvalidRouteTableID.NotFound', 'routeTable ID'),
  },
  'sg-': {
    types: ['aws_security_group', 'aws_default_security_group'],
    ofVpc: ['default_security_group_id'],
    refusal: missing('InvalidGroup.NotFound', 'security group'),
  },
  'subnet-': {
    types: ['aws_subnet', 'aws_default_subnet'],
    refusal: missing('InvalidSubnetID.NotFound', 'subnet ID'),
  },
  'tgw-0': {
    types: ['aws_ec2_transit_gateway'],
    refusal: missing('InvalidTransitGatewayID.NotFound', 'transitGateway ID'),
  },
  'tgw-attach-': {
    types: [
      'aws_ec2_transit_gateway_peering_attachment',
      'aws_ec2_transit_gateway_peering_attachment_accepter',
      'aws_ec2_transit_gateway_vpc_attachment',
    ],
    refusal: missing('InvalidTransitGatewayAttachmentID.NotFound', 'transit gateway attachment'),
  },
  'tgw-rtb-': {
    types: ['aws_ec2_transit_gateway_route_table'],
    refusal: missing('InvalidRouteTableID.NotFound', 'routeTable ID'),
  },
  'vpc-': { types: ['aws_vpc', 'aws_default_vpc'], refusal: missing('InvalidVpcID.NotFound', 'vpc ID') },
};

/** What says where something is that stands in another region than the resource. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  'aws_ec2_transit_gateway_peering_attachment.peer_transit_gateway_id': 'peer_region',
  'aws_route53_zone_association.vpc_id': 'vpc_region',
  'aws_vpc_peering_connection.peer_vpc_id': 'peer_region',
};

/** What is accepted was asked for in another region, which the one that accepts does not say. */
const ANYWHERE = 'aws_ec2_transit_gateway_peering_attachment_accepter.transit_gateway_attachment_id';

/** AWS's refusal of an id that nobody has made in this account and region, found or declared. */
export function refuseMissing(
  type: string,
  config: ValueMap,
  { inventory, outside }: Cloud,
  caller: Caller,
): string | undefined {
  const home = textOf(config['region']) ?? caller.region;
  for (const { prefix = '', value, name } of referencesIn(type, config)) {
    const region = textOf(config[ELSEWHERE[`${type}.${name}`] ?? '']) ?? home;
    const kind = KINDS[prefix];
    if (!kind || outside.has(value)) continue;
    const here = (of: string) =>
      inventory.ofType(of, caller).filter((each) => each.region === region || `${type}.${name}` === ANYWHERE);
    const isMade =
      kind.types.some((of) => here(of).some(({ id }) => id === value)) ||
      KINDS['vpc-']?.types.some((of) =>
        here(of).some(({ state }) => kind.ofVpc?.some((name) => state[name] === value)),
      );
    if (!isMade) return kind.refusal(value);
  }
  return undefined;
}
