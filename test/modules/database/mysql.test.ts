import { keyArn } from './database-under-test';
import { following, instanceOf, replicaOf, synthMysql, type Built } from './mysql-under-test';

const first = '${aws_db_instance.databases_catalog';

describe('an RDS MySQL database', () => {
  test('is an instance in the data subnets, encrypted, that only TLS and IAM get into', () => {
    expect(instanceOf()).toMatchObject({
      identifier: 'test-catalog',
      engine: 'mysql',
      engine_version: '8.4.10',
      instance_class: 'db.r7g.large',
      port: 3306,
      db_subnet_group_name: '${aws_db_subnet_group.databases_catalog.name}',
      vpc_security_group_ids: ['${aws_security_group.databases_catalog_connections.id}'],
      publicly_accessible: false,
      storage_encrypted: true,
      kms_key_id: keyArn('data'),
      iam_database_authentication_enabled: true,
      ca_cert_identifier: 'rds-ca-rsa2048-g1',
      auto_minor_version_upgrade: false,
      apply_immediately: false,
    });
    const subnets = synthMysql().at('aws_db_subnet_group.databases_catalog')['subnet_ids'] as string[];
    expect(subnets).toHaveLength(3);
    for (const subnet of subnets) expect(subnet).toContain('network-data');
  });

  test('stores on gp3 that grows, unless a lone number says that it does not', () => {
    expect(instanceOf()).toMatchObject({
      storage_type: 'gp3',
      allocated_storage: 20,
      max_allocated_storage: 100,
    });
    const fixed = instanceOf({ settings: { storageGiB: 50 } });
    expect(fixed).toMatchObject({ allocated_storage: 50 });
    expect(fixed).not.toHaveProperty('max_allocated_storage');
  });

  test('stands by in another zone where multiAz says so, which AWS then chooses', () => {
    expect(instanceOf({ settings: { multiAz: true } })).toMatchObject({ multi_az: true });
    expect(instanceOf({ settings: { multiAz: true } })).not.toHaveProperty('availability_zone');
    expect(instanceOf()).toMatchObject({ multi_az: false, availability_zone: 'us-east-1a' });
  });

  test('is not replaced because a failover has changed its zone', () => {
    expect(instanceOf()['lifecycle']).toMatchObject({ ignore_changes: ['availability_zone'] });
  });

  test('keeps its backups, and leaves a last snapshot where it is protected', () => {
    const settings = { backupRetentionDays: 14, backupWindow: '03:00-04:00' };
    expect(instanceOf({ settings })).toMatchObject({
      backup_retention_period: 14,
      backup_window: '03:00-04:00',
      maintenance_window: 'sun:07:30-sun:08:30',
      copy_tags_to_snapshot: true,
      delete_automated_backups: false,
      deletion_protection: true,
      skip_final_snapshot: false,
      final_snapshot_identifier:
        'test-catalog-final-${substr(terraform_data.databases_catalog_final-snapshot.id, 0, 8)}',
      lifecycle: { prevent_destroy: true },
    });
    const unprotected = instanceOf({ foundation: { protection: false } });
    expect(unprotected).toMatchObject({
      delete_automated_backups: true,
      deletion_protection: false,
      skip_final_snapshot: true,
      lifecycle: { prevent_destroy: false },
    });
    expect(unprotected).not.toHaveProperty('final_snapshot_identifier');
  });

  test('can be deleted once it is about to go, and still leaves its snapshot', () => {
    expect(instanceOf({ props: { decommission: true } })).toMatchObject({
      deletion_protection: false,
      skip_final_snapshot: false,
    });
  });

  test('has a master password that is in no state: RDS makes no replica of what it manages itself', () => {
    const out = synthMysql();
    const instance = out.at('aws_db_instance.databases_catalog');
    expect(instance).toMatchObject({
      username: 'admin',
      password_wo_version: 1,
    });
    expect(instance['password_wo']).toContain('ephemeral.aws_secretsmanager_secret_version');
    expect(instance).not.toHaveProperty('password');
    expect(instance).not.toHaveProperty('manage_master_user_password');
    expect(out.at('aws_secretsmanager_secret.databases_catalog_master-password')['name']).toBe(
      '/test/databases/catalog/master',
    );
    expect(out.output['master-of-catalog']?.['value']).toBe(
      '${aws_secretsmanager_secret.databases_catalog_master-password.arn}',
    );
  });

  test('makes the schema that databaseName says', () => {
    expect(instanceOf({ settings: { databaseName: 'vehicles' } })).toMatchObject({ db_name: 'vehicles' });
    expect(instanceOf()).not.toHaveProperty('db_name');
  });

  test('is upgraded on a copy where upgrades says so', () => {
    expect(instanceOf({ settings: { upgrades: 'blue-green' } })).toMatchObject({
      blue_green_update: { enabled: true },
    });
    expect(instanceOf()).not.toHaveProperty('blue_green_update');
  });

  test.each([
    ['none', { performance_insights_enabled: false }],
    [
      'standard',
      {
        database_insights_mode: 'standard',
        performance_insights_enabled: true,
        performance_insights_kms_key_id: keyArn('data'),
        performance_insights_retention_period: 7,
      },
    ],
    ['advanced', { database_insights_mode: 'advanced', performance_insights_retention_period: 465 }],
  ] as const)('shows %s insights', (insights, expected) => {
    expect(instanceOf({ settings: { insights } })).toMatchObject(expected);
  });

  test('is measured each minute by a role that only RDS takes', () => {
    expect(instanceOf()).toMatchObject({
      monitoring_interval: 60,
      monitoring_role_arn: '${aws_iam_role.databases_catalog_monitoring-role.arn}',
    });
  });

  test('writes its logs to groups that stand before it', () => {
    const out = synthMysql();
    for (const log of ['error', 'slowquery', 'audit'])
      expect(out.at(`aws_cloudwatch_log_group.databases_catalog_instance_logs_${log}`)).toMatchObject({
        name: `/aws/rds/instance/test-catalog/${log}`,
        retention_in_days: 30,
        kms_key_id: keyArn('logs'),
      });
    expect(out.at('aws_db_instance.databases_catalog')).toMatchObject({
      enabled_cloudwatch_logs_exports: ['error', 'slowquery', 'audit'],
      depends_on: ['error', 'slowquery', 'audit'].map(
        (log) => `aws_cloudwatch_log_group.databases_catalog_instance_logs_${log}`,
      ),
    });
  });
});

