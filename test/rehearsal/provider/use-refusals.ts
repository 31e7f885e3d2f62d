import type { Caller } from '../cloud/caller';
import type { Existing, Inventory } from '../cloud/inventory';
import { isMap, textOf, type Value, type ValueMap } from '../protocol/values';

/** Who uses a resource, and what AWS says when it is to be deleted all the same. */
interface Use {
  /** What stands for the resource elsewhere: its id, its name or its ARN. */
  readonly by: string;
  /** Arguments of other types that hold it. */
  readonly users: Readonly<Record<string, string>>;
  readonly refusal: (name: string, user: Existing) => string;
}

const depends = (thing: string) => (name: string) =>
  `DependencyViolation: The ${thing} '${name}' has dependencies and cannot be deleted.`;
const depended = (thing: string) => (name: string) =>
  `DependencyViolation: resource ${name} (${thing}) has a dependent object`;
const inUse = (code: string, text: string) => (name: string, user: Existing) =>
  `${code}: ${text} (${name}: ${user.type} ${user.id})`;

/** A customer key that is deleted takes with it what it has encrypted. AWS lets it go; the rehearsal does not. */
const keyInUse = (name: string, user: Existing) =>
  `the rehearsal refuses what KMS would do: key ${name} still encrypts ${user.type} ${user.id}, which would be lost`;

