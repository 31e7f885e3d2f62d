import { hoursSettings } from '../../../modules/hours/hours-settings';
import { QuietAlarms } from '../../../modules/hours/quiet-alarms';
import { ACCOUNT, naming, synth } from '../../support/harness';
import { statementsOf } from '../../support/statements';
import { synthService } from '../compute/service-under-test';
import { synthDatabase } from '../database/database-under-test';
import { synthMysql } from '../database/mysql-under-test';

const hours = hoursSettings.parse({ timeZone: 'Europe/Berlin', from: '08:00', until: '20:00' });
const foundation = { hours };
const target = (body: Record<string, unknown>) => body['target'] as Record<string, unknown>;
const inputOf = (body: Record<string, unknown>) => JSON.parse(String(target(body)['input'])) as unknown;

describe('outside of the hours of an environment', () => {
  test('a service has no tasks, and no plan at night gives it some', () => {
    const out = synthService({ foundation });
    const at = (end: string) =>
      out.at(`aws_appautoscaling_scheduled_action.services_inventory_scaling_hours-${end}`);
    expect(at('begin')).toMatchObject({
      schedule: 'cron(0 8 ? * MON,TUE,WED,THU,FRI *)',
      timezone: 'Europe/Berlin',
      scalable_target_action: { min_capacity: '2', max_capacity: '6' },
    });
    expect(at('end')).toMatchObject({
      schedule: 'cron(0 20 ? * MON,TUE,WED,THU,FRI *)',
      timezone: 'Europe/Berlin',
      scalable_target_action: { min_capacity: '0', max_capacity: '0' },
    });
    expect(out.at('aws_appautoscaling_target.services_inventory_scaling')['lifecycle']).toEqual({
      ignore_changes: ['min_capacity', 'max_capacity'],
    });
  });

  test.each([
    [
      'a cluster',
      () => synthDatabase({ foundation }),
      'orders',
      'DBCluster',
      { DbClusterIdentifier: 'test-orders' },
      `arn:aws:rds:us-east-1:${ACCOUNT}:cluster:test-orders`,
    ],
    [
      'an instance',
      () => synthMysql({ foundation }),
      'catalog',
      'DBInstance',
      { DbInstanceIdentifier: 'test-catalog' },
      `arn:aws:rds:us-east-1:${ACCOUNT}:db:test-catalog`,
    ],
  ])('%s is stopped, by a role for nothing else', (_what, build, name, suffix, input, arn) => {
    const out = build();
    const at = (id: string) => out.at(`aws_scheduler_schedule.databases_${name}_hours_${id}`);
    expect(at('start')).toMatchObject({
      // a service orders-hours-start has a schedule test-orders-hours-start
      name: `test-${name}-hours.start`,
      schedule_expression: 'cron(30 7 ? * MON,TUE,WED,THU,FRI *)',
      schedule_expression_timezone: 'Europe/Berlin',
      // at its time, and again while RDS is still busy
      flexible_time_window: { mode: 'OFF' },
      target: {
        arn: `arn:aws:scheduler:::aws-sdk:rds:start${suffix}`,
        retry_policy: { maximum_retry_attempts: 30, maximum_event_age_in_seconds: 3600 },
      },
    });
    expect(at('stop')).toMatchObject({
      schedule_expression: 'cron(15 20 ? * MON,TUE,WED,THU,FRI *)',
      target: { arn: `arn:aws:scheduler:::aws-sdk:rds:stop${suffix}` },
    });
    for (const id of ['start', 'stop']) expect(inputOf(at(id))).toEqual(input);
    expect(
      statementsOf(out.at(`aws_iam_role_policy.databases_${name}_hours_role_keep-hours`)['policy']),
    ).toEqual([{ Effect: 'Allow', Action: [`rds:Start${suffix}`, `rds:Stop${suffix}`], Resource: arn }]);
  });

  test('what is always on is not', () => {
    const ofHours = (addresses: readonly string[]) => addresses.filter((one) => /hours/.test(one));
    expect(ofHours(synthDatabase({ foundation, settings: { alwaysOn: true } }).addresses)).toEqual([]);
    expect(ofHours(synthMysql({ foundation, settings: { alwaysOn: true } }).addresses)).toEqual([]);
    expect(ofHours(synthDatabase().addresses)).toEqual([]);
  });

  test('an alarm rings that keeps the others quiet, set at the times of services', () => {
    const out = synth((stack) => void new QuietAlarms(stack, 'Hours', { naming, hours }));
    expect(out.at('aws_cloudwatch_metric_alarm.hours_asleep')).toMatchObject({
      alarm_name: 'test-asleep',
      treat_missing_data: 'ignore',
    });
    const start = out.at('aws_scheduler_schedule.hours_calls_start');
    const stop = out.at('aws_scheduler_schedule.hours_calls_stop');
    expect(start['schedule_expression']).toBe('cron(0 8 ? * MON,TUE,WED,THU,FRI *)');
    expect(stop['schedule_expression']).toBe('cron(0 20 ? * MON,TUE,WED,THU,FRI *)');
    expect(inputOf(start)).toMatchObject({ AlarmName: 'test-asleep', StateValue: 'OK' });
    expect(inputOf(stop)).toMatchObject({ AlarmName: 'test-asleep', StateValue: 'ALARM' });
    expect(target(stop)['arn']).toBe('arn:aws:scheduler:::aws-sdk:cloudwatch:setAlarmState');
    expect(statementsOf(out.at('aws_iam_role_policy.hours_calls_role_keep-hours')['policy'])).toEqual([
      {
        Effect: 'Allow',
        Action: ['cloudwatch:SetAlarmState'],
        Resource: `arn:aws:cloudwatch:us-east-1:${ACCOUNT}:alarm:test-asleep`,
      },
    ]);
  });
});
