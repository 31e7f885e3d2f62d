import { PublishedZone } from '../../../modules/network/published-zone';
import { synth } from '../../support/harness';

test('the zone that a region publishes is private, and leaves VPCs that are associated with it alone', () => {
  const out = synth(
    (stack) =>
      new PublishedZone(stack, 'PublishedZone', { domain: 'us-east-1.test.internal', vpcId: 'vpc-1' }),
  );
  expect(out.at('aws_route53_zone.published-zone')).toMatchObject({
    name: 'us-east-1.test.internal',
    vpc: [{ vpc_id: 'vpc-1' }],
    force_destroy: true,
    lifecycle: { ignore_changes: ['vpc'] },
  });
});
