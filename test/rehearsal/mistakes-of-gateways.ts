import type { MistakeOverTime } from './mistakes-over-time';
import type { Mistake } from './mistakes';
import { resources, sample } from './samples';
import type { JsonObject } from './stack-document';

const GATEWAY = '${aws_ec2_transit_gateway.g.id}';
const gateways = { g: {}, h: { region: 'eu-central-1' } };
const peering = {
  p: {
    transit_gateway_id: GATEWAY,
    peer_transit_gateway_id: '${aws_ec2_transit_gateway.h.id}',
    peer_region: 'eu-central-1',
  },
};
const table = { t: { transit_gateway_id: GATEWAY } };
const vpc = { v: { cidr_block: '10.0.0.0/16' } };
const attachment = {
  a: { transit_gateway_id: GATEWAY, vpc_id: '${aws_vpc.v.id}', subnet_ids: ['subnet-1'] },
};

/** What leads to a transit gateway, or over one, before that carries anything. */
export const MISTAKES_OF_GATEWAYS: readonly Mistake[] = [
  {
    mistake: 'a route to a transit gateway that the VPC is not attached to',
    configuration: resources({
      aws_vpc: vpc,
      aws_ec2_transit_gateway: { g: {} },
      aws_route_table: { t: { vpc_id: '${aws_vpc.v.id}' } },
      aws_route: {
        r: {
          route_table_id: '${aws_route_table.t.id}',
          destination_cidr_block: '10.1.0.0/16',
          transit_gateway_id: GATEWAY,
        },
      },
    }),
    message: 'InvalidTransitGatewayID.NotFound',
  },
  {
    mistake: 'a route over a peering of transit gateways that nobody has accepted',
    configuration: resources({
      aws_ec2_transit_gateway: gateways,
      aws_ec2_transit_gateway_peering_attachment: peering,
      aws_ec2_transit_gateway_route_table: table,
      aws_ec2_transit_gateway_route: {
        r: {
          destination_cidr_block: '10.1.0.0/16',
          transit_gateway_route_table_id: '${aws_ec2_transit_gateway_route_table.t.id}',
          transit_gateway_attachment_id: '${aws_ec2_transit_gateway_peering_attachment.p.id}',
        },
      },
    }),
    message: 'is in invalid state',
  },
  {
    mistake: 'a peering with a transit gateway that does not stand in that region',
    configuration: resources({
      aws_ec2_transit_gateway: gateways,
      aws_ec2_transit_gateway_peering_attachment: { p: { ...peering.p, peer_region: 'us-west-2' } },
    }),
    message: 'InvalidTransitGatewayID.NotFound',
  },
];

const held = (mistake: string, resource: JsonObject, given: string, user: JsonObject, message: string) => ({
  mistake,
  before: sample({ resource, output: { given: { value: `\${${given}}` } } }),
  user: resources(user),
  after: sample({}),
  message,
});

export const GATEWAYS_OVER_TIME: readonly MistakeOverTime[] = [
  held(
    'to delete a transit gateway that a VPC of another stack is attached to',
    { aws_ec2_transit_gateway: { g: {} } },
    'aws_ec2_transit_gateway.g.id',
    {
      aws_vpc: vpc,
      aws_ec2_transit_gateway_vpc_attachment: {
        a: { ...attachment.a, transit_gateway_id: '${data.terraform_remote_state.first.outputs.given}' },
      },
    },
    'IncorrectState: the transit gateway has non-deleted attachments',
  ),
  held(
    'to delete a VPC that is attached to a transit gateway of another stack',
    { aws_vpc: vpc },
    'aws_vpc.v.id',
    {
      aws_ec2_transit_gateway: { g: {} },
      aws_ec2_transit_gateway_vpc_attachment: {
        a: { ...attachment.a, vpc_id: '${data.terraform_remote_state.first.outputs.given}' },
      },
    },
    "DependencyViolation: The vpc 'vpc-",
  ),
];
