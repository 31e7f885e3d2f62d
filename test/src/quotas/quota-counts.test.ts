import { countOf, type CountedName } from '../../../src/quotas/quota-counts';
import type { HeldStack } from '../../../src/doctor/held-stack';

type Blocks = Record<string, Record<string, Record<string, unknown>>>;

const stack = (resource: Blocks, data: Blocks = {}, scope = 'dev', layer = 'workload'): HeldStack => ({
  id: `${scope}-us-east-1-${layer}`,
  place: { scope, account: '111111111111', region: 'us-east-1', layer },
  text: '',
  config: { terraform: {}, resource, data },
});

const many = (count: number, body: Record<string, unknown> = {}) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`n${index}`, body]));
const group = (name: string) => `\${aws_security_group.${name}.id}`;

/** What counts, once each; the fullest of several comes first. */
const COUNTED: readonly (readonly [CountedName, Blocks, object])[] = [
  ['vpcs', { aws_vpc: many(2) }, { count: 2 }],
  ['elasticIps', { aws_eip: many(3) }, { count: 3 }],
  [
    'natGatewaysPerZone',
    {
      aws_subnet: { a: { availability_zone: 'us-east-1a' }, b: { availability_zone: 'us-east-1b' } },
      aws_nat_gateway: {
        one: { subnet_id: '${aws_subnet.a.id}' },
        two: { subnet_id: '${aws_subnet.b.id}' },
        three: { subnet_id: '${aws_subnet.b.id}' },
      },
    },
    { count: 2, fullest: 'us-east-1b' },
  ],
  [
    'rulesPerSecurityGroup',
    {
      aws_vpc_security_group_ingress_rule: many(2, { security_group_id: group('api') }),
      aws_vpc_security_group_egress_rule: many(3, { security_group_id: group('api') }),
    },
    { count: 3, fullest: 'outbound of aws_security_group.api' },
  ],
  [
    'securityGroupsPerInterface',
    {
      aws_lb: { one: { security_groups: [group('a')] } },
      aws_ecs_service: { api: { network_configuration: { security_groups: [group('a'), group('b')] } } },
      aws_db_instance: {
        main: { vpc_security_group_ids: [group('a'), group('b'), group('c')], subnet_ids: ['x', 'y'] },
      },
    },
    { count: 3, fullest: 'aws_db_instance.main' },
  ],
  [
    // two routes, that to the endpoint, and the one within the VPC
    'routesPerRouteTable',
    {
      aws_route_table: { a: {} },
      aws_route: many(2, { route_table_id: '${aws_route_table.a.id}' }),
      aws_vpc_endpoint: { s3: { route_table_ids: ['${aws_route_table.a.id}'] } },
    },
    { count: 4, fullest: 'aws_route_table.a' },
  ],
  [
    'interfaceEndpointsPerVpc',
    {
      aws_vpc_endpoint: {
        ...many(2, { vpc_endpoint_type: 'Interface', vpc_id: '${aws_vpc.network.id}' }),
        s3: { vpc_endpoint_type: 'Gateway', vpc_id: '${aws_vpc.network.id}' },
      },
    },
    { count: 2, fullest: 'aws_vpc.network' },
  ],
  [
    'gatewayEndpoints',
    { aws_vpc_endpoint: { s3: { vpc_endpoint_type: 'Gateway' }, api: { vpc_endpoint_type: 'Interface' } } },
    { count: 1 },
  ],
  [
    'applicationLoadBalancers',
    { aws_lb: { a: {}, b: { load_balancer_type: 'application' }, c: { load_balancer_type: 'network' } } },
    { count: 2 },
  ],
  ['networkLoadBalancers', { aws_lb: { a: {}, c: { load_balancer_type: 'network' } } }, { count: 1 }],
  [
    // of both listeners
    'rulesPerLoadBalancer',
    {
      aws_lb_listener: {
        http: { load_balancer_arn: '${aws_lb.edge.arn}' },
        https: { load_balancer_arn: '${aws_lb.edge.arn}' },
      },
      aws_lb_listener_rule: {
        ...many(2, { listener_arn: '${aws_lb_listener.https.arn}' }),
        other: { listener_arn: '${aws_lb_listener.http.arn}' },
      },
    },
    { count: 3, fullest: 'aws_lb.edge' },
  ],
  ['targetGroups', { aws_lb_target_group: many(4) }, { count: 4 }],
  [
    // blue and green count apart, and one that two rules lead to counts once
    'targetGroupsPerLoadBalancer',
    {
      aws_lb_listener: { https: { load_balancer_arn: '${aws_lb.edge.arn}' } },
      aws_lb_listener_rule: {
        a: {
          listener_arn: '${aws_lb_listener.https.arn}',
          action: [{ forward: ['${aws_lb_target_group.blue.arn}', '${aws_lb_target_group.green.arn}'] }],
        },
        b: {
          listener_arn: '${aws_lb_listener.https.arn}',
          action: [{ target_group_arn: '${aws_lb_target_group.blue.arn}' }],
        },
      },
    },
    { count: 2, fullest: 'aws_lb.edge' },
  ],
  [
    'dnsFirewallDomains',
    { aws_route53_resolver_firewall_domain_list: { a: { domains: ['x', 'y'] }, b: { domains: ['z'] } } },
    { count: 3 },
  ],
  ['dnsFirewallDomainLists', { aws_route53_resolver_firewall_domain_list: many(2) }, { count: 2 }],
  ['transitGateways', { aws_ec2_transit_gateway: many(2) }, { count: 2 }],
  ['networkFirewalls', { aws_networkfirewall_firewall: many(1) }, { count: 1 }],
  ['databaseProxies', { aws_db_proxy: many(3), aws_db_proxy_endpoint: many(2) }, { count: 3 }],
  ['networkFirewallPolicies', { aws_networkfirewall_firewall_policy: many(2) }, { count: 2 }],
  [
    'networkFirewallRuleGroups',
    { aws_networkfirewall_rule_group: { a: { type: 'STATEFUL' }, b: { type: 'STATELESS' } } },
    { count: 1 },
  ],
];

