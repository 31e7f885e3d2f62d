import { statementsOf } from '../../support/statements';
import { keyArn, synthDatabase, type Built } from './database-under-test';

const cluster = (built?: Built) => synthDatabase(built).at('aws_rds_cluster.databases_orders');
const instance = (number: number, built?: Built) =>
  synthDatabase(built).at(`aws_rds_cluster_instance.databases_orders_instances_${number}`);

/** Every resource of one type, by what follows the name of the database. */
const addressesOf = (type: string, built?: Built) =>
  synthDatabase(built).addresses.filter((address) => address.startsWith(`${type}.`));

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
      'aws_db_parameter_group.databases_orders_parameters',
      'aws_db_subnet_group.databases_orders',
      'aws_iam_role.databases_orders_instances_monitoring-role',
      'aws_iam_role_policy_attachment.databases_orders_instances_monitoring-role_amazon-rdsenhanced-monitoring-role',
      'aws_rds_cluster.databases_orders',
      'aws_rds_cluster_instance.databases_orders_instances_1',
      'aws_rds_cluster_instance.databases_orders_instances_2',
      'aws_rds_cluster_parameter_group.databases_orders_parameters',
      'aws_security_group.databases_orders_connections',
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
    expect(cluster()).toMatchObject({ storage_encrypted: true, kms_key_id: keyArn('data') });
    expect(instance(1)).toMatchObject({
      performance_insights_enabled: true,
      performance_insights_kms_key_id: keyArn('data'),
      performance_insights_retention_period: 7,
    });
  });

  test('is named after the environment and of the engine that its settings say', () => {
    expect(cluster({ settings: { engineVersion: '8.0.mysql_aurora.3.08.2' } })).toMatchObject({
      cluster_identifier: 'test-orders',
      engine: 'aurora-mysql',
      engine_version: '8.0.mysql_aurora.3.08.2',
    });
  });

  test('makes a schema only where one is named', () => {
    expect(cluster()).not.toHaveProperty('database_name');
    expect(cluster({ settings: { databaseName: 'shop' } })).toHaveProperty('database_name', 'shop');
  });

  test('keeps backups and windows as its settings say', () => {
    const settings = {
      backupRetentionDays: 14,
      backupWindow: '01:00-02:00',
      maintenanceWindow: 'mon:03:00-mon:04:00',
    };
    expect(cluster({ settings })).toMatchObject({
      backup_retention_period: 14,
      preferred_backup_window: '01:00-02:00',
      preferred_maintenance_window: 'mon:03:00-mon:04:00',
      copy_tags_to_snapshot: true,
    });
    expect(instance(1, { settings })).toMatchObject({
      preferred_maintenance_window: 'mon:03:00-mon:04:00',
      copy_tags_to_snapshot: true,
    });
  });

  test('changes in its maintenance window only, and is upgraded by nobody but its settings', () => {
    expect(cluster()).toMatchObject({ apply_immediately: false });
    expect(instance(1)).toMatchObject({ apply_immediately: false, auto_minor_version_upgrade: false });
  });

  test('refuses to be deleted where the environment is protected, and leaves its data if it is', () => {
    expect(cluster()).toMatchObject({
      deletion_protection: true,
      skip_final_snapshot: false,
      final_snapshot_identifier: 'test-orders-final',
      delete_automated_backups: false,
      lifecycle: { prevent_destroy: true },
    });
  });

  test('goes without a trace where it is not, so that it can come back under the same name', () => {
    const unprotected = cluster({ foundation: { protection: false } });
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
    expect(cluster()).not.toHaveProperty('global_cluster_identifier');
    expect(cluster()).toHaveProperty('lifecycle', { prevent_destroy: true });
  });

  test('is the same with a standby, which stands elsewhere', () => {
    expect(synthDatabase({ settings: { standby: {} } }).json).toEqual(synthDatabase().json);
  });
});

