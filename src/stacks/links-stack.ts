import type { App } from 'cdktf';
import type { Foundation } from '../../modules/foundation/foundation';
import type { LinkedVpc } from '../../modules/network/linked-vpc';
import { RegionLinks } from '../../modules/network/region-links';
import { globalStateRegion, type Environment } from '../config/estate';
import type { RegionPlan } from '../config/region-plan';
import { BaseStack, type StackPlace } from './base-stack';

/** A region that stands. */
interface Standing {
  readonly plan: RegionPlan;
  readonly foundation: Foundation;
}

/**
 * What touches two regions at once: the ways between their VPCs. It alone reads states of several regions. Nobody reads its
 * own, so that each region can be planned and promoted while it cannot.
 */
export class LinksStack extends BaseStack {
  private readonly roles: ReadonlyMap<string, RegionPlan['role']>;

  constructor(app: App, { name, settings }: Environment, regions: readonly Standing[]) {
    const { account, tags, interRegion } = settings;
    super(app, {
      scope: name,
      account,
      region: globalStateRegion(settings),
      layer: 'links',
      global: true,
      tags,
    });
    this.roles = new Map(regions.map(({ plan }) => [plan.region, plan.role]));
    const linked = regions.filter(({ plan }) => plan.network.peer !== undefined);
    const [primary, standby] = (['primary', 'standby'] as const).map((role) =>
      linked.find(({ plan }) => plan.role === role),
    );
    if (interRegion === 'none' || !primary || !standby) return;
    new RegionLinks(this, 'Links', { primary: vpcOf(primary), standby: vpcOf(standby), by: interRegion });
  }

  /** It reads the same layer of two regions. */
  protected override stateName({ layer, region }: StackPlace): string {
    return `${layer}-${this.roles.get(region) ?? region}`;
  }
}

function vpcOf({ plan, foundation: { naming, network, alerts, publishedZone } }: Standing): LinkedVpc {
  if (!publishedZone) throw new Error(`${plan.region} is linked, and has no zone for it`);
  return {
    region: plan.region,
    cidr: plan.network.cidr,
    naming,
    vpcId: network.vpcId,
    applicationSubnetIds: network.subnetIds('application'),
    routeTableIds: network.routeTableIds,
    alerts,
    zoneId: publishedZone.zoneId,
  };
}
