import type { Mistake } from './mistakes';
import { ASSUME_ROLE_POLICY, resource, resources } from './samples';
import type { JsonObject } from './stack-document';

const one = (mistake: string, type: string, settings: JsonObject, message: string): Mistake => ({
  mistake,
  configuration: resource(type, settings),
  message,
});

const key = (region: string) => `arn:aws:kms:${region}:123456789012:key/0f0c9f2e-0000-4000-8000-000000000000`;
const cluster = { cluster_identifier: 'orders', engine: 'aurora-mysql', skip_final_snapshot: true };
const cache = { replication_group_id: 'sessions', description: 'Sessions', engine: 'valkey' };
const target = { name: 'web', port: 80, protocol: 'HTTP', target_type: 'ip', vpc_id: 'vpc-1' };
const rule = { security_group_id: 'sg-1', cidr_ipv4: '10.0.0.0/8', ip_protocol: 'tcp' };
const alarm = {
  alarm_name: 'a',
  comparison_operator: 'GreaterThanThreshold',
  evaluation_periods: 1,
  metric_name: 'CPUUtilization',
  namespace: 'AWS/RDS',
  period: 60,
  statistic: 'Average',
  threshold: 1,
};

/** Words, lengths and numbers that only AWS knows; the limits are those of its published models. */
const AGAINST_LIMITS: readonly Mistake[] = [
  one(
    'a retention that CloudWatch does not offer',
    'aws_cloudwatch_log_group',
    { name: 'a', retention_in_days: 10 },
    'expected retention_in_days to be one of',
  ),
  one(
    'a class of logs that does not exist',
    'aws_cloudwatch_log_group',
    { name: 'a', log_group_class: 'RARE' },
    'expected log_group_class to be one of ["STANDARD" "INFREQUENT_ACCESS" "DELIVERY"], got RARE',
  ),
  one(
    'a comparison that does not exist',
    'aws_cloudwatch_metric_alarm',
    { ...alarm, comparison_operator: 'MoreThan' },
    'expected comparison_operator to be one of',
  ),
  one(
    'a statistic that does not exist',
    'aws_cloudwatch_metric_alarm',
    { ...alarm, statistic: 'Mean' },
    'expected statistic to be one of',
  ),
  one(
    'an alarm that treats missing data in a way of its own',
    'aws_cloudwatch_metric_alarm',
    { ...alarm, treat_missing_data: 'ok' },
    'expected treat_missing_data to be one of',
  ),
  one(
    'an engine that RDS does not have',
    'aws_rds_cluster',
    { ...cluster, engine: 'aurora' },
    'expected engine to be one of',
  ),
  one(
    'backups for longer than RDS keeps them',
    'aws_rds_cluster',
    { ...cluster, backup_retention_period: 40 },
    'expected backup_retention_period to be in the range (0 - 35), got 40',
  ),
  one(
    'a backup window that is no range of times',
    'aws_rds_cluster',
    { ...cluster, preferred_backup_window: '6am' },
    'invalid value for preferred_backup_window',
  ),
  one(
    'an interval of monitoring that RDS does not have',
    'aws_rds_cluster_instance',
    {
      cluster_identifier: 'a',
      engine: 'aurora-mysql',
      instance_class: 'db.r8g.large',
      monitoring_interval: 20,
    },
    'expected monitoring_interval to be one of [0 1 5 10 15 30 60], got 20',
  ),
  one(
    'an instance class without its db.',
    'aws_rds_cluster_instance',
    { cluster_identifier: 'a', engine: 'aurora-mysql', instance_class: 'r8g.large' },
    'invalid value for instance_class',
  ),
  one(
    'insights for a time that RDS does not offer',
    'aws_rds_cluster_instance',
    {
      cluster_identifier: 'a',
      engine: 'aurora-mysql',
      instance_class: 'db.r8g.large',
      performance_insights_retention_period: 30,
    },
    'expected performance_insights_retention_period to be one of',
  ),
  one(
    'a parameter that is applied some day',
    'aws_rds_cluster_parameter_group',
    { family: 'aurora-mysql8.0', parameter: [{ name: 'a', value: '1', apply_method: 'later' }] },
    'expected apply_method to be one of ["immediate" "pending-reboot"], got later',
  ),
  one(
    'an engine that ElastiCache does not have',
    'aws_elasticache_replication_group',
    { ...cache, engine: 'memcached' },
    'expected engine to be one of ["redis" "valkey"], got memcached',
  ),
  one(
    'more replicas than a shard has',
    'aws_elasticache_replication_group',
    { ...cache, num_cache_clusters: 7 },
    'expected num_cache_clusters to be in the range (1 - 6), got 7',
  ),
  one(
    'an encryption in transit that is neither preferred nor required',
    'aws_elasticache_replication_group',
    { ...cache, transit_encryption_mode: 'on' },
    'expected transit_encryption_mode to be one of ["preferred" "required"], got on',
  ),
  one(
    'a cache user who signs in in a way of its own',
    'aws_elasticache_user',
    {
      user_id: 'a',
      user_name: 'a',
      engine: 'valkey',
      access_string: 'on',
      authentication_mode: { type: 'saml' },
    },
    'expected type to be one of',
  ),
  one(
    'a key that waits for less than a week',
    'aws_kms_key',
    { deletion_window_in_days: 3 },
    'expected deletion_window_in_days to be in the range (7 - 30), got 3',
  ),
  one(
    'a key that rotates too often',
    'aws_kms_key',
    { rotation_period_in_days: 30 },
    'expected rotation_period_in_days to be in the range (90 - 2560), got 30',
  ),
  one(
    'a role that stays longer than half a day',
    'aws_iam_role',
    { assume_role_policy: ASSUME_ROLE_POLICY, max_session_duration: 50_000 },
    'expected max_session_duration to be in the range (3600 - 43200), got 50000',
  ),
  one(
    'a path of IAM without its slashes',
    'aws_iam_role',
    { assume_role_policy: ASSUME_ROLE_POLICY, path: 'services' },
    'invalid value for path',
  ),
  one(
    'a protocol that load balancers do not speak',
    'aws_lb_target_group',
    { ...target, protocol: 'FTP' },
    'expected protocol to be one of',
  ),
  one(
    'a port above the last one',
    'aws_lb_target_group',
    { ...target, port: 70_000 },
    'expected port to be in the range (1 - 65535), got 70000',
  ),
  one(
    'health checks all too often',
    'aws_lb_target_group',
    { ...target, health_check: { interval: 2 } },
    'expected interval to be in the range (5 - 300), got 2',
  ),
  one(
    'a health check that one success passes',
    'aws_lb_target_group',
    { ...target, health_check: { healthy_threshold: 1 } },
    'expected healthy_threshold to be in the range (2 - 10), got 1',
  ),
  one(
    'a kind of load balancer that does not exist',
    'aws_lb',
    { load_balancer_type: 'classic' },
    'expected load_balancer_type to be one of',
  ),
  one(
    'a listener that answers in no known way',
    'aws_lb_listener',
    {
      load_balancer_arn: 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/a/1',
      port: 80,
      protocol: 'HTTP',
      default_action: [{ type: 'ignore' }],
    },
    'expected type to be one of',
  ),
  one(
    'a rule of a listener behind the last priority',
    'aws_lb_listener_rule',
    {
      listener_arn: 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/a/1/2',
      priority: 60_000,
      action: [{ type: 'forward' }],
      condition: [{ path_pattern: { values: ['/'] } }],
    },
    'expected priority to be in the range (1 - 50000), got 60000',
  ),
  one(
    'a launch type that ECS does not have',
    'aws_ecs_service',
    { name: 'a', launch_type: 'LAMBDA' },
    'expected launch_type to be one of',
  ),
  one(
    'a network mode that ECS does not have',
    'aws_ecs_task_definition',
    { family: 'a', container_definitions: '[]', network_mode: 'vpc' },
    'expected network_mode to be one of ["bridge" "host" "awsvpc" "none"], got vpc',
  ),
  one(
    'tags of images that are neither mutable nor not',
    'aws_ecr_repository',
    { name: 'images', image_tag_mutability: 'FROZEN' },
    'expected image_tag_mutability to be one of',
  ),
  one(
    'versioning that is on',
    'aws_s3_bucket_versioning',
    { bucket: 'b', versioning_configuration: { status: 'On' } },
    'expected status to be one of ["Enabled" "Suspended"], got On',
  ),
  one(
    'an encryption of objects that S3 does not have',
    'aws_s3_bucket_server_side_encryption_configuration',
    { bucket: 'b', rule: [{ apply_server_side_encryption_by_default: { sse_algorithm: 'kms' } }] },
    'expected sse_algorithm to be one of',
  ),
  one(
    'a storage class that S3 does not have',
    'aws_s3_bucket_lifecycle_configuration',
    {
      bucket: 'b',
      rule: [{ id: 'a', status: 'Enabled', transition: [{ days: 30, storage_class: 'COLD' }] }],
    },
    'expected storage_class to be one of',
  ),
  one(
    'an owner of objects that does not exist',
    'aws_s3_bucket_ownership_controls',
    { bucket: 'b', rule: { object_ownership: 'Me' } },
    'expected object_ownership to be one of',
  ),
  one(
    'a record of a type that DNS does not have',
    'aws_route53_record',
    { zone_id: 'Z1', name: 'a', type: 'ADDRESS', ttl: 60, records: ['10.0.0.1'] },
    'expected type to be one of',
  ),
  one(
    'a certificate for a name that is none',
    'aws_acm_certificate',
    { domain_name: 'shop_example', validation_method: 'DNS' },
    'invalid value for domain_name',
  ),
  one(
    'flow logs of a traffic that does not exist',
    'aws_flow_log',
    { vpc_id: 'vpc-1', traffic_type: 'SOME' },
    'expected traffic_type to be one of',
  ),
  one(
    'an endpoint of a type that does not exist',
    'aws_vpc_endpoint',
    { vpc_id: 'vpc-1', service_name: 'com.amazonaws.eu-west-1.s3', vpc_endpoint_type: 'Private' },
    'expected vpc_endpoint_type to be one of',
  ),
  one(
    'a protocol of a rule that has no number',
    'aws_vpc_security_group_ingress_rule',
    { ...rule, ip_protocol: 'https', from_port: 1, to_port: 2 },
    'invalid value for ip_protocol',
  ),
  one(
    'a secret that can be recovered for three days',
    'aws_secretsmanager_secret',
    { name: 'a', recovery_window_in_days: 3 },
    'expected recovery_window_in_days to be one of',
  ),
  one(
    'a parameter of a type that SSM does not have',
    'aws_ssm_parameter',
    { name: '/a', type: 'Secret', value: 'x' },
    'expected type to be one of ["String" "StringList" "SecureString"], got Secret',
  ),
  one(
    'a dimension that does not scale',
    'aws_appautoscaling_target',
    {
      resource_id: 'service/a/b',
      scalable_dimension: 'ecs:service:Tasks',
      service_namespace: 'ecs',
      min_capacity: 1,
      max_capacity: 2,
    },
    'expected scalable_dimension to be one of',
  ),
];