describe('the instances of a database', () => {
  test('stand in zones A, B, C and A again, wherever how many there are', () => {
    const out = synthDatabase({ settings: { readers: 4 } });
    const zones = Object.entries(out.resource['aws_rds_cluster_instance'] ?? {}).map(([address, one]) => [
      address,
      one['identifier'],
      one['availability_zone'],
    ]);
    expect(zones).toEqual([
      ['databases_orders_instances_1', 'test-orders-1', 'us-east-1a'],
      ['databases_orders_instances_2', 'test-orders-2', 'us-east-1b'],
      ['databases_orders_instances_3', 'test-orders-3', 'us-east-1c'],
      ['databases_orders_instances_4', 'test-orders-4', 'us-east-1a'],
      ['databases_orders_instances_5', 'test-orders-5', 'us-east-1b'],
    ]);
  });

  test('do not change when readers are added', () => {
    const few = synthDatabase({ settings: { readers: 1 } }).resource['aws_rds_cluster_instance'];
    const many = synthDatabase({ settings: { readers: 3 } }).resource['aws_rds_cluster_instance'];
    expect(many).toMatchObject(few ?? {});
  });

  test('come after the first, which a new cluster makes its writer', () => {
    const settings = { readers: 1 };
    expect(instance(1, { settings })).not.toHaveProperty('depends_on');
    expect(instance(2, { settings })).toHaveProperty('depends_on', [
      'aws_rds_cluster_instance.databases_orders_instances_1',
    ]);
  });

  test('take over before those that scaling adds', () => {
    const settings = { readers: 2 };
    expect([1, 2, 3].map((number) => instance(number, { settings })['promotion_tier'])).toEqual([0, 1, 1]);
  });

  test('are of the class of the settings, private, and have the certificate of the current authority', () => {
    expect(instance(1, { settings: { instanceClass: 'db.r8g.xlarge' } })).toMatchObject({
      cluster_identifier: '${aws_rds_cluster.databases_orders.id}',
      engine: '${aws_rds_cluster.databases_orders.engine}',
      instance_class: 'db.r8g.xlarge',
      publicly_accessible: false,
      ca_cert_identifier: 'rds-ca-rsa2048-g1',
      db_subnet_group_name: '${aws_rds_cluster.databases_orders.db_subnet_group_name}',
      db_parameter_group_name: '${aws_db_parameter_group.databases_orders_parameters.name}',
    });
  });

  test('are measured each minute, by a role that RDS uses for this account only', () => {
    const out = synthDatabase();
    expect(out.at('aws_rds_cluster_instance.databases_orders_instances_1')).toMatchObject({
      monitoring_interval: 60,
      monitoring_role_arn: '${aws_iam_role.databases_orders_instances_monitoring-role.arn}',
    });
    const role = out.at('aws_iam_role.databases_orders_instances_monitoring-role');
    expect(role['name']).toBe('test-orders-monitoring-us-east-1');
    expect(statementsOf(role['assume_role_policy'])).toEqual([
      {
        Effect: 'Allow',
        Principal: { Service: 'monitoring.rds.amazonaws.com' },
        Action: 'sts:AssumeRole',
        Condition: {
          StringEquals: { 'aws:SourceAccount': '111122223333' },
          ArnLike: { 'aws:SourceArn': 'arn:aws:rds:us-east-1:111122223333:db:*' },
        },
      },
    ]);
    expect(
      out.at(
        'aws_iam_role_policy_attachment.databases_orders_instances_monitoring-role_amazon-rdsenhanced-monitoring-role',
      )['policy_arn'],
    ).toBe('arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole');
  });
});

describe('readers that are scaled', () => {
  const settings = { readers: { min: 1, max: 6 } };

  test('are as many as the CPU of readers asks for, from min to max', () => {
    const out = synthDatabase({ settings });
    const scaled = {
      service_namespace: 'rds',
      scalable_dimension: 'rds:cluster:ReadReplicaCount',
      resource_id: 'cluster:${aws_rds_cluster.databases_orders.cluster_identifier}',
    };
    expect(out.at('aws_appautoscaling_target.databases_orders_reader-scaling')).toMatchObject({
      ...scaled,
      min_capacity: 1,
      max_capacity: 6,
      depends_on: [
        'aws_rds_cluster_instance.databases_orders_instances_1',
        'aws_rds_cluster_instance.databases_orders_instances_2',
      ],
    });
    const target = '${aws_appautoscaling_target.databases_orders_reader-scaling.';
    expect(out.at('aws_appautoscaling_policy.databases_orders_reader-scaling')).toMatchObject({
      policy_type: 'TargetTrackingScaling',
      resource_id: `${target}resource_id}`,
      scalable_dimension: `${target}scalable_dimension}`,
      service_namespace: `${target}service_namespace}`,
      target_tracking_scaling_policy_configuration: {
        predefined_metric_specification: { predefined_metric_type: 'RDSReaderAverageCPUUtilization' },
        target_value: 60,
        scale_in_cooldown: 900,
        scale_out_cooldown: 300,
      },
    });
  });

  test('are made by Terraform up to min', () => {
    expect(addressesOf('aws_rds_cluster_instance', { settings })).toHaveLength(2);
  });

  test('are not where min is max', () => {
    expect(addressesOf('aws_appautoscaling_target', { settings: { readers: 2 } })).toEqual([]);
  });
});

