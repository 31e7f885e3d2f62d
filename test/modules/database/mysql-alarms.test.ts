import { following, synthMysql, type Built } from './mysql-under-test';

const GIB = 1024 ** 3;
const alarm = (id: string, built: Built = {}, of = 'instance') =>
  synthMysql(built).at(`aws_cloudwatch_metric_alarm.databases_catalog_${of}_alarms_${id}`);

describe('the alarms of an RDS MySQL database', () => {
  test.each([
    ['cpu-high', 'CPUUtilization', 'Maximum', 'GreaterThanThreshold', 90, 15],
    ['memory-low', 'FreeableMemory', 'Minimum', 'LessThanThreshold', Math.floor(0.05 * 16 * GIB), 15],
    ['connections-high', 'DatabaseConnections', 'Maximum', 'GreaterThanThreshold', 982, 5],
    ['storage-low', 'FreeStorageSpace', 'Minimum', 'LessThanThreshold', 2 * GIB, 30],
    ['silent', 'CPUUtilization', 'SampleCount', 'LessThanThreshold', 1, 3],
  ])('ring for each instance: %s', (id, metric, statistic, operator, threshold, periods) => {
    expect(alarm(id)).toMatchObject({
      alarm_name: `test-catalog-database-${id}`,
      namespace: 'AWS/RDS',
      metric_name: metric,
      statistic,
      comparison_operator: operator,
      threshold,
      evaluation_periods: periods,
      period: 60,
      dimensions: { DBInstanceIdentifier: '${aws_db_instance.databases_catalog.identifier}' },
    });
  });

  test('take silence for an outage', () => {
    expect(alarm('silent')['treat_missing_data']).toBe('breaching');
  });

  test.each([
    ['replica-lag', 'Maximum', 'GreaterThanThreshold', 12],
    ['replication-stopped', 'Minimum', 'LessThanThreshold', 0],
  ])('ring for a replica: %s', (id, statistic, operator, threshold) => {
    const built = { settings: { replicas: 1, maxReplicaLagSeconds: 12 } };
    expect(alarm(id, built, 'replicas_1')).toMatchObject({
      alarm_name: `test-catalog-database-replica-1-${id}`,
      metric_name: 'ReplicaLag',
      statistic,
      comparison_operator: operator,
      threshold,
      dimensions: { DBInstanceIdentifier: '${aws_db_instance.databases_catalog_replicas_1.identifier}' },
    });
    expect(() => alarm(id, built)).toThrow('no aws_cloudwatch_metric_alarm');
    // in a standby region the first instance is a replica too
    expect(alarm(id, following)).toMatchObject({ metric_name: 'ReplicaLag' });
  });

  test('follow the class, the storage and a max_connections that is a number', () => {
    expect(
      alarm('memory-low', { settings: { instanceClass: 'db.t4g.micro', insights: 'none' } })['threshold'],
    ).toBe(Math.floor(0.05 * GIB));
    expect(alarm('storage-low', { settings: { storageGiB: { min: 400, max: 800 } } })['threshold']).toBe(
      40 * GIB,
    );
    const connections = (value: string) =>
      alarm('connections-high', { settings: { parameters: { max_connections: value } } })['threshold'];
    expect(connections('500')).toBe(400);
    expect(connections('{DBInstanceClassMemory/12582880}')).toBe(982);
  });

  test.each(['cpu-high', 'memory-low', 'connections-high', 'storage-low', 'silent'])(
    'say what to do first: %s',
    (id) => {
      expect(alarm(id)['alarm_description']).toMatch(/Look /);
    },
  );
});