/** Of two ids, only AWS knows which is a subnet's. */
const AGAINST_KINDS: readonly Mistake[] = [
  {
    mistake: 'a VPC where a subnet belongs, which comes out only when both exist',
    configuration: resources({
      aws_vpc: { v: { cidr_block: '10.0.0.0/16' } },
      aws_nat_gateway: { a: { subnet_id: '${aws_vpc.v.id}', connectivity_type: 'private' } },
    }),
    message: 'InvalidSubnetID.NotFound: Invalid id: "vpc-',
  },
  one(
    'a subnet where a security group belongs',
    'aws_lb',
    { security_groups: ['subnet-1'] },
    'InvalidGroupId.Malformed: Invalid id: "subnet-1" (expecting "sg-...")',
  ),
  one(
    'a group where a VPC belongs',
    'aws_subnet',
    { vpc_id: 'sg-1', cidr_block: '10.0.0.0/24' },
    'InvalidVpcID.NotFound',
  ),
  one(
    'a key of another region',
    'aws_cloudwatch_log_group',
    { name: 'a', kms_key_id: key('us-east-1') },
    'is in us-east-1, and the resource in eu-west-1 (kms_key_id)',
  ),
  one(
    'a role where a key belongs',
    'aws_sns_topic',
    { name: 'a', kms_master_key_id: 'arn:aws:iam::123456789012:role/a' },
    'is not an ARN of kms',
  ),
  one(
    'a policy where a role belongs',
    'aws_ecs_task_definition',
    { family: 'a', container_definitions: '[]', execution_role_arn: 'arn:aws:iam::123456789012:policy/a' },
    'is not an ARN of iam (execution_role_arn)',
  ),
  one(
    'a load balancer where a target group belongs',
    'aws_lb_listener',
    {
      load_balancer_arn: 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/a/1',
      port: 80,
      protocol: 'HTTP',
      default_action: [
        {
          type: 'forward',
          target_group_arn: 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/a/1',
        },
      ],
    },
    'is not an ARN of elasticloadbalancing (target_group_arn)',
  ),
  one(
    'an alarm that tells a log group',
    'aws_cloudwatch_metric_alarm',
    { ...alarm, alarm_actions: ['arn:aws:logs:eu-west-1:123456789012:log-group:a'] },
    'is not an ARN of sns',
  ),
  one(
    'a certificate of another region',
    'aws_acm_certificate_validation',
    { certificate_arn: 'arn:aws:acm:us-east-1:123456789012:certificate/a' },
    'is in us-east-1, and the resource in eu-west-1 (certificate_arn)',
  ),
];

export const MISTAKES_IN_VALUES: readonly Mistake[] = [...AGAINST_LIMITS, ...AGAINST_KINDS];
