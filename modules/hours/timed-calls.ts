import { Construct } from 'constructs';
import { SchedulerSchedule } from '@cdktf/provider-aws/lib/scheduler-schedule';
import { ServiceRole } from '../access/service-role';
import { resourcesIn } from '../foundation/resources-in';
import type { Foundation } from '../foundation/foundation';
import type { Hours } from './hours-settings';

/** A call of AWS at its times. */
export interface TimedCall {
  /** What it does, in kebab-case: part of the name of the schedule. */
  readonly id: 'start' | 'stop';
  /** As EventBridge Scheduler names it: `rds:stopDBCluster`. */
  readonly call: string;
  /** As AWS SDKs for Java name them: `DbClusterIdentifier`. */
  readonly input: Readonly<Record<string, string>>;
  /** `cron(…)`, in the time zone of the hours. */
  readonly cron: string;
}

export interface TimedCallsProps extends Pick<Foundation, 'naming' | 'permissionsBoundary'> {
  readonly hours: Hours;
  /** Of schedules and role, without the environment: `orders-hours`. */
  readonly name: string;
  /** What is started and stopped, e.g. `database orders`. */
  readonly what: string;
  readonly calls: readonly TimedCall[];
  /** Actions that the calls take, on the one resource that they are for. */
  readonly actions: readonly string[];
  /** ARN of that resource. */
  readonly resource: string;
}

/**
 * Calls of EventBridge Scheduler on one resource, by a role for these alone. No program runs in between. What AWS refuses is
 * tried again for an hour, since it is busy mostly.
 */
export class TimedCalls extends Construct {
  constructor(scope: Construct, id: string, props: TimedCallsProps) {
    super(scope, id);
    const { hours, naming, name, what, calls, actions, resource } = props;
    const role = new ServiceRole(this, 'Role', {
      name: naming.accountWide(name),
      description: `Starts and stops ${what} at its hours`,
      service: 'scheduler.amazonaws.com',
      account: naming.place.account,
      permissionsBoundary: props.permissionsBoundary,
    });
    role.allow('keep-hours', [{ Action: [...actions], Resource: resource }]);
    for (const { id: what, call, input, cron } of calls)
      new SchedulerSchedule(this, what, {
        // a dot, which no entry has in its name: a service that runs at times has a schedule of its own name
        name: naming.regional(`${name}.${what}`),
        scheduleExpression: cron,
        scheduleExpressionTimezone: hours.timeZone,
        flexibleTimeWindow: { mode: 'OFF' },
        target: {
          arn: `arn:aws:scheduler:::aws-sdk:${call}`,
          roleArn: role.arn,
          input: JSON.stringify(input),
          retryPolicy: { maximumRetryAttempts: 30, maximumEventAgeInSeconds: 3600 },
        },
        dependsOn: resourcesIn(role),
      });
  }
}
