import type { Construct } from 'constructs';
import { CloudwatchEventRule } from '@cdktf/provider-aws/lib/cloudwatch-event-rule';
import { CloudwatchEventTarget } from '@cdktf/provider-aws/lib/cloudwatch-event-target';
import { SchedulerSchedule } from '@cdktf/provider-aws/lib/scheduler-schedule';
import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { SqsQueuePolicy } from '@cdktf/provider-aws/lib/sqs-queue-policy';
import { ServiceRole } from '../access/service-role';
import { resourcesIn } from '../foundation/resources-in';
import { anyMessage, DEAD_LETTER_RETENTION_SECONDS } from '../messaging/dead-letters';
import { queuePolicy } from '../messaging/queue-policy';
import { Alarms } from '../observability/alarms';
import { capacityStrategy } from './capacity-strategy';
import { ContainerTask, type ContainerTaskProps } from './container-task';
import { clusterName } from './ephemeral-storage';
import type { RunSettings } from './run-settings';
import { serviceNames } from './service-names';

export interface RunTaskProps extends ContainerTaskProps {
  readonly runs: RunSettings;
}

/** A container that runs and ends: at its times, or when somebody starts it. What fails is kept, and rings. */
export class RunTask extends ContainerTask {
  private readonly names: ReturnType<typeof serviceNames>;

  constructor(
    scope: Construct,
    name: string,
    private readonly props: RunTaskProps,
  ) {
    const names = serviceNames(props.naming, name);
    super(scope, name, props, {
      names: { ...names, family: names.service },
      what: `the service ${name}`,
      container: {},
    });
    this.names = names;
    const failures = this.addFailures();
    this.watchEnds(failures);
    if (props.runs !== 'by-hand') this.addSchedule(props.runs, failures);
  }

  /** Runs that could not start, and those that ended badly. They name the task and its reason, and hold no data. */
  private addFailures(): SqsQueue {
    const { alerts } = this.props;
    const queue = new SqsQueue(this, 'Failures', {
      name: this.names.failures,
      // EventBridge could not use a key of ours without being in its policy
      sqsManagedSseEnabled: true,
      messageRetentionSeconds: DEAD_LETTER_RETENTION_SECONDS,
    });
    new Alarms(this, 'Alarms', this.names.alarms, alerts).add(
      'failed',
      anyMessage(
        this.names.failures,
        `${this.name} did not start, or ended with an error. Read the messages of ${this.names.failures} and the log, then purge the queue.`,
      ),
    );
    return queue;
  }

  /** Starting is all that a scheduler sees of a task. */
  private watchEnds(failures: SqsQueue): void {
    const { account, region } = this.props.naming.place;
    const rule = new CloudwatchEventRule(this, 'Ends', {
      name: this.names.failures,
      description: `Tasks of ${this.name} that did not start, or ended with an error`,
      eventPattern: JSON.stringify({
        source: ['aws.ecs'],
        'detail-type': ['ECS Task State Change'],
        detail: {
          lastStatus: ['STOPPED'],
          taskDefinitionArn: [
            { prefix: `arn:aws:ecs:${region}:${account}:task-definition/${this.names.service}:` },
          ],
          $or: [{ stopCode: ['TaskFailedToStart'] }, { containers: { exitCode: [{ 'anything-but': 0 }] } }],
        },
      }),
    });
    new CloudwatchEventTarget(this, 'EndsToFailures', {
      rule: rule.name,
      // else the provider makes one up, and a move to another state could not name it
      targetId: 'failures',
      arn: failures.arn,
    });
    new SqsQueuePolicy(this, 'FailuresPolicy', {
      queueUrl: failures.url,
      policy: queuePolicy(failures.arn, [
        {
          Sid: 'EndsOfThisTask',
          Principal: { Service: 'events.amazonaws.com' },
          Action: 'sqs:SendMessage',
          Resource: failures.arn,
          Condition: { ArnEquals: { 'aws:SourceArn': rule.arn } },
        },
      ]),
    });
  }

  private addSchedule({ cron, timeZone }: Exclude<RunSettings, 'by-hand'>, failures: SqsQueue): void {
    const { naming, cluster, network, capacity } = this.props;
    const { account, region } = naming.place;
    const role = this.addSchedulerRole(failures);
    new SchedulerSchedule(this, 'Schedule', {
      name: this.names.service,
      description: `Starts ${this.name}`,
      scheduleExpression: `cron(${cron.trim()})`,
      scheduleExpressionTimezone: timeZone,
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: `arn:aws:ecs:${region}:${account}:cluster/${cluster.name}`,
        roleArn: role.arn,
        deadLetterConfig: { arn: failures.arn },
        retryPolicy: { maximumRetryAttempts: 10, maximumEventAgeInSeconds: 3600 },
        ecsParameters: {
          taskDefinitionArn: this.definition.arn,
          taskCount: 1,
          capacityProviderStrategy: capacityStrategy(naming, capacity, 0).map((share) => ({ ...share })),
          networkConfiguration: {
            subnets: [...network.subnetIds('application')],
            securityGroups: [this.connections.securityGroupId],
            assignPublicIp: false,
          },
          enableEcsManagedTags: true,
          propagateTags: 'TASK_DEFINITION',
        },
      },
      dependsOn: resourcesIn(role, this.role, this.executionRole, this.connections),
    });
  }

  /** Starts this task on this cluster, with its two roles and no others. */
  private addSchedulerRole(failures: SqsQueue): ServiceRole {
    const { naming, permissionsBoundary } = this.props;
    const { account, region } = naming.place;
    const role = new ServiceRole(this, 'SchedulerRole', {
      name: this.names.schedulerRole,
      description: `Starts ${this.name} at its times`,
      service: 'scheduler.amazonaws.com',
      account,
      permissionsBoundary,
    });
    role.allow('run-task', [
      {
        Action: 'ecs:RunTask',
        Resource: `arn:aws:ecs:${region}:${account}:task-definition/${this.names.service}:*`,
        Condition: {
          ArnEquals: { 'ecs:cluster': `arn:aws:ecs:${region}:${account}:cluster/${clusterName(naming)}` },
        },
      },
      {
        // a task that is started with tags is tagged as it is made
        Action: 'ecs:TagResource',
        Resource: `arn:aws:ecs:${region}:${account}:task/${clusterName(naming)}/*`,
        Condition: { StringEquals: { 'ecs:CreateAction': 'RunTask' } },
      },
      {
        Action: 'iam:PassRole',
        Resource: [this.role.arn, this.executionRole.arn],
        Condition: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
      },
    ]);
    role.allow('keep-failures', [{ Action: 'sqs:SendMessage', Resource: failures.arn }]);
    return role;
  }
}
