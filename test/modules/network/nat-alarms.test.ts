import { NatAlarms } from '../../../modules/network/nat-alarms';
import { fixtureStacks } from '../../support/estates';
import { naming, synth } from '../../support/harness';
import { addNetwork } from './network-under-test';

const TOPIC = { arn: 'arn:aws:sns:us-east-1:111122223333:test-alerts' };
const built = (nat: 'none' | 'single' | 'one-per-az') =>
  synth((stack) => {
    const gateways = addNetwork(stack, { nat }).natGateways;
    new NatAlarms(stack, 'Nat', { naming, topic: TOPIC, gateways });
  });
const alarms = (nat: 'none' | 'single' | 'one-per-az') =>
  Object.values(built(nat).resource['aws_cloudwatch_metric_alarm'] ?? {});

test.each([
  ['none', []],
  ['single', ['test-nat-ports-short-a']],
  ['one-per-az', ['test-nat-ports-short-a', 'test-nat-ports-short-b']],
] as const)('each NAT gateway has an alarm of its own: %s', (nat, names) => {
  expect(alarms(nat).map(({ alarm_name: name }) => name)).toEqual(names);
});

test('rings while connections find no port', () => {
  expect(alarms('one-per-az')[1]).toMatchObject({
    namespace: 'AWS/NATGateway',
    alarm_description: expect.stringContaining('of us-east-1b ') as string,
    metric_name: 'ErrorPortAllocation',
    dimensions: { NatGatewayId: '${aws_nat_gateway.network_nat-b.id}' },
    statistic: 'Sum',
    comparison_operator: 'GreaterThanThreshold',
    threshold: 0,
    period: 60,
    evaluation_periods: 5,
    treat_missing_data: 'notBreaching',
    alarm_actions: [TOPIC.arn],
  });
});

test('is on the dashboard of its region', () => {
  const workload = fixtureStacks().find(({ id }) => id === 'prod-us-east-1-workload');
  const [body] = Object.values(workload?.resource['aws_cloudwatch_dashboard'] ?? {}).map(
    ({ dashboard_body: one }) => String(one),
  );
  expect(body).toContain('alarm:prod-nat-ports-short-a');
});