describe('the parameters of a database', () => {
  const parametersOf = (settings: Built['settings'] = {}) => {
    const group = synthDatabase({ settings }).at(
      'aws_rds_cluster_parameter_group.databases_orders_parameters',
    );
    return group['parameter'] as { name: string; value: string; apply_method: string }[];
  };
  const named = (settings: Built['settings'] = {}) =>
    Object.fromEntries(parametersOf(settings).map(({ name, value }) => [name, value]));

  test('want TLS 1.2 or later and write slow queries and an audit', () => {
    expect(named()).toEqual({
      require_secure_transport: 'ON',
      tls_version: 'TLSv1.2,TLSv1.3',
      slow_query_log: '1',
      long_query_time: '1',
      server_audit_logging: '1',
      server_audit_events: 'CONNECT,QUERY_DCL,QUERY_DDL',
    });
  });

  test('write no audit where none is wanted', () => {
    expect(Object.keys(named({ auditLog: false }))).toEqual([
      'long_query_time',
      'require_secure_transport',
      'slow_query_log',
      'tls_version',
    ]);
  });

  test('are taken from the settings first, in the order of their names', () => {
    const settings = { auditLog: false, parameters: { long_query_time: '5', max_connections: '500' } };
    expect(parametersOf(settings).map(({ name, value }) => `${name}=${value}`)).toEqual([
      'long_query_time=5',
      'max_connections=500',
      'require_secure_transport=ON',
      'slow_query_log=1',
      'tls_version=TLSv1.2,TLSv1.3',
    ]);
  });

  test('take effect at a restart, which every parameter bears', () => {
    expect(new Set(parametersOf().map(({ apply_method }) => apply_method))).toEqual(
      new Set(['pending-reboot']),
    );
  });

  test('are in groups that are named after their family and replaced before they go', () => {
    const out = synthDatabase();
    for (const type of ['aws_rds_cluster_parameter_group', 'aws_db_parameter_group']) {
      expect(out.at(`${type}.databases_orders_parameters`)).toMatchObject({
        name: 'test-orders-aurora-mysql8-0',
        family: 'aurora-mysql8.0',
        lifecycle: { create_before_destroy: true },
      });
    }
    expect(out.at('aws_rds_cluster.databases_orders')['db_cluster_parameter_group_name']).toBe(
      '${aws_rds_cluster_parameter_group.databases_orders_parameters.name}',
    );
  });
});

describe('the logs of a database', () => {
  test('go to groups that stand before it, encrypted and not kept for ever', () => {
    const out = synthDatabase();
    for (const log of ['error', 'slowquery', 'audit']) {
      expect(out.at(`aws_cloudwatch_log_group.databases_orders_logs_${log}`)).toMatchObject({
        name: `/aws/rds/cluster/test-orders/${log}`,
        retention_in_days: 30,
        kms_key_id: keyArn('logs'),
      });
    }
    expect(out.at('aws_rds_cluster.databases_orders')).toMatchObject({
      enabled_cloudwatch_logs_exports: ['error', 'slowquery', 'audit'],
      depends_on: [
        'aws_cloudwatch_log_group.databases_orders_logs_error',
        'aws_cloudwatch_log_group.databases_orders_logs_slowquery',
        'aws_cloudwatch_log_group.databases_orders_logs_audit',
      ],
    });
  });

  test('hold no audit where none is wanted', () => {
    expect(cluster({ settings: { auditLog: false } })['enabled_cloudwatch_logs_exports']).toEqual([
      'error',
      'slowquery',
    ]);
    expect(addressesOf('aws_cloudwatch_log_group', { settings: { auditLog: false } })).toEqual([
      'aws_cloudwatch_log_group.databases_orders_logs_error',
      'aws_cloudwatch_log_group.databases_orders_logs_slowquery',
    ]);
  });

  test('are kept as long as the environment says', () => {
    const out = synthDatabase({ foundation: { logRetentionDays: 90 } });
    expect(out.at('aws_cloudwatch_log_group.databases_orders_logs_error')['retention_in_days']).toBe(90);
  });
});

