import { Construct } from 'constructs';
import { Ec2TransitGateway } from '@cdktf/provider-aws/lib/ec2-transit-gateway';
import { Ec2TransitGatewayRoute } from '@cdktf/provider-aws/lib/ec2-transit-gateway-route';
import { Ec2TransitGatewayRouteTable } from '@cdktf/provider-aws/lib/ec2-transit-gateway-route-table';
import { Ec2TransitGatewayRouteTableAssociation } from '@cdktf/provider-aws/lib/ec2-transit-gateway-route-table-association';
import { Ec2TransitGatewayVpcAttachment } from '@cdktf/provider-aws/lib/ec2-transit-gateway-vpc-attachment';
import { Dashboard } from '../observability/dashboard';
import { firstAddress } from './address-plan';
import type { LinkedVpc } from './linked-vpc';
import { clientsIn, databasesIn } from './peers';
import { TransitGatewayAlarms } from './transit-gateway-alarms';

/**
 * The transit gateway of one region, with its VPC attached. Without the default route table, which would take in whatever is
 * attached one day: here that reaches nothing until it has an association and routes of its own.
 */
export class RegionalGateway extends Construct {
  readonly gatewayId: string;
  /** Known once the VPC is attached: AWS refuses routes of the VPC before. */
  readonly attachedGatewayId: string;
  private readonly routeTableId: string;

  constructor(
    scope: Construct,
    id: string,
    readonly vpc: LinkedVpc,
  ) {
    super(scope, id);
    const tags = { Name: vpc.naming.regional('links') };
    const { region } = vpc;
    const gateway = new Ec2TransitGateway(this, 'Gateway', {
      region,
      description: 'Between the regions of one environment',
      amazonSideAsn: asnOf(vpc.cidr),
      // whoever else wants in is let in by a person
      autoAcceptSharedAttachments: 'disable',
      defaultRouteTableAssociation: 'disable',
      defaultRouteTablePropagation: 'disable',
      tags,
    });
    this.gatewayId = gateway.id;
    this.routeTableId = new Ec2TransitGatewayRouteTable(this, 'Routes', {
      region,
      transitGatewayId: gateway.id,
      tags,
    }).id;
    const attachment = this.attachVpc(tags);
    this.attachedGatewayId = attachment.transitGatewayId;
    this.associate('Vpc', attachment.id);
    this.routeTo('Own', vpc, attachment.id);
    this.watch();
  }

  private watch(): void {
    const { naming, region } = this.vpc;
    const alarms = new TransitGatewayAlarms(this, 'Alarms', this.vpc, this.gatewayId);
    // dashboards of all regions of an account share one set of names, and the workload has the region's
    new Dashboard(this, 'Dashboard', { naming, things: [alarms], name: naming.regional(`links-${region}`) });
  }

  /**
   * @param id of an attachment that carries traffic
   * @param of what lies behind it
   */
  lead(id: string, of: LinkedVpc): void {
    this.associate('Peer', id);
    this.routeTo('Peer', of, id);
  }

  /**
   * In application subnets, since the address plan has no room for subnets of its own. Their network ACL fits: it lets all of
   * the VPC in, answers from anywhere, and out to the VPC and to databases of the peer. Nothing of this goes through Network
   * Firewall, in neither direction, so that it never sees half of a connection.
   * https://docs.aws.amazon.com/vpc/latest/tgw/tgw-nacls.html
   */
  private attachVpc(tags: { Name: string }): Ec2TransitGatewayVpcAttachment {
    const { region, vpcId, applicationSubnetIds } = this.vpc;
    return new Ec2TransitGatewayVpcAttachment(this, 'Attachment', {
      region,
      transitGatewayId: this.gatewayId,
      vpcId,
      subnetIds: [...applicationSubnetIds],
      transitGatewayDefaultRouteTableAssociation: false,
      transitGatewayDefaultRouteTablePropagation: false,
      tags,
    });
  }

  private associate(id: string, transitGatewayAttachmentId: string): void {
    new Ec2TransitGatewayRouteTableAssociation(this, `${id}Association`, {
      region: this.vpc.region,
      transitGatewayAttachmentId,
      transitGatewayRouteTableId: this.routeTableId,
    });
  }

  private routeTo(id: string, of: LinkedVpc, transitGatewayAttachmentId: string): void {
    const ranges = { Applications: clientsIn(of), Databases: databasesIn(of) };
    for (const [what, destinationCidrBlock] of Object.entries(ranges))
      new Ec2TransitGatewayRoute(this, `${id}${what}`, {
        region: this.vpc.region,
        transitGatewayRouteTableId: this.routeTableId,
        destinationCidrBlock,
        transitGatewayAttachmentId,
      });
  }
}

/** The first private ASN of 32 bits. https://docs.aws.amazon.com/vpc/latest/tgw/tgw-transit-gateways.html */
const FIRST_ASN = 4_200_000_000;
/** Bits of an address below the smallest VPC, a /22. */
const HOST_BITS = 10n;

/**
 * AWS recommends that gateways that are peered have different numbers, for routes that they may tell each other one day. The
 * ranges of VPCs of an estate differ, and so do numbers that are made of them.
 * https://docs.aws.amazon.com/vpc/latest/tgw/tgw-peering.html
 */
const asnOf = (cidr: string): number => FIRST_ASN + Number(firstAddress(cidr) >> HOST_BITS);
