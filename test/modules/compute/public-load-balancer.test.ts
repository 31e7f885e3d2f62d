import { edge, onTheInternet, synthService, type Built } from './service-under-test';

const AT = 'services_inventory_load-balancer';
const synthPublic = (built: Built = {}) =>
  synthService({
    ...built,
    settings: { ...onTheInternet, ...built.settings },
    props: { ...edge, ...built.props },
  });

test('adds exactly this to a service', () => {
  const before = synthService().addresses;
  expect(synthPublic().addresses.filter((address) => !before.includes(address))).toEqual([
    'aws_cloudwatch_metric_alarm.services_inventory_alarms_load-balancer-errors',
    'aws_cloudwatch_metric_alarm.services_inventory_alarms_slow',
    'aws_cloudwatch_metric_alarm.services_inventory_alarms_target-errors',
    'aws_cloudwatch_metric_alarm.services_inventory_alarms_unhealthy-tasks',
    `aws_lb.${AT}`,
    `aws_lb_listener.${AT}_http`,
    `aws_lb_listener.${AT}_https`,
    `aws_lb_listener_rule.${AT}_host`,
    `aws_lb_target_group.${AT}`,
    `aws_route53_record.${AT}`,
    `aws_security_group.${AT}_connections`,
    `aws_vpc_security_group_egress_rule.${AT}_connections_to-services-inventory-8080`,
    `aws_vpc_security_group_ingress_rule.${AT}_connections_from-internet-443`,
    `aws_vpc_security_group_ingress_rule.${AT}_connections_from-internet-80`,
    `aws_vpc_security_group_ingress_rule.${AT}_connections_to-services-inventory-8080`,
  ]);
});

describe('the load balancer of a public service', () => {
  test('stands in the public subnets and logs every request', () => {
    expect(synthPublic().at(`aws_lb.${AT}`)).toMatchObject({
      name: 'test-inventory',
      load_balancer_type: 'application',
      internal: false,
      subnets: ['a', 'b', 'c'].map(
        (zone) => `\${data.terraform_remote_state.foundation.outputs.aws-subnet-network-public-${zone}-id}`,
      ),
      security_groups: [`\${aws_security_group.${AT}_connections.id}`],
      access_logs: {
        enabled: true,
        bucket: 'test-logs-us-east-1-111122223333',
        prefix: 'load-balancers/inventory',
      },
    });
  });

  test.each([true, false])('refuses to be deleted as the environment says: %s', (protection) => {
    expect(synthPublic({ foundation: { protection } }).at(`aws_lb.${AT}`)).toMatchObject({
      enable_deletion_protection: protection,
    });
  });

  test('drops what smuggles requests, and connections that stay silent', () => {
    const settings = { public: { ...onTheInternet.public, idleTimeoutSeconds: 120 } };
    expect(synthPublic().at(`aws_lb.${AT}`)).toMatchObject({
      drop_invalid_header_fields: true,
      desync_mitigation_mode: 'defensive',
      idle_timeout: 60,
    });
    expect(synthPublic({ settings }).at(`aws_lb.${AT}`)['idle_timeout']).toBe(120);
  });

  test('is open to the internet on 443 and 80, and reaches the service on its port alone', () => {
    const out = synthPublic();
    const own = `\${aws_security_group.${AT}_connections.id}`;
    const tasks = '${aws_security_group.services_inventory_connections.id}';
    const rule = (id: string, kind = 'ingress') =>
      out.at(`aws_vpc_security_group_${kind}_rule.${AT}_connections_${id}`);
    for (const port of [443, 80]) {
      expect(rule(`from-internet-${port}`)).toMatchObject({
        security_group_id: own,
        cidr_ipv4: '0.0.0.0/0',
        ip_protocol: 'tcp',
        from_port: port,
        to_port: port,
      });
    }
    const toTasks = { ip_protocol: 'tcp', from_port: 8080, to_port: 8080 };
    expect(rule('to-services-inventory-8080', 'egress')).toMatchObject({
      ...toTasks,
      security_group_id: own,
      referenced_security_group_id: tasks,
      description: 'Requests to inventory.test.example.com',
    });
    expect(rule('to-services-inventory-8080')).toMatchObject({
      ...toTasks,
      security_group_id: tasks,
      referenced_security_group_id: own,
    });
  });

  test('has a security group of its own name', () => {
    expect(synthPublic().at(`aws_security_group.${AT}_connections`)).toMatchObject({
      name: 'test-inventory-load-balancer',
      description: 'Load balancer of the service inventory',
      vpc_id: '${data.terraform_remote_state.foundation.outputs.aws-vpc-network-id}',
    });
  });
});

