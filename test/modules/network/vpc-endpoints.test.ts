import type { NetworkSettings } from '../../../modules/network/network-settings';
import { TestClient, synth } from '../../support/harness';
import { statementsOf } from '../../support/statements';
import { addNetwork, beyond, synthNetwork, ZONE_NAMES } from './network-under-test';

type Strategy = NetworkSettings['endpoints'];
const AT = 'aws_vpc_endpoint.network_endpoints';
const OWN = '${aws_security_group.network_endpoints_connections.id}';
const CLIENT = '${aws_security_group.inventory_connections.id}';

describe('the endpoints of a network', () => {
  test('are the same in `one-az`, but in the first zone alone', () => {
    const everywhere = synthNetwork();
    const oneZone = synthNetwork({ endpoints: 'one-az' });
    expect(oneZone.addresses).toEqual(everywhere.addresses);
    const subnet = (zone: string) => `\${aws_subnet.network_application_${zone}.id}`;
    for (const service of ['ecr-api', 'ecr-dkr', 'logs', 'ssm']) {
      expect(everywhere.at(`${AT}_${service}`)['subnet_ids']).toEqual([subnet('a'), subnet('b')]);
      expect(oneZone.at(`${AT}_${service}`)['subnet_ids']).toEqual([subnet('a')]);
    }
  });

  test('are none in `nat` but those for S3 and DynamoDB, which are free', () => {
    const nat = synthNetwork({ endpoints: 'nat' });
    expect(beyond(nat, synthNetwork())).toEqual([]);
    expect(beyond(synthNetwork(), nat)).toEqual([
      `${AT}_ecr-api`,
      `${AT}_ecr-dkr`,
      `${AT}_logs`,
      `${AT}_ssm`,
    ]);
    for (const free of ['s3', 'dynamodb']) expect(nat.addresses).toContain(`${AT}_${free}`);
  });

  test('are those that are asked for', () => {
    const endpoints = synthNetwork({ interfaceServices: ['logs'] }).resource['aws_vpc_endpoint'] ?? {};
    expect(Object.keys(endpoints).sort()).toEqual([
      'network_endpoints_dynamodb',
      'network_endpoints_logs',
      'network_endpoints_s3',
    ]);
  });

  test.each([
    ['ecr-api', 'com.amazonaws.us-east-1.ecr.api'],
    ['ecr-dkr', 'com.amazonaws.us-east-1.ecr.dkr'],
    ['logs', 'com.amazonaws.us-east-1.logs'],
    ['ssm', 'com.amazonaws.us-east-1.ssm'],
  ])('answer for %s under its usual name, behind their security group', (service, service_name) => {
    expect(synthNetwork().at(`${AT}_${service}`)).toMatchObject({
      vpc_id: '${aws_vpc.network.id}',
      vpc_endpoint_type: 'Interface',
      service_name,
      private_dns_enabled: true,
      security_group_ids: [OWN],
    });
  });

  test.each([
    ['s3', 's3'],
    ['dynamodb', 'dynamodb'],
  ])('reach %s by the routes of every application subnet', (address, service) => {
    const out = synthNetwork({ availabilityZones: ZONE_NAMES });
    expect(out.at(`${AT}_${address}`)).toMatchObject({
      vpc_endpoint_type: 'Gateway',
      service_name: `com.amazonaws.us-east-1.${service}`,
      route_table_ids: ['a', 'b', 'c'].map(
        (zone) => `\${aws_route_table.network_application_routes-${zone}.id}`,
      ),
    });
  });

  test('let in all application subnets on 443 by one rule', () => {
    const out = synthNetwork();
    const rules = Object.values(out.resource['aws_vpc_security_group_ingress_rule'] ?? {});
    expect(rules).toHaveLength(1);
    expect(rules[0]).toMatchObject({
      security_group_id: OWN,
      cidr_ipv4: '10.20.0.0/17',
      ip_protocol: 'tcp',
      from_port: 443,
      to_port: 443,
    });
    expect(out.resource['aws_vpc_security_group_egress_rule']).toBeUndefined();
  });
});

