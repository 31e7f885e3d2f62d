import type { Mistake } from './mistakes';
import { resource } from './samples';
import type { JsonObject } from './stack-document';

const record = (settings: JsonObject) =>
  resource('aws_route53_record', { zone_id: 'Z0', name: 'shop', type: 'A', ...settings });
const address = { ttl: 60, records: ['192.0.2.1'] };
const alias = { name: 'lb.example.com', zone_id: 'Z1', evaluate_target_health: true };
const alarm = { alarm_name: 'a', comparison_operator: 'GreaterThanThreshold', evaluation_periods: 1 };
const scaling = {
  name: 'a',
  resource_id: 'service/a/a',
  scalable_dimension: 'ecs:service:DesiredCount',
  service_namespace: 'ecs',
};
const load = {
  predefined_metric_specification: { predefined_metric_type: 'ECSServiceAverageCPUUtilization' },
};
const lambda = { function_name: 'a', role: 'arn:aws:iam::123456789012:role/a' };
const listenerRule = {
  listener_arn: 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/a/1/2',
  action: { type: 'fixed-response', fixed_response: { content_type: 'text/plain' } },
};
const route = { route_table_id: 'rtb-1', destination_cidr_block: '0.0.0.0/0' };
const groupRule = { security_group_id: 'sg-1', ip_protocol: '-1' };
const lifecycle = (rule: JsonObject) =>
  resource('aws_s3_bucket_lifecycle_configuration', {
    bucket: 'media',
    rule: { id: 'old', status: 'Enabled', ...rule },
  });