describe('a service that uses a database', () => {
  const built: Built = { clients: ['inventory'], settings: { databaseName: 'shop' } };

  test('reaches it on its port, and it alone', () => {
    const out = synthDatabase(built);
    const rule = {
      ip_protocol: 'tcp',
      from_port: 3306,
      to_port: 3306,
      description: 'Keeps data in database orders',
    };
    const service = '${aws_security_group.inventory_connections.id}';
    const database = '${aws_security_group.databases_orders_connections.id}';
    expect(
      out.at('aws_vpc_security_group_egress_rule.inventory_connections_to-databases-orders-3306'),
    ).toMatchObject({
      ...rule,
      security_group_id: service,
      referenced_security_group_id: database,
    });
    expect(
      out.at('aws_vpc_security_group_ingress_rule.inventory_connections_to-databases-orders-3306'),
    ).toMatchObject({
      ...rule,
      security_group_id: database,
      referenced_security_group_id: service,
    });
  });

  test('adds no more than the two rules and one permission', () => {
    const before = synthDatabase({ settings: { databaseName: 'shop' } }).addresses;
    expect(synthDatabase(built).addresses.filter((address) => !before.includes(address))).toEqual([
      'aws_iam_role.inventory',
      'aws_iam_role_policy.inventory_role_connect-database-orders',
      'aws_security_group.inventory_connections',
      'aws_vpc_security_group_egress_rule.inventory_connections_to-databases-orders-3306',
      'aws_vpc_security_group_ingress_rule.inventory_connections_to-databases-orders-3306',
    ]);
  });

  test('may sign in as the user of its own name, to this cluster', () => {
    const policy = synthDatabase(built).at('aws_iam_role_policy.inventory_role_connect-database-orders');
    expect(policy['name']).toBe('connect-database-orders');
    expect(statementsOf(policy['policy'])).toEqual([
      {
        Effect: 'Allow',
        Action: 'rds-db:connect',
        Resource:
          'arn:aws:rds-db:us-east-1:111122223333:dbuser:${aws_rds_cluster.databases_orders.cluster_resource_id}/inventory',
      },
    ]);
  });

  test.each(['none', 'primary', 'secondary'] as const)(
    'is told where to write and where to read, also as a member of a global database: %s',
    (globalCluster) => {
      expect(synthDatabase({ ...built, globalCluster }).output['orders-for-inventory']?.['value']).toEqual({
        DATABASE_ORDERS_WRITER_HOST: '${aws_rds_cluster.databases_orders.endpoint}',
        DATABASE_ORDERS_READER_HOST: '${aws_rds_cluster.databases_orders.reader_endpoint}',
        DATABASE_ORDERS_PORT: '3306',
        DATABASE_ORDERS_NAME: 'shop',
        DATABASE_ORDERS_USER: 'inventory',
      });
    },
  );

  test('is told of no schema where none is made', () => {
    const told = synthDatabase({ clients: ['inventory'] }).output['orders-for-inventory']?.['value'];
    expect(told).not.toHaveProperty('DATABASE_ORDERS_NAME');
  });

  test('shares the database with others, each as itself', () => {
    const out = synthDatabase({ clients: ['inventory', 'accounts'] });
    expect(out.output['orders-for-accounts']?.['value']).toMatchObject({ DATABASE_ORDERS_USER: 'accounts' });
    expect(out.at('aws_iam_role_policy.accounts_role_connect-database-orders')['policy']).toContain(
      '/accounts"',
    );
  });
});
