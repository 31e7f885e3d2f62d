/** The call of AWS whose input says what a resource type takes. */
export interface ModelledCall {
  readonly service: string;
  /** An operation, and behind `#` the way to the part of its input that the resource describes. */
  readonly operation: string;
  /** Arguments that AWS calls otherwise, by their path: `health_check.interval`. Others are found by their name. */
  readonly renamed?: Readonly<Record<string, string>>;
}

const call = (service: string, operation: string, renamed: ModelledCall['renamed'] = {}): ModelledCall => ({
  service,
  operation,
  renamed,
});

const parameters = { parameter: 'Parameters', 'parameter.name': 'ParameterName' };

/** Of every type that the stacks use and whose service publishes limits. */
export const MODELLED_CALLS: Readonly<Record<string, readonly ModelledCall[]>> = {
  aws_acm_certificate: [call('acm', 'RequestCertificate')],
  aws_appautoscaling_policy: [call('application-autoscaling', 'PutScalingPolicy', { name: 'PolicyName' })],
  aws_appautoscaling_target: [call('application-autoscaling', 'RegisterScalableTarget')],
  aws_cloudwatch_log_group: [call('logs', 'CreateLogGroup', { name: 'logGroupName' })],
  aws_cloudwatch_metric_alarm: [call('cloudwatch', 'PutMetricAlarm')],
  aws_db_instance: [call('rds', 'CreateDBInstance')],
  aws_db_parameter_group: [call('rds', 'ModifyDBParameterGroup', parameters)],
  aws_ebs_snapshot_block_public_access: [call('ec2', 'EnableSnapshotBlockPublicAccess')],
  aws_ec2_instance_metadata_defaults: [call('ec2', 'ModifyInstanceMetadataDefaults')],
  aws_ecr_repository: [call('ecr', 'CreateRepository', { name: 'repositoryName' })],
  aws_ecs_cluster: [call('ecs', 'CreateCluster')],
  aws_ecs_service: [call('ecs', 'CreateService')],
  aws_ecs_task_definition: [call('ecs', 'RegisterTaskDefinition')],
  aws_eip: [call('ec2', 'AllocateAddress')],
  aws_elasticache_replication_group: [call('elasticache', 'CreateReplicationGroup')],
  aws_elasticache_user: [call('elasticache', 'CreateUser')],
  aws_elasticache_user_group: [call('elasticache', 'CreateUserGroup')],
  aws_flow_log: [call('ec2', 'CreateFlowLogs')],
  aws_iam_policy: [call('iam', 'CreatePolicy', { name: 'PolicyName' })],
  aws_iam_role: [call('iam', 'CreateRole', { name: 'RoleName' })],
  aws_iam_role_policy: [call('iam', 'PutRolePolicy', { name: 'PolicyName', role: 'RoleName' })],
  aws_kms_alias: [call('kms', 'CreateAlias', { name: 'AliasName' })],
  aws_kms_key: [
    call('kms', 'CreateKey', { customer_master_key_spec: 'KeySpec' }),
    call('kms', 'EnableKeyRotation'),
  ],
  aws_lb: [call('elbv2', 'CreateLoadBalancer', { load_balancer_type: 'Type' })],
  aws_lb_listener: [
    call('elbv2', 'CreateListener', {
      default_action: 'DefaultActions',
      'default_action.redirect': 'RedirectConfig',
      'default_action.fixed_response': 'FixedResponseConfig',
    }),
  ],
  aws_lb_listener_rule: [
    call('elbv2', 'CreateRule', {
      action: 'Actions',
      'action.redirect': 'RedirectConfig',
      'action.fixed_response': 'FixedResponseConfig',
    }),
  ],
  aws_lb_target_group: [
    call('elbv2', 'CreateTargetGroup'),
    call('elbv2', 'CreateTargetGroup', {
      'health_check.interval': '^HealthCheckIntervalSeconds',
      'health_check.timeout': '^HealthCheckTimeoutSeconds',
      'health_check.path': '^HealthCheckPath',
      'health_check.protocol': '^HealthCheckProtocol',
      'health_check.healthy_threshold': '^HealthyThresholdCount',
      'health_check.unhealthy_threshold': '^UnhealthyThresholdCount',
    }),
  ],
  aws_nat_gateway: [call('ec2', 'CreateNatGateway')],
  aws_rds_cluster: [call('rds', 'CreateDBCluster')],
  aws_rds_cluster_parameter_group: [call('rds', 'ModifyDBClusterParameterGroup', parameters)],
  aws_rds_global_cluster: [call('rds', 'CreateGlobalCluster')],
  aws_route53_record: [
    call('route53', 'ChangeResourceRecordSets#ChangeBatch.Changes.ResourceRecordSet', {
      'failover_routing_policy.type': '^Failover',
    }),
  ],
  aws_route53_zone: [call('route53', 'CreateHostedZone')],
  aws_s3_bucket_lifecycle_configuration: [
    call('s3', 'PutBucketLifecycleConfiguration#LifecycleConfiguration', {
      rule: 'Rules',
      'rule.transition': 'Transitions',
      'rule.noncurrent_version_transition': 'NoncurrentVersionTransitions',
    }),
  ],
  aws_s3_bucket_ownership_controls: [
    call('s3', 'PutBucketOwnershipControls#OwnershipControls', { rule: 'Rules' }),
  ],
  aws_s3_bucket_server_side_encryption_configuration: [
    call('s3', 'PutBucketEncryption#ServerSideEncryptionConfiguration', { rule: 'Rules' }),
  ],
  aws_s3_bucket_versioning: [call('s3', 'PutBucketVersioning')],
  aws_secretsmanager_secret: [call('secretsmanager', 'CreateSecret')],
  aws_ssm_parameter: [call('ssm', 'PutParameter')],
  aws_vpc: [call('ec2', 'CreateVpc')],
  aws_vpc_endpoint: [call('ec2', 'CreateVpcEndpoint')],
};
