import type { App } from 'cdktf';
import { AccountBaseline } from '../../modules/governance/account-baseline';
import type { RegionName } from '../../modules/network/regions';
import { BaseStack } from './base-stack';

/** What exists once in an account, whichever environments share it. */
export class AccountBaselineStack extends BaseStack {
  constructor(app: App, account: string, region: RegionName) {
    super(app, { scope: `account-${account}`, account, region, layer: 'baseline', global: true });
    new AccountBaseline(this, 'Account', { account });
  }
}
