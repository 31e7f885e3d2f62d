import type { Caller } from '../cloud/caller';
import type { Existing, Inventory } from '../cloud/inventory';
import { textOf, type ValueMap } from '../protocol/values';

/** Parts of a bucket: each is imported by the name of the bucket, whatever its id is. */
const BUCKET_PARTS = [
  'intelligent_tiering_configuration',
  'inventory',
  'lifecycle_configuration',
  'logging',
  'metric',
  'notification',
  'object_lock_configuration',
  'ownership_controls',
  'policy',
  'public_access_block',
  'replication_configuration',
  'server_side_encryption_configuration',
  'versioning',
];

/** Of these a bucket has many, each with a name of its own. */
const NAMED_PARTS = new Set(['intelligent_tiering_configuration', 'inventory', 'metric']);

/**
 * By what the provider's documentation imports a type, where that is not its id: attributes in braces. Written from
 * those pages, apart from what the program itself knows of them, so that either finds the other's mistake.
 */
const DOCUMENTED: Readonly<Record<string, string>> = {
  aws_appautoscaling_policy: '{service_namespace}/{resource_id}/{scalable_dimension}/{name}',
  aws_appautoscaling_target: '{service_namespace}/{resource_id}/{scalable_dimension}',
  aws_cloudwatch_event_target: '{rule}/{target_id}',
  aws_cloudwatch_log_delivery_destination: '{name}',
  aws_cloudwatch_log_delivery_source: '{name}',
  aws_cloudwatch_log_metric_filter: '{log_group_name}:{name}',
  aws_default_route_table: '{vpc_id}',
  aws_ec2_transit_gateway_peering_attachment_accepter: '{transit_gateway_attachment_id}',
  aws_ec2_transit_gateway_route: '{transit_gateway_route_table_id}_{destination_cidr_block}',
  aws_ec2_transit_gateway_route_table_association:
    '{transit_gateway_route_table_id}_{transit_gateway_attachment_id}',
  aws_ecs_cluster: '{name}',
  aws_ecs_service: '{cluster}/{name}',
  aws_ecs_task_definition: '{arn}',
  aws_elasticache_user_group_association: '{user_group_id},{user_id}',
  aws_iam_role_policy_attachment: '{role}/{policy_arn}',
  aws_route: '{route_table_id}_{destination_cidr_block}',
  aws_route53_record: '{zone_id}_{name}_{type}',
  aws_route53_zone_association: '{zone_id}:{vpc_id}:{vpc_region}',
  aws_route_table_association: '{subnet_id}/{route_table_id}',
  aws_vpc_dhcp_options_association: '{vpc_id}',
  aws_wafv2_web_acl: '{id}/{name}/{scope}',
  ...Object.fromEntries(
    BUCKET_PARTS.map((part) => [
      `aws_s3_bucket_${part}`,
      NAMED_PARTS.has(part) ? '{bucket}:{name}' : '{bucket}',
    ]),
  ),
};

const NOT_IMPORTABLE = new Set([
  'aws_acm_certificate_validation',
  'aws_ec2_image_block_public_access',
  'aws_ec2_instance_metadata_defaults',
]);

/** They stand in no region. */
const GLOBAL = /^aws_(route53|iam|cloudfront)_/;

/** The provider's refusal of a type. */
export function refuseImport(type: string): string | undefined {
  return NOT_IMPORTABLE.has(type) ? `resource ${type} doesn't support import` : undefined;
}

/** By what one that stands is imported. */
function importIdOf(type: string, state: ValueMap): string {
  const form = DOCUMENTED[type] ?? '{id}';
  const id = form.replaceAll(/\{(\w+)\}/g, (_, name: string) => textOf(state[name]) ?? '');
  // of several records of one name
  const one = type === 'aws_route53_record' ? textOf(state['set_identifier']) : undefined;
  return one ? `${id}_${one}` : id;
}

/** What has for an id, in the provider too, what it is imported by. */
export const withDocumentedId = (type: string, state: ValueMap): ValueMap =>
  IDENTIFIED_SO.test(type) && type in DOCUMENTED ? { ...state, id: importIdOf(type, state) } : state;

/** What an import finds: by the id, or by what is documented in its place. */
export function findImported(
  inventory: Inventory,
  type: string,
  id: string,
  caller: Caller,
): Existing | undefined {
  const isReachable = ({ region }: Existing) => GLOBAL.test(type) || region === caller.region;
  return inventory
    .ofType(type, caller)
    .find((each) => isReachable(each) && importIdOf(type, each.state) === id);
}

/** What S3 answers of every bucket, whether anybody has said anything of it. */
const ALWAYS_THERE: ReadonlySet<string> = new Set(['aws_s3_bucket_notification']);

/** Whether something is there that nobody made: a part of a bucket that stands, with nothing in it. */
export const isEmptyPart = (inventory: Inventory, type: string, id: string, caller: Caller): boolean =>
  ALWAYS_THERE.has(type) && inventory.get('aws_s3_bucket', id, caller) !== undefined;

/** What an environment takes over of a zone or a bucket that somebody made by hand, before any rehearsal. */
const MADE_BY_HAND = /^aws_(route53_record$|s3_bucket_)/;

const IDENTIFIED_SO = /^aws_(route53_record$|s3_bucket_|ec2_transit_gateway_)/;

/** Whether what is imported must be one of those that were made here: its id says too little to invent it. */
export const mustBeMadeHere = (type: string) => type in DOCUMENTED && !MADE_BY_HAND.test(type);

/**
 * What an import leaves of what stands: arguments that are the provider's own, or that AWS tells nobody, come from no
 * reading (`ImportStateVerifyIgnore` in the provider's tests). Of a cluster it takes on that nothing is to be kept.
 */
export function asImported(type: string, state: ValueMap): ValueMap {
  const unread = Object.fromEntries((NOT_READ[type] ?? []).map((name) => [name, null]));
  return { ...state, ...unread, ...TAKEN_ON[type] };
}

const NOT_READ: Readonly<Record<string, readonly string[]>> = {
  aws_kms_key: ['bypass_policy_lockout_safety_check', 'deletion_window_in_days'],
  aws_rds_cluster: [
    'allow_major_version_upgrade',
    'apply_immediately',
    'final_snapshot_identifier',
    'manage_master_user_password',
    'master_password',
    'master_user_secret_kms_key_id',
  ],
  aws_rds_cluster_instance: ['apply_immediately', 'force_destroy'],
  aws_route53_record: ['allow_overwrite'],
  aws_route53_zone: ['force_destroy'],
  aws_s3_bucket: ['force_destroy'],
};

const TAKEN_ON: Readonly<Record<string, ValueMap>> = {
  aws_rds_cluster: { skip_final_snapshot: true, delete_automated_backups: true },
};
