import { z } from 'zod';
import { tierRange } from './address-plan';

/** How VPCs of an environment's regions reach each other. The primary and the standby that takes over are linked. */
export const interRegion = z.enum(['none', 'peering', 'transit-gateway']);
export type InterRegion = z.infer<typeof interRegion>;

/** A region whose VPC is linked to that of this region. */
export interface Peer {
  readonly region: string;
  /** The range of its VPC. */
  readonly cidr: string;
}

/** What the other region's subnets for data answer on: MySQL. Network ACLs let no other port pass. */
export const PEER_PORT = 3306;

/** Who asks in a peer, and who answers there. Security groups of another region cannot be named, so ranges are. */
export const clientsIn = ({ cidr }: Peer): string => tierRange(cidr, 'application');
export const databasesIn = ({ cidr }: Peer): string => tierRange(cidr, 'data');

/** Names that VPCs of all linked regions resolve: those of one region, which say so. */
export const regionalDomain = (region: string, privateDomain: string) => `${region}.${privateDomain}`;
