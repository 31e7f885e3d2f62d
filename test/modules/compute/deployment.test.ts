import { serviceRules } from '../../../modules/compute/service-rules';
import {
  edge,
  onTheInternet,
  running,
  statementsAt,
  synthService,
  type SettingsInput,
} from './service-under-test';

const AT = 'services_inventory_load-balancer';
const synth = (deployment: SettingsInput['deployment']) =>
  synthService({ settings: { ...onTheInternet, deployment }, props: edge });
const blueGreen = () => synth({ strategy: 'blue-green', bakeMinutes: 15 });
const rule = (strategy: 'to-blue-green' | 'blue-green') =>
  synth({ strategy }).at(`aws_lb_listener_rule.${AT}_host`);

describe('a blue/green deployment', () => {
  test('adds exactly this to a public service, and takes nothing away', () => {
    const before = synth({}).addresses;
    const after = blueGreen().addresses;
    expect(before.filter((address) => !after.includes(address))).toEqual([]);
    expect(after.filter((address) => !before.includes(address))).toEqual([
      'aws_cloudwatch_metric_alarm.services_inventory_alarms_alternate-slow',
      'aws_cloudwatch_metric_alarm.services_inventory_alarms_alternate-target-errors',
      'aws_cloudwatch_metric_alarm.services_inventory_alarms_alternate-unhealthy-tasks',
      'aws_iam_role.services_inventory_deployment-role',
      'aws_iam_role_policy.services_inventory_deployment-role_shift-traffic',
      `aws_lb_target_group.${AT}_alternate`,
    ]);
  });

  test('lets ECS send callers from one set of targets to the other', () => {
    expect(blueGreen().at('aws_ecs_service.services_inventory')).toMatchObject({
      deployment_configuration: { strategy: 'BLUE_GREEN', bake_time_in_minutes: '15' },
      load_balancer: [
        {
          target_group_arn: `\${aws_lb_target_group.${AT}.arn}`,
          advanced_configuration: {
            alternate_target_group_arn: `\${aws_lb_target_group.${AT}_alternate.arn}`,
            production_listener_rule: `\${aws_lb_listener_rule.${AT}_host.arn}`,
            role_arn: '${aws_iam_role.services_inventory_deployment-role.arn}',
          },
        },
      ],
    });
  });

  test('goes back when either set fails its callers', () => {
    expect(blueGreen().at('aws_ecs_service.services_inventory')['alarms']).toMatchObject({
      enable: true,
      rollback: true,
      alarm_names: ['alarms_target-errors', 'alarms_alternate-target-errors'].map(
        (id) => `\${aws_cloudwatch_metric_alarm.services_inventory_${id}.alarm_name}`,
      ),
    });
  });

  test('names both sets in the rule, whose weights no plan takes back', () => {
    expect(rule('blue-green')).toMatchObject({
      action: [
        {
          type: 'forward',
          forward: {
            target_group: [
              { arn: `\${aws_lb_target_group.${AT}.arn}`, weight: 100 },
              { arn: `\${aws_lb_target_group.${AT}_alternate.arn}`, weight: 0 },
            ],
          },
        },
      ],
      lifecycle: { ignore_changes: ['action'] },
    });
  });

  test('is made ready by a plan that still writes the rule, and still rolls', () => {
    expect(rule('to-blue-green')['lifecycle']).toBeUndefined();
    expect(rule('to-blue-green')['action']).toEqual(rule('blue-green')['action']);
    const service = synth({ strategy: 'to-blue-green' }).at('aws_ecs_service.services_inventory');
    expect(service['deployment_configuration']).toEqual({ strategy: 'ROLLING' });
    expect(service['load_balancer']).toMatchObject([{ advanced_configuration: {} }]);
  });

  test('may touch the targets and the rule of the service alone', () => {
    const out = blueGreen();
    expect(statementsAt(out, 'aws_iam_role.services_inventory_deployment-role')).toEqual([
      { Effect: 'Allow', Principal: { Service: 'ecs.amazonaws.com' }, Action: 'sts:AssumeRole' },
    ]);
    const [, targets, rules] = statementsAt(
      out,
      'aws_iam_role_policy.services_inventory_deployment-role_shift-traffic',
    );
    expect(targets?.['Resource']).toEqual([
      `\${aws_lb_target_group.${AT}.arn}`,
      `\${aws_lb_target_group.${AT}_alternate.arn}`,
    ]);
    expect(rules).toMatchObject({
      Action: 'elasticloadbalancing:ModifyRule',
      Resource: `\${aws_lb_listener_rule.${AT}_host.arn}`,
    });
  });
});

describe('the strategy of a deployment', () => {
  const context = { production: false, regions: [], domain: 'test.example.com' };
  const problems = (settings: Partial<SettingsInput>) =>
    serviceRules
      .problems('inventory', running(settings), context)
      .map(({ path, rule }) => `${path.join('.')} must ${rule}`);

  test('is for public services', () => {
    expect(problems({ deployment: { strategy: 'blue-green' } })).toEqual([
      'deployment.strategy must be rolling for a service that is not public: there is no load balancer to turn over',
    ]);
    expect(problems({ ...onTheInternet, deployment: { strategy: 'blue-green' } })).toEqual([]);
  });

  test('does not go with a load that is measured of one set of targets', () => {
    const tasks = { min: 2, max: 6, scaleOn: { requestsPerMinute: 100 } };
    expect(problems({ ...onTheInternet, tasks, deployment: { strategy: 'to-blue-green' } })).toEqual([
      'tasks.scaleOn.requestsPerMinute must not come with to-blue-green: requests are counted of one set of targets, and each release goes to the other',
    ]);
  });

  test('is what minutes of baking are for', () => {
    expect(problems({ ...onTheInternet, deployment: { bakeMinutes: 5 } })).toEqual([
      'deployment.bakeMinutes must come with the strategy blue-green',
    ]);
  });
});
