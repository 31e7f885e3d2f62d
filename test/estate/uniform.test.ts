import type { StackJson } from '../support/estate';
import { everyEstate } from '../support/estates';

/** What every stack has to have, whichever layer it is. */
describe.each(everyEstate)('every stack of $name', ({ stacks }) => {
  test('keeps its state locked and encrypted in the bucket of its scope and region', () => {
    for (const { id, place, terraform } of stacks()) {
      const { s3 } = terraform['backend'] as { s3: Record<string, unknown> };
      expect(s3, id).toMatchObject({
        region: place.region,
        encrypt: true,
        use_lockfile: true,
        allowed_account_ids: [place.account],
      });
      expect(s3['bucket'], id).toContain(`${place.scope}-${place.region}-state`);
      expect(s3['kms_key_id'], id).toBe(
        `arn:aws:kms:${place.region}:${place.account}:alias/${place.scope}-state`,
      );
    }
  });

  test('has a state of its own', () => {
    const keys = stacks().map(({ terraform }) => {
      const { s3 } = terraform['backend'] as { s3: { bucket: string; key: string } };
      return `${s3.bucket}/${s3.key}`;
    });
    expect(new Set(keys).size).toBe(keys.length);
  });

  test('pins the provider and guards its account', () => {
    for (const { id, place, terraform, provider } of stacks()) {
      expect(terraform['required_version'], id).toBe('>= 1.11.0, < 2.0.0');
      expect(terraform['required_providers'], id).toMatchObject({
        aws: { source: 'aws', version: '6.25.0' },
      });
      expect(provider['aws'], id).toHaveLength(1);
      expect(provider['aws']?.[0], id).toMatchObject({
        region: place.region,
        allowed_account_ids: [place.account],
      });
    }
  });

  test('tags everything with where it belongs', () => {
    for (const { id, place, provider } of stacks()) {
      const [defaults] = provider['aws']?.[0]?.['default_tags'] as { tags: Record<string, string> }[];
      expect(defaults?.tags, id).toMatchObject({
        Environment: place.scope,
        Layer: place.layer,
        ManagedBy: 'terraform',
      });
    }
  });
});

/** Where a type says how it is encrypted, and what it has to say. */
const ENCRYPTED: Readonly<Record<string, (body: Record<string, unknown>, stack: StackJson) => boolean>> = {
  aws_rds_cluster: (body) => body['storage_encrypted'] === true && isKey(body['kms_key_id']),
  aws_rds_global_cluster: (body) => body['storage_encrypted'] === true,
  aws_rds_cluster_instance: (body) =>
    body['performance_insights_enabled'] !== true || isKey(body['performance_insights_kms_key_id']),
  aws_db_instance: (body) =>
    body['storage_encrypted'] === true &&
    // a replica has the key of its source in the same region, and AWS refuses to be told
    (isKey(body['kms_key_id']) || /^\$\{aws_db_instance\./.test(String(body['replicate_source_db']))) &&
    (body['performance_insights_enabled'] !== true || isKey(body['performance_insights_kms_key_id'])),
  aws_db_instance_automated_backups_replication: (body) => isKey(body['kms_key_id']),
  aws_elasticache_replication_group: (body) =>
    String(body['at_rest_encryption_enabled']) === 'true' &&
    body['transit_encryption_enabled'] === true &&
    body['transit_encryption_mode'] === 'required' &&
    isKey(body['kms_key_id']),
  aws_cloudwatch_log_group: (body) => isKey(body['kms_key_id']),
  aws_sns_topic: (body) => isKey(body['kms_master_key_id']),
  // EventBridge tells of failed runs, and could use no key of ours without being in its policy
  aws_sqs_queue: (body) =>
    isKey(body['kms_master_key_id']) ||
    (body['sqs_managed_sse_enabled'] === true && /-failures$/.test(String(body['name']))),
  aws_secretsmanager_secret: (body) => isKey(body['kms_key_id']),
  aws_kms_key: (body) => body['enable_key_rotation'] === true,
  aws_ecr_repository: (body) =>
    [body['encryption_configuration']].flat().some((one) => {
      const { encryption_type, kms_key } = one as Record<string, unknown>;
      return encryption_type === 'KMS' && isKey(kms_key);
    }),
  aws_s3_bucket: (_body, stack) => {
    const count = (type: string) => Object.keys(stack.resource[type] ?? {}).length;
    return (
      count('aws_s3_bucket') === count('aws_s3_bucket_server_side_encryption_configuration') &&
      count('aws_s3_bucket') === count('aws_s3_bucket_public_access_block')
    );
  },
  aws_lb_listener: (body, stack) => body['protocol'] === 'HTTPS' || isRedirect(body) || isInside(body, stack),
};

/** A key of the same stack, or of the foundation that it stands on. */
const KEY =
  /^\$\{(aws_kms_key\.[\w-]+\.arn|data\.terraform_remote_state\.foundation\.outputs\.aws-kms-key-[\w-]+-arn)\}$/;
const isKey = (value: unknown) => KEY.test(String(value));
const isRedirect = (body: Record<string, unknown>) =>
  [body['default_action']].flat().every((one) => (one as { type: string }).type === 'redirect');
/** Of an internal Network Load Balancer, where what passes is encrypted by those who talk. */
function isInside(body: Record<string, unknown>, stack: StackJson): boolean {
  const [, name = ''] = /^\$\{aws_lb\.([\w-]+)\.arn\}$/.exec(String(body['load_balancer_arn'])) ?? [];
  const balancer = stack.resource['aws_lb']?.[name];
  return balancer?.['load_balancer_type'] === 'network' && balancer['internal'] === true;
}

describe.each(everyEstate)('everything in $name that holds or carries data', ({ stacks }) => {
  test('is encrypted with a key of the environment', () => {
    const bare = stacks().flatMap((stack) =>
      Object.entries(ENCRYPTED).flatMap(([type, holds]) =>
        Object.entries(stack.resource[type] ?? {})
          .filter(([, body]) => !holds(body, stack))
          .map(([name]) => `${stack.id}: ${type}.${name}`),
      ),
    );
    expect(bare).toEqual([]);
  });
});
