import type { App } from 'cdktf';
import { Site } from '../../modules/edge/site';
import { SiteGround } from '../../modules/edge/site-ground';
import type { Foundation } from '../../modules/foundation/foundation';
import { Alarms } from '../../modules/observability/alarms';
import { Dashboard } from '../../modules/observability/dashboard';
import { refusesDeletion } from '../../modules/settings/fields';
import type { EdgePlan } from '../config/edge-plan';
import { BaseStack } from './base-stack';
import { eachEntry } from './each-entry';

/**
 * CloudFront, its firewalls and certificates, for the whole environment. A stack of the region that they are changed in:
 * without that region nothing of it can be changed, while \`REGION=global\` must work without it.
 */
export class EdgeStack extends BaseStack {
  /** @param foundation of the region that CloudFront reports to */
  constructor(app: App, plan: EdgePlan, foundation: Foundation) {
    const { environment, account, region, domain, tags, sites, renames, decommission } = plan;
    super(app, { scope: environment, account, region, layer: 'edge', tags }, { Sites: renames.sites });
    if (Object.keys(sites).length === 0) return;
    const { naming, alerts, protection } = foundation;
    const ground = new SiteGround(this, 'Edge', {
      naming,
      alerts,
      domain,
      protection: refusesDeletion({ protection, decommission }),
    });
    eachEntry(
      this,
      'Sites',
      sites,
      (group, name, settings) => new Site(group, name, { ...foundation, ...settings, ground }),
    );
    const things = this.node.findAll().filter((one): one is Alarms => one instanceof Alarms);
    // the workload of this region has one called after it
    new Dashboard(this, 'Dashboard', { naming, things, name: naming.regional('edge') });
  }
}