/** Arguments that exclude or need each other: the first of each group is what the provider itself declares. */
export const MISTAKES_IN_COMBINATIONS: readonly Mistake[] = [
  {
    mistake: 'a record that is an alias and has addresses',
    configuration: record({ ...address, alias }),
    message: 'only one of `alias,records` can be specified',
  },
  {
    mistake: 'a record that points nowhere',
    configuration: record({}),
    message: 'one of `alias,records` must be specified',
  },
  {
    mistake: 'a record under two routing policies',
    configuration: record({
      ...address,
      set_identifier: 'a',
      weighted_routing_policy: { weight: 1 },
      failover_routing_policy: { type: 'PRIMARY' },
    }),
    message: '"weighted_routing_policy": conflicts with failover_routing_policy',
  },
  {
    mistake: 'a weighted record without an identifier',
    configuration: record({ ...address, weighted_routing_policy: { weight: 1 } }),
    message: 'all of `set_identifier,weighted_routing_policy` must be specified',
  },
  {
    mistake: 'a group of instances that is launched from nothing',
    configuration: resource('aws_autoscaling_group', { min_size: 1, max_size: 1 }),
    message: 'one of `launch_configuration,launch_template,mixed_instances_policy` must be specified',
  },
  {
    mistake: 'a launch template named by name and by id',
    configuration: resource('aws_autoscaling_group', {
      min_size: 1,
      max_size: 1,
      launch_template: { id: 'lt-1', name: 'a' },
    }),
    message: '"launch_template.name": conflicts with launch_template.id',
  },
  {
    mistake: 'the type of an instance beside what it has to have',
    configuration: resource('aws_launch_template', {
      instance_type: 't4g.small',
      instance_requirements: { memory_mib: { min: 512 }, vcpu_count: { min: 1 } },
    }),
    message: '"instance_type": conflicts with instance_requirements',
  },
  {
    mistake: 'an alarm on a metric and on an expression',
    configuration: resource('aws_cloudwatch_metric_alarm', {
      ...alarm,
      metric_name: 'CPUUtilization',
      metric_query: { id: 'e1', expression: 'm1 * 2', return_data: true },
    }),
    message: '"metric_query": conflicts with metric_name',
  },
  {
    mistake: 'a replica with a user of its own',
    configuration: resource('aws_db_instance', {
      instance_class: 'db.t4g.micro',
      replicate_source_db: 'orders',
      username: 'root',
    }),
    message: '"username": conflicts with replicate_source_db',
  },
  {
    mistake: 'a database from a snapshot and from a point in time',
    configuration: resource('aws_db_instance', {
      instance_class: 'db.t4g.micro',
      snapshot_identifier: 'last',
      restore_to_point_in_time: { use_latest_restorable_time: true },
    }),
    message: '"snapshot_identifier": conflicts with restore_to_point_in_time',
  },
  {
    mistake: 'a password beside one that is managed, if only turned off',
    configuration: resource('aws_rds_cluster', {
      engine: 'aurora-mysql',
      manage_master_user_password: false,
      master_password_wo: 'x',
      master_password_wo_version: 1,
    }),
    message: '"master_password_wo": conflicts with manage_master_user_password',
  },
  {
    mistake: 'how often a key turns, of one that does not',
    configuration: resource('aws_kms_key', { rotation_period_in_days: 180 }),
    message: 'all of `enable_key_rotation,rotation_period_in_days` must be specified',
  },
  {
    mistake: 'a load balancer without a subnet',
    configuration: resource('aws_lb', { name: 'a' }),
    message: 'one of `subnet_mapping,subnets` must be specified',
  },
  {
    mistake: 'a route to nowhere',
    configuration: resource('aws_route', route),
    message: 'vpc_endpoint_id,vpc_peering_connection_id` must be specified',
  },
  {
    mistake: 'a route to two targets',
    configuration: resource('aws_route', { ...route, gateway_id: 'igw-1', nat_gateway_id: 'nat-1' }),
    message: 'but `gateway_id,nat_gateway_id` were specified',
  },
  {
    mistake: 'a function without code',
    configuration: resource('aws_lambda_function', lambda),
    message: 'one of `filename,image_uri,s3_bucket` must be specified',
  },
  {
    mistake: 'a parameter without a value',
    configuration: resource('aws_ssm_parameter', { name: '/a', type: 'String' }),
    message: 'one of `insecure_value,value,value_wo` must be specified',
  },
  {
    mistake: 'a rule of an older kind for nobody',
    configuration: resource('aws_security_group_rule', {
      type: 'ingress',
      security_group_id: 'sg-1',
      protocol: 'tcp',
      from_port: 443,
      to_port: 443,
    }),
    message: '`cidr_blocks,ipv6_cidr_blocks,prefix_list_ids,self,source_security_group_id` must be specified',
  },
  {
    mistake: 'a rule for nobody',
    configuration: resource('aws_vpc_security_group_ingress_rule', groupRule),
    message: 'prefix_list_id,referenced_security_group_id` must be specified',
  },
  {
    mistake: 'a service on a launch type and on capacity providers',
    configuration: resource('aws_ecs_service', {
      name: 'a',
      launch_type: 'FARGATE',
      capacity_provider_strategy: { capacity_provider: 'FARGATE_SPOT', weight: 1 },
    }),
    message: '"launch_type": conflicts with capacity_provider_strategy',
  },
  {
    mistake: 'a scaling policy of two kinds',
    configuration: resource('aws_appautoscaling_policy', {
      ...scaling,
      step_scaling_policy_configuration: { adjustment_type: 'ChangeInCapacity' },
      target_tracking_scaling_policy_configuration: { target_value: 60, ...load },
    }),
    message:
      '"target_tracking_scaling_policy_configuration": conflicts with step_scaling_policy_configuration',
  },
  {
    mistake: 'one condition of a listener on two things',
    configuration: resource('aws_lb_listener_rule', {
      ...listenerRule,
      condition: { host_header: { values: ['a.example.com'] }, path_pattern: { values: ['/a'] } },
    }),
    message: 'but `host_header,path_pattern` were specified',
  },
  {
    mistake: 'an empty condition of a listener',
    configuration: resource('aws_lb_listener_rule', { ...listenerRule, condition: {} }),
    message: 'condition.source_ip` must be specified',
  },
  {
    mistake: 'a rule of a bucket with a filter and a prefix beside it',
    configuration: lifecycle({ prefix: 'a/', filter: { prefix: 'b/' }, expiration: { days: 1 } }),
    message: '"rule.prefix": conflicts with rule.filter',
  },
  {
    mistake: 'a rule of a bucket that expires after days and at a date',
    configuration: lifecycle({ expiration: { days: 1, date: '2030-01-01T00:00:00Z' } }),
    message: '"rule.expiration.days": conflicts with rule.expiration.date',
  },
];
