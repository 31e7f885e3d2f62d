import { afterAll, beforeAll, expect, it } from 'vitest';
import { resources } from './samples';
import type { JsonObject } from './stack-document';
import { StandIn } from './stand-in';

interface Change {
  readonly what: string;
  readonly type: string;
  readonly settings: JsonObject;
  readonly changed: JsonObject;
  readonly action: 'replace' | 'update';
}

const cluster = (name: string) => ({ cluster_identifier: name, engine: 'aurora-mysql' });
const instance = (name: string) => ({
  identifier: name,
  engine: 'mysql',
  instance_class: 'db.t4g.micro',
  username: 'root',
});
const task = (family: string, path: string) => ({
  family,
  container_definitions: '[]',
  volume: { name: 'data', host_path: path },
});
const record = { zone_id: 'Z0', ttl: 60, records: ['192.0.2.1'] };
const hook = (name: string) => ({ name, lifecycle_transition: 'autoscaling:EC2_INSTANCE_LAUNCHING' });
const launched = (name: string) => ({ name, min_size: 0, max_size: 1, launch_configuration: 'old' });

const CHANGES: readonly Change[] = [
  replaced('the database in a cluster', 'aws_rds_cluster', cluster('a'), { database_name: 'orders' }),
  updated('backups of a cluster', 'aws_rds_cluster', cluster('b'), { backup_retention_period: 7 }),
  replaced('encryption of a database', 'aws_db_instance', instance('a'), { storage_encrypted: true }),
  replaced('the zone of a database', 'aws_db_instance', instance('b'), { availability_zone: 'eu-west-1a' }),
  updated('the class of a database', 'aws_db_instance', instance('c'), { instance_class: 'db.t4g.large' }),
  replaced(
    'what a key is for',
    'aws_kms_key',
    { key_usage: 'SIGN_VERIFY' },
    { key_usage: 'ENCRYPT_DECRYPT' },
  ),
  updated('rotation of a key', 'aws_kms_key', { description: 'b' }, { enable_key_rotation: true }),
  replaced('encryption of a file system', 'aws_efs_file_system', {}, { encrypted: true }),
  replaced('encryption of a cache', 'aws_elasticache_replication_group', cache('a'), {
    at_rest_encryption_enabled: true,
  }),
  updated('replicas of a cache', 'aws_elasticache_replication_group', cache('b'), { num_cache_clusters: 2 }),
  replaced('a key of a table', 'aws_dynamodb_table', table('a'), { hash_key: 'b' }),
  updated('capacity of a table', 'aws_dynamodb_table', table('b'), { read_capacity: 5 }),
  replaced(
    'a record for another name',
    'aws_route53_record',
    { ...record, name: 'a', type: 'A' },
    { name: 'b' },
  ),
  updated(
    'how long a record is kept',
    'aws_route53_record',
    { ...record, name: 'c', type: 'A' },
    { ttl: 30 },
  ),
  replaced('inside of a block', 'aws_ecs_task_definition', task('a', '/a'), {
    volume: { name: 'data', host_path: '/b' },
  }),
  replaced('one block more', 'aws_autoscaling_group', launched('a'), { initial_lifecycle_hook: hook('a') }),
  updated('the size of a group', 'aws_autoscaling_group', launched('b'), { max_size: 2 }),
  replaced('whose lifecycle it is', 'aws_s3_bucket_lifecycle_configuration', lifecycle('a', 1), {
    bucket: 'b',
  }),
  updated(
    'the days of a lifecycle',
    'aws_s3_bucket_lifecycle_configuration',
    lifecycle('c', 1),
    lifecycle('c', 2),
  ),
  replaced('the region', 'aws_sns_topic', { name: 'a' }, { region: 'eu-central-1' }),
];

function replaced(what: string, type: string, settings: JsonObject, changed: JsonObject): Change {
  return { what, type, settings, changed, action: 'replace' };
}

function updated(what: string, type: string, settings: JsonObject, changed: JsonObject): Change {
  return { what, type, settings, changed, action: 'update' };
}

function cache(id: string): JsonObject {
  return { replication_group_id: id, description: id, node_type: 'cache.t4g.micro', num_cache_clusters: 1 };
}

function table(name: string): JsonObject {
  const attribute = [
    { name: 'a', type: 'S' },
    { name: 'b', type: 'S' },
  ];
  return { name, hash_key: 'a', attribute, read_capacity: 1, write_capacity: 1 };
}

function lifecycle(bucket: string, days: number): JsonObject {
  return { bucket, rule: { id: 'old', status: 'Enabled', filter: { prefix: 'a/' }, expiration: { days } } };
}

/** Every row as a resource of its own: `aws_kms_key.row5`. */
function stackOf(settingsOf: (change: Change) => JsonObject): JsonObject {
  const byType: Record<string, JsonObject> = {};
  CHANGES.forEach((change, row) => {
    byType[change.type] = { ...byType[change.type], [`row${row}`]: settingsOf(change) };
  });
  return resources(byType);
}

let standIn: StandIn;
const actions = new Map<string, string>();

beforeAll(async () => {
  standIn = await StandIn.start();
  const stack = standIn.writeStack(
    'changes',
    stackOf(({ settings }) => settings),
  );
  for (const step of [() => stack.init(), () => stack.plan(), () => stack.apply()]) {
    const { code, output } = await step();
    expect(code, output).toBe(0);
  }
  stack.reconfigure(stackOf(({ settings, changed }) => ({ ...settings, ...changed })));
  const { code, output } = await stack.plan();
  expect(code, output).toBe(0);
  const plan = (await stack.showPlan()) as {
    resource_changes?: readonly { address: string; change: { actions: readonly string[] } }[];
  };
  for (const { address, change } of plan.resource_changes ?? []) {
    actions.set(address, change.actions.includes('delete') ? 'replace' : change.actions.join());
  }
}, 60_000);
afterAll(() => standIn.stop());

it.each(CHANGES.map((change, row) => ({ ...change, row })))('$action: $what', ({ type, action, row }) => {
  expect(actions.get(`${type}.row${row}`)).toBe(action);
});
