import { addressesOf, clusterOf, instanceOf, keyArn, synthDatabase, type Built } from './database-under-test';

const GIB = 1024 ** 3;
const serverless = (min: number, max: number): Built => ({
  settings: { instanceClass: 'db.serverless', capacity: { min, max } },
});
const threshold = (id: string, built: Built) =>
  synthDatabase(built).at(`aws_cloudwatch_metric_alarm.databases_orders_alarms_${id}`)['threshold'];

describe('a serverless Aurora cluster', () => {
  test('has instances that grow within the capacity of the cluster', () => {
    expect(instanceOf(1, serverless(0.5, 16))['instance_class']).toBe('db.serverless');
    expect(clusterOf(serverless(0.5, 16))['serverlessv2_scaling_configuration']).toEqual({
      min_capacity: 0.5,
      max_capacity: 16,
    });
    expect(clusterOf()).not.toHaveProperty('serverlessv2_scaling_configuration');
  });

  test('stops after five minutes where it may have no capacity at all', () => {
    expect(clusterOf(serverless(0, 2))['serverlessv2_scaling_configuration']).toEqual({
      min_capacity: 0,
      max_capacity: 2,
      seconds_until_auto_pause: 300,
    });
  });

  test('is measured by the most that it may have', () => {
    expect(threshold('memory-low', serverless(0.5, 16))).toBe(Math.floor(0.05 * 32 * GIB));
    expect(threshold('connections-high', serverless(0.5, 16))).toBe(1600);
    expect(threshold('connections-high', serverless(0.5, 1))).toBe(36);
    expect(threshold('capacity-high', serverless(0.5, 16))).toBe(90);
    expect(() => threshold('capacity-high', {})).toThrow('no aws_cloudwatch_metric_alarm');
  });
});

describe('the insights of an Aurora cluster', () => {
  test.each([
    ['standard', 7],
    ['advanced', 465],
  ] as const)('are %s, for %i days, at the cluster and at each instance', (insights, days) => {
    const built = { settings: { insights } };
    expect(clusterOf(built)).toMatchObject({
      database_insights_mode: insights,
      performance_insights_enabled: true,
      performance_insights_kms_key_id: keyArn('data'),
      performance_insights_retention_period: days,
    });
    expect(instanceOf(1, built)['performance_insights_retention_period']).toBe(days);
  });
});

describe('a further endpoint of an Aurora cluster', () => {
  const built: Built = {
    settings: { readers: 2, endpoints: { reports: { readers: [2] } } },
    clients: ['inventory'],
  };
  const told = (change: Built) =>
    synthDatabase({ ...built, ...change }).output['orders-for-inventory']?.['value'];
  const address = 'aws_rds_cluster_endpoint.databases_orders_endpoints_reports';

  test('leads to its readers alone, and to none that has become the writer', () => {
    expect(synthDatabase(built).at(address)).toEqual({
      cluster_identifier: '${aws_rds_cluster.databases_orders.cluster_identifier}',
      cluster_endpoint_identifier: 'test-orders-reports',
      custom_endpoint_type: 'READER',
      static_members: ['${aws_rds_cluster_instance.databases_orders_instances_3.identifier}'],
    });
    expect(told({})).toHaveProperty('DATABASE_ORDERS_REPORTS_HOST', `\${${address}.endpoint}`);
  });

  test('is the common one in a region where none of its readers stands', () => {
    const standby: Built = { globalCluster: 'secondary', settings: { ...built.settings, readers: 1 } };
    expect(addressesOf('aws_rds_cluster_endpoint', { ...built, ...standby })).toEqual([]);
    expect(told(standby)).toHaveProperty(
      'DATABASE_ORDERS_REPORTS_HOST',
      '${aws_rds_cluster.databases_orders.reader_endpoint}',
    );
    // a secondary has no writer: its first instance is the first reader
    const two: Built = { globalCluster: 'secondary' };
    expect(synthDatabase({ ...built, ...two }).at(address)['static_members']).toEqual([
      '${aws_rds_cluster_instance.databases_orders_instances_2.identifier}',
    ]);
  });
});

describe('an Aurora cluster after a promotion in the settings', () => {
  const readers = { min: 1, max: 3 };
  const alarms = (built: Built) =>
    addressesOf('aws_cloudwatch_metric_alarm', built)
      .filter((one) => one.endsWith('-lag'))
      .map((one) => one.replace(/.*_/, ''));
  const rest = ({ resource }: ReturnType<typeof synthDatabase>) =>
    Object.fromEntries(
      Object.entries(resource).filter(
        ([type]) => !/^aws_(cloudwatch_metric_alarm|appautoscaling)/.test(type),
      ),
    );

  test.each([
    ['that wrote until then', 'primary', ['replica-lag'], ['global-replication-lag']],
    ['that followed until then', 'secondary', ['global-replication-lag'], ['replica-lag']],
  ] as const)('%s has the other alarm, and nothing else changes', (_what, globalCluster, before, after) => {
    const writes = globalCluster === 'primary';
    const built = { globalCluster, settings: { readers: writes ? readers : 2 } };
    const promoted = { ...built, props: { writes: !writes } };
    expect(alarms(built)).toEqual(before);
    expect(alarms(promoted)).toEqual(after);
    expect(rest(synthDatabase(promoted))).toEqual(rest(synthDatabase(built)));
  });

  test('that follows now has its readers scaled no longer, which AWS refuses', () => {
    const built: Built = { globalCluster: 'primary', settings: { readers } };
    expect(addressesOf('aws_appautoscaling_target', built)).toHaveLength(1);
    expect(addressesOf('aws_appautoscaling_target', { ...built, props: { writes: false } })).toEqual([]);
  });
});
