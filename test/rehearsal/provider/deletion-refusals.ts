import { textOf, type ValueMap } from '../protocol/values';

/*
 * What AWS, or the provider before it, refuses to delete. The messages are those that the provider shows, since
 * whoever reads a rehearsal looks for the same words as in a real run.
 */

interface Protection {
  readonly holds: (resource: ValueMap) => boolean;
  readonly message: (resource: ValueMap) => string;
}

const isOn = (attribute: string) => (resource: ValueMap) => resource[attribute] === true;
const id = (resource: ValueMap): string => textOf(resource['id']) ?? '';

const rds = (thing: string, operation: string, kind: string): Protection => ({
  holds: isOn('deletion_protection'),
  message: (resource) =>
    `deleting ${thing} (${id(resource)}): operation error RDS: ${operation}, api error ` +
    `InvalidParameterCombination: Cannot delete protected ${kind}, please disable deletion protection and try again.`,
});

const loadBalancer: Protection = {
  holds: isOn('enable_deletion_protection'),
  message: (resource) =>
    `deleting ELBv2 Load Balancer (${id(resource)}): operation error Elastic Load Balancing v2: DeleteLoadBalancer, ` +
    `api error OperationNotPermitted: Load balancer '${id(resource)}' cannot be deleted because deletion protection ` +
    'is enabled',
};

const PROTECTIONS: Readonly<Record<string, Protection>> = {
  aws_alb: loadBalancer,
  aws_cognito_user_pool: {
    holds: (resource) => resource['deletion_protection'] === 'ACTIVE',
    message: (resource) =>
      `deleting Cognito User Pool (${id(resource)}): api error InvalidParameterException: The user pool cannot be ` +
      'deleted because deletion protection is activated. Deletion protection must be inactivated first.',
  },
  aws_db_instance: rds('RDS DB Instance', 'DeleteDBInstance', 'DB Instance'),
  aws_docdb_cluster: rds('DocumentDB Cluster', 'DeleteDBCluster', 'Cluster'),
  aws_dynamodb_table: {
    holds: isOn('deletion_protection_enabled'),
    message: (resource) =>
      `deleting DynamoDB Table (${id(resource)}): api error ValidationException: Resource cannot be deleted as it is ` +
      'currently protected against deletion. Disable deletion protection first.',
  },
  aws_instance: {
    holds: isOn('disable_api_termination'),
    message: (resource) =>
      `terminating EC2 Instance (${id(resource)}): api error OperationNotPermitted: The instance '${id(resource)}' may ` +
      'not be terminated (deletion protection). Modify its disableApiTermination instance attribute and try again.',
  },
  aws_lb: loadBalancer,
  aws_neptune_cluster: rds('Neptune Cluster', 'DeleteDBCluster', 'Cluster'),
  aws_networkfirewall_firewall: {
    holds: isOn('delete_protection'),
    message: (resource) =>
      `deleting NetworkFirewall Firewall (${id(resource)}): api error InvalidOperationException: Unable to fulfill ` +
      'request because deletion protection is enabled on the firewall',
  },
  aws_rds_cluster: rds('RDS Cluster', 'DeleteDBCluster', 'Cluster'),
  aws_rds_global_cluster: rds('RDS Global Cluster', 'DeleteGlobalCluster', 'Global Cluster'),
};

/** The types of which a last snapshot must be taken or expressly refused. */
const SNAPSHOT_ON_DELETION: Readonly<Record<string, string>> = {
  aws_db_instance: 'RDS DB Instance',
  aws_docdb_cluster: 'DocumentDB Cluster',
  aws_neptune_cluster: 'Neptune Cluster',
  aws_rds_cluster: 'RDS Cluster',
};

/** Whether AWS would refuse to delete it until a setting of its own says otherwise. */
export function protects(type: string, resource: ValueMap): boolean {
  return PROTECTIONS[type]?.holds(resource) ?? false;
}

export function refuseDeletion(type: string, resource: ValueMap): string | undefined {
  const protection = PROTECTIONS[type];
  if (protection?.holds(resource)) return protection.message(resource);
  const thing = SNAPSHOT_ON_DELETION[type];
  const isReplica = textOf(resource['replicate_source_db']) !== undefined;
  const losesData =
    resource['skip_final_snapshot'] !== true && textOf(resource['final_snapshot_identifier']) === undefined;
  if (thing !== undefined && losesData && !isReplica) {
    return `${thing} final_snapshot_identifier is required when skip_final_snapshot is false`;
  }
  return undefined;
}

/** Whether an error says that something is protected, be it by AWS or by Terraform's own `prevent_destroy`. */
export function isProtection(summary: string, detail: string): boolean {
  return /deletion protection/i.test(`${summary} ${detail}`) || summary === 'Instance cannot be destroyed';
}
