import {
  capacityChoice,
  capacityProblems,
  capacityStrategy,
} from '../../../modules/compute/capacity-strategy';
import { naming } from '../../support/harness';
import { synthService } from './service-under-test';

describe('where tasks run', () => {
  const ON_DEMAND = { capacityProvider: 'FARGATE', weight: 1 };
  test.each([
    ['nothing', {}, [ON_DEMAND]],
    [
      'a share of Spot, after as many as run at least',
      { spotPercent: 30 },
      [
        { capacityProvider: 'FARGATE', weight: 700, base: 3 },
        { capacityProvider: 'FARGATE_SPOT', weight: 300 },
      ],
    ],
    [
      'Spot for all that is above',
      { spotPercent: 100 },
      [
        { capacityProvider: 'FARGATE', weight: 1, base: 3 },
        { capacityProvider: 'FARGATE_SPOT', weight: 1000 },
      ],
    ],
    [
      'Spot alone',
      { spotPercent: 100, onDemandTasks: 0 },
      [{ capacityProvider: 'FARGATE_SPOT', weight: 1000 }],
    ],
    ['instances', { ec2: 'general' }, [{ capacityProvider: 'test-general', weight: 1 }]],
  ])('is said by %s', (_name, choice, expected) => {
    expect(capacityStrategy(naming, capacityChoice.parse(choice), 3)).toEqual(expected);
  });

  test.each<[string, object, number, string[]]>([
    [
      'two kinds at once',
      { ec2: 'general', spotPercent: 50 },
      0,
      ['spotPercent must be for tasks on Fargate, and these run on ec2; take one of the two out'],
    ],
    [
      'all on Spot in production',
      { spotPercent: 100, onDemandTasks: 0 },
      2,
      ['onDemandTasks must be at least 2 in production; raise it: AWS may take all tasks on Spot at once'],
    ],
    [
      'on demand beside nothing',
      { onDemandTasks: 2 },
      0,
      [
        'onDemandTasks must come with spotPercent, without which all tasks are on demand; take it out, or set spotPercent',
      ],
    ],
    [
      'more on demand than there are tasks',
      { spotPercent: 50, onDemandTasks: 7 },
      0,
      [
        'onDemandTasks must be at most 6, as many tasks as there ever are; lower it, or take capacity out: none of them would run on Spot',
      ],
    ],
    ['all on Spot elsewhere', { spotPercent: 100, onDemandTasks: 0 }, 0, []],
  ])('is refused: %s', (_name, choice, fewest, expected) => {
    expect(
      capacityProblems(capacityChoice.parse(choice), fewest, 6).map(
        ({ path, rule, remedy }) => `${path.at(-1)} must ${rule}; ${remedy}`,
      ),
    ).toEqual(expected);
  });

  test('can change without a new service', () => {
    const out = synthService({ settings: { capacity: { spotPercent: 40 } } });
    expect(out.at('aws_ecs_service.services_inventory')).toMatchObject({
      capacity_provider_strategy: [
        { capacity_provider: 'FARGATE', weight: 600, base: 2 },
        { capacity_provider: 'FARGATE_SPOT', weight: 400 },
      ],
      force_new_deployment: true,
    });
  });

  test('on instances is over the zones first, by a task that is made for them', () => {
    const out = synthService({ settings: { capacity: { ec2: 'general' } } });
    const service = out.at('aws_ecs_service.services_inventory');
    expect(service).toMatchObject({
      capacity_provider_strategy: [{ capacity_provider: 'test-general', weight: 1 }],
      ordered_placement_strategy: [
        { type: 'spread', field: 'attribute:ecs.availability-zone' },
        { type: 'binpack', field: 'memory' },
      ],
    });
    expect(service).not.toHaveProperty('platform_version');
    expect(out.at('aws_ecs_task_definition.services_inventory')['requires_compatibilities']).toEqual(['EC2']);
  });
});
