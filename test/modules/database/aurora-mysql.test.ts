import { addressesOf, clusterOf, instanceOf, keyArn, synthDatabase } from './database-under-test';

describe('a database', () => {
  test('with one reader is exactly this', () => {
    expect(synthDatabase({ settings: { readers: 1 } }).addresses).toEqual([
      'aws_cloudwatch_log_group.databases_orders_logs_audit',
      'aws_cloudwatch_log_group.databases_orders_logs_error',
      'aws_cloudwatch_log_group.databases_orders_logs_slowquery',
      'aws_cloudwatch_metric_alarm.databases_orders_alarms_connections-high',
      'aws_cloudwatch_metric_alarm.databases_orders_alarms_cpu-high',
      'aws_cloudwatch_metric_alarm.databases_orders_alarms_memory-low',
      'aws_cloudwatch_metric_alarm.databases_orders_alarms_replica-lag',
      'aws_cloudwatch_metric_alarm.databases_orders_alarms_silent',
      'aws_db_parameter_group.databases_orders_parameters',
      'aws_db_subnet_group.databases_orders',
      'aws_iam_role.databases_orders_instances_monitoring-role',
      'aws_iam_role_policy_attachment.databases_orders_instances_monitoring-role_amazon-rdsenhanced-monitoring-role',
      'aws_rds_cluster.databases_orders',
      'aws_rds_cluster_instance.databases_orders_instances_1',
      'aws_rds_cluster_instance.databases_orders_instances_2',
      'aws_rds_cluster_parameter_group.databases_orders_parameters',
      'aws_security_group.databases_orders_connections',
      'terraform_data.databases_orders_final-snapshot',
    ]);
  });

  test('stands on the data subnets, behind a security group of its own that lets nobody in', () => {
    const out = synthDatabase();
    const foundation = 'data.terraform_remote_state.foundation.outputs.aws-subnet-network-data';
    expect(out.at('aws_db_subnet_group.databases_orders')).toMatchObject({
      name: 'test-orders',
      subnet_ids: ['a', 'b', 'c'].map((zone) => `\${${foundation}-${zone}-id}`),
    });
    expect(out.at('aws_security_group.databases_orders_connections')).toMatchObject({
      name: 'test-orders-database',
      description: 'Database orders',
      vpc_id: '${data.terraform_remote_state.foundation.outputs.aws-vpc-network-id}',
    });
    expect(out.at('aws_rds_cluster.databases_orders')).toMatchObject({
      db_subnet_group_name: '${aws_db_subnet_group.databases_orders.name}',
      vpc_security_group_ids: ['${aws_security_group.databases_orders_connections.id}'],
      port: 3306,
    });
  });

  test("is encrypted with the region's key for data, its measurements too", () => {
    expect(clusterOf()).toMatchObject({ storage_encrypted: true, kms_key_id: keyArn('data') });
    expect(instanceOf(1)).toMatchObject({
      performance_insights_enabled: true,
      performance_insights_kms_key_id: keyArn('data'),
      performance_insights_retention_period: 7,
    });
  });

  test('is named after the environment and of the engine that its settings say', () => {
    expect(clusterOf({ settings: { engineVersion: '8.0.mysql_aurora.3.08.2' } })).toMatchObject({
      cluster_identifier: 'test-orders',
      engine: 'aurora-mysql',
      engine_version: '8.0.mysql_aurora.3.08.2',
    });
  });

  test('makes a schema only where one is named', () => {
    expect(clusterOf()).not.toHaveProperty('database_name');
    expect(clusterOf({ settings: { databaseName: 'shop' } })).toHaveProperty('database_name', 'shop');
  });

  test('keeps backups and windows as its settings say', () => {
    const settings = {
      backupRetentionDays: 14,
      backupWindow: '01:00-02:00',
      maintenanceWindow: 'mon:03:00-mon:04:00',
    };
    expect(clusterOf({ settings })).toMatchObject({
      backup_retention_period: 14,
      preferred_backup_window: '01:00-02:00',
      preferred_maintenance_window: 'mon:03:00-mon:04:00',
      copy_tags_to_snapshot: true,
    });
    expect(instanceOf(1, { settings })).toMatchObject({
      preferred_maintenance_window: 'mon:03:00-mon:04:00',
      copy_tags_to_snapshot: true,
    });
  });

  test('changes in its maintenance window only, and is upgraded by nobody but its settings', () => {
    expect(clusterOf()).toMatchObject({ apply_immediately: false });
    expect(instanceOf(1)).toMatchObject({ apply_immediately: false, auto_minor_version_upgrade: false });
  });

  test('refuses to be deleted where the environment is protected, and leaves its data if it is', () => {
    expect(clusterOf()).toMatchObject({
      deletion_protection: true,
      skip_final_snapshot: false,
      final_snapshot_identifier:
        'test-orders-final-${substr(terraform_data.databases_orders_final-snapshot.id, 0, 8)}',
      delete_automated_backups: false,
      lifecycle: { prevent_destroy: true },
    });
  });

  test('goes without a trace where it is not, so that it can come back under the same name', () => {
    const unprotected = clusterOf({ foundation: { protection: false } });
    expect(unprotected).toMatchObject({
      deletion_protection: false,
      skip_final_snapshot: true,
      delete_automated_backups: true,
      lifecycle: { prevent_destroy: false },
    });
    expect(unprotected).not.toHaveProperty('final_snapshot_identifier');
  });

  test('lets applications sign in by IAM, and RDS manage the password of the master', () => {
    const out = synthDatabase();
    const arguments_ = out.at('aws_rds_cluster.databases_orders');
    expect(arguments_).toMatchObject({
      iam_database_authentication_enabled: true,
      master_username: 'admin',
      manage_master_user_password: true,
      master_user_secret_kms_key_id: keyArn('data'),
    });
    expect(Object.keys(arguments_).filter((key) => key.startsWith('master_password'))).toEqual([]);
    expect(out.output['master-of-orders']?.['value']).toBe(
      '${aws_rds_cluster.databases_orders.master_user_secret[0].secret_arn}',
    );
  });

  test('is a member of no global database and has nothing to ignore', () => {
    expect(clusterOf()).not.toHaveProperty('global_cluster_identifier');
    expect(clusterOf()).toHaveProperty('lifecycle', { prevent_destroy: true });
  });

  test('is the same with a standby, which stands elsewhere', () => {
    expect(synthDatabase({ settings: { standby: {} } }).json).toEqual(synthDatabase().json);
  });
});

