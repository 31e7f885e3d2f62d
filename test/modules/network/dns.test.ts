import { Dhcp } from '../../../modules/network/dhcp';
import { Naming } from '../../../modules/naming/naming';
import { statementsOf } from '../../support/statements';
import { naming, synth } from '../../support/harness';
import { KEY, synthNetwork } from './network-under-test';

describe('what hosts of a VPC are told', () => {
  test('is the resolver of AWS, which the firewall and the logs look at, and its clock', () => {
    const out = synthNetwork();
    expect(out.at('aws_vpc_dhcp_options.network')).toMatchObject({
      domain_name: 'ec2.internal',
      domain_name_servers: ['AmazonProvidedDNS'],
      ntp_servers: ['169.254.169.123'],
    });
    expect(out.at('aws_vpc_dhcp_options_association.network')).toEqual({
      vpc_id: '${aws_vpc.network.id}',
      dhcp_options_id: '${aws_vpc_dhcp_options.network.id}',
    });
  });

  test('is the domain of the region', () => {
    const west = new Naming({ ...naming.place, region: 'us-west-2' });
    const out = synth((stack) => void new Dhcp(stack, 'Dhcp', { naming: west, vpcId: 'vpc-1' }));
    expect(out.at('aws_vpc_dhcp_options.dhcp')['domain_name']).toBe('us-west-2.compute.internal');
  });
});

describe('records of the names that a VPC asks for', () => {
  const out = synthNetwork({ flowLogRetentionDays: 90 });

  test('are written for the VPC, encrypted, and kept as those of its traffic', () => {
    expect(out.at('aws_route53_resolver_query_log_config_association.network_dns-query-logs')).toEqual({
      resolver_query_log_config_id: '${aws_route53_resolver_query_log_config.network_dns-query-logs.id}',
      resource_id: '${aws_vpc.network.id}',
    });
    expect(out.at('aws_route53_resolver_query_log_config.network_dns-query-logs')).toMatchObject({
      destination_arn: '${aws_cloudwatch_log_group.network_dns-query-logs.arn}',
      depends_on: ['aws_cloudwatch_log_resource_policy.network_log-delivery'],
    });
    expect(out.at('aws_cloudwatch_log_group.network_dns-query-logs')).toMatchObject({
      name: '/test/dns-queries',
      kms_key_id: KEY.arn,
      retention_in_days: 90,
    });
  });

  test('are let in from this account and region alone, into logs of the environment', () => {
    const { policy_document, policy_name } = out.at(
      'aws_cloudwatch_log_resource_policy.network_log-delivery',
    );
    expect(policy_name).toBe('test-log-delivery');
    expect(statementsOf(policy_document)).toEqual([
      {
        Sid: 'DeliverLogs',
        Effect: 'Allow',
        Principal: { Service: 'delivery.logs.amazonaws.com' },
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: 'arn:aws:logs:us-east-1:111122223333:log-group:/test/*:log-stream:*',
        Condition: {
          StringEquals: { 'aws:SourceAccount': '111122223333' },
          ArnLike: { 'aws:SourceArn': 'arn:aws:logs:us-east-1:111122223333:*' },
        },
      },
    ]);
  });
});
