import { quotaNeeds } from '../../../src/doctor/quota-needs';

const NONE = new Set<string>();
const stack = (resource: Record<string, Record<string, Record<string, unknown>>>) => ({
  id: 'dev-us-east-1-workload',
  place: { scope: 'dev', account: '111111111111', region: 'us-east-1', layer: 'workload', global: false },
  text: '',
  config: { terraform: {}, resource, data: {} },
  standing: NONE,
});

/** Of one service of half a vCPU, what each quota needs. */
function needs(
  service: Record<string, unknown>,
  more: Record<string, Record<string, Record<string, unknown>>> = {},
) {
  const found = quotaNeeds([
    stack({
      aws_ecs_task_definition: { a: { cpu: '512' } },
      aws_ecs_service: {
        a: { task_definition: '${aws_ecs_task_definition.a.arn}', desired_count: 2, ...service },
      },
      aws_appautoscaling_target: {
        a: { resource_id: 'service/x/${aws_ecs_service.a.name}', max_capacity: 10 },
      },
      ...more,
    }),
  ]);
  return found.map(({ quota, count }) => `${quota.name}: ${count}`);
}

describe('what a service needs of quotas', () => {
  test('is counted at the most tasks that it scales to', () => {
    expect(needs({})).toEqual(['Fargate On-Demand vCPU resource count: 5']);
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
    expect(needs({}, hours('30'))).toEqual(['Fargate On-Demand vCPU resource count: 15']);
    expect(needs({}, hours('4'))).toEqual(['Fargate On-Demand vCPU resource count: 5']);
  });
});
