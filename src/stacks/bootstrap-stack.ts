import type { App } from 'cdktf';
import { StateBucket } from '../../modules/state/state-bucket';
import type { RegionName } from '../../modules/network/regions';
import { regionsOf, type Estate } from '../config/estate';
import { BaseStack, stateBucketName, stateKeyAlias, type StackPlace } from './base-stack';

/** The bucket that holds the states of a scope in one region, this stack's own among them. */
export class BootstrapStack extends BaseStack {
  constructor(app: App, place: Omit<StackPlace, 'layer'>) {
    super(app, { ...place, layer: 'bootstrap' });
    const { account, region } = place;
    new StateBucket(this, 'State', {
      bucketName: stateBucketName(place),
      keyName: stateKeyAlias(place).replace(/^alias\//, ''),
      account,
      region,
    });
  }
}

/** One for each region of a scope. */
export function buildBootstrap(
  app: App,
  estate: Estate,
  scope: string,
  accounts: ReadonlyMap<string, readonly RegionName[]>,
): void {
  const environment = estate.environments.find(({ name }) => name === scope);
  const tags = environment?.settings.tags ?? (scope === 'shared' ? estate.shared?.tags : undefined) ?? {};
  const account =
    environment?.settings.account ??
    (scope === 'shared' ? estate.shared?.account : scope.replace(/^account-/, ''));
  if (account === undefined) throw new Error(`${scope} has no account`);
  const regions = environment
    ? regionsOf(environment.settings).map(({ name }) => name)
    : (accounts.get(account) ?? []);
  for (const region of regions) new BootstrapStack(app, { scope, account, region, tags });
}
