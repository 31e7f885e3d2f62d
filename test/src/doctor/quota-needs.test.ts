import { quotaNeeds } from '../../../src/doctor/quota-needs';

type Resources = Record<string, Record<string, Record<string, unknown>>>;

const needsOf = (resource: Resources) =>
  quotaNeeds([
    {
      id: 'dev-us-east-1-workload',
      place: { scope: 'dev', account: '111111111111', region: 'us-east-1', layer: 'workload', global: false },
      text: '',
      config: { terraform: {}, resource, data: {} },
      standing: new Set<string>(),
    },
  ]).map(({ quota, count }) => `${quota.name}: ${count}`);

const onDemand = { capacity_provider: 'FARGATE', weight: 1 };

/** Of one service of half a vCPU and ten tasks at the most. */
const needs = (strategy: readonly object[], more: Resources = {}) =>
  needsOf({
    aws_ecs_task_definition: { a: { cpu: '512' } },
    aws_ecs_service: {
      a: {
        task_definition: '${aws_ecs_task_definition.a.arn}',
        desired_count: 2,
        capacity_provider_strategy: strategy,
      },
    },
    aws_appautoscaling_target: {
      a: { resource_id: 'service/x/${aws_ecs_service.a.name}', max_capacity: 10 },
    },
    ...more,
  });

describe('what a service needs of quotas', () => {
  test('is counted at the most tasks that it scales to', () => {
    expect(needs([onDemand])).toEqual(['Fargate On-Demand vCPU resource count: 5']);
  });

  test('is counted at the most tasks of its hours, if these are more', () => {
    const hours = (most: string) => ({
      aws_appautoscaling_scheduled_action: {
        a: {
          resource_id: '${aws_appautoscaling_target.a.resource_id}',
          scalable_target_action: { max_capacity: most },
        },
      },
    });
    expect(needs([onDemand], hours('30'))).toEqual(['Fargate On-Demand vCPU resource count: 15']);
    expect(needs([onDemand], hours('4'))).toEqual(['Fargate On-Demand vCPU resource count: 5']);
  });

  test('is counted where its tasks run: on demand first, then by weight', () => {
    expect(
      needs([
        { capacity_provider: 'FARGATE', weight: 50, base: 2 },
        { capacity_provider: 'FARGATE_SPOT', weight: 50 },
      ]),
    ).toEqual(['Fargate On-Demand vCPU resource count: 3', 'Fargate Spot vCPU resource count: 2']);
    expect(needs([{ capacity_provider: 'FARGATE_SPOT', weight: 100 }])).toEqual([
      'Fargate Spot vCPU resource count: 5',
    ]);
    expect(needs([{ capacity_provider: 'dev-general', weight: 1 }])).toEqual([]);
  });
});

test('what instances need of quotas is counted at the greatest size of their group', () => {
  expect(
    needsOf({
      aws_launch_template: { a: { instance_type: 'm7i.2xlarge' } },
      aws_autoscaling_group: { a: { max_size: 6, launch_template: { id: '${aws_launch_template.a.id}' } } },
    }),
  ).toEqual(['Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances: 48']);
});

test('what stands in another region than its stack counts there', () => {
  const needs = quotaNeeds([
    {
      id: 'dev-global-links',
      place: { scope: 'dev', account: '111111111111', region: 'us-west-2', layer: 'links', global: true },
      text: '',
      config: {
        terraform: {},
        resource: {
          aws_ec2_transit_gateway: { a: { region: 'us-east-1' }, b: { region: 'us-west-2' }, c: {} },
        },
        data: {},
      },
      standing: new Set<string>(),
    },
  ]);
  expect(needs.map(({ quota, region, count }) => `${quota.name} in ${region}: ${count}`)).toEqual([
    'Transit gateways per account in us-west-2: 2',
    'Transit gateways per account in us-east-1: 1',
  ]);
});
