import { keyArn, synthCache, type Built } from './cache-under-test';

const GROUP = 'aws_elasticache_replication_group.caches_sessions';
const group = (built?: Built) => synthCache(built).at(GROUP);

describe('a cache', () => {
  test('is exactly this', () => {
    expect(synthCache().addresses).toEqual([
      'aws_cloudwatch_log_group.caches_sessions_engine-log',
      'aws_cloudwatch_log_group.caches_sessions_slow-log',
      'aws_cloudwatch_metric_alarm.caches_sessions_alarms_connections-high-001',
      'aws_cloudwatch_metric_alarm.caches_sessions_alarms_cpu-high-001',
      'aws_cloudwatch_metric_alarm.caches_sessions_alarms_engine-cpu-high-001',
      'aws_cloudwatch_metric_alarm.caches_sessions_alarms_evictions-high-001',
      'aws_cloudwatch_metric_alarm.caches_sessions_alarms_memory-high-001',
      'aws_elasticache_parameter_group.caches_sessions',
      'aws_elasticache_replication_group.caches_sessions',
      'aws_elasticache_subnet_group.caches_sessions',
      'aws_elasticache_user_group.caches_sessions_users',
      'aws_security_group.caches_sessions_connections',
      'terraform_data.caches_sessions_final-snapshot',
    ]);
  });

  test('stands on the data subnets, behind a security group of its own that lets nobody in', () => {
    const out = synthCache();
    const foundation = 'data.terraform_remote_state.foundation.outputs.aws-subnet-network-data';
    expect(out.at('aws_elasticache_subnet_group.caches_sessions')).toMatchObject({
      name: 'test-sessions',
      subnet_ids: ['a', 'b', 'c'].map((zone) => `\${${foundation}-${zone}-id}`),
    });
    expect(out.at('aws_security_group.caches_sessions_connections')).toMatchObject({
      name: 'test-sessions-cache',
      description: 'Cache sessions',
      vpc_id: '${data.terraform_remote_state.foundation.outputs.aws-vpc-network-id}',
    });
    expect(out.at(GROUP)).toMatchObject({
      subnet_group_name: '${aws_elasticache_subnet_group.caches_sessions.name}',
      security_group_ids: ['${aws_security_group.caches_sessions_connections.id}'],
      port: 6379,
    });
  });

  test("is encrypted with the region's key for data, and takes connections with TLS only", () => {
    expect(group()).toMatchObject({
      at_rest_encryption_enabled: 'true',
      kms_key_id: keyArn('data'),
      transit_encryption_enabled: true,
      transit_encryption_mode: 'required',
    });
    expect(group()).not.toHaveProperty('auth_token');
  });

  test('is Valkey on one node unless its settings say otherwise', () => {
    expect(group()).toMatchObject({
      replication_group_id: 'test-sessions',
      description: 'Cache sessions',
      engine: 'valkey',
      engine_version: '8.2',
      node_type: 'cache.r7g.large',
      num_cache_clusters: 1,
      multi_az_enabled: false,
      automatic_failover_enabled: false,
    });
  });

  test('can be Redis OSS', () => {
    const settings = { engine: 'redis', engineVersion: '7.0', nodeType: 'cache.t4g.small' } as const;
    expect(group({ settings })).toMatchObject({
      engine: 'redis',
      engine_version: '7.0',
      node_type: 'cache.t4g.small',
    });
  });

  test('survives the loss of a zone as soon as it has a replica', () => {
    expect(group({ settings: { replicas: 2 } })).toMatchObject({
      num_cache_clusters: 3,
      multi_az_enabled: true,
      automatic_failover_enabled: true,
    });
  });

  test('keeps snapshots and windows as its settings say', () => {
    const settings = {
      snapshotRetentionDays: 14,
      snapshotWindow: '01:00-02:00',
      maintenanceWindow: 'mon:03:00-mon:04:00',
    };
    expect(group({ settings })).toMatchObject({
      snapshot_retention_limit: 14,
      snapshot_window: '01:00-02:00',
      maintenance_window: 'mon:03:00-mon:04:00',
    });
  });

  test('gets patches by itself, and all changes in its maintenance window', () => {
    expect(group()).toMatchObject({ auto_minor_version_upgrade: 'true', apply_immediately: false });
  });

  test('refuses to be destroyed where the environment is protected, and leaves a last snapshot if it is', () => {
    expect(group()).toMatchObject({
      final_snapshot_identifier:
        'test-sessions-final-${substr(terraform_data.caches_sessions_final-snapshot.id, 0, 8)}',
      lifecycle: { prevent_destroy: true },
    });
  });

  test('goes without a trace where it is not, so that it can come back under the same name', () => {
    const unprotected = group({ foundation: { protection: false } });
    expect(unprotected).toHaveProperty('lifecycle', { prevent_destroy: false });
    expect(unprotected).not.toHaveProperty('final_snapshot_identifier');
  });

  test('sends its events nowhere, as ElastiCache cannot publish to an encrypted topic', () => {
    expect(group()).not.toHaveProperty('notification_topic_arn');
  });

  test('is the same with a standby, which stands elsewhere', () => {
    expect(synthCache({ settings: { standby: {} } }).json).toEqual(synthCache().json);
  });
});

describe('the parameters of a cache', () => {
  const parameterGroup = (settings: Built['settings'] = {}) =>
    synthCache({ settings }).at('aws_elasticache_parameter_group.caches_sessions');

  test('say which keys make room, as AWS has it', () => {
    expect(parameterGroup()['parameter']).toEqual([{ name: 'maxmemory-policy', value: 'volatile-lru' }]);
  });

  test('are those of the settings, in the order of their names', () => {
    const settings = {
      maxmemoryPolicy: 'allkeys-lfu',
      parameters: { timeout: '300', activedefrag: 'yes' },
    } as const;
    expect(parameterGroup(settings)['parameter']).toEqual([
      { name: 'activedefrag', value: 'yes' },
      { name: 'maxmemory-policy', value: 'allkeys-lfu' },
      { name: 'timeout', value: '300' },
    ]);
  });

  test.each([
    [{}, 'valkey8'],
    [{ engine: 'redis' }, 'redis7'],
  ] as const)(
    'are in a group that is named after its family and replaced before it goes: %j',
    (settings, family) => {
      expect(parameterGroup(settings)).toMatchObject({
        name: `test-sessions-${family}`,
        family,
        lifecycle: { create_before_destroy: true },
      });
      expect(group({ settings })['parameter_group_name']).toBe(
        '${aws_elasticache_parameter_group.caches_sessions.name}',
      );
    },
  );
});

describe('the logs of a cache', () => {
  test('go to groups that are encrypted and not kept for ever', () => {
    const out = synthCache({ foundation: { logRetentionDays: 90 } });
    for (const type of ['slow-log', 'engine-log']) {
      expect(out.at(`aws_cloudwatch_log_group.caches_sessions_${type}`)).toMatchObject({
        name: `/aws/vendedlogs/elasticache/test-sessions/${type}`,
        retention_in_days: 90,
        kms_key_id: keyArn('logs'),
      });
    }
    expect(out.at(GROUP)['log_delivery_configuration']).toEqual(
      ['slow-log', 'engine-log'].map((type) => ({
        destination: `\${aws_cloudwatch_log_group.caches_sessions_${type}.name}`,
        destination_type: 'cloudwatch-logs',
        log_format: 'json',
        log_type: type,
      })),
    );
  });
});