describe('the groups of an RDS MySQL database', () => {
  const parametersOf = (settings: Built['settings'] = {}) => {
    const group = synthMysql({ settings }).at('aws_db_parameter_group.databases_catalog_groups');
    const parameters = group['parameter'] as { name: string; value: string; apply_method: string }[];
    return Object.fromEntries(parameters.map(({ name, value }) => [name, value]));
  };

  test('refuse connections without TLS, and write slow queries to files', () => {
    expect(parametersOf()).toEqual({
      require_secure_transport: '1',
      slow_query_log: '1',
      long_query_time: '1',
      log_output: 'FILE',
    });
    expect(synthMysql().at('aws_db_parameter_group.databases_catalog_groups')).toMatchObject({
      name: 'test-catalog-mysql8-4',
      family: 'mysql8.4',
    });
  });

  test('take parameters of the settings over their own', () => {
    expect(parametersOf({ parameters: { long_query_time: '5', max_connections: '100' } })).toMatchObject({
      long_query_time: '5',
      max_connections: '100',
    });
  });

  test('audit who came and what was changed, in a group that outlives the last snapshot', () => {
    const group = (built: Built = {}) => synthMysql(built).at('aws_db_option_group.databases_catalog_groups');
    expect(group()).toMatchObject({
      name: 'test-catalog-mysql-8-4',
      engine_name: 'mysql',
      major_engine_version: '8.4',
      option: [
        {
          option_name: 'MARIADB_AUDIT_PLUGIN',
          option_settings: [{ name: 'SERVER_AUDIT_EVENTS', value: 'CONNECT,QUERY_DCL,QUERY_DDL' }],
        },
      ],
      skip_destroy: true,
    });
    expect(group({ foundation: { protection: false } })).toMatchObject({ skip_destroy: false });
    const without = synthMysql({ settings: { auditLog: false } });
    expect(without.resource).not.toHaveProperty('aws_db_option_group');
    expect(without.at('aws_db_instance.databases_catalog')).not.toHaveProperty('option_group_name');
  });
});

describe('replicas of an RDS MySQL database', () => {
  const settings = { replicas: 3, multiAz: true };

  test('follow the first instance, in the zones after the first', () => {
    const zones = [1, 2, 3].map((number) => replicaOf(number, { settings })['availability_zone']);
    expect(zones).toEqual(['us-east-1b', 'us-east-1c', 'us-east-1a']);
    expect(replicaOf(2, { settings })).toMatchObject({
      identifier: 'test-catalog-replica-2',
      replicate_source_db: `${first}.identifier}`,
      multi_az: false,
      storage_encrypted: true,
      max_allocated_storage: 100,
      backup_retention_period: 0,
      skip_final_snapshot: true,
      lifecycle: { ignore_changes: ['availability_zone'] },
      timeouts: { create: '3h' },
    });
  });

  test('say nothing that AWS refuses to hear of a replica within a region', () => {
    for (const key of [
      'engine',
      'username',
      'password_wo',
      'allocated_storage',
      'kms_key_id',
      'db_subnet_group_name',
      'db_name',
    ])
      expect(replicaOf(1, { settings })).not.toHaveProperty(key);
  });

  test('have the release, the groups and the watch of the first', () => {
    const own = replicaOf(1, { settings });
    const source = instanceOf({ settings });
    const same = [
      'engine_version',
      'instance_class',
      'parameter_group_name',
      'option_group_name',
      'vpc_security_group_ids',
      'monitoring_role_arn',
      'performance_insights_kms_key_id',
      'maintenance_window',
    ];
    for (const key of same) expect([key, own[key]]).toEqual([key, source[key]]);
  });
});

