import { textOf, type ValueMap } from '../protocol/values';
import type { Caller } from './caller';

/** Where a name must be unique: in the world, in an account, in an account's region, or in one VPC. */
type Scope = 'world' | 'account' | 'region' | 'vpc';

interface UniqueName {
  readonly attribute: string;
  readonly scope: Scope;
  /** AWS's error for a name that is taken. */
  readonly refusal: (name: string) => string;
  /** IAM compares without regard to case. */
  readonly ignoresCase?: true;
}

const taken = (code: string, thing: string) => (name: string) => `${code}: ${thing} ${name} already exists`;
const iam = (thing: string): UniqueName => ({
  attribute: 'name',
  scope: 'account',
  ignoresCase: true,
  refusal: (name) => `EntityAlreadyExists: ${thing} with name ${name} already exists.`,
});
const regional = (attribute: string, code: string, thing: string): UniqueName => ({
  attribute,
  scope: 'region',
  refusal: taken(code, thing),
});

const UNIQUE: Readonly<Record<string, UniqueName>> = {
  aws_cloudwatch_log_group: regional('name', 'ResourceAlreadyExistsException', 'The specified log group'),
  aws_cloudwatch_metric_alarm: regional('alarm_name', 'ResourceAlreadyExists', 'Alarm'),
  aws_db_instance: regional('identifier', 'DBInstanceAlreadyExists', 'DB instance'),
  aws_db_parameter_group: regional('name', 'DBParameterGroupAlreadyExists', 'Parameter group'),
  aws_db_subnet_group: regional('name', 'DBSubnetGroupAlreadyExists', 'The DB subnet group'),
  aws_dynamodb_table: regional('name', 'ResourceInUseException', 'Table'),
  aws_ecr_repository: regional('name', 'RepositoryAlreadyExistsException', 'The repository with name'),
  aws_ecs_cluster: regional('name', 'ClusterAlreadyExists', 'ECS Cluster'),
  aws_elasticache_parameter_group: regional(
    'name',
    'CacheParameterGroupAlreadyExists',
    'Cache parameter group',
  ),
  aws_elasticache_replication_group: regional(
    'replication_group_id',
    'ReplicationGroupAlreadyExists',
    'The specified replication group',
  ),
  aws_elasticache_subnet_group: regional('name', 'CacheSubnetGroupAlreadyExists', 'Cache subnet group'),
  aws_elasticache_user: regional('user_id', 'UserAlreadyExists', 'User'),
  aws_elasticache_user_group: regional('user_group_id', 'UserGroupAlreadyExists', 'User group'),
  aws_iam_group: iam('Group'),
  aws_iam_instance_profile: iam('Instance Profile'),
  aws_iam_policy: {
    ...iam('Policy'),
    refusal: (name) =>
      `EntityAlreadyExists: A policy called ${name} already exists. Duplicate names are not allowed.`,
  },
  aws_iam_role: iam('Role'),
  aws_iam_user: iam('User'),
  aws_kms_alias: regional('name', 'AlreadyExistsException', 'An alias with the name'),
  aws_lambda_function: regional('function_name', 'ResourceConflictException', 'Function'),
  aws_lb: regional('name', 'DuplicateLoadBalancerName', 'ELBv2 Load Balancer'),
  aws_lb_target_group: regional('name', 'DuplicateTargetGroupName', 'ELBv2 Target Group'),
  aws_networkfirewall_firewall: regional('name', 'InvalidRequestException', 'A firewall named'),
  aws_networkfirewall_firewall_policy: regional('name', 'InvalidRequestException', 'A firewall policy named'),
  aws_networkfirewall_rule_group: regional('name', 'InvalidRequestException', 'A rule group named'),
  aws_rds_cluster: regional('cluster_identifier', 'DBClusterAlreadyExistsFault', 'DB Cluster'),
  aws_rds_cluster_instance: regional('identifier', 'DBInstanceAlreadyExists', 'DB instance'),
  aws_rds_cluster_parameter_group: regional('name', 'DBParameterGroupAlreadyExists', 'Parameter group'),
  aws_rds_global_cluster: {
    attribute: 'global_cluster_identifier',
    scope: 'account',
    refusal: taken('GlobalClusterAlreadyExistsFault', 'Global cluster'),
  },
  aws_s3_bucket: { attribute: 'bucket', scope: 'world', refusal: taken('BucketAlreadyExists', 'bucket') },
  aws_secretsmanager_secret: regional('name', 'ResourceExistsException', 'The secret'),
  aws_security_group: {
    attribute: 'name',
    scope: 'vpc',
    refusal: (name) => `InvalidGroup.Duplicate: The security group '${name}' already exists for VPC`,
  },
  aws_sns_topic: regional('name', 'InvalidParameter', 'Topic'),
  aws_sqs_queue: regional('name', 'QueueAlreadyExists', 'A queue named'),
  aws_ssm_parameter: regional('name', 'ParameterAlreadyExists', 'The parameter'),
};

// An RDS instance and an instance of a cluster share one set of names.
const SHARED_NAMES: Readonly<Record<string, string>> = { aws_rds_cluster_instance: 'aws_db_instance' };

/** Names in use. Terraform does not know them: only AWS refuses a second role of the same name. */
export class PhysicalNames {
  private readonly inUse = new Set<string>();

  /** Takes the name of a resource, or returns AWS's refusal. */
  claim(type: string, resource: ValueMap, caller: Caller): string | undefined {
    const key = keyOf(type, resource, caller);
    if (key === undefined) return undefined;
    if (this.inUse.has(key)) return UNIQUE[type]?.refusal(nameOf(type, resource) ?? '');
    this.inUse.add(key);
    return undefined;
  }

  release(type: string, resource: ValueMap, caller: Caller): void {
    const key = keyOf(type, resource, caller);
    if (key !== undefined) this.inUse.delete(key);
  }

  /** For a change in place: takes the new name and frees the old one, if they differ. */
  move(type: string, before: ValueMap, after: ValueMap, caller: Caller): string | undefined {
    if (keyOf(type, before, caller) === keyOf(type, after, caller)) return undefined;
    const refusal = this.claim(type, after, caller);
    if (refusal === undefined) this.release(type, before, caller);
    return refusal;
  }
}

function nameOf(type: string, resource: ValueMap): string | undefined {
  const rule = UNIQUE[type];
  return rule && textOf(resource[rule.attribute]);
}

function keyOf(type: string, resource: ValueMap, caller: Caller): string | undefined {
  const rule = UNIQUE[type];
  const name = nameOf(type, resource);
  if (!rule || name === undefined) return undefined;
  const region = textOf(resource['region']) ?? caller.region;
  const places: Record<Scope, string> = {
    world: '',
    account: caller.account,
    region: `${caller.account} ${region}`,
    vpc: `${caller.account} ${region} ${textOf(resource['vpc_id']) ?? 'default'}`,
  };
  const kind = SHARED_NAMES[type] ?? type;
  return `${kind} ${places[rule.scope]} ${rule.ignoresCase ? name.toLowerCase() : name}`;
}