const USES: Readonly<Record<string, Use>> = {
  aws_acm_certificate: {
    by: 'arn',
    users: { aws_lb_listener: 'certificate_arn', aws_lb_listener_certificate: 'certificate_arn' },
    refusal: inUse('ResourceInUseException', 'Certificate is in use'),
  },
  aws_cloudwatch_log_group: {
    by: 'arn',
    users: { aws_flow_log: 'log_destination' },
    refusal: inUse('OperationAbortedException', 'the log group is being written to; the rehearsal refuses'),
  },
  aws_db_subnet_group: {
    by: 'name',
    users: { aws_db_instance: 'db_subnet_group_name', aws_rds_cluster: 'db_subnet_group_name' },
    refusal: inUse(
      'InvalidDBSubnetGroupStateFault',
      'Cannot delete the subnet group because at least one database still uses it',
    ),
  },
  aws_ecs_cluster: {
    by: 'name',
    users: { aws_ecs_service: 'cluster' },
    refusal: inUse(
      'ClusterContainsServicesException',
      'The Cluster cannot be deleted while Services are active',
    ),
  },
  aws_ec2_transit_gateway: {
    by: 'id',
    users: {
      aws_ec2_transit_gateway_peering_attachment: 'transit_gateway_id',
      aws_ec2_transit_gateway_vpc_attachment: 'transit_gateway_id',
    },
    refusal: inUse('IncorrectState', 'the transit gateway has non-deleted attachments'),
  },
  aws_ec2_transit_gateway_route_table: {
    by: 'id',
    users: { aws_ec2_transit_gateway_route_table_association: 'transit_gateway_route_table_id' },
    refusal: inUse('IncorrectState', 'the route table has non-deleted associations'),
  },
  aws_eip: {
    by: 'id',
    users: { aws_nat_gateway: 'allocation_id' },
    refusal: inUse(
      'AuthFailure',
      'You do not have permission to access the specified resource: the address is in use',
    ),
  },
  aws_elasticache_parameter_group: {
    by: 'name',
    users: { aws_elasticache_replication_group: 'parameter_group_name' },
    refusal: inUse(
      'InvalidCacheParameterGroupState',
      'One or more cache clusters are still members of this parameter group',
    ),
  },
  aws_elasticache_subnet_group: {
    by: 'name',
    users: { aws_elasticache_replication_group: 'subnet_group_name' },
    refusal: inUse('CacheSubnetGroupInUse', 'Cache subnet group is currently in use by a cache cluster'),
  },
  aws_elasticache_user_group: {
    by: 'user_group_id',
    users: { aws_elasticache_replication_group: 'user_group_ids' },
    refusal: inUse('InvalidUserGroupState', 'User group is associated with a replication group'),
  },
  aws_iam_policy: {
    by: 'arn',
    users: { aws_iam_role_policy_attachment: 'policy_arn' },
    refusal: inUse('DeleteConflict', 'Cannot delete a policy attached to entities.'),
  },
  aws_iam_role: {
    by: 'name',
    users: { aws_iam_role_policy: 'role', aws_iam_role_policy_attachment: 'role' },
    refusal: inUse('DeleteConflict', 'Cannot delete entity, must delete or detach policies first.'),
  },
  aws_internet_gateway: {
    by: 'id',
    users: { aws_route: 'gateway_id' },
    refusal: depended('internet gateway'),
  },
  aws_kms_key: {
    by: 'arn',
    users: {
      aws_cloudwatch_log_group: 'kms_key_id',
      aws_ecr_repository: 'encryption_configuration.kms_key',
      aws_elasticache_replication_group: 'kms_key_id',
      aws_networkfirewall_firewall: 'encryption_configuration.key_id',
      aws_networkfirewall_firewall_policy: 'encryption_configuration.key_id',
      aws_networkfirewall_rule_group: 'encryption_configuration.key_id',
      aws_rds_cluster: 'kms_key_id',
      aws_rds_cluster_instance: 'performance_insights_kms_key_id',
      aws_s3_bucket_server_side_encryption_configuration:
        'rule.apply_server_side_encryption_by_default.kms_master_key_id',
      aws_secretsmanager_secret: 'kms_key_id',
      aws_sns_topic: 'kms_master_key_id',
    },
    refusal: keyInUse,
  },
  aws_lb_target_group: {
    by: 'arn',
    users: {
      aws_lb_listener: 'default_action.target_group_arn',
      aws_lb_listener_rule: 'action.target_group_arn',
    },
    refusal: inUse('ResourceInUse', 'Target group is currently in use by a listener or a rule'),
  },
  aws_network_acl: {
    by: 'id',
    users: { aws_network_acl_association: 'network_acl_id' },
    refusal: depends('networkAcl'),
  },
  aws_networkfirewall_firewall_policy: {
    by: 'arn',
    users: { aws_networkfirewall_firewall: 'firewall_policy_arn' },
    refusal: inUse('InvalidOperationException', 'Unable to delete the object because it is still in use'),
  },
  aws_networkfirewall_rule_group: {
    by: 'arn',
    users: {
      aws_networkfirewall_firewall_policy: 'firewall_policy.stateful_rule_group_reference.resource_arn',
    },
    refusal: inUse('InvalidOperationException', 'Unable to delete the object because it is still in use'),
  },
  aws_rds_cluster: {
    by: 'cluster_identifier',
    users: { aws_rds_cluster_instance: 'cluster_identifier' },
    refusal: inUse(
      'InvalidDBClusterStateFault',
      'Cluster cannot be deleted, it still contains DB instances in non-deleting state.',
    ),
  },
  aws_rds_cluster_parameter_group: {
    by: 'name',
    users: { aws_rds_cluster: 'db_cluster_parameter_group_name' },
    refusal: inUse(
      'InvalidDBParameterGroupState',
      'One or more database instances are still members of this parameter group, so the group cannot be deleted',
    ),
  },
  aws_rds_global_cluster: {
    by: 'id',
    users: { aws_rds_cluster: 'global_cluster_identifier' },
    refusal: inUse('InvalidGlobalClusterStateFault', 'Global Cluster is not empty'),
  },
  aws_route53_resolver_firewall_domain_list: {
    by: 'id',
    users: { aws_route53_resolver_firewall_rule: 'firewall_domain_list_id' },
    refusal: inUse('ConflictException', 'The domain list is used by a firewall rule'),
  },
  aws_route53_resolver_firewall_rule_group: {
    by: 'id',
    users: { aws_route53_resolver_firewall_rule_group_association: 'firewall_rule_group_id' },
    refusal: inUse('ConflictException', 'The firewall rule group has VPC associations'),
  },
  aws_route53_resolver_query_log_config: {
    by: 'id',
    users: { aws_route53_resolver_query_log_config_association: 'resolver_query_log_config_id' },
    refusal: inUse('InvalidRequestException', 'The query logging configuration is associated with a VPC'),
  },
  aws_route_table: {
    by: 'id',
    users: { aws_route_table_association: 'route_table_id' },
    refusal: depends('routeTable'),
  },
  aws_security_group: {
    by: 'id',
    users: {
      aws_db_instance: 'vpc_security_group_ids',
      aws_ecs_service: 'network_configuration.security_groups',
      aws_elasticache_replication_group: 'security_group_ids',
      aws_lb: 'security_groups',
      aws_rds_cluster: 'vpc_security_group_ids',
      aws_vpc_endpoint: 'security_group_ids',
      aws_vpc_security_group_egress_rule: 'referenced_security_group_id',
      aws_vpc_security_group_ingress_rule: 'referenced_security_group_id',
    },
    refusal: depended('security group'),
  },
  aws_subnet: {
    by: 'id',
    users: {
      aws_db_subnet_group: 'subnet_ids',
      aws_ec2_transit_gateway_vpc_attachment: 'subnet_ids',
      aws_ecs_service: 'network_configuration.subnets',
      aws_elasticache_subnet_group: 'subnet_ids',
      aws_lb: 'subnets',
      aws_nat_gateway: 'subnet_id',
      aws_networkfirewall_firewall: 'subnet_mapping.subnet_id',
      aws_vpc_endpoint: 'subnet_ids',
    },
    refusal: depends('subnet'),
  },
  aws_vpc: {
    by: 'id',
    users: {
      aws_ec2_transit_gateway_vpc_attachment: 'vpc_id',
      aws_internet_gateway: 'vpc_id',
      aws_lb_target_group: 'vpc_id',
      aws_network_acl: 'vpc_id',
      aws_networkfirewall_firewall: 'vpc_id',
      aws_route_table: 'vpc_id',
      aws_security_group: 'vpc_id',
      aws_subnet: 'vpc_id',
      aws_vpc_endpoint: 'vpc_id',
    },
    refusal: depends('vpc'),
  },
  aws_vpc_dhcp_options: {
    by: 'id',
    users: { aws_vpc_dhcp_options_association: 'dhcp_options_id' },
    refusal: depends('dhcpOptions'),
  },
};

