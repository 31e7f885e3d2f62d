import type { Naming } from '../naming/naming';
import type { Peer } from './peers';

/** The VPC of one region, as a link needs it. */
export interface LinkedVpc extends Peer {
  readonly naming: Naming;
  readonly vpcId: string;
  readonly routeTableIds: { readonly application: readonly string[]; readonly data: readonly string[] };
  /** The zone whose names the linked VPCs resolve. */
  readonly zoneId: string;
}

/** What a route leads to. */
export interface Way {
  readonly vpcPeeringConnectionId: string;
}