describe('the policy of an endpoint', () => {
  const pull = [
    'ecr:BatchCheckLayerAvailability',
    'ecr:BatchGetImage',
    'ecr:GetAuthorizationToken',
    'ecr:GetDownloadUrlForLayer',
  ];

  test.each([
    ['ecr-api', pull],
    ['ecr-dkr', pull],
    ['logs', ['logs:CreateLogStream', 'logs:PutLogEvents']],
    ['ssm', ['ssm:GetParameter', 'ssm:GetParameters', 'ssm:GetParametersByPath']],
  ])('permits for %s what applications need, to this account alone', (service, Action) => {
    expect(statementsOf(synthNetwork().at(`${AT}_${service}`)['policy'])).toEqual([
      {
        Sid: 'RolesOfThisAccount',
        Effect: 'Allow',
        Principal: '*',
        Action,
        Resource: '*',
        Condition: { StringEquals: { 'aws:PrincipalAccount': '111122223333' } },
      },
    ]);
  });

  test("permits for S3 this account's buckets to this account, and the layers of images to everyone", () => {
    expect(statementsOf(synthNetwork().at(`${AT}_s3`)['policy'])).toEqual([
      {
        Sid: 'BucketsOfThisAccountByItsRoles',
        Effect: 'Allow',
        Principal: '*',
        Action: 's3:*',
        Resource: '*',
        Condition: {
          StringEquals: { 'aws:PrincipalAccount': '111122223333', 'aws:ResourceAccount': '111122223333' },
        },
      },
      {
        Sid: 'ImageLayersOfEcr',
        Effect: 'Allow',
        Principal: '*',
        Action: 's3:GetObject',
        Resource: 'arn:aws:s3:::prod-us-east-1-starport-layer-bucket/*',
      },
    ]);
  });

  test("permits for DynamoDB this account's tables to this account", () => {
    expect(statementsOf(synthNetwork().at(`${AT}_dynamodb`)['policy'])).toEqual([
      {
        Sid: 'TablesOfThisAccountByItsRoles',
        Effect: 'Allow',
        Principal: '*',
        Action: 'dynamodb:*',
        Resource: '*',
        Condition: {
          StringEquals: { 'aws:PrincipalAccount': '111122223333', 'aws:ResourceAccount': '111122223333' },
        },
      },
    ]);
  });
});

describe('a client that is let to AWS services', () => {
  const synthClient = (endpoints: Strategy, times = 1) =>
    synth((stack) => {
      const network = addNetwork(stack, { endpoints });
      const client = new TestClient(stack, 'inventory', network.vpcId);
      for (let time = 0; time < times; time += 1) network.openAwsServices(client);
    });
  const opened = (endpoints: Strategy, times?: number) => {
    const out = synthClient(endpoints, times);
    return Object.fromEntries(
      beyond(out, synthNetwork({ endpoints }))
        .filter((address) => address.includes('_rule.'))
        .map((address) => [address.replace('aws_vpc_security_group_', ''), out.at(address)]),
    );
  };
  const https = { security_group_id: CLIENT, ip_protocol: 'tcp', from_port: 443, to_port: 443 };

  test.each(['private', 'one-az'] as const)(
    'reaches the endpoints and S3 on 443, and nothing else: %s',
    (strategy) => {
      expect(opened(strategy)).toEqual({
        'egress_rule.inventory_connections_to-network-endpoints-443': {
          ...https,
          referenced_security_group_id: OWN,
          description: 'AWS services, through interface endpoints',
        },
        'egress_rule.inventory_connections_to-s3-443': {
          ...https,
          prefix_list_id: `\${${AT}_s3.prefix_list_id}`,
          description: 'S3, through the gateway endpoint',
        },
      });
    },
  );

  test('reaches the whole internet on 443 in `nat`', () => {
    expect(opened('nat')).toEqual({
      'egress_rule.inventory_connections_to-internet-443': {
        ...https,
        cidr_ipv4: '0.0.0.0/0',
        description: 'AWS services, through the NAT gateway',
      },
    });
  });

  test.each(['private', 'one-az', 'nat'] as const)('may be let twice: %s', (strategy) => {
    expect(synthClient(strategy, 2).addresses).toEqual(synthClient(strategy).addresses);
  });
});
