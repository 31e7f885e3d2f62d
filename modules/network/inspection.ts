import { Construct } from 'constructs';
import { type NatGateway } from '@cdktf/provider-aws/lib/nat-gateway';
import { Route } from '@cdktf/provider-aws/lib/route';
import { subnetRange, type Zone } from './address-plan';
import { NetworkFirewall, type NetworkFirewallProps } from './network-firewall';
import { SubnetTier, type SubnetTierProps } from './subnet-tier';

export interface InspectionProps
  extends Omit<NetworkFirewallProps, 'subnetIds'>, Omit<SubnetTierProps, 'tier' | 'naming' | 'vpcId'> {
  readonly internetGatewayId: string;
  /** Letters of the zones, in the order of their names. */
  readonly zones: readonly Zone[];
}

/**
 * The firewall on the way from application subnets to the internet: application subnet, firewall endpoint of the same
 * zone, NAT gateway, internet; and back the same way, or the firewall would see half of each connection.
 *
 * The gateways stand in subnets of their own. The way back is a route to the application subnets; in the public subnets it
 * would also catch what load balancers send there, whose answers take the short way.
 */
export class Inspection extends Construct {
  /** Of the tier that NAT gateways stand in, in the order of the zones. */
  readonly natSubnetIds: readonly string[];
  /** The way out of that tier, which its gateways come after. */
  readonly wayOut: Route;
  private readonly firewallTier: SubnetTier;
  private readonly firewall: NetworkFirewall;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: InspectionProps,
  ) {
    super(scope, id);
    const { availabilityZones } = props;
    this.firewallTier = new SubnetTier(this, 'Endpoints', { ...props, tier: 'firewall' });
    const { subnetIds } = this.firewallTier;
    this.firewall = new NetworkFirewall(this, 'Firewall', {
      ...props,
      subnetIds: new Map(availabilityZones.map((zone, index) => [zone, subnetIds[index]!])),
    });
    const natTier = new SubnetTier(this, 'Gateways', { ...props, tier: 'nat' });
    this.natSubnetIds = natTier.subnetIds;
    this.wayOut = this.addNatRoutes(natTier);
  }

  get alertLogGroupName(): string {
    return this.firewall.alertLogGroupName;
  }

  /** The firewall's endpoint in a zone, by its place in the order of the zones. */
  endpointId(index: number): string {
    return this.firewall.endpointId(this.props.availabilityZones[index]!);
  }

  /** @param gateways of each zone, or one for all */
  sendOnTo(gateways: readonly NatGateway[]): void {
    for (const [index, zone] of this.props.zones.entries()) {
      const table = this.firewallTier.addRouteTable(zone);
      const gateway = gateways[index] ?? gateways[0];
      if (!gateway) continue;
      new Route(this.firewallTier, `Internet${zone}`, {
        routeTableId: table.id,
        destinationCidrBlock: '0.0.0.0/0',
        natGatewayId: gateway.id,
      });
    }
  }

  /** AWS takes a route that is narrower than the VPC's own only if it is for exactly one subnet. */
  private addNatRoutes(tier: SubnetTier): Route {
    const { internetGatewayId, zones, vpcCidr } = this.props;
    const table = tier.addRouteTable();
    for (const [index, zone] of zones.entries()) {
      new Route(tier, `Back${zone}`, {
        routeTableId: table.id,
        destinationCidrBlock: subnetRange(vpcCidr, 'application', zone),
        vpcEndpointId: this.endpointId(index),
      });
    }
    return new Route(tier, 'Internet', {
      routeTableId: table.id,
      destinationCidrBlock: '0.0.0.0/0',
      gatewayId: internetGatewayId,
    });
  }
}
