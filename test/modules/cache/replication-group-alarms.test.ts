import { synthCache, type Built } from './cache-under-test';

const alarm = (id: string, settings: NonNullable<Built['settings']> = { replicas: 1 }) =>
  synthCache({ settings }).at(`aws_cloudwatch_metric_alarm.caches_sessions_alarms_${id}`);

const names = (settings: NonNullable<Built['settings']>) =>
  Object.keys(synthCache({ settings }).resource['aws_cloudwatch_metric_alarm'] ?? {}).map((address) =>
    address.replace('caches_sessions_alarms_', ''),
  );

const KINDS: [string, object][] = [
  ['engine-cpu-high', { metric_name: 'EngineCPUUtilization', threshold: 90, evaluation_periods: 5 }],
  ['cpu-high', { metric_name: 'CPUUtilization', threshold: 90, evaluation_periods: 15 }],
  ['memory-high', { metric_name: 'DatabaseMemoryUsagePercentage', threshold: 90, evaluation_periods: 15 }],
  ['evictions-high', { metric_name: 'Evictions', statistic: 'Sum', threshold: 100, evaluation_periods: 15 }],
  ['connections-high', { metric_name: 'CurrConnections', threshold: 52_000, evaluation_periods: 5 }],
  ['replication-lag', { metric_name: 'ReplicationLag', threshold: 10, evaluation_periods: 5 }],
];

describe('the alarms of a cache', () => {
  test.each(KINDS)('ring for each node: %s', (id, expected) => {
    for (const node of ['001', '002']) {
      expect(alarm(`${id}-${node}`)).toMatchObject({
        statistic: 'Maximum',
        ...expected,
        alarm_name: `test-sessions-cache-${id}-${node}`,
        namespace: 'AWS/ElastiCache',
        comparison_operator: 'GreaterThanThreshold',
        dimensions: { CacheClusterId: `test-sessions-${node}` },
        period: 60,
      });
    }
  });

  test.each(KINDS)('say what to do first: %s', (id) => {
    expect(alarm(`${id}-001`)['alarm_description']).toMatch(/Look /);
  });

  test('are no more than these', () => {
    expect(names({ replicas: 1 }).sort()).toEqual(KINDS.flatMap(([id]) => [`${id}-001`, `${id}-002`]).sort());
  });

  test('measure no lag without replicas', () => {
    expect(names({}).filter((id) => id.startsWith('replication-lag'))).toEqual([]);
  });

  test.each([
    ['cache.t4g.small', true],
    ['cache.r7g.large', true],
    ['cache.r7g.xlarge', false],
    ['cache.m7g.16xlarge', false],
  ])('watch the CPU of the whole node only where it has two cores: %s', (nodeType, expected) => {
    expect(names({ nodeType }).includes('cpu-high-001')).toBe(expected);
    expect(names({ nodeType })).toContain('engine-cpu-high-001');
  });

  test("notify the region's topic, also when all is well again", () => {
    const topic = '${data.terraform_remote_state.foundation.outputs.aws-sns-topic-alerts-arn}';
    expect(alarm('memory-high-001')).toMatchObject({ alarm_actions: [topic], ok_actions: [topic] });
  });
});
