import { keyArn, synthDatabase, type Built } from './database-under-test';

const IGNORED = [
  'replication_source_identifier',
  'global_cluster_identifier',
  'source_region',
  'engine_version',
];

/** What one has that the other has not. */
const added = (built: Built, to: Built = {}) => {
  const before = synthDatabase(to).addresses;
  return synthDatabase(built).addresses.filter((address) => !before.includes(address));
};

describe('the primary cluster of a global database', () => {
  const built: Built = { globalCluster: 'primary' };
  const SECRET = 'databases_orders_master-password';

  test('makes the global database and a secret, and nothing else besides', () => {
    expect(added(built)).toEqual([
      'aws_rds_global_cluster.databases_orders',
      `aws_secretsmanager_secret.${SECRET}`,
      `aws_secretsmanager_secret_version.${SECRET}`,
    ]);
    expect(added({}, built)).toEqual([]);
  });

  test('makes the global database encrypted, protected and of its own version', () => {
    expect(synthDatabase(built).at('aws_rds_global_cluster.databases_orders')).toMatchObject({
      global_cluster_identifier: 'test-orders',
      engine: 'aurora-mysql',
      engine_version: '8.0.mysql_aurora.3.10.3',
      storage_encrypted: true,
      deletion_protection: true,
      lifecycle: { prevent_destroy: true },
    });
    expect(
      synthDatabase({ ...built, foundation: { protection: false } }).at(
        'aws_rds_global_cluster.databases_orders',
      ),
    ).toMatchObject({ deletion_protection: false, lifecycle: { prevent_destroy: false } });
  });

  test('joins it, and leaves to it what a failover or an upgrade changes', () => {
    expect(synthDatabase(built).at('aws_rds_cluster.databases_orders')).toMatchObject({
      global_cluster_identifier: '${aws_rds_global_cluster.databases_orders.id}',
      lifecycle: { prevent_destroy: true, ignore_changes: IGNORED },
    });
  });

  test('has its password from a secret by write-only arguments, as RDS manages none of a member', () => {
    const cluster = synthDatabase({ ...built, settings: { passwordVersion: 3 } }).at(
      'aws_rds_cluster.databases_orders',
    );
    expect(cluster).toMatchObject({
      master_username: 'admin',
      master_password_wo: `\${jsondecode(ephemeral.aws_secretsmanager_secret_version.${SECRET}_stored.secret_string).password}`,
      master_password_wo_version: 3,
    });
    for (const key of ['master_password', 'manage_master_user_password', 'master_user_secret_kms_key_id']) {
      expect(cluster).not.toHaveProperty(key);
    }
  });

  test('tells which secret holds the password', () => {
    expect(synthDatabase(built).output['master-of-orders']?.['value']).toBe(
      `\${aws_secretsmanager_secret.${SECRET}.arn}`,
    );
  });

  test("keeps the secret under the environment's path and the key for data", () => {
    expect(synthDatabase(built).at(`aws_secretsmanager_secret.${SECRET}`)).toMatchObject({
      name: '/test/databases/orders/master',
      kms_key_id: keyArn('data'),
    });
  });
});

describe('a secondary cluster of a global database', () => {
  const built: Built = {
    globalCluster: 'secondary',
    settings: { readers: 1, databaseName: 'shop', standby: {} },
    props: { sourceRegion: 'us-west-2' },
  };
  const cluster = () => synthDatabase(built).at('aws_rds_cluster.databases_orders');

  test('is exactly this: no writer, no secret, an alarm more', () => {
    expect(synthDatabase(built).addresses).toEqual([
      'aws_cloudwatch_log_group.databases_orders_logs_audit',
      'aws_cloudwatch_log_group.databases_orders_logs_error',
      'aws_cloudwatch_log_group.databases_orders_logs_slowquery',
      'aws_cloudwatch_metric_alarm.databases_orders_alarms_connections-high',
      'aws_cloudwatch_metric_alarm.databases_orders_alarms_cpu-high',
      'aws_cloudwatch_metric_alarm.databases_orders_alarms_global-replication-lag',
      'aws_cloudwatch_metric_alarm.databases_orders_alarms_memory-low',
      'aws_cloudwatch_metric_alarm.databases_orders_alarms_silent',
      'aws_db_parameter_group.databases_orders_parameters',
      'aws_db_subnet_group.databases_orders',
      'aws_iam_role.databases_orders_instances_monitoring-role',
      'aws_iam_role_policy_attachment.databases_orders_instances_monitoring-role_amazon-rdsenhanced-monitoring-role',
      'aws_rds_cluster.databases_orders',
      'aws_rds_cluster_instance.databases_orders_instances_1',
      'aws_rds_cluster_parameter_group.databases_orders_parameters',
      'aws_security_group.databases_orders_connections',
      'terraform_data.databases_orders_final-snapshot',
    ]);
  });

  test('joins by name alone, reading nothing of the other region', () => {
    const out = synthDatabase(built);
    expect(cluster()).toMatchObject({
      global_cluster_identifier: 'test-orders',
      source_region: 'us-west-2',
      lifecycle: { prevent_destroy: true, ignore_changes: IGNORED },
    });
    expect(Object.keys(out.data)).toEqual(['terraform_remote_state']);
    expect(Object.keys(out.data['terraform_remote_state'] ?? {})).toEqual(['foundation']);
  });

  test('names no source region unless it is told one', () => {
    expect(synthDatabase({ ...built, props: {} }).at('aws_rds_cluster.databases_orders')).not.toHaveProperty(
      'source_region',
    );
  });

  test('knows the users and schemas of its primary, and has none of its own', () => {
    const keys = Object.keys(cluster());
    expect(keys.filter((key) => key.includes('master') || key === 'database_name')).toEqual([]);
    expect(synthDatabase(built).output['master-of-orders']?.['value']).toBe('none');
  });

  test.each(['primary', 'secondary', 'none'] as const)(
    'forwards writes if it is told to, or once another one writes: %s',
    (globalCluster) => {
      const argument = (writeForwarding: boolean) =>
        synthDatabase({ globalCluster, settings: { readers: 1, standby: {}, writeForwarding } }).at(
          'aws_rds_cluster.databases_orders',
        )['enable_global_write_forwarding'];
      expect(argument(true)).toBe(globalCluster === 'none' ? undefined : true);
      expect(argument(false)).toBeUndefined();
    },
  );

  test('is encrypted with the key of its own region and lets applications sign in by IAM', () => {
    expect(cluster()).toMatchObject({
      storage_encrypted: true,
      kms_key_id: keyArn('data'),
      iam_database_authentication_enabled: true,
    });
  });

  test('can be storage alone', () => {
    const headless = synthDatabase({ ...built, settings: { readers: 0, standby: {} } });
    expect(headless.resource['aws_rds_cluster_instance']).toBeUndefined();
    expect(Object.keys(headless.resource['aws_cloudwatch_metric_alarm'] ?? {})).toEqual([
      'databases_orders_alarms_global-replication-lag',
    ]);
  });
});