describe('the release of replicas', () => {
  const releases = (out: ReturnType<typeof synthMysql>) =>
    Object.values(out.resource['aws_db_instance'] ?? {}).map((instance) => instance['engine_version']);
  const settings = { engineVersion: '8.4.8', replicaEngineVersion: '8.4.10' };

  test('can be ahead of what they follow, as RDS upgrades them first', () => {
    expect(releases(synthMysql({ settings: { ...settings, replicas: 2 } }))).toEqual([
      '8.4.8',
      '8.4.10',
      '8.4.10',
    ]);
  });

  test('is that of the replica in a standby region, unless others follow it there', () => {
    expect(releases(synthMysql({ ...following, settings: { ...settings, replicas: 1 } }))).toEqual([
      '8.4.10',
    ]);
    expect(releases(synthMysql({ ...following, settings: { ...settings, replicas: 2 } }))).toEqual([
      '8.4.8',
      '8.4.10',
    ]);
  });
});

describe('an RDS MySQL database in a standby region', () => {
  const built = { ...following, settings: { replicas: 2 } };

  test('follows that of the primary by a name that is built, with a key of its own region', () => {
    expect(instanceOf(built)).toMatchObject({
      identifier: 'test-catalog',
      replicate_source_db: 'arn:aws:rds:us-east-2:111122223333:db:test-catalog',
      kms_key_id: keyArn('data'),
      db_subnet_group_name: '${aws_db_subnet_group.databases_catalog.name}',
      // what follows it asks for them, and who has promoted it
      backup_retention_period: 7,
      deletion_protection: true,
      skip_final_snapshot: true,
    });
    for (const key of ['engine', 'username', 'password_wo', 'allocated_storage', 'final_snapshot_identifier'])
      expect(instanceOf(built)).not.toHaveProperty(key);
  });

  test('is left alone once it has been promoted', () => {
    expect(instanceOf(built)['lifecycle']).toEqual({
      prevent_destroy: true,
      ignore_changes: ['availability_zone', 'replicate_source_db'],
    });
  });

  test('counts itself among the replicas there: the others follow it', () => {
    const out = synthMysql(built);
    expect(Object.keys(out.resource['aws_db_instance'] ?? {})).toEqual([
      'databases_catalog',
      'databases_catalog_replicas_1',
    ]);
    expect(replicaOf(1, built)['replicate_source_db']).toBe(`${first}.identifier}`);
  });

  test('has no password: it knows the users of the primary', () => {
    const out = synthMysql(built);
    expect(out.output['master-of-catalog']?.['value']).toBe('none');
    expect(out.resource).not.toHaveProperty('aws_secretsmanager_secret');
  });
});

describe('a service that uses an RDS MySQL database', () => {
  const out = synthMysql({ settings: { replicas: 1, databaseName: 'vehicles' }, clients: ['inventory'] });

  test('is told the same things as with Aurora', () => {
    expect(out.output['catalog-for-inventory']?.['value']).toEqual({
      DATABASE_CATALOG_WRITER_HOST: `${first}.address}`,
      DATABASE_CATALOG_READER_HOST: 'catalog-readers.test.internal',
      DATABASE_CATALOG_PORT: '3306',
      DATABASE_CATALOG_NAME: 'vehicles',
      DATABASE_CATALOG_USER: 'inventory',
    });
  });

  test('reads where it writes while there is no replica', () => {
    const alone = synthMysql({ clients: ['inventory'] });
    expect(alone.output['catalog-for-inventory']?.['value']).toMatchObject({
      DATABASE_CATALOG_READER_HOST: `${first}.address}`,
      DATABASE_CATALOG_NAME: 'catalog',
    });
    expect(alone.resource).not.toHaveProperty('aws_route53_record');
  });

  test('may sign in to each instance as itself, and to nothing else', () => {
    const policy = out.at('aws_iam_role_policy.inventory_role_connect-database-catalog')['policy'];
    const user = (address: string) =>
      `arn:aws:rds-db:us-east-1:111122223333:dbuser:\${aws_db_instance.${address}.resource_id}/inventory`;
    expect(JSON.parse(String(policy))).toMatchObject({
      Statement: [
        {
          Action: 'rds-db:connect',
          Resource: [user('databases_catalog'), user('databases_catalog_replicas_1')],
        },
      ],
    });
  });

  test('has the one path to it', () => {
    const rules = Object.keys(out.resource['aws_vpc_security_group_ingress_rule'] ?? {});
    expect(rules).toEqual(['inventory_connections_to-databases-catalog-3306']);
  });
});
