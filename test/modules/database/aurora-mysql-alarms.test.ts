import { synthDatabase, type Built } from './database-under-test';

const alarm = (id: string, built: Built = {}) =>
  synthDatabase({ settings: { readers: 1 }, ...built }).at(
    `aws_cloudwatch_metric_alarm.databases_orders_alarms_${id}`,
  );

const MIB = 1024 ** 2;

describe('the alarms of a database', () => {
  test.each([
    [
      'cpu-high',
      {
        metric_name: 'CPUUtilization',
        statistic: 'Maximum',
        comparison_operator: 'GreaterThanThreshold',
        threshold: 90,
        evaluation_periods: 15,
      },
    ],
    [
      'memory-low',
      {
        metric_name: 'FreeableMemory',
        statistic: 'Minimum',
        comparison_operator: 'LessThanThreshold',
        threshold: Math.floor(0.05 * 16 * 1024 * MIB),
        evaluation_periods: 15,
      },
    ],
    [
      'connections-high',
      {
        metric_name: 'DatabaseConnections',
        statistic: 'Maximum',
        comparison_operator: 'GreaterThanThreshold',
        threshold: 800,
        evaluation_periods: 5,
      },
    ],
    [
      'replica-lag',
      {
        metric_name: 'AuroraReplicaLag',
        statistic: 'Maximum',
        comparison_operator: 'GreaterThanThreshold',
        threshold: 2000,
        evaluation_periods: 5,
      },
    ],
  ])('ring for the worst instance: %s', (id, expected) => {
    expect(alarm(id)).toMatchObject({
      ...expected,
      alarm_name: `test-orders-database-${id}`,
      namespace: 'AWS/RDS',
      dimensions: { DBClusterIdentifier: '${aws_rds_cluster.databases_orders.cluster_identifier}' },
      period: 60,
    });
  });

  test('ring where no instance says anything, and none may stop by itself', () => {
    expect(alarm('silent')).toMatchObject({
      alarm_description: expect.stringMatching(/for 3 minutes\. Look/) as string,
      metric_name: 'CPUUtilization',
      statistic: 'SampleCount',
      comparison_operator: 'LessThanThreshold',
      threshold: 1,
      evaluation_periods: 3,
      treat_missing_data: 'breaching',
      dimensions: { DBClusterIdentifier: '${aws_rds_cluster.databases_orders.cluster_identifier}' },
    });
    const serverless = (min: number) =>
      synthDatabase({
        settings: { instanceClass: 'db.serverless', capacity: { min, max: 4 } },
      }).addresses.filter((address) => address.endsWith('_alarms_silent'));
    expect(serverless(1)).toHaveLength(1);
    expect(serverless(0)).toEqual([]);
  });

  test('ring in a standby region when it falls behind the primary', () => {
    expect(alarm('global-replication-lag', { globalCluster: 'secondary' })).toMatchObject({
      metric_name: 'AuroraGlobalDBReplicationLag',
      statistic: 'Maximum',
      threshold: 10_000,
      evaluation_periods: 5,
    });
  });

  test('follow the class of the instances', () => {
    const settings = { instanceClass: 'db.t4g.medium' };
    expect(alarm('memory-low', { settings })['threshold']).toBe(Math.floor(0.05 * 4 * 1024 * MIB));
    expect(alarm('connections-high', { settings })['threshold']).toBe(72);
  });

  test('follow the parameter max_connections, if it is a number', () => {
    const threshold = (value: string) =>
      alarm('connections-high', { settings: { parameters: { max_connections: value } } })['threshold'];
    expect(threshold('500')).toBe(400);
    expect(threshold('{DBInstanceClassMemory/12582880}')).toBe(800);
  });

  test('measure no lag without readers', () => {
    expect(() => alarm('replica-lag', { settings: {} })).toThrow('no aws_cloudwatch_metric_alarm');
  });

  test.each(['cpu-high', 'memory-low', 'connections-high', 'replica-lag'])(
    'say what to do first: %s',
    (id) => {
      expect(alarm(id)['alarm_description']).toMatch(/Look /);
    },
  );

  test("notify the region's topic, also when all is well again", () => {
    const topic = '${data.terraform_remote_state.foundation.outputs.aws-sns-topic-alerts-arn}';
    expect(alarm('cpu-high')).toMatchObject({ alarm_actions: [topic], ok_actions: [topic] });
  });
});
