import { Construct } from 'constructs';
import { Route } from '@cdktf/provider-aws/lib/route';
import { Route53ZoneAssociation } from '@cdktf/provider-aws/lib/route53-zone-association';
import type { IVpcLink, LinkedVpc, Way } from './linked-vpc';
import { clientsIn, databasesIn, type InterRegion, type Peer } from './peers';
import { TransitGateways } from './transit-gateways';
import { VpcPeering } from './vpc-peering';

export interface RegionLinksProps {
  readonly primary: LinkedVpc;
  /** The one that takes over. */
  readonly standby: LinkedVpc;
  /** What joins them. */
  readonly by: Exclude<InterRegion, 'none'>;
}

/** The ways between the VPCs of two regions, for applications that read databases of the other region. */
export class RegionLinks extends Construct {
  constructor(scope: Construct, id: string, { primary, standby, by }: RegionLinksProps) {
    super(scope, id);
    const link: IVpcLink =
      by === 'peering'
        ? new VpcPeering(this, 'Peering', primary, standby)
        : new TransitGateways(this, 'TransitGateways', primary, standby);
    // at the same addresses whatever joins them: another link changes where a route leads, in place
    addRoutes(new Construct(this, 'FromPrimary'), primary, standby, link.fromPrimary);
    addRoutes(new Construct(this, 'FromStandby'), standby, primary, link.fromStandby);
    resolve(this, 'PrimaryNames', primary, standby);
    resolve(this, 'StandbyNames', standby, primary);
  }
}

/** Applications find the databases of the peer, and what holds data the applications that have asked; nothing more. */
function addRoutes(scope: Construct, from: LinkedVpc, to: Peer, way: Way): void {
  const add = (tier: 'application' | 'data', destinationCidrBlock: string) => {
    for (const [index, routeTableId] of from.routeTableIds[tier].entries())
      new Route(scope, `${tier}-${index + 1}`, {
        region: from.region,
        routeTableId,
        destinationCidrBlock,
        ...way,
      });
  };
  add('application', databasesIn(to));
  add('data', clientsIn(to));
}

const resolve = (scope: Construct, id: string, names: LinkedVpc, by: LinkedVpc) =>
  new Route53ZoneAssociation(scope, id, { zoneId: names.zoneId, vpcId: by.vpcId, vpcRegion: by.region });
