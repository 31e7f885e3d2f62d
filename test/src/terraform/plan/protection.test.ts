import { releaseText } from '../../../../src/terraform/plan/protection';
import { place } from '../driver-world';

const regions = { 'us-east-1': { role: 'primary' }, 'us-west-2': { role: 'standby' } };
const then = 'then run make plan ENV=dev and make apply ENV=dev';

describe('the setting that takes a protection away', () => {
  it.each([
    [
      'us-west-2',
      'aws_kms_key.keys_data',
      `say decommission: true in regions.us-west-2 or in the environment, ${then}`,
    ],
    ['us-east-1', 'aws_kms_key.keys_data', `say decommission: true in the environment, ${then}`],
    [
      'us-west-2',
      'aws_rds_cluster.databases_orders',
      `say decommission: true in databases.orders or in regions.us-west-2 or in the environment, ${then}`,
    ],
  ])('is found by where a resource is: in %s %s', (region, address, text) => {
    expect(releaseText(place(region, 'foundation'), address, { scope: 'dev' }, regions)).toBe(text);
  });

  it('is that of the environment for what belongs to the whole of it', () => {
    const names = place('us-west-2', 'names', { global: true });
    expect(releaseText(names, 'aws_route53_zone.zone', { scope: 'dev' }, regions)).toBe(
      `say decommission: true in the environment, ${then}`,
    );
  });

  it.each([
    [
      'shared',
      'say protection: false in what all environments share, then run make plan SCOPE=shared and make apply SCOPE=shared',
    ],
    ['account-111122223333', 'what an account has but once stays as long as the account'],
  ])('is no decommission in the scope %s', (scope, text) => {
    expect(releaseText(place('us-east-1', 'registry', { scope }), 'aws_kms_key.key', { scope }, {})).toBe(
      text,
    );
  });
});
