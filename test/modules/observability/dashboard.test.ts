import { Alarms, type AlarmSettings } from '../../../modules/observability/alarms';
import { Dashboard } from '../../../modules/observability/dashboard';
import { naming, synth } from '../../support/harness';

const CPU: AlarmSettings = {
  description: 'Busy',
  namespace: 'AWS/ElastiCache',
  metric: 'CPUUtilization',
  dimensions: { CacheClusterId: 'test-a-001' },
  statistic: 'Maximum',
  threshold: 90,
};

interface Widget {
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

function widgets(things: Readonly<Record<string, Readonly<Record<string, AlarmSettings>>>>): Widget[] {
  const out = synth((stack) => {
    const all = Object.entries(things).map(([name, settings]) => {
      const alarms = new Alarms(stack, name, `test-${name}`);
      for (const [id, one] of Object.entries(settings)) alarms.add(id, one);
      return alarms;
    });
    new Dashboard(stack, 'Dashboard', { naming, things: all });
  });
  const { dashboard_name, dashboard_body } = out.at('aws_cloudwatch_dashboard.dashboard');
  expect(dashboard_name).toBe('test-us-east-1');
  return (JSON.parse(String(dashboard_body)) as { widgets: Widget[] }).widgets;
}

describe('the dashboard', () => {
  test('shows the states of all alarms first', () => {
    const [first] = widgets({ a: { 'cpu-high': CPU }, b: { 'cpu-high': CPU } });
    expect(first).toMatchObject({
      type: 'alarm',
      properties: {
        alarms: ['a', 'b'].map(
          (name) =>
            `arn:aws:cloudwatch:us-east-1:111122223333:alarm:\${aws_cloudwatch_metric_alarm.${name}_cpu-high.alarm_name}`,
        ),
        states: ['ALARM', 'INSUFFICIENT_DATA'],
      },
    });
  });

  test('shows each thing under its name, in the order of names, with the line of each alarm', () => {
    const shown = widgets({
      b: { 'cpu-high': CPU },
      a: { 'lag-low': { ...CPU, bad: 'below', threshold: 5 } },
    });
    expect(shown.slice(1).map(({ properties }) => properties['markdown'] ?? properties['title'])).toEqual([
      '## test-a',
      'CPUUtilization (Maximum)',
      '## test-b',
      'CPUUtilization (Maximum)',
    ]);
    expect(shown[2]?.properties).toMatchObject({
      region: 'us-east-1',
      metrics: [
        [
          'AWS/ElastiCache',
          'CPUUtilization',
          'CacheClusterId',
          'test-a-001',
          { stat: 'Maximum', period: 60 },
        ],
      ],
      annotations: { horizontal: [{ label: 'alarm below 5', value: 5 }] },
    });
  });

  test('puts the nodes of a thing into one graph, with one line', () => {
    const second = { ...CPU, dimensions: { CacheClusterId: 'test-a-002' } };
    const [graph, ...more] = widgets({ a: { 'cpu-high-001': CPU, 'cpu-high-002': second } }).slice(2);
    expect(more).toEqual([]);
    expect(graph?.properties['metrics']).toHaveLength(2);
    expect(graph?.properties['annotations']).toEqual({
      horizontal: [{ label: 'alarm above 90', value: 90 }],
    });
  });

  test('begins another row of states after a hundred, which is all that one takes', () => {
    const many = Object.fromEntries(Array.from({ length: 101 }, (_, n) => [`cpu-${n}`, CPU]));
    const rows = widgets({ a: many }).filter(({ type }) => type === 'alarm');
    expect(rows.map(({ properties }) => (properties['alarms'] as unknown[]).length)).toEqual([100, 1]);
  });

  test('leaves out what has no alarm', () => {
    expect(widgets({ a: { 'cpu-high': CPU }, b: {} }).filter(({ type }) => type === 'text')).toHaveLength(1);
  });
});
