import { edge, onTheInternet, synthService, type Built } from './service-under-test';

const alarm = (id: string, built: Built = {}) =>
  synthService({ settings: onTheInternet, props: edge, ...built }).at(
    `aws_cloudwatch_metric_alarm.services_inventory_alarms_${id}`,
  );

const ofService = { ClusterName: 'test-services', ServiceName: 'test-inventory' };
const ofBalancer = { LoadBalancer: '${aws_lb.services_inventory_load-balancer.arn_suffix}' };
const ofTargets = {
  ...ofBalancer,
  TargetGroup: '${aws_lb_target_group.services_inventory_load-balancer.arn_suffix}',
};

test.each<[string, Record<string, unknown>]>([
  [
    'cpu-high',
    {
      alarm_description: 'CPU stays above 85 % although tasks are added. Look whether tasks.max is reached.',
      namespace: 'AWS/ECS',
      metric_name: 'CPUUtilization',
      dimensions: ofService,
      statistic: 'Average',
      comparison_operator: 'GreaterThanThreshold',
      threshold: 85,
      evaluation_periods: 10,
      treat_missing_data: 'ignore',
    },
  ],
  [
    'memory-high',
    {
      alarm_description:
        'Memory stays above 85 % although tasks are added. Look whether tasks.max is reached.',
      namespace: 'AWS/ECS',
      metric_name: 'MemoryUtilization',
      dimensions: ofService,
      statistic: 'Average',
      comparison_operator: 'GreaterThanThreshold',
      threshold: 85,
      evaluation_periods: 10,
      treat_missing_data: 'ignore',
    },
  ],
  [
    'tasks-low',
    {
      alarm_description:
        'Fewer than 2 tasks run. Look at the events of the ECS service, and why tasks stopped.',
      namespace: 'ECS/ContainerInsights',
      metric_name: 'RunningTaskCount',
      dimensions: ofService,
      statistic: 'Minimum',
      comparison_operator: 'LessThanThreshold',
      threshold: 2,
      evaluation_periods: 5,
      treat_missing_data: 'breaching',
    },
  ],
  [
    'target-errors',
    {
      alarm_description: 'The program answers with 5xx. Look at its log, and at what was released last.',
      namespace: 'AWS/ApplicationELB',
      metric_name: 'HTTPCode_Target_5XX_Count',
      dimensions: ofTargets,
      statistic: 'Sum',
      comparison_operator: 'GreaterThanThreshold',
      threshold: 10,
      evaluation_periods: 3,
      treat_missing_data: 'notBreaching',
    },
  ],
  [
    'load-balancer-errors',
    {
      alarm_description:
        'The load balancer answers with 5xx itself: no task is healthy, or they cut connections.',
      namespace: 'AWS/ApplicationELB',
      metric_name: 'HTTPCode_ELB_5XX_Count',
      dimensions: ofBalancer,
      statistic: 'Sum',
      comparison_operator: 'GreaterThanThreshold',
      threshold: 10,
      evaluation_periods: 3,
      treat_missing_data: 'notBreaching',
    },
  ],
  [
    'unhealthy-tasks',
    {
      alarm_description:
        'The load balancer finds tasks unhealthy. Look at the path that it asks, and at the log.',
      namespace: 'AWS/ApplicationELB',
      metric_name: 'UnHealthyHostCount',
      dimensions: ofTargets,
      statistic: 'Maximum',
      comparison_operator: 'GreaterThanThreshold',
      threshold: 0,
      evaluation_periods: 5,
      treat_missing_data: 'notBreaching',
    },
  ],
  [
    'slow',
    {
      alarm_description:
        'One answer in twenty takes more than 1 s. Look at load, and at what the service waits for.',
      namespace: 'AWS/ApplicationELB',
      metric_name: 'TargetResponseTime',
      dimensions: ofTargets,
      extended_statistic: 'p95',
      comparison_operator: 'GreaterThanThreshold',
      threshold: 1,
      evaluation_periods: 5,
      treat_missing_data: 'notBreaching',
    },
  ],
])('the alarm %s is found under the name of the service', (id, expected) => {
  expect(alarm(id)).toMatchObject({ ...expected, alarm_name: `test-inventory-service-${id}`, period: 60 });
});

test('one alarm tells the topic of its region for all of them', () => {
  const topic = ['${data.terraform_remote_state.foundation.outputs.aws-sns-topic-alerts-arn}'];
  const out = synthService({ settings: onTheInternet, props: edge });
  const alarms = out.resource['aws_cloudwatch_metric_alarm'] ?? {};
  expect(Object.keys(alarms)).toHaveLength(7);
  for (const one of Object.values(alarms)) expect(one).not.toHaveProperty('alarm_actions');
  const composite = out.at('aws_cloudwatch_composite_alarm.services_inventory_alarms');
  expect(composite).toMatchObject({
    alarm_name: 'test-inventory-service-unwell',
    alarm_description:
      'Something is wrong with the service inventory. Look at its part of the dashboard, and at what was released last.',
    alarm_actions: topic,
    ok_actions: topic,
  });
  expect(String(composite['alarm_rule']).split(' OR ').sort()).toEqual(
    Object.keys(alarms)
      .map((name) => `ALARM("\${aws_cloudwatch_metric_alarm.${name}.alarm_name}")`)
      .sort(),
  );
});

test('what is slow and what is too few are settings', () => {
  const settings = {
    public: { ...onTheInternet.public, slowSeconds: 0.3 },
    tasks: { min: 4, max: 8 },
  };
  expect(alarm('slow', { settings })).toMatchObject({
    threshold: 0.3,
    alarm_description:
      'One answer in twenty takes more than 0.3 s. Look at load, and at what the service waits for.',
  });
  expect(alarm('tasks-low', { settings })['threshold']).toBe(4);
});
