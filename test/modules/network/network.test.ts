import { addNetwork, beyond, synthNetwork, ZONE_NAMES } from './network-under-test';
import { resolved } from '../../support/resolved';

describe('a network', () => {
  test('over two zones, without NAT and with private endpoints, is exactly this', () => {
    expect(synthNetwork().addresses).toEqual([
      'aws_cloudwatch_log_group.network_dns-query-logs',
      'aws_cloudwatch_log_group.network_flow-logs',
      'aws_cloudwatch_log_resource_policy.network_log-delivery',
      'aws_default_network_acl.network',
      'aws_default_route_table.network',
      'aws_default_security_group.network',
      'aws_flow_log.network_flow-logs',
      'aws_iam_role.network_flow-logs',
      'aws_iam_role_policy.network_flow-logs_role_write-flow-logs',
      'aws_internet_gateway.network',
      'aws_network_acl.network_application',
      'aws_network_acl.network_data',
      'aws_network_acl.network_public',
      'aws_route.network_public_internet',
      'aws_route53_resolver_query_log_config.network_dns-query-logs',
      'aws_route53_resolver_query_log_config_association.network_dns-query-logs',
      'aws_route_table.network_application_routes-a',
      'aws_route_table.network_application_routes-b',
      'aws_route_table.network_data_routes',
      'aws_route_table.network_public_routes',
      'aws_route_table_association.network_application_routes-a_a',
      'aws_route_table_association.network_application_routes-b_b',
      'aws_route_table_association.network_data_routes_a',
      'aws_route_table_association.network_data_routes_b',
      'aws_route_table_association.network_public_routes_a',
      'aws_route_table_association.network_public_routes_b',
      'aws_security_group.network_endpoints_connections',
      'aws_subnet.network_application_a',
      'aws_subnet.network_application_b',
      'aws_subnet.network_data_a',
      'aws_subnet.network_data_b',
      'aws_subnet.network_public_a',
      'aws_subnet.network_public_b',
      'aws_vpc.network',
      'aws_vpc_dhcp_options.network',
      'aws_vpc_dhcp_options_association.network',
      'aws_vpc_endpoint.network_endpoints_dynamodb',
      'aws_vpc_endpoint.network_endpoints_ecr-api',
      'aws_vpc_endpoint.network_endpoints_ecr-dkr',
      'aws_vpc_endpoint.network_endpoints_logs',
      'aws_vpc_endpoint.network_endpoints_s3',
      'aws_vpc_endpoint.network_endpoints_ssm',
      'aws_vpc_security_group_ingress_rule.network_endpoints_connections_from-applications-443',
    ]);
  });

  test('has the range that it is given, and DNS, which interface endpoints need', () => {
    expect(synthNetwork().at('aws_vpc.network')).toMatchObject({
      cidr_block: '10.20.0.0/16',
      enable_dns_support: true,
      enable_dns_hostnames: true,
      tags: { Name: 'test-network' },
    });
  });

  test('puts each subnet into its zone and range, and gives no public addresses away', () => {
    const out = synthNetwork();
    const subnets = Object.entries(out.resource['aws_subnet'] ?? {}).map(([name, subnet]) => [
      name,
      `${String(subnet['availability_zone'])} ${String(subnet['cidr_block'])} ${String(subnet['map_public_ip_on_launch'])}`,
    ]);
    expect(Object.fromEntries(subnets)).toEqual({
      network_application_a: 'us-east-1a 10.20.0.0/19 false',
      network_application_b: 'us-east-1b 10.20.32.0/19 false',
      network_data_a: 'us-east-1a 10.20.128.0/20 false',
      network_data_b: 'us-east-1b 10.20.144.0/20 false',
      network_public_a: 'us-east-1a 10.20.192.0/21 false',
      network_public_b: 'us-east-1b 10.20.200.0/21 false',
    });
  });

  test('tells the ids of its VPC and subnets, in the order of the zones', () => {
    expect(
      resolved((stack) => {
        const network = addNetwork(stack);
        return {
          vpc: network.vpcId,
          zones: network.availabilityZones,
          subnets: (['public', 'application', 'data'] as const).map((tier) => network.subnetIds(tier)),
        };
      }),
    ).toEqual({
      vpc: '${aws_vpc.network.id}',
      zones: ['us-east-1a', 'us-east-1b'],
      subnets: ['public', 'application', 'data'].map((tier) =>
        ['a', 'b'].map((zone) => `\${aws_subnet.network_${tier}_${zone}.id}`),
      ),
    });
  });
});