describe('the listeners of a public service', () => {
  test('send everyone from HTTP to HTTPS', () => {
    expect(synthPublic().at(`aws_lb_listener.${AT}_http`)).toMatchObject({
      load_balancer_arn: `\${aws_lb.${AT}.arn}`,
      port: 80,
      protocol: 'HTTP',
      default_action: [
        { type: 'redirect', redirect: { protocol: 'HTTPS', port: '443', status_code: 'HTTP_301' } },
      ],
    });
  });

  test('speak TLS 1.3 and 1.2 with the certificate that was given, and know no other host', () => {
    expect(synthPublic().at(`aws_lb_listener.${AT}_https`)).toMatchObject({
      load_balancer_arn: `\${aws_lb.${AT}.arn}`,
      port: 443,
      protocol: 'HTTPS',
      certificate_arn: edge.certificateArn,
      ssl_policy: 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09',
      default_action: [
        {
          type: 'fixed-response',
          fixed_response: { content_type: 'text/plain', message_body: 'Not found', status_code: '404' },
        },
      ],
    });
  });

  test('forward what is meant for the host', () => {
    expect(synthPublic().at(`aws_lb_listener_rule.${AT}_host`)).toMatchObject({
      listener_arn: `\${aws_lb_listener.${AT}_https.arn}`,
      priority: 1,
      condition: [{ host_header: { values: ['inventory.test.example.com'] } }],
      action: [{ type: 'forward', target_group_arn: `\${aws_lb_target_group.${AT}.arn}` }],
    });
  });
});

describe('the target group of a public service', () => {
  test('takes tasks by address, and asks each whether it is fit', () => {
    expect(synthPublic().at(`aws_lb_target_group.${AT}`)).toMatchObject({
      name: 'test-inventory',
      vpc_id: '${data.terraform_remote_state.foundation.outputs.aws-vpc-network-id}',
      target_type: 'ip',
      protocol: 'HTTP',
      port: 80,
      deregistration_delay: '30',
      health_check: {
        path: '/health',
        protocol: 'HTTP',
        matcher: '200',
        interval: 15,
        timeout: 5,
        healthy_threshold: 2,
        unhealthy_threshold: 3,
      },
    });
  });

  test('asks as the settings say, and gives open requests their time', () => {
    const settings = {
      public: { ...onTheInternet.public, healthPath: '/ready?full=1', drainSeconds: 90 },
      healthCheck: { intervalSeconds: 20, timeoutSeconds: 10, failures: 5 },
    };
    expect(synthPublic({ settings }).at(`aws_lb_target_group.${AT}`)).toMatchObject({
      deregistration_delay: '90',
      health_check: { path: '/ready?full=1', interval: 20, timeout: 10, unhealthy_threshold: 5 },
    });
  });

  test('is the same whatever port the service has, or AWS would have to replace it', () => {
    const settings = { port: 9090 };
    expect(synthPublic({ settings }).at(`aws_lb_target_group.${AT}`)).toEqual(
      synthPublic().at(`aws_lb_target_group.${AT}`),
    );
  });
});

describe('the name of a public service', () => {
  test.each(['PRIMARY', 'SECONDARY'] as const)(
    'is one of a pair of records over the regions: %s',
    (failover) => {
      const out = synthPublic({ props: { failover } });
      expect(out.at(`aws_route53_record.${AT}`)).toMatchObject({
        zone_id: `\${data.aws_route53_zone.${AT}.zone_id}`,
        name: 'inventory.test.example.com',
        type: 'A',
        alias: {
          name: `\${aws_lb.${AT}.dns_name}`,
          zone_id: `\${aws_lb.${AT}.zone_id}`,
          evaluate_target_health: true,
        },
        set_identifier: 'us-east-1',
        failover_routing_policy: { type: failover },
      });
      expect(out.data['aws_route53_zone']?.[AT]).toMatchObject({
        name: 'test.example.com',
        private_zone: false,
      });
    },
  );

  test('is not written beside the pair', () => {
    const out = synthPublic({ props: { failover: undefined } });
    expect(out.resource).not.toHaveProperty('aws_route53_record');
    expect(out.data).not.toHaveProperty('aws_route53_zone');
  });
});

describe('a public service in a network with IPv6', () => {
  const plain = synthPublic();
  const both = synthPublic({ network: { ipv6: true } });

  test('is called over it wherever it is over IPv4, and changes nothing but its load balancer', () => {
    expect(both.addresses.filter((address) => !plain.addresses.includes(address))).toEqual([
      `aws_route53_record.${AT}_record-ipv6`,
      `aws_vpc_security_group_ingress_rule.${AT}_connections_from-internet-ipv6-443`,
      `aws_vpc_security_group_ingress_rule.${AT}_connections_from-internet-ipv6-80`,
    ]);
    // what comes before a service is no part of it
    const body = (out: typeof plain, address: string) =>
      JSON.stringify({ ...out.at(address), depends_on: undefined });
    expect(plain.addresses.filter((address) => body(plain, address) !== body(both, address))).toEqual([
      `aws_lb.${AT}`,
    ]);
    expect(plain.at(`aws_lb.${AT}`)).not.toHaveProperty('ip_address_type');
    expect(both.at(`aws_lb.${AT}`)['ip_address_type']).toBe('dualstack');
  });

  test.each([443, 80])('lets everyone in over IPv6 on %s', (port) => {
    expect(
      both.at(`aws_vpc_security_group_ingress_rule.${AT}_connections_from-internet-ipv6-${port}`),
    ).toMatchObject({ cidr_ipv6: '::/0', ip_protocol: 'tcp', from_port: port, to_port: port });
  });

  test('has an AAAA record that is the A record in everything else', () => {
    const record = both.at(`aws_route53_record.${AT}`);
    expect(both.at(`aws_route53_record.${AT}_record-ipv6`)).toEqual({ ...record, type: 'AAAA' });
    expect(record['type']).toBe('A');
  });

  test('has no record of either kind beside the pair', () => {
    const out = synthPublic({ network: { ipv6: true }, props: { failover: undefined } });
    expect(out.resource).not.toHaveProperty('aws_route53_record');
  });
});
