import { Construct } from 'constructs';
import { VpcPeeringConnection } from '@cdktf/provider-aws/lib/vpc-peering-connection';
import { VpcPeeringConnectionAccepterA } from '@cdktf/provider-aws/lib/vpc-peering-connection-accepter';
import type { LinkedVpc, Way } from './linked-vpc';

/**
 * A peering connection from the primary's VPC to that of a standby. DNS of the other VPC is not asked for: names of RDS
 * instances that are not public have private addresses wherever they are resolved.
 */
export class VpcPeering extends Construct {
  readonly fromPrimary: Way;
  readonly fromStandby: Way;

  constructor(scope: Construct, id: string, primary: LinkedVpc, standby: LinkedVpc) {
    super(scope, id);
    const tags = { Name: primary.naming.regional(`${primary.region}-${standby.region}`) };
    const connection = new VpcPeeringConnection(this, 'Connection', {
      region: primary.region,
      vpcId: primary.vpcId,
      peerVpcId: standby.vpcId,
      peerRegion: standby.region,
      tags,
    });
    // a request to another region is never accepted by itself
    const accepted = new VpcPeeringConnectionAccepterA(this, 'Accepter', {
      region: standby.region,
      vpcPeeringConnectionId: connection.id,
      autoAccept: true,
      tags,
    });
    // routes wait for the accepter
    this.fromPrimary = { vpcPeeringConnectionId: accepted.id };
    this.fromStandby = { vpcPeeringConnectionId: accepted.id };
  }
}
