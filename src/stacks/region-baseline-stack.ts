import type { App } from 'cdktf';
import { RegionBaseline } from '../../modules/governance/region-baseline';
import type { RegionName } from '../../modules/network/regions';
import { BaseStack } from './base-stack';

/** What exists once in each region of an account, whichever environments share it. */
export class RegionBaselineStack extends BaseStack {
  constructor(app: App, account: string, region: RegionName) {
    super(app, { scope: `account-${account}`, account, region, layer: 'baseline' });
    new RegionBaseline(this, 'Region', { account, region });
  }
}
