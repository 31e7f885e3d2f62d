import type { Naming } from '../naming/naming';
import type { IAlertTopic } from '../observability/alert-topic';
import type { Peer } from './peers';

/** The VPC of one region, as a link needs it. */
export interface LinkedVpc extends Peer {
  readonly naming: Naming;
  readonly vpcId: string;
  /** One in each zone that something stands in. */
  readonly applicationSubnetIds: readonly string[];
  readonly routeTableIds: { readonly application: readonly string[]; readonly data: readonly string[] };
  /** Hears of what goes wrong in this region. */
  readonly alerts: IAlertTopic;
  /** The zone whose names the linked VPCs resolve. */
  readonly zoneId: string;
}

/** What a route of a VPC leads to. */
export type Way = { readonly vpcPeeringConnectionId: string } | { readonly transitGatewayId: string };

/** What joins two VPCs. Routes to either of them wait until it carries traffic. */
export interface IVpcLink {
  readonly fromPrimary: Way;
  readonly fromStandby: Way;
}