test.each(COUNTED)('%s are counted', (name, resource, expected) => {
  expect(countOf(name, [stack(resource)])).toEqual({ scopes: ['dev'], ...expected });
});

test('a rule for a prefix list counts as often as the list is heavy', () => {
  const rules = (name: string) =>
    stack(
      {
        aws_vpc_security_group_ingress_rule: {
          cdn: {
            security_group_id: group('edge'),
            prefix_list_id: '${data.aws_ec2_managed_prefix_list.cdn.id}',
          },
        },
      },
      { aws_ec2_managed_prefix_list: { cdn: { name } } },
    );
  expect(
    ['com.amazonaws.global.cloudfront.origin-facing', 'com.amazonaws.us-east-1.s3'].map(
      (name) => countOf('rulesPerSecurityGroup', [rules(name)]).count,
    ),
  ).toEqual([55, 1]);
});

test('a group whose rules stand in two stacks is one, and those of two environments are two', () => {
  const rule = (name: string) => ({
    aws_vpc_security_group_ingress_rule: { r: { security_group_id: name } },
  });
  const own = stack(rule(group('network_endpoints')), {}, 'dev', 'foundation');
  const read = stack(
    rule('${data.terraform_remote_state.foundation.outputs.aws-security-group-network-endpoints-id}'),
  );
  const other = stack(rule(group('network_endpoints')), {}, 'qa');
  expect(countOf('rulesPerSecurityGroup', [own, read, other])).toEqual({
    count: 2,
    fullest: 'inbound of aws_security_group.network_endpoints',
    scopes: ['dev'],
  });
});

test('a zone is the same in all environments', () => {
  const nat = (scope: string) =>
    stack(
      {
        aws_subnet: { a: { availability_zone: 'us-east-1a' } },
        aws_nat_gateway: { a: { subnet_id: '${aws_subnet.a.id}' } },
      },
      {},
      scope,
    );
  expect(countOf('natGatewaysPerZone', [nat('dev'), nat('qa')])).toEqual({
    count: 2,
    fullest: 'us-east-1a',
    scopes: ['dev', 'qa'],
  });
});
