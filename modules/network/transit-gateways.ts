import { Construct } from 'constructs';
import { Ec2TransitGatewayPeeringAttachment } from '@cdktf/provider-aws/lib/ec2-transit-gateway-peering-attachment';
import { Ec2TransitGatewayPeeringAttachmentAccepter } from '@cdktf/provider-aws/lib/ec2-transit-gateway-peering-attachment-accepter';
import type { IVpcLink, LinkedVpc, Way } from './linked-vpc';
import { RegionalGateway } from './regional-gateway';

/** A transit gateway in each of two regions, peered with the other one. */
export class TransitGateways extends Construct implements IVpcLink {
  readonly fromPrimary: Way;
  readonly fromStandby: Way;

  constructor(scope: Construct, id: string, primary: LinkedVpc, standby: LinkedVpc) {
    super(scope, id);
    const here = new RegionalGateway(this, 'Primary', primary);
    const there = new RegionalGateway(this, 'Standby', standby);
    const peering = this.peer(here, there);
    // gateways tell each other no routes: each is told what lies behind the other one
    here.lead(peering, standby);
    there.lead(peering, primary);
    this.fromPrimary = { transitGatewayId: here.attachedGatewayId };
    this.fromStandby = { transitGatewayId: there.attachedGatewayId };
  }

  /** @returns id of the attachment, which both sides have, once it is accepted */
  private peer({ vpc, gatewayId }: RegionalGateway, other: RegionalGateway): string {
    const tags = { Name: vpc.naming.regional(`${vpc.region}-${other.vpc.region}`) };
    const asked = new Ec2TransitGatewayPeeringAttachment(this, 'Peering', {
      region: vpc.region,
      transitGatewayId: gatewayId,
      peerRegion: other.vpc.region,
      peerTransitGatewayId: other.gatewayId,
      tags,
    });
    return new Ec2TransitGatewayPeeringAttachmentAccepter(this, 'Accepter', {
      region: other.vpc.region,
      transitGatewayAttachmentId: asked.id,
      tags,
    }).id;
  }
}
