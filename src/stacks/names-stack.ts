import type { App } from 'cdktf';
import { PublicZone } from '../../modules/edge/public-zone';
import { refusesDeletion } from '../../modules/settings/fields';
import { globalStateRegion, type Environment } from '../config/estate';
import { BaseStack } from './base-stack';

/** An environment's delegated domain, and the records that prove to ACM that it is ours. Upstream of its regions. */
export class NamesStack extends BaseStack {
  constructor(app: App, { name, settings }: Environment, domain: string) {
    const { account, tags, zone } = settings;
    super(app, {
      scope: name,
      account,
      region: globalStateRegion(settings),
      layer: 'names',
      global: true,
      tags,
    });
    new PublicZone(this, 'Zone', {
      domain,
      protection: refusesDeletion(settings),
      existing: zone?.existing,
    });
  }
}
