import { Construct } from 'constructs';
import { VpcPeeringConnection } from '@cdktf/provider-aws/lib/vpc-peering-connection';
import { VpcPeeringConnectionAccepterA } from '@cdktf/provider-aws/lib/vpc-peering-connection-accepter';
import type { IVpcLink, LinkedVpc, Way } from './linked-vpc';

/**
 * A peering connection from the primary's VPC to that of a standby. DNS of the other VPC is not asked for: names of RDS
 * instances that are not public have private addresses wherever they are resolved.
 */
export class VpcPeering extends Construct implements IVpcLink {
  readonly fromPrimary: Way;
  readonly fromStandby: Way;

  constructor(scope: Construct, id: string, primary: LinkedVpc, standby: LinkedVpc) {
    super(scope, id);
    const tags = { Name: primary.naming.regional(`${primary.region}-${standby.region}`) };
    // where something else comes to link the VPCs, routes lead to that before this goes
    const lifecycle = { createBeforeDestroy: true };
    const connection = new VpcPeeringConnection(this, 'Connection', {
      region: primary.region,
      vpcId: primary.vpcId,
      peerVpcId: standby.vpcId,
      peerRegion: standby.region,
      tags,
      lifecycle,
    });
    // a request to another region is never accepted by itself
    const accepted = new VpcPeeringConnectionAccepterA(this, 'Accepter', {
      region: standby.region,
      vpcPeeringConnectionId: connection.id,
      autoAccept: true,
      tags,
      lifecycle,
    });
    // routes wait for the accepter
    this.fromPrimary = { vpcPeeringConnectionId: accepted.id };
    this.fromStandby = { vpcPeeringConnectionId: accepted.id };
  }
}
