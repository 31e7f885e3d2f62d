import { statementsOf } from '../../support/statements';
import { beyond, KEY, synthNetwork, ZONE_NAMES } from './network-under-test';

const AT = 'network_inspection';
const outside = { https: ['*.b.example', 'a.example'], http: ['c.example'] };
const out = synthNetwork({ egress: 'firewall', nat: 'one-per-az', outside });
const endpoint = (zone: string) =>
  `\${one([for state in aws_networkfirewall_firewall.${AT}.firewall_status[0].sync_states : state.attachment[0].endpoint_id if state.availability_zone == "us-east-1${zone}"])}`;

describe('a network with a firewall', () => {
  test('has this besides what DNS Firewall and NAT gateways are', () => {
    const less = synthNetwork({ egress: 'dns-firewall', nat: 'one-per-az', outside });
    expect(beyond(less, out)).toEqual([]);
    expect(beyond(out, less)).toEqual([
      `aws_cloudwatch_log_group.${AT}_firewall_alert`,
      `aws_cloudwatch_log_group.${AT}_firewall_flow`,
      `aws_kms_alias.${AT}_firewall_encryption-key`,
      `aws_kms_key.${AT}_firewall_encryption-key`,
      `aws_network_acl.${AT}_endpoints`,
      `aws_network_acl.${AT}_gateways`,
      `aws_networkfirewall_firewall.${AT}`,
      `aws_networkfirewall_firewall_policy.${AT}`,
      `aws_networkfirewall_logging_configuration.${AT}_firewall`,
      `aws_networkfirewall_rule_group.${AT}_firewall_http`,
      `aws_networkfirewall_rule_group.${AT}_firewall_https`,
      `aws_route.${AT}_endpoints_internet-a`,
      `aws_route.${AT}_endpoints_internet-b`,
      `aws_route.${AT}_gateways_back-a`,
      `aws_route.${AT}_gateways_back-b`,
      `aws_route.${AT}_gateways_internet`,
      `aws_route_table.${AT}_endpoints_routes-a`,
      `aws_route_table.${AT}_endpoints_routes-b`,
      `aws_route_table.${AT}_gateways_routes`,
      `aws_route_table_association.${AT}_endpoints_routes-a_a`,
      `aws_route_table_association.${AT}_endpoints_routes-b_b`,
      `aws_route_table_association.${AT}_gateways_routes_a`,
      `aws_route_table_association.${AT}_gateways_routes_b`,
      `aws_subnet.${AT}_endpoints_a`,
      `aws_subnet.${AT}_endpoints_b`,
      `aws_subnet.${AT}_gateways_a`,
      `aws_subnet.${AT}_gateways_b`,
    ]);
  });

  test('leads each application subnet over the endpoint of its zone, out and back', () => {
    for (const zone of ['a', 'b']) {
      expect(out.at(`aws_route.network_application_nat-${zone}`)).toEqual({
        route_table_id: `\${aws_route_table.network_application_routes-${zone}.id}`,
        destination_cidr_block: '0.0.0.0/0',
        vpc_endpoint_id: endpoint(zone),
      });
      expect(out.at(`aws_route.${AT}_endpoints_internet-${zone}`)).toEqual({
        route_table_id: `\${aws_route_table.${AT}_endpoints_routes-${zone}.id}`,
        destination_cidr_block: '0.0.0.0/0',
        nat_gateway_id: `\${aws_nat_gateway.network_nat-${zone}.id}`,
      });
      expect(out.at(`aws_route.${AT}_gateways_back-${zone}`)).toEqual({
        route_table_id: `\${aws_route_table.${AT}_gateways_routes.id}`,
        destination_cidr_block: { a: '10.20.0.0/19', b: '10.20.32.0/19' }[zone],
        vpc_endpoint_id: endpoint(zone),
      });
    }
    expect(out.at(`aws_route.${AT}_gateways_internet`)['gateway_id']).toBe(
      '${aws_internet_gateway.network.id}',
    );
  });

  test('puts the gateways into subnets of their own, after the way out of these', () => {
    expect(out.at('aws_nat_gateway.network_nat-b')).toMatchObject({
      subnet_id: `\${aws_subnet.${AT}_gateways_b.id}`,
      depends_on: [`aws_route.${AT}_gateways_internet`],
    });
  });

  test('sends all zones to one gateway where there is one, each over its own endpoint', () => {
    const single = synthNetwork({ egress: 'firewall', nat: 'single', outside });
    expect(single.at(`aws_route.${AT}_endpoints_internet-b`)['nat_gateway_id']).toBe(
      '${aws_nat_gateway.network_nat-a.id}',
    );
    expect(single.at('aws_route.network_application_nat-b')['vpc_endpoint_id']).toBe(endpoint('b'));
  });

  test('can go from DNS Firewall to it and changes only routes, and where gateways stand', () => {
    const before = synthNetwork({ egress: 'dns-firewall', nat: 'one-per-az', outside });
    const changed = before.addresses.filter(
      (address) => JSON.stringify(before.at(address)) !== JSON.stringify(out.at(address)),
    );
    expect(changed).toEqual([
      'aws_nat_gateway.network_nat-a',
      'aws_nat_gateway.network_nat-b',
      'aws_route.network_application_nat-a',
      'aws_route.network_application_nat-b',
    ]);
  });

  test.each(['network_application', `${AT}_endpoints`, `${AT}_gateways`])(
    'lets 80 out of %s only where a name is called there',
    (acl) => {
      const ports = (network: typeof out) =>
        (network.at(`aws_network_acl.${acl}`)['egress'] as { to_port: number }[]).map((rule) => rule.to_port);
      expect(ports(out)).toEqual([0, 443, 80]);
      const https = synthNetwork({
        egress: 'firewall',
        nat: 'single',
        outside: { https: ['a.example'], http: [] },
      });
      expect(ports(https)).toEqual([0, 443]);
    },
  );
});