describe('what AWS makes in a new VPC', () => {
  test('is emptied: no rule, no entry, no route', () => {
    const out = synthNetwork();
    const tags = { Name: 'test-unused' };
    expect(out.at('aws_default_security_group.network')).toEqual(
      expect.objectContaining({ vpc_id: '${aws_vpc.network.id}', tags }),
    );
    expect(out.at('aws_default_network_acl.network')).toEqual(
      expect.objectContaining({ default_network_acl_id: '${aws_vpc.network.default_network_acl_id}', tags }),
    );
    expect(out.at('aws_default_route_table.network')).toEqual(
      expect.objectContaining({
        default_route_table_id: '${aws_vpc.network.default_route_table_id}',
        route: [],
        tags,
      }),
    );
    for (const address of ['aws_default_security_group.network', 'aws_default_network_acl.network']) {
      expect(out.at(address)).not.toHaveProperty('ingress');
      expect(out.at(address)).not.toHaveProperty('egress');
    }
  });
});

describe('a third zone', () => {
  const two = synthNetwork();
  const three = synthNetwork({ availabilityZones: ZONE_NAMES });

  test('adds exactly this', () => {
    expect(beyond(two, three)).toEqual([]);
    expect(beyond(three, two)).toEqual([
      'aws_route_table.network_application_routes-c',
      'aws_route_table_association.network_application_routes-c_c',
      'aws_route_table_association.network_data_routes_c',
      'aws_route_table_association.network_public_routes_c',
      'aws_subnet.network_application_c',
      'aws_subnet.network_data_c',
      'aws_subnet.network_public_c',
    ]);
  });

  test('moves nothing that stands: only what lists all subnets is longer', () => {
    const changed = two.addresses.filter(
      (address) => JSON.stringify(two.at(address)) !== JSON.stringify(three.at(address)),
    );
    expect(changed).toEqual([
      'aws_network_acl.network_application',
      'aws_network_acl.network_data',
      'aws_network_acl.network_public',
      'aws_vpc_endpoint.network_endpoints_dynamodb',
      'aws_vpc_endpoint.network_endpoints_ecr-api',
      'aws_vpc_endpoint.network_endpoints_ecr-dkr',
      'aws_vpc_endpoint.network_endpoints_logs',
      'aws_vpc_endpoint.network_endpoints_s3',
      'aws_vpc_endpoint.network_endpoints_ssm',
    ]);
  });
});

