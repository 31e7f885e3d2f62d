import { environments, shared } from '../../../environments';
import { regionsOf } from '../../../src/config/estate';
import { planRegion } from '../../../src/config/region-plan';
import { changed, estateOf } from '../../support/estate';

/** The plan of dev in its primary region. */
function planOf(change: object) {
  const estate = estateOf({ shared, environments: { dev: changed(environments.dev, change) } });
  const [environment] = estate.environments;
  const [primary] = regionsOf(environment!.settings);
  return planRegion(environment!, primary!);
}

describe('the plan of a region', () => {
  test('keeps records of traffic as long as other logs unless the region says otherwise', () => {
    const network = { regions: { 'us-east-1': { network: { flowLogRetentionDays: 3 } } } };
    expect(planOf({ logRetentionDays: 60 }).network.flowLogRetentionDays).toBe(60);
    expect(planOf({ logRetentionDays: 60, ...network }).network.flowLogRetentionDays).toBe(3);
  });
});
