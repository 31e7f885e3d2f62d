type Attributes = Readonly<Record<string, unknown>>;

/** The value of an attribute; empty if the state says none. */
type Of = (attribute: string) => string;

/**
 * The parts of what the provider imports a resource by, and what stands between, where that is not its id: section
 * "Import" of https://registry.terraform.io/providers/hashicorp/aws/6.25.0/docs
 */
const IMPORT_IDS: Readonly<Record<string, (of: Of) => readonly [between: string, ...parts: string[]]>> = {
  aws_appautoscaling_policy: (of) => [
    '/',
    of('service_namespace'),
    of('resource_id'),
    of('scalable_dimension'),
    of('name'),
  ],
  aws_appautoscaling_target: (of) => [
    '/',
    of('service_namespace'),
    of('resource_id'),
    of('scalable_dimension'),
  ],
  aws_chatbot_slack_channel_configuration: (of) => ['', of('chat_configuration_arn')],
  aws_chatbot_teams_channel_configuration: (of) => ['', of('team_id')],
  aws_cloudwatch_event_target: (of) => [
    '/',
    ...(['', 'default'].includes(of('event_bus_name')) ? [] : [of('event_bus_name')]),
    of('rule'),
    of('target_id'),
  ],
  aws_cloudwatch_log_delivery_destination: (of) => ['', of('name')],
  aws_cloudwatch_log_delivery_source: (of) => ['', of('name')],
  aws_cloudwatch_log_metric_filter: (of) => [':', of('log_group_name'), of('name')],
  aws_default_route_table: (of) => ['', of('vpc_id')],
  aws_ebs_snapshot_block_public_access: () => ['', 'default'],
  aws_ec2_serial_console_access: () => ['', 'default'],
  aws_ecs_cluster: (of) => ['', of('name')],
  // its cluster is an ARN or a name
  aws_ecs_service: (of) => ['/', of('cluster').replace(/^.*\//, ''), of('name')],
  aws_ecs_task_definition: (of) => ['', of('arn')],
  aws_elasticache_user_group_association: (of) => [',', of('user_group_id'), of('user_id')],
  aws_iam_role_policy_attachment: (of) => ['/', of('role'), of('policy_arn')],
  aws_route: (of) => [
    '_',
    of('route_table_id'),
    of('destination_cidr_block') || of('destination_ipv6_cidr_block') || of('destination_prefix_list_id'),
  ],
  aws_route53_zone_association: (of) => [':', of('zone_id'), of('vpc_id'), of('vpc_region')],
  aws_vpc_dhcp_options_association: (of) => ['', of('vpc_id')],
  aws_wafv2_web_acl: (of) => ['/', of('id'), of('name'), of('scope')],
  // of a subnet or of a gateway
  aws_route_table_association: (of) => ['/', of('subnet_id') || of('gateway_id'), of('route_table_id')],
};

/** What the same pages say cannot be imported, or nothing of it. */
const NOT_IMPORTABLE: ReadonlySet<string> = new Set([
  'aws_acm_certificate_validation',
  'aws_appautoscaling_scheduled_action',
  'aws_ec2_image_block_public_access',
  'aws_ec2_instance_metadata_defaults',
  'aws_iam_policy_attachment',
  'aws_lb_target_group_attachment',
  'aws_main_route_table_association',
]);

/** Whether Terraform can take a resource over that exists; it makes all others anew. */
export const isImportable = (type: string) => type.startsWith('aws_') && !NOT_IMPORTABLE.has(type);

/** By what a resource is imported; nothing if its state says too little. */
export function importIdOf(type: string, attributes: Attributes): string | undefined {
  const of: Of = (attribute) => {
    const value = attributes[attribute];
    return typeof value === 'string' ? value : '';
  };
  const [between, ...parts] = IMPORT_IDS[type]?.(of) ?? ['', of('id')];
  return parts.includes('') ? undefined : parts.join(between);
}
