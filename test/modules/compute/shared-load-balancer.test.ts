import { Construct } from 'constructs';
import { FargateService } from '../../../modules/compute/fargate-service';
import { MOST_PRIORITY, priorityOf } from '../../../modules/compute/load-balancer-names';
import { SharedLoadBalancer } from '../../../modules/compute/shared-load-balancer';
import { synthesize, testApp, testFoundation, testStack } from '../../support/harness';
import { edge, running, synthService, onTheInternet } from './service-under-test';

/** Services on one load balancer, built as the workload stack builds them. */
function synthShared(services: readonly string[], props: object = {}) {
  const app = testApp();
  const foundation = testFoundation(app);
  const stack = testStack(app);
  const balancer = new SharedLoadBalancer(new Construct(stack, 'LoadBalancers'), 'edge', {
    ...foundation,
    idleTimeoutSeconds: 90,
    certificateArn: edge.certificateArn,
    ...props,
  });
  const group = new Construct(stack, 'Services');
  for (const [index, name] of services.entries()) {
    new FargateService(group, name, {
      ...foundation,
      ...running({
        port: 8080 + index,
        public: { host: `${name}.test.example.com`, loadBalancer: 'edge' },
      }),
      cluster: { name: 'test-services' },
      registry: '999988887777.dkr.ecr.us-east-1.amazonaws.com',
      uses: [],
      sharedLoadBalancer: balancer,
      ...edge,
    });
  }
  return synthesize(stack);
}

const AT = 'services_desk_load-balancer';

describe('a load balancer that services share', () => {
  test('is one, with listeners, a log and alarms of its own', () => {
    const out = synthShared(['desk', 'tills']);
    const balancers = out.addresses.filter((address) => /^aws_lb(_listener)?\./.test(address));
    expect(balancers).toEqual([
      'aws_lb.load-balancers_edge',
      'aws_lb_listener.load-balancers_edge_http',
      'aws_lb_listener.load-balancers_edge_https',
    ]);
    expect(out.at('aws_lb.load-balancers_edge')).toMatchObject({
      name: 'test-edge',
      idle_timeout: 90,
      enable_deletion_protection: true,
      access_logs: { enabled: true, prefix: 'load-balancers/edge' },
    });
    expect(out.at('aws_lb_listener.load-balancers_edge_https')).toMatchObject({
      certificate_arn: edge.certificateArn,
      default_action: [{ type: 'fixed-response', fixed_response: { status_code: '404' } }],
    });
    expect(out.at('aws_cloudwatch_metric_alarm.load-balancers_edge_alarms_errors')).toMatchObject({
      alarm_name: 'test-edge-load-balancer-errors',
      metric_name: 'HTTPCode_ELB_5XX_Count',
      dimensions: { LoadBalancer: '${aws_lb.load-balancers_edge.arn_suffix}' },
    });
    expect(
      out.at('aws_cloudwatch_metric_alarm.load-balancers_edge_alarms_errors')['alarm_actions'],
    ).toHaveLength(1);
  });

  test('may be deleted once it is about to go', () => {
    expect(synthShared([], { decommission: true }).at('aws_lb.load-balancers_edge')).toMatchObject({
      enable_deletion_protection: false,
    });
  });

  test('leads each host to its service, by a rule that no other service moves', () => {
    const alone = synthShared(['desk']).at(`aws_lb_listener_rule.${AT}_shared-host`);
    const among = synthShared(['about', 'desk', 'tills']);
    expect(among.at(`aws_lb_listener_rule.${AT}_shared-host`)).toEqual(alone);
    expect(alone).toMatchObject({
      listener_arn: '${aws_lb_listener.load-balancers_edge_https.arn}',
      priority: priorityOf('desk'),
      condition: [{ host_header: { values: ['desk.test.example.com'] } }],
      action: [
        { type: 'forward', target_group_arn: `\${aws_lb_target_group.${AT}_shared-target-group.arn}` },
      ],
    });
    expect(among.at('aws_lb_listener_rule.services_tills_load-balancer_shared-host')['priority']).toBe(
      priorityOf('tills'),
    );
  });

  test('reaches each service on its port alone', () => {
    const out = synthShared(['desk', 'tills']);
    const egress = out.addresses.filter((address) => /egress_rule\.load-balancers_edge/.test(address));
    expect(egress).toEqual([
      'aws_vpc_security_group_egress_rule.load-balancers_edge_connections_to-services-desk-8080',
      'aws_vpc_security_group_egress_rule.load-balancers_edge_connections_to-services-tills-8081',
    ]);
  });

  test('gets the record of each host, at the address that the record of its own had', () => {
    const record = synthShared(['desk']).at(`aws_route53_record.${AT}`);
    expect(record).toMatchObject({
      name: 'desk.test.example.com',
      alias: { name: '${aws_lb.load-balancers_edge.dns_name}' },
      failover_routing_policy: { type: 'PRIMARY' },
    });
    const own = synthService({ name: 'desk', settings: onTheInternet, props: edge });
    expect(own.addresses).toContain(`aws_route53_record.${AT}`);
  });

  test('has targets beside those of a load balancer of its own, so that a service can move', () => {
    const out = synthShared(['desk']);
    expect(out.at(`aws_lb_target_group.${AT}_shared-target-group`)['name']).toBe('test-desk-shared');
    expect(out.at('aws_ecs_service.services_desk')['load_balancer']).toMatchObject([
      { target_group_arn: `\${aws_lb_target_group.${AT}_shared-target-group.arn}` },
    ]);
  });

  test('blames no service for what it answers itself', () => {
    const { addresses } = synthShared(['desk']);
    expect(addresses).toContain('aws_cloudwatch_metric_alarm.services_desk_alarms_target-errors');
    expect(addresses).not.toContain('aws_cloudwatch_metric_alarm.services_desk_alarms_load-balancer-errors');
  });
});

test('priorities are within what AWS takes, and seldom the same', () => {
  const all = Array.from({ length: 200 }, (_, index) => priorityOf(`service-${index}`));
  for (const one of all) {
    expect(one).toBeGreaterThanOrEqual(1);
    expect(one).toBeLessThanOrEqual(MOST_PRIORITY);
  }
  expect(new Set(all).size).toBeGreaterThan(195);
  // a change of the rule would move every rule that stands
  expect(priorityOf('inventory')).toBe(5395);
});
