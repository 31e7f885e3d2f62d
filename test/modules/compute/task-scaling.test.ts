import { edge, onTheInternet, synthService, type SettingsInput } from './service-under-test';

const SCALING = '${aws_appautoscaling_target.services_inventory_scaling';
const SCALED = {
  resource_id: `${SCALING}.resource_id}`,
  scalable_dimension: `${SCALING}.scalable_dimension}`,
  service_namespace: `${SCALING}.service_namespace}`,
};
const scaled = (tasks: Partial<SettingsInput['tasks']>, more: Partial<SettingsInput> = {}) =>
  synthService({ settings: { tasks: { min: 3, max: 9, ...tasks }, ...more }, props: edge });
const policy = (out: ReturnType<typeof synthService>, name: string) =>
  out.at(`aws_appautoscaling_policy.services_inventory_scaling_${name}`);

describe('A15: a service scales', () => {
  test.each([
    ['cpu', 'ECSServiceAverageCPUUtilization', 50],
    ['memory', 'ECSServiceAverageMemoryUtilization', 80],
  ])('scales on %s, up quickly and down slowly', (name, metric, target) => {
    const out = scaled({ scaleOn: { cpuPercent: 50, memoryPercent: 80 } });
    expect(policy(out, name)).toMatchObject({
      name,
      policy_type: 'TargetTrackingScaling',
      ...SCALED,
      target_tracking_scaling_policy_configuration: {
        predefined_metric_specification: { predefined_metric_type: metric },
        target_value: target,
        scale_out_cooldown: 60,
        scale_in_cooldown: 300,
      },
    });
  });

  test('on the requests that its load balancer sends to each task', () => {
    const out = scaled({ scaleOn: { requestsPerMinute: 1200 } }, onTheInternet);
    const balancer = 'services_inventory_load-balancer';
    expect(policy(out, 'requests')).toMatchObject({
      name: 'requests',
      ...SCALED,
      target_tracking_scaling_policy_configuration: {
        predefined_metric_specification: {
          predefined_metric_type: 'ALBRequestCountPerTarget',
          resource_label: `\${aws_lb.${balancer}.arn_suffix}/\${aws_lb_target_group.${balancer}.arn_suffix}`,
        },
        target_value: 1200,
      },
    });
  });

  test('on no requests where nothing counts them', () => {
    expect(() => scaled({ scaleOn: { requestsPerMinute: 1200 } })).toThrow(
      new Error(
        'test-us-east-1-workload/Services/inventory/Scaling: requestsPerMinute must come with a load balancer, got none; pass requestsOf',
      ),
    );
  });

  test('on the bytes that go in and out of one task, which Container Insights measures', () => {
    const metric = (id: string, name: string) => ({
      id,
      return_data: false,
      metric_stat: {
        stat: 'Average',
        metric: {
          namespace: 'ECS/ContainerInsights',
          metric_name: name,
          dimensions: [
            { name: 'ClusterName', value: 'test-services' },
            { name: 'ServiceName', value: '${aws_ecs_service.services_inventory.name}' },
          ],
        },
      },
    });
    expect(
      policy(scaled({ scaleOn: { networkMBps: 2.5 } }), 'network')[
        'target_tracking_scaling_policy_configuration'
      ],
    ).toEqual({
      customized_metric_specification: {
        metrics: [
          metric('received', 'NetworkRxBytes'),
          metric('sent', 'NetworkTxBytes'),
          {
            id: 'megabytes',
            label: 'Megabytes per second and task',
            expression: '(received + sent) / 1000000',
            return_data: true,
          },
        ],
      },
      target_value: 2.5,
      scale_out_cooldown: 60,
      scale_in_cooldown: 300,
    });
  });

  test('on the messages that wait for each task, also where there is no message and no task to count', () => {
    const backlogs = [{ queue: 'prices', queueName: 'test-prices', messagesPerTask: 200 }];
    const out = synthService({ props: { backlogs } });
    const metric = (id: string, namespace: string, metric_name: string, by: Record<string, string>) => ({
      id,
      return_data: false,
      metric_stat: {
        stat: 'Average',
        metric: {
          namespace,
          metric_name,
          dimensions: Object.entries(by).map(([name, value]) => ({ name, value })),
        },
      },
    });
    expect(policy(out, 'queues-prices')).toMatchObject({
      name: 'queues-prices',
      ...SCALED,
      target_tracking_scaling_policy_configuration: {
        customized_metric_specification: {
          metrics: [
            metric('waiting', 'AWS/SQS', 'ApproximateNumberOfMessagesVisible', { QueueName: 'test-prices' }),
            metric('running', 'ECS/ContainerInsights', 'RunningTaskCount', {
              ClusterName: 'test-services',
              ServiceName: '${aws_ecs_service.services_inventory.name}',
            }),
            {
              id: 'backlog',
              label: 'Messages that wait for each task',
              expression: 'FILL(waiting, 0) / IF(FILL(running, 0) > 0, FILL(running, 0), 1)',
              return_data: true,
            },
          ],
        },
        target_value: 200,
        scale_out_cooldown: 60,
        scale_in_cooldown: 300,
      },
    });
  });

  test('on nothing that the settings leave out', () => {
    expect(Object.keys(scaled({}, onTheInternet).resource['aws_appautoscaling_policy'] ?? {}).sort()).toEqual(
      ['services_inventory_scaling_cpu', 'services_inventory_scaling_memory'],
    );
  });

  test('ahead of the load that it has learnt, if it is to', () => {
    const forecast = (predictive: 'forecast-only' | 'forecast-and-scale') =>
      policy(scaled({ predictive, scaleOn: { cpuPercent: 55 } }), 'predictive');
    expect(forecast('forecast-and-scale')).toMatchObject({
      policy_type: 'PredictiveScaling',
      ...SCALED,
      predictive_scaling_policy_configuration: {
        mode: 'ForecastAndScale',
        metric_specification: [
          {
            target_value: '55',
            predefined_metric_pair_specification: { predefined_metric_type: 'ECSServiceCPUUtilization' },
          },
        ],
        max_capacity_breach_behavior: 'HonorMaxCapacity',
      },
    });
    expect(forecast('forecast-only')['predictive_scaling_policy_configuration']).toMatchObject({
      mode: 'ForecastOnly',
    });
  });
});