const USED_ANYWHERE = new Set(['aws_iam_policy', 'aws_iam_role', 'aws_rds_global_cluster']);

/** AWS's refusal to delete what something else still uses, be it of this stack or of another. */
export function refuseWhileUsed(
  type: string,
  state: ValueMap,
  inventory: Inventory,
  caller: Caller,
): string | undefined {
  const use = USES[type];
  const name = use && textOf(state[use.by]);
  if (!use || name === undefined) return undefined;
  const home = textOf(state['region']) ?? caller.region;
  for (const [userType, path] of Object.entries(use.users)) {
    const user = inventory
      .ofType(userType, caller)
      // names of one region mean nothing in another
      .filter(({ region }) => region === home || USED_ANYWHERE.has(type))
      .find((each) => refersTo(each.state, path.split('.'), name));
    if (user) return `deleting ${type.replace('aws_', '')} (${name}): ${use.refusal(name, user)}`;
  }
  return undefined;
}

function refersTo(value: Value | undefined, [step, ...rest]: readonly string[], name: string): boolean {
  if (Array.isArray(value)) {
    return value.some((each) => refersTo(each, step === undefined ? [] : [step, ...rest], name));
  }
  // a cluster may be named by its name or by its ARN
  if (step === undefined) return value === name || (typeof value === 'string' && value.endsWith(`/${name}`));
  return isMap(value) && refersTo(value[step], rest, name);
}
