import { Construct } from 'constructs';
import { RunTask } from '../../../modules/compute/run-task';
import { runSettings } from '../../../modules/compute/run-settings';
import { serviceRules, serviceSettings } from '../../../modules/compute/service-settings';
import { synthesize, testApp, testFoundation, testStack } from '../../support/harness';
import { minimal, statementsAt, type SettingsInput } from './service-under-test';

const nightly = { runs: { cron: '0 3 * * ? *', timeZone: 'America/New_York' } } as const;
const settingsOf = (change: Partial<SettingsInput>) =>
  serviceSettings.parse({ ...minimal, port: undefined, tasks: undefined, ...change });

function synthRun(change: Partial<SettingsInput> = nightly) {
  const app = testApp();
  const foundation = testFoundation(app);
  const stack = testStack(app);
  new RunTask(new Construct(stack, 'Services'), 'inventory', {
    ...foundation,
    ...settingsOf(change),
    runs: runSettings.parse(change.runs),
    cluster: { name: 'test-services' },
    registry: '999988887777.dkr.ecr.us-east-1.amazonaws.com',
    uses: [],
  });
  return synthesize(stack);
}

describe('a task that runs at its times', () => {
  const out = synthRun();
  const FAILURES = '${aws_sqs_queue.services_inventory_failures.arn}';

  test('is no service of ECS, has no load balancer and does not scale', () => {
    expect(Object.keys(out.resource).filter((type) => /ecs_service|_lb|appautoscaling/.test(type))).toEqual(
      [],
    );
  });

  test('is started in its time zone, inside of the network and once', () => {
    expect(out.at('aws_scheduler_schedule.services_inventory')).toMatchObject({
      name: 'test-inventory',
      schedule_expression: 'cron(0 3 * * ? *)',
      schedule_expression_timezone: 'America/New_York',
      flexible_time_window: { mode: 'OFF' },
      target: {
        arn: 'arn:aws:ecs:us-east-1:111122223333:cluster/test-services',
        role_arn: '${aws_iam_role.services_inventory_scheduler-role.arn}',
        dead_letter_config: { arn: FAILURES },
        retry_policy: { maximum_retry_attempts: 10, maximum_event_age_in_seconds: 3600 },
        ecs_parameters: {
          task_definition_arn: '${aws_ecs_task_definition.services_inventory.arn}',
          task_count: 1,
          capacity_provider_strategy: [{ capacity_provider: 'FARGATE', weight: 1 }],
          network_configuration: {
            security_groups: ['${aws_security_group.services_inventory_connections.id}'],
            assign_public_ip: false,
          },
        },
      },
    });
  });

  test('is started by a role that starts it alone, and passes its two roles to tasks alone', () => {
    expect(statementsAt(out, 'aws_iam_role_policy.services_inventory_scheduler-role_run-task')).toEqual([
      {
        Effect: 'Allow',
        Action: 'ecs:RunTask',
        Resource: 'arn:aws:ecs:us-east-1:111122223333:task-definition/test-inventory:*',
        Condition: {
          ArnEquals: { 'ecs:cluster': 'arn:aws:ecs:us-east-1:111122223333:cluster/test-services' },
        },
      },
      {
        Effect: 'Allow',
        Action: 'ecs:TagResource',
        Resource: 'arn:aws:ecs:us-east-1:111122223333:task/test-services/*',
        Condition: { StringEquals: { 'ecs:CreateAction': 'RunTask' } },
      },
      {
        Effect: 'Allow',
        Action: 'iam:PassRole',
        Resource: [
          '${aws_iam_role.services_inventory_task-role.arn}',
          '${aws_iam_role.services_inventory_execution-role.arn}',
        ],
        Condition: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
      },
    ]);
    expect(statementsAt(out, 'aws_iam_role.services_inventory_scheduler-role')).toMatchObject([
      { Principal: { Service: 'scheduler.amazonaws.com' } },
    ]);
  });

  test('rings when it could not start, or ended with an error', () => {
    expect(out.at('aws_cloudwatch_metric_alarm.services_inventory_alarms_failed')).toMatchObject({
      metric_name: 'ApproximateNumberOfMessagesVisible',
      dimensions: { QueueName: 'test-inventory-failures' },
      threshold: 0,
    });
    const { event_pattern: pattern } = out.at('aws_cloudwatch_event_rule.services_inventory_ends');
    expect(JSON.parse(String(pattern))).toMatchObject({
      detail: {
        taskDefinitionArn: [{ prefix: 'arn:aws:ecs:us-east-1:111122223333:task-definition/test-inventory:' }],
        $or: [{ stopCode: ['TaskFailedToStart'] }, { containers: { exitCode: [{ 'anything-but': 0 }] } }],
      },
    });
    expect(out.at('aws_cloudwatch_event_target.services_inventory_ends-to-failures')['arn']).toBe(FAILURES);
    expect(statementsAt(out, 'aws_sqs_queue_policy.services_inventory_failures-policy')).toMatchObject([
      { Sid: 'NothingWithoutTls', Effect: 'Deny', Principal: '*' },
      {
        Principal: { Service: 'events.amazonaws.com' },
        Condition: {
          ArnEquals: { 'aws:SourceArn': '${aws_cloudwatch_event_rule.services_inventory_ends.arn}' },
        },
      },
    ]);
    expect(out.at('aws_sqs_queue.services_inventory_failures')['sqs_managed_sse_enabled']).toBe(true);
  });

  test('by hand has no schedule and nobody who starts it, and rings all the same', () => {
    const byHand = synthRun({ runs: 'by-hand' });
    expect(byHand.resource).not.toHaveProperty('aws_scheduler_schedule');
    expect(byHand.addresses).not.toContain('aws_iam_role.services_inventory_scheduler-role');
    expect(byHand.addresses).toContain('aws_cloudwatch_event_rule.services_inventory_ends');
  });
});