describe('the hours of a service', () => {
  const schedule = {
    timeZone: 'America/New_York',
    windows: { night: { days: ['FRI' as const], from: '22:00', until: '06:30', min: 6, max: 12 } },
  };
  const out = scaled({ schedule });
  const action = (name: string) =>
    out.at(`aws_appautoscaling_scheduled_action.services_inventory_scaling_${name}`);

  test('begin with their numbers, and end with those that hold outside', () => {
    expect(action('night-begin')).toMatchObject({
      name: 'night-begin',
      ...SCALED,
      schedule: 'cron(0 22 ? * FRI *)',
      timezone: 'America/New_York',
      scalable_target_action: { min_capacity: '6', max_capacity: '12' },
    });
    expect(action('night-end')).toMatchObject({
      schedule: 'cron(30 6 ? * SAT *)',
      timezone: 'America/New_York',
      scalable_target_action: { min_capacity: '3', max_capacity: '9' },
    });
  });

  test('are not taken back by a plan within them, and nothing is left alone without them', () => {
    const target = 'aws_appautoscaling_target.services_inventory_scaling';
    expect(out.at(target)['lifecycle']).toEqual({ ignore_changes: ['min_capacity', 'max_capacity'] });
    expect(scaled({ schedule: { windows: {} } }).at(target)).not.toHaveProperty('lifecycle');
    expect(scaled({}).at(target)).not.toHaveProperty('lifecycle');
  });
});
