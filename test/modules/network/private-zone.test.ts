import { PrivateZone, privateDomain } from '../../../modules/network/private-zone';
import { synth } from '../../support/harness';

const zone = (protection: boolean) =>
  synth(
    (stack) =>
      new PrivateZone(stack, 'PrivateZone', { domain: privateDomain('test'), vpcId: 'vpc-1', protection }),
  ).at('aws_route53_zone.private-zone');

describe('the private zone of a region', () => {
  test('is known in its own VPC alone', () => {
    expect(zone(true)).toMatchObject({ name: 'test.internal', vpc: [{ vpc_id: 'vpc-1' }] });
  });

  test.each([true, false])('refuses to be deleted where the environment is protected: %s', (protection) => {
    expect(zone(protection)).toMatchObject({
      force_destroy: false,
      lifecycle: { prevent_destroy: protection },
    });
  });
});