describe('settings of what ends by itself', () => {
  const problems = (change: Partial<SettingsInput>) =>
    serviceRules
      .problems('inventory', settingsOf(change), { production: true, regions: [], domain: undefined })
      .map(({ path, rule, remedy }) => `${path.join('.')} must ${rule}; ${remedy}`);

  test('are enough of themselves', () => {
    expect(problems(nightly)).toEqual([]);
    expect(problems({})).toEqual([
      'tasks must be said of what keeps running; say how many tasks run, or in runs when one does',
    ]);
  });

  test.each([['tasks', { tasks: { min: 2, max: 3 } }] as const, ['port', { port: 8080 }] as const])(
    'do not go with %s',
    (key, change) => {
      expect(problems({ ...nightly, ...change })).toEqual([
        `${key} must not come with runs: it starts in the primary alone, ends by itself, and nobody calls it; take one of the two out`,
      ]);
    },
  );

  test.each([
    ['0 3 * * *', 'six fields'],
    ['0 3 * * * *', 'have ? as day'],
    ['0 3 ? * ? *', 'have ? as day'],
    ['rate(5 minutes)', 'six fields'],
    ['0 3 * * ?\n*', 'six fields'],
    ['99 3 * * ? *', 'have a minute that AWS knows'],
    ['0 24 * * ? *', 'have a hour that AWS knows'],
    ['0 3 32 * ? *', 'have a day of month that AWS knows'],
    ['0 3 ? 13 * *', 'have a month that AWS knows'],
    ['0 3 ? * TOM *', 'have a day of week that AWS knows'],
    ['0 3 * * ? 1969', 'have a year that AWS knows'],
    ['*/0 3 * * ? *', 'have a minute that AWS knows'],
  ])('refuse the times %s', (cron, message) => {
    const { error } = runSettings.safeParse({ cron });
    expect(JSON.stringify(error?.issues)).toContain(message);
  });

  test.each(['0/15 8-17 ? * MON-FRI *', '0 3 L * ? *', '30 6,18 ? JAN-MAR 2#1 2026-2030'])(
    'take the times %s',
    (cron) => expect(runSettings.safeParse({ cron }).success).toBe(true),
  );
});