describe('the way out of application subnets', () => {
  const none = synthNetwork({ availabilityZones: ZONE_NAMES });
  const routesOf = (nat: 'none' | 'single' | 'one-per-az') =>
    Object.entries(synthNetwork({ availabilityZones: ZONE_NAMES, nat }).resource['aws_route'] ?? {}).map(
      ([name, { route_table_id, destination_cidr_block, gateway_id, nat_gateway_id }]) =>
        `${name}: ${[route_table_id, destination_cidr_block, gateway_id ?? nat_gateway_id].join(' ')}`,
    );
  const PUBLIC =
    'network_public_internet: ${aws_route_table.network_public_routes.id} 0.0.0.0/0 ${aws_internet_gateway.network.id}';

  test('is not there without NAT: only public subnets have a route to the internet', () => {
    expect(routesOf('none')).toEqual([PUBLIC]);
  });

  test('is one gateway in the first zone for all with `single`', () => {
    const single = synthNetwork({ availabilityZones: ZONE_NAMES, nat: 'single' });
    expect(beyond(single, none)).toEqual([
      'aws_eip.network_nat-a',
      'aws_nat_gateway.network_nat-a',
      'aws_route.network_application_nat-a',
      'aws_route.network_application_nat-b',
      'aws_route.network_application_nat-c',
    ]);
    expect(beyond(none, single)).toEqual([]);
    expect(routesOf('single')).toEqual([
      ...['a', 'b', 'c'].map(
        (zone) =>
          `network_application_nat-${zone}: \${aws_route_table.network_application_routes-${zone}.id} 0.0.0.0/0 \${aws_nat_gateway.network_nat-a.id}`,
      ),
      PUBLIC,
    ]);
  });

  test('is a gateway in each zone for that zone with `one-per-az`', () => {
    const each = synthNetwork({ availabilityZones: ZONE_NAMES, nat: 'one-per-az' });
    expect(beyond(each, none)).toEqual(
      ['aws_eip.network_nat', 'aws_nat_gateway.network_nat', 'aws_route.network_application_nat'].flatMap(
        (thing) => ['a', 'b', 'c'].map((zone) => `${thing}-${zone}`),
      ),
    );
    expect(routesOf('one-per-az')).toEqual([
      ...['a', 'b', 'c'].map(
        (zone) =>
          `network_application_nat-${zone}: \${aws_route_table.network_application_routes-${zone}.id} 0.0.0.0/0 \${aws_nat_gateway.network_nat-${zone}.id}`,
      ),
      PUBLIC,
    ]);
  });

  test('stands in the public subnet of its zone, with an address of its own, after the way out of that', () => {
    const out = synthNetwork({ nat: 'one-per-az' });
    for (const zone of ['a', 'b']) {
      expect(out.at(`aws_nat_gateway.network_nat-${zone}`)).toMatchObject({
        allocation_id: `\${aws_eip.network_nat-${zone}.id}`,
        subnet_id: `\${aws_subnet.network_public_${zone}.id}`,
        depends_on: ['aws_route.network_public_internet'],
      });
      expect(out.at(`aws_eip.network_nat-${zone}`)['domain']).toBe('vpc');
    }
  });

  test('can go from one gateway to several without touching what stands, but for routes', () => {
    const single = synthNetwork({ nat: 'single' });
    const each = synthNetwork({ nat: 'one-per-az' });
    expect(beyond(single, each)).toEqual([]);
    const changed = single.addresses.filter(
      (address) => JSON.stringify(single.at(address)) !== JSON.stringify(each.at(address)),
    );
    expect(changed).toEqual(['aws_route.network_application_nat-b']);
  });

  test.each(['none', 'single', 'one-per-az'] as const)('never starts in a data subnet: %s', (nat) => {
    const out = synthNetwork({ nat });
    const table = '${aws_route_table.network_data_routes.id}';
    const routes = Object.values(out.resource['aws_route'] ?? {});
    expect(routes.filter(({ route_table_id }) => route_table_id === table)).toEqual([]);
    expect(out.at('aws_vpc_endpoint.network_endpoints_s3')['route_table_ids']).not.toContain(table);
    expect(out.at('aws_route_table_association.network_data_routes_a')).toMatchObject({
      route_table_id: table,
      subnet_id: '${aws_subnet.network_data_a.id}',
    });
  });
});

