import { importIdOf, isImportable } from '../../../../src/terraform/plan/import-ids';

describe('what a resource is imported by', () => {
  it.each<[string, Readonly<Record<string, unknown>>, string]>([
    ['aws_vpc', { id: 'vpc-1' }, 'vpc-1'],
    ['aws_cloudwatch_log_group', { id: '/dev/flow-logs' }, '/dev/flow-logs'],
    [
      'aws_appautoscaling_policy',
      {
        id: 'cpu',
        name: 'cpu',
        service_namespace: 'ecs',
        resource_id: 'service/dev-services/dev-web',
        scalable_dimension: 'ecs:service:DesiredCount',
      },
      'ecs/service/dev-services/dev-web/ecs:service:DesiredCount/cpu',
    ],
    [
      'aws_ecs_service',
      { id: 'arn', name: 'dev-web', cluster: 'arn:aws:ecs:us-east-1:111122223333:cluster/dev-services' },
      'dev-services/dev-web',
    ],
    ['aws_ecs_service', { id: 'arn', name: 'dev-web', cluster: 'dev-services' }, 'dev-services/dev-web'],
    ['aws_vpc_dhcp_options_association', { id: 'dopt-1-vpc-1', vpc_id: 'vpc-1' }, 'vpc-1'],
    ['aws_cloudwatch_event_target', { id: 'ends-t1', rule: 'ends', target_id: 't1' }, 'ends/t1'],
    [
      'aws_cloudwatch_event_target',
      { id: 'b-ends-t1', event_bus_name: 'shop', rule: 'ends', target_id: 't1' },
      'shop/ends/t1',
    ],
    ['aws_chatbot_slack_channel_configuration', { chat_configuration_arn: 'arn:c' }, 'arn:c'],
    ['aws_chatbot_teams_channel_configuration', { chat_configuration_arn: 'arn:c', team_id: 't' }, 't'],
    ['aws_cloudwatch_log_delivery_destination', { name: 'dev-shop-site', arn: 'arn:d' }, 'dev-shop-site'],
    ['aws_cloudwatch_log_delivery_source', { name: 'dev-shop-site', arn: 'arn:s' }, 'dev-shop-site'],
    [
      'aws_wafv2_web_acl',
      { id: 'a1', name: 'dev-shop-site', scope: 'CLOUDFRONT' },
      'a1/dev-shop-site/CLOUDFRONT',
    ],
    ['aws_default_route_table', { id: 'rtb-1', vpc_id: 'vpc-1' }, 'vpc-1'],
    [
      'aws_route',
      { id: 'r-1', route_table_id: 'rtb-1', destination_cidr_block: '0.0.0.0/0' },
      'rtb-1_0.0.0.0/0',
    ],
    [
      'aws_route_table_association',
      { id: 'rtbassoc-1', subnet_id: 'subnet-1', route_table_id: 'rtb-1' },
      'subnet-1/rtb-1',
    ],
    [
      'aws_route53_zone_association',
      { id: 'Z1:vpc-1', zone_id: 'Z1', vpc_id: 'vpc-1', vpc_region: 'us-west-2' },
      'Z1:vpc-1:us-west-2',
    ],
    ['aws_vpc_peering_connection_accepter', { id: 'pcx-1' }, 'pcx-1'],
    ['aws_iam_role_policy_attachment', { id: 'x-1', role: 'r', policy_arn: 'arn:p' }, 'r/arn:p'],
    ['aws_elasticache_user_group_association', { id: 'g,u', user_group_id: 'g', user_id: 'u' }, 'g,u'],
    ['aws_ebs_snapshot_block_public_access', { id: 'us-east-1' }, 'default'],
    ['aws_ec2_serial_console_access', { id: 'us-east-1' }, 'default'],
  ])('%s %j', (type, attributes, id) => {
    expect(importIdOf(type, attributes)).toBe(id);
  });

  it('is nothing where the state says too little', () => {
    expect(importIdOf('aws_vpc', {})).toBeUndefined();
    expect(importIdOf('aws_route', { route_table_id: 'rtb-1' })).toBeUndefined();
  });
});

it.each([
  ['aws_vpc', true],
  ['aws_acm_certificate_validation', false],
  ['aws_ec2_image_block_public_access', false],
  ['aws_ec2_instance_metadata_defaults', false],
  ['terraform_data', false],
])('%s can be imported: %s', (type, can) => expect(isImportable(type)).toBe(can));
