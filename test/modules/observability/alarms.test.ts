import { Alarms, type AlarmSettings } from '../../../modules/observability/alarms';
import { synth } from '../../support/harness';

const SETTINGS: AlarmSettings = {
  description: 'The CPU is busy: look at the slow queries first',
  namespace: 'AWS/RDS',
  metric: 'CPUUtilization',
  dimensions: { DBClusterIdentifier: 'test-orders' },
  statistic: 'Average',
  threshold: 80,
};
const AT = 'aws_cloudwatch_metric_alarm.alarms_cpu-high';
const alarmOf = (change: Partial<AlarmSettings> = {}) =>
  synth((stack) =>
    new Alarms(stack, 'Alarms', 'test-orders', { arn: 'arn:topic' }).add('cpu-high', {
      ...SETTINGS,
      ...change,
    }),
  ).at(AT);

describe('an alarm', () => {
  test('is named after the thing and what is wrong, and says what to do', () => {
    expect(alarmOf()).toMatchObject({
      alarm_name: 'test-orders-cpu-high',
      alarm_description: SETTINGS.description,
    });
  });

  test('has these defaults: above the threshold for five minutes in a row, and no data changes nothing', () => {
    expect(alarmOf()).toMatchObject({
      namespace: 'AWS/RDS',
      metric_name: 'CPUUtilization',
      dimensions: { DBClusterIdentifier: 'test-orders' },
      statistic: 'Average',
      comparison_operator: 'GreaterThanThreshold',
      threshold: 80,
      period: 60,
      evaluation_periods: 5,
      treat_missing_data: 'ignore',
    });
  });

  test('notifies the topic when it begins and when it ends', () => {
    expect(alarmOf()).toMatchObject({ alarm_actions: ['arn:topic'], ok_actions: ['arn:topic'] });
  });

  test.each<[Partial<AlarmSettings>, object]>([
    [{ bad: 'below' }, { comparison_operator: 'LessThanThreshold' }],
    [{ bad: 'above' }, { comparison_operator: 'GreaterThanThreshold' }],
    [{ periodSeconds: 300 }, { period: 300 }],
    [{ periods: 2 }, { evaluation_periods: 2 }],
    [{ missing: 'breaching' }, { treat_missing_data: 'breaching' }],
    [{ statistic: 'Maximum' }, { statistic: 'Maximum' }],
  ])('takes %j', (change, expected) => {
    expect(alarmOf(change)).toMatchObject(expected);
  });

  test('takes a percentile, which CloudWatch keeps in another argument', () => {
    expect(alarmOf({ statistic: 'p99' })['extended_statistic']).toBe('p99');
    expect(alarmOf({ statistic: 'p99' })).not.toHaveProperty('statistic');
    expect(alarmOf()).not.toHaveProperty('extended_statistic');
  });
});

test('alarms are as many as are added', () => {
  const out = synth((stack) => {
    const alarms = new Alarms(stack, 'Alarms', 'test-orders', { arn: 'arn:topic' });
    alarms.add('cpu-high', SETTINGS);
    alarms.add('memory-low', { ...SETTINGS, bad: 'below' });
  });
  expect(out.addresses).toEqual([AT, 'aws_cloudwatch_metric_alarm.alarms_memory-low']);
});

test('alarms without a topic are told of by one that rings while any of them does', () => {
  const out = synth((stack) => {
    const alarms = new Alarms(stack, 'Alarms', 'test-orders');
    alarms.add('cpu-high', SETTINGS);
    alarms.add('memory-low', { ...SETTINGS, bad: 'below' });
    alarms.tellAsOne({ arn: 'arn:topic' }, 'Look at it');
  });
  expect(out.at(AT)).not.toHaveProperty('alarm_actions');
  expect(out.at('aws_cloudwatch_composite_alarm.alarms')).toMatchObject({
    alarm_name: 'test-orders-unwell',
    alarm_rule:
      'ALARM("${aws_cloudwatch_metric_alarm.alarms_cpu-high.alarm_name}") OR ALARM("${aws_cloudwatch_metric_alarm.alarms_memory-low.alarm_name}")',
    alarm_description: 'Look at it',
    alarm_actions: ['arn:topic'],
    ok_actions: ['arn:topic'],
  });
});

test('alarms of what sleeps are told of by one that is quiet meanwhile, and what goes on then is told half an hour after', () => {
  const out = synth((stack) => {
    const alarms = new Alarms(stack, 'Alarms', 'test-orders', { arn: 'arn:topic', asleep: 'test-asleep' });
    alarms.add('cpu-high', SETTINGS);
    alarms.add('memory-low', { ...SETTINGS, bad: 'below' });
  });
  expect(out.at(AT)).not.toHaveProperty('alarm_actions');
  expect(out.at('aws_cloudwatch_composite_alarm.alarms')).toMatchObject({
    alarm_rule:
      'ALARM("${aws_cloudwatch_metric_alarm.alarms_cpu-high.alarm_name}") OR ALARM("${aws_cloudwatch_metric_alarm.alarms_memory-low.alarm_name}")',
    alarm_actions: ['arn:topic'],
    ok_actions: ['arn:topic'],
    actions_suppressor: { alarm: 'test-asleep', wait_period: 1, extension_period: 1800 },
  });
});