describe('the network ACL', () => {
  const rulesOf = (tier: string, side: 'ingress' | 'egress') =>
    (synthNetwork().at(`aws_network_acl.network_${tier}`)[side] as Record<string, unknown>[]).map(
      ({ rule_no, action, protocol, cidr_block, from_port, to_port }) =>
        [rule_no, action, protocol, cidr_block, from_port, to_port].join(' '),
    );

  test('of public subnets lets in web requests and answers, and everything out', () => {
    expect(rulesOf('public', 'ingress')).toEqual([
      '100 allow -1 10.20.0.0/16 0 0',
      '110 allow tcp 0.0.0.0/0 443 443',
      '120 allow tcp 0.0.0.0/0 80 80',
      '130 allow tcp 0.0.0.0/0 1024 65535',
    ]);
    expect(rulesOf('public', 'egress')).toEqual(['100 allow -1 0.0.0.0/0 0 0']);
  });

  test('of application subnets lets in answers only, and out what goes to 443', () => {
    expect(rulesOf('application', 'ingress')).toEqual([
      '100 allow -1 10.20.0.0/16 0 0',
      '110 allow tcp 0.0.0.0/0 1024 65535',
    ]);
    expect(rulesOf('application', 'egress')).toEqual([
      '100 allow -1 10.20.0.0/16 0 0',
      '110 allow tcp 0.0.0.0/0 443 443',
    ]);
  });

  test('of data subnets knows applications and data, both ways, and not what is public', () => {
    const neighbours = ['100 allow -1 10.20.0.0/17 0 0', '110 allow -1 10.20.128.0/18 0 0'];
    expect(rulesOf('data', 'ingress')).toEqual(neighbours);
    expect(rulesOf('data', 'egress')).toEqual(neighbours);
  });

  test('lets applications read databases of a linked region, and these answer, and nothing else pass', () => {
    const plain = synthNetwork();
    const linked = synthNetwork({ peer: { region: 'us-west-2', cidr: '10.21.0.0/16' } });
    const more = (tier: string, side: 'ingress' | 'egress') => {
      const [before, after] = [plain, linked].map(
        (out) => out.at(`aws_network_acl.network_${tier}`)[side] as Record<string, unknown>[],
      );
      expect(after?.slice(0, before?.length)).toEqual(before);
      return after
        ?.slice(before?.length)
        .map(({ cidr_block, from_port, to_port }) => [cidr_block, from_port, to_port].join(' '));
    };
    expect(more('application', 'egress')).toEqual(['10.21.128.0/18 3306 3306']);
    expect(more('application', 'ingress')).toEqual([]);
    expect(more('data', 'ingress')).toEqual(['10.21.0.0/17 3306 3306']);
    expect(more('data', 'egress')).toEqual(['10.21.0.0/17 1024 65535']);
    expect([...(more('public', 'ingress') ?? []), ...(more('public', 'egress') ?? [])]).toEqual([]);
  });

  test.each(['public', 'application', 'data'])('holds for all %s subnets', (tier) => {
    expect(synthNetwork().at(`aws_network_acl.network_${tier}`)).toMatchObject({
      vpc_id: '${aws_vpc.network.id}',
      subnet_ids: ['a', 'b'].map((zone) => `\${aws_subnet.network_${tier}_${zone}.id}`),
    });
  });
});

describe('a VPC that stands already', () => {
  const subnets = (third: number) => ({
    'us-east-1a': { id: `subnet-a${third}`, cidr: `10.20.${third}.0/26` },
    'us-east-1b': { id: `subnet-b${third}`, cidr: `10.20.${third}.64/26` },
  });
  const existing = {
    vpc: 'vpc-01234567',
    routeTables: ['rtb-01234567'],
    subnets: { public: subnets(1), application: subnets(2), data: subnets(3) },
  };
  const network = () => synthNetwork({ existing });

  test('is left with the routes, gateways and fences that it has', () => {
    const types = new Set(network().addresses.map((address) => address.split('.')[0]));
    expect(
      [...types].filter((type) => !/flow_log|log_|iam_|vpc_endpoint|security_group/.test(type ?? '')),
    ).toEqual(['aws_subnet', 'aws_vpc']);
  });

  test('has the subnets that the settings say, and an endpoint for S3 in its route tables', () => {
    const built = network();
    expect(built.at('aws_subnet.network_data_b')).toMatchObject({
      cidr_block: '10.20.3.64/26',
      availability_zone: 'us-east-1b',
      lifecycle: { ignore_changes: ['tags', 'tags_all', 'map_public_ip_on_launch'] },
    });
    expect(built.at('aws_vpc_endpoint.network_endpoints_s3')['route_table_ids']).toEqual(['rtb-01234567']);
    // it may have one already, and what runs there may call tables of others
    expect(built.addresses).not.toContain('aws_vpc_endpoint.network_endpoints_dynamodb');
    const rules = Object.values(built.resource['aws_vpc_security_group_ingress_rule'] ?? {});
    expect(rules.map((rule) => String(rule['cidr_ipv4'])).sort()).toEqual(['10.20.2.0/26', '10.20.2.64/26']);
  });
});
