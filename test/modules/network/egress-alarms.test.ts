import { TerraformOutput } from 'cdktf';
import { EgressAlarms, type RefusalLogs } from '../../../modules/network/egress-alarms';
import { EgressProxyAlarms } from '../../../modules/egress/egress-proxy-alarms';
import type { ProxyRoute } from '../../../modules/egress/proxy-route';
import { fixtureStacks } from '../../support/estates';
import { naming, synth } from '../../support/harness';
import { addNetwork } from './network-under-test';

const TOPIC = { arn: 'arn:aws:sns:us-east-1:111122223333:test-alerts' };
const built = (logs: RefusalLogs) =>
  synth((stack) => void new EgressAlarms(stack, 'Egress', { naming, topic: TOPIC, ...logs }));

describe('names that are refused again and again', () => {
  test.each([
    ['names-refused', { dnsQueries: '/test/dns-queries' }, '{ $.firewall_rule_action = "BLOCK" }'],
    ['connections-refused', { firewallAlerts: '/test/firewall/alert' }, '{ $.event.event_type = "alert" }'],
  ] as const)('are counted in the log, and told of: %s', (id, logs, pattern) => {
    const out = built(logs);
    const name = `test-egress-${id}`;
    expect(Object.values(out.resource['aws_cloudwatch_log_metric_filter'] ?? {})).toEqual([
      expect.objectContaining({
        name,
        pattern,
        log_group_name: Object.values(logs)[0],
        metric_transformation: { name, namespace: 'Logs', value: '1' },
      }),
    ]);
    expect(Object.values(out.resource['aws_cloudwatch_metric_alarm'] ?? {})).toEqual([
      expect.objectContaining({
        alarm_name: name,
        namespace: 'Logs',
        metric_name: name,
        // the filter writes none: an alarm with some would watch what nobody measures
        dimensions: {},
        statistic: 'Sum',
        comparison_operator: 'GreaterThanThreshold',
        threshold: 50,
        period: 300,
        // one event, or a busy minute, calls nobody
        evaluation_periods: 3,
        treat_missing_data: 'notBreaching',
        alarm_actions: [TOPIC.arn],
      }),
    ]);
  });

  test('are not looked for where nothing is refused', () => {
    expect(built({}).addresses).toEqual([]);
  });
});

test.each([
  ['none', [undefined, undefined]],
  ['dns-firewall', ['/test/dns-queries', undefined]],
  ['proxy', ['/test/dns-queries', undefined]],
  ['firewall', ['/test/dns-queries', '/test/firewall/alert']],
] as const)('a network says where it writes what it refuses: %s', (egress, names) => {
  const out = synth((stack) => {
    const { dnsQueries = '', firewallAlerts = '' } = addNetwork(stack, { egress, nat: 'single' }).refusalLogs;
    new TerraformOutput(stack, 'dns', { value: dnsQueries });
    new TerraformOutput(stack, 'firewall', { value: firewallAlerts });
  });
  const nameOf = (output: string) => {
    const address = /\$\{(.*)\.name\}/.exec(String(out.output[output]?.['value']))?.[1];
    return address === undefined ? undefined : out.at(address)['name'];
  };
  expect([nameOf('dns'), nameOf('firewall')]).toEqual(names);
});

test('are on the dashboard of the region, with those of the workload', () => {
  const workload = fixtureStacks().find(({ id }) => id === 'prod-us-east-1-workload');
  const [dashboard] = Object.values(workload?.resource['aws_cloudwatch_dashboard'] ?? {});
  const body = String(dashboard?.['dashboard_body']);
  for (const name of ['prod-egress-names-refused', 'prod-egress-connections-refused'])
    expect(body).toContain(`:alarm:${name}"`);
});

test('a proxy counts the names that it refuses among its alarms', () => {
  const route: ProxyRoute = {
    targetGroupArn: 'arn',
    targetGroupArnSuffix: 'targetgroup/x',
    loadBalancerArnSuffix: 'net/x',
  } as ProxyRoute;
  const out = synth((stack) => {
    new EgressProxyAlarms(stack, 'Alarms', {
      name: 'test-shop-egress-proxy',
      clusterName: 'test-services',
      serviceName: 'test-shop-egress-proxy',
      logGroupName: '/test/egress/shop',
      fewestTasks: 2,
      route,
    }).tellAsOne(TOPIC, 'x');
  });
  expect(Object.values(out.resource['aws_cloudwatch_log_metric_filter'] ?? {})).toEqual([
    expect.objectContaining({ pattern: '{ $.result = "TCP_DENIED*" }', log_group_name: '/test/egress/shop' }),
  ]);
  const [composite] = Object.values(out.resource['aws_cloudwatch_composite_alarm'] ?? {});
  expect(composite?.['alarm_rule']).toContain('names-refused');
});
