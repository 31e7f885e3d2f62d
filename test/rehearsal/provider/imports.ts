import type { Caller } from '../cloud/caller';
import type { Existing, Inventory } from '../cloud/inventory';
import { textOf, type ValueMap } from '../protocol/values';

/** What one imports a resource by, where it is not the id: from the provider's documentation of each. */
const IMPORTED_BY: Readonly<Record<string, (state: ValueMap) => readonly (string | undefined)[]>> = {
  aws_route53_record: ({ zone_id, name, type }) => [textOf(zone_id), textOf(name), textOf(type)],
  ...Object.fromEntries(
    [
      'lifecycle_configuration',
      'logging',
      'notification',
      'object_lock_configuration',
      'ownership_controls',
      'policy',
      'public_access_block',
      'replication_configuration',
      'server_side_encryption_configuration',
      'versioning',
    ].map((part) => [`aws_s3_bucket_${part}`, ({ bucket }: ValueMap) => [textOf(bucket)]]),
  ),
};

/** They stand in no region. */
const GLOBAL = /^aws_(route53|iam|cloudfront)_/;

export function importIdOf(type: string, state: ValueMap): string {
  return (IMPORTED_BY[type]?.(state) ?? [textOf(state['id'])]).join('_');
}

export function findImported(
  inventory: Inventory,
  type: string,
  id: string,
  caller: Caller,
): Existing | undefined {
  return inventory
    .ofType(type, caller)
    .find(
      (each) => importIdOf(type, each.state) === id && (GLOBAL.test(type) || each.region === caller.region),
    );
}

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
