import type { Limits } from './limits';

/** One of these numbers; Terraform's provider and AWS's documentation list them, no model does. */
const RETENTION_DAYS = [
  0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];
const MONITORING_SECONDS = [0, 1, 5, 10, 15, 30, 60];
const INSIGHTS_DAYS = [7, ...Array.from({ length: 23 }, (_, month) => (month + 1) * 31), 731];

const insights = { performance_insights_retention_period: { numbers: INSIGHTS_DAYS } };
const port = { min: 1, max: 65_535 };
const anyPort = { min: -1, max: 65_535 };
const rule = {
  from_port: anyPort,
  to_port: anyPort,
  ip_protocol: { pattern: '-1|tcp|udp|icmp|icmpv6|all|\\d{1,3}' },
};

/** Limits that AWS documents and no model of a service carries. */
export const DOCUMENTED_LIMITS: Limits = {
  aws_acm_certificate: { validation_method: { values: ['DNS', 'EMAIL', 'HTTP'] } },
  aws_appautoscaling_target: { min_capacity: { min: 0 }, max_capacity: { min: 0 } },
  aws_cloudwatch_log_group: { retention_in_days: { numbers: RETENTION_DAYS } },
  aws_cloudwatch_metric_alarm: {
    treat_missing_data: { values: ['breaching', 'notBreaching', 'ignore', 'missing'] },
  },
  aws_db_instance: {
    backup_retention_period: { min: 0, max: 35 },
    monitoring_interval: { numbers: MONITORING_SECONDS },
    port,
    ...insights,
  },
  aws_ecs_service: {
    deployment_minimum_healthy_percent: { min: 0 },
    desired_count: { min: 0 },
    health_check_grace_period_seconds: { min: 0, max: 2_147_483_647 },
  },
  aws_elasticache_replication_group: {
    engine: { values: ['redis', 'valkey'] },
    node_type: { pattern: 'cache\\.[a-z0-9]+\\.[a-z0-9]+' },
    num_cache_clusters: { min: 1, max: 6 },
    port,
    snapshot_retention_limit: { min: 0, max: 35 },
    'log_delivery_configuration.destination_type': { values: ['cloudwatch-logs', 'kinesis-firehose'] },
    'log_delivery_configuration.log_format': { values: ['json', 'text'] },
    'log_delivery_configuration.log_type': { values: ['engine-log', 'slow-log'] },
  },
  aws_flow_log: { max_aggregation_interval: { numbers: [60, 600] } },
  aws_kms_key: { deletion_window_in_days: { min: 7, max: 30 } },
  aws_lb: { idle_timeout: { min: 1, max: 4000 } },
  aws_lb_target_group: {
    slow_start: { min: 0, max: 900 },
    'stickiness.cookie_duration': { min: 0, max: 604_800 },
  },
  aws_network_acl: {
    'ingress.action': { values: ['allow', 'deny', 'ALLOW', 'DENY'] },
    'ingress.rule_no': { min: 1, max: 32_766 },
    'egress.rule_no': { min: 1, max: 32_766 },
  },
  aws_rds_cluster: {
    backup_retention_period: { min: 0, max: 35 },
    engine: { values: ['aurora-mysql', 'aurora-postgresql', 'mysql', 'postgres'] },
    engine_mode: { values: ['', 'global', 'parallelquery', 'provisioned', 'serverless', 'multimaster'] },
    monitoring_interval: { numbers: MONITORING_SECONDS },
    port,
    preferred_backup_window: { pattern: '([01]\\d|2[0-3]):[0-5]\\d-([01]\\d|2[0-3]):[0-5]\\d' },
    ...insights,
  },
  aws_rds_cluster_instance: {
    instance_class: { pattern: 'db\\.(serverless|[a-z0-9-]+\\.[a-z0-9-]+)' },
    monitoring_interval: { numbers: MONITORING_SECONDS },
    promotion_tier: { min: 0, max: 15 },
    ...insights,
  },
  aws_secretsmanager_secret: {
    recovery_window_in_days: { numbers: [0, ...Array.from({ length: 24 }, (_, days) => days + 7)] },
  },
  aws_vpc_endpoint: { service_name: { pattern: '(com|cn|aws)\\.[\\w.-]+' } },
  aws_vpc_security_group_egress_rule: rule,
  aws_vpc_security_group_ingress_rule: rule,
};