describe('the firewall', () => {
  test('stands in each zone, encrypted, and refuses to be deleted where the environment does', () => {
    const key = { type: 'CUSTOMER_KMS', key_id: `\${aws_kms_key.${AT}_firewall_encryption-key.arn}` };
    expect(out.at(`aws_networkfirewall_firewall.${AT}`)).toEqual({
      name: 'test-egress',
      vpc_id: '${aws_vpc.network.id}',
      firewall_policy_arn: `\${aws_networkfirewall_firewall_policy.${AT}.arn}`,
      encryption_configuration: key,
      delete_protection: true,
      subnet_mapping: ['a', 'b'].map((zone) => ({ subnet_id: `\${aws_subnet.${AT}_endpoints_${zone}.id}` })),
    });
    for (const [type, name] of [
      ['firewall_policy', ''],
      ['rule_group', '_firewall_https'],
    ])
      expect(out.at(`aws_networkfirewall_${type}.${AT}${name}`)['encryption_configuration']).toEqual(key);
    const open = synthNetwork({ egress: 'firewall', nat: 'single', outside, protection: false });
    expect(open.at(`aws_networkfirewall_firewall.${AT}`)['delete_protection']).toBe(false);
    expect(open.at(`aws_kms_key.${AT}_firewall_encryption-key`)['lifecycle']).toEqual({
      prevent_destroy: false,
    });
    const three = synthNetwork({
      egress: 'firewall',
      nat: 'single',
      outside,
      availabilityZones: ZONE_NAMES,
    });
    expect(three.at(`aws_networkfirewall_firewall.${AT}`)['subnet_mapping']).toHaveLength(3);
  });

  test('has a key that roles use through the service alone', () => {
    const { policy } = out.at(`aws_kms_key.${AT}_firewall_encryption-key`);
    const used = statementsOf(policy).filter(({ Action }) => String(Action).includes('kms:Encrypt'));
    expect(used.map(({ Condition }) => Condition)).toEqual([
      { StringEquals: { 'kms:ViaService': ['network-firewall.us-east-1.amazonaws.com'] } },
    ]);
  });

  test('goes through rules in their order and drops what none lets pass', () => {
    const group = (protocol: string) => `\${aws_networkfirewall_rule_group.${AT}_firewall_${protocol}.arn}`;
    expect(out.at(`aws_networkfirewall_firewall_policy.${AT}`)['firewall_policy']).toEqual({
      stateless_default_actions: ['aws:forward_to_sfe'],
      stateless_fragment_default_actions: ['aws:drop'],
      stateful_engine_options: { rule_order: 'STRICT_ORDER', stream_exception_policy: 'REJECT' },
      stateful_default_actions: [
        'aws:drop_established_app_layer_to_server',
        'aws:alert_established_app_layer_to_server',
      ],
      stateful_rule_group_reference: [
        { priority: 1, resource_arn: group('https') },
        { priority: 2, resource_arn: group('http') },
      ],
    });
  });

  test.each([
    ['https', 'TLS_SNI', ['.b.example', 'a.example']],
    ['http', 'HTTP_HOST', ['c.example']],
  ])('lets pass by %s what is declared', (protocol, target, targets) => {
    expect(out.at(`aws_networkfirewall_rule_group.${AT}_firewall_${protocol}`)).toMatchObject({
      name: `test-egress-${protocol}`,
      type: 'STATEFUL',
      capacity: 1000,
      rule_group: {
        stateful_rule_options: { rule_order: 'STRICT_ORDER' },
        rules_source: {
          rules_source_list: { generated_rules_type: 'ALLOWLIST', target_types: [target], targets },
        },
      },
    });
  });

  test('has no group for a protocol that nobody calls', () => {
    const https = synthNetwork({ egress: 'firewall', nat: 'single', outside: { ...outside, http: [] } });
    expect(Object.keys(https.resource['aws_networkfirewall_rule_group'] ?? {})).toEqual([
      `${AT}_firewall_https`,
    ]);
  });

  test('writes alerts and flows into encrypted logs, once it may', () => {
    expect(out.at(`aws_networkfirewall_logging_configuration.${AT}_firewall`)).toMatchObject({
      firewall_arn: `\${aws_networkfirewall_firewall.${AT}.arn}`,
      logging_configuration: {
        log_destination_config: ['alert', 'flow'].map((what) => ({
          log_type: what.toUpperCase(),
          log_destination_type: 'CloudWatchLogs',
          log_destination: { logGroup: `\${aws_cloudwatch_log_group.${AT}_firewall_${what}.name}` },
        })),
      },
      depends_on: ['aws_cloudwatch_log_resource_policy.network_log-delivery'],
    });
    expect(out.at(`aws_cloudwatch_log_group.${AT}_firewall_alert`)).toMatchObject({
      name: '/test/firewall/alert',
      kms_key_id: KEY.arn,
      retention_in_days: 14,
    });
  });
});