describe('a cluster that stands already', () => {
  const existing = {
    cluster: 'shop',
    instances: ['shop-a'],
    masterUsername: 'root',
    subnetGroup: 'shop-data',
    securityGroups: ['sg-01234567', 'sg-12345678'],
    key: 'arn:aws:kms:us-east-1:111122223333:key/01234567-89ab-cdef-0123-456789abcdef',
    parameterGroup: 'shop-8',
    instanceParameterGroup: 'shop-8',
  };
  const built = { settings: { existing, readers: 1 }, clients: ['inventory'] };

  test('keeps what would replace it or cut it off from others, and its password', () => {
    const cluster = clusterOf(built);
    expect(cluster).toMatchObject({
      cluster_identifier: 'shop',
      master_username: 'root',
      kms_key_id: existing.key,
      vpc_security_group_ids: existing.securityGroups,
      db_cluster_parameter_group_name: 'shop-8',
      lifecycle: { prevent_destroy: true, ignore_changes: ['tags', 'tags_all'] },
    });
    expect(Object.keys(cluster).filter((name) => name.includes('password'))).toEqual([]);
    expect(addressesOf('aws_rds_cluster_parameter_group', built)).toEqual([]);
    expect(addressesOf('aws_db_parameter_group', built)).toEqual([]);
  });

  test('lets its clients in by the first group that it has, which stays whose it is', () => {
    const stack = synthDatabase(built);
    const { addresses } = stack;
    expect(addresses.filter((one) => one.startsWith('aws_security_group.databases'))).toEqual([]);
    const [rule = ''] = addresses.filter((one) => one.startsWith('aws_vpc_security_group_ingress_rule.'));
    expect(stack.at(rule)['security_group_id']).toBe('sg-01234567');
  });

  test('has instances where they are, and new ones beside them', () => {
    expect(instanceOf(1, built)).toMatchObject({
      identifier: 'shop-a',
      lifecycle: { ignore_changes: expect.arrayContaining(['availability_zone']) as unknown },
    });
    expect(instanceOf(2, built)).toMatchObject({ identifier: 'test-orders-2' });
    expect(instanceOf(2, built)).not.toHaveProperty('lifecycle');
  });
});
