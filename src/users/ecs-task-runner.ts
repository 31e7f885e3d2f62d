import type * as Ecs from '@aws-sdk/client-ecs';
import { USERS_CONTAINER } from '../../modules/database/users-image';
import { RunError } from '../errors';
import { clientSettings } from '../terraform/aws/aws-client';
import { awsReason, credentialsError, isMissing } from '../terraform/aws/aws-errors';
import type { TaskRunner } from './task-runner';

const LOG_LINES = 50;

/** Tasks on Fargate, as ECS runs them. */
export const ecsTaskRunner: TaskRunner = {
  start: (region, { cluster, taskDefinition, subnets, securityGroup }) =>
    asking(region, 'ecs:RunTask and iam:PassRole', async ({ client, ecs }) => {
      const { tasks = [], failures = [] } = await client.send(
        new ecs.RunTaskCommand({
          cluster,
          taskDefinition,
          capacityProviderStrategy: [{ capacityProvider: 'FARGATE', weight: 1 }],
          networkConfiguration: {
            awsvpcConfiguration: {
              subnets: [...subnets],
              securityGroups: [securityGroup],
              assignPublicIp: 'DISABLED',
            },
          },
          propagateTags: 'TASK_DEFINITION',
          startedBy: 'aws-environments',
        }),
      );
      const arn = tasks[0]?.taskArn;
      if (arn !== undefined) return arn;
      const { reason = 'no reason', detail } = failures[0] ?? {};
      throw new Error(detail === undefined ? reason : `${reason}: ${detail}`);
    }),

  end: (region, { cluster }, arn) =>
    asking(region, 'ecs:DescribeTasks', async ({ client, ecs }) => {
      const { tasks = [] } = await client.send(new ecs.DescribeTasksCommand({ cluster, tasks: [arn] }));
      const [task] = tasks;
      // a task that has just been started may not be known yet
      if (task?.lastStatus !== 'STOPPED') return undefined;
      const container = task.containers?.find(({ name }) => name === USERS_CONTAINER);
      const reasons = [task.stoppedReason, container?.reason].filter((reason) => reason !== undefined);
      return { exitCode: container?.exitCode, reason: reasons.join('; ') };
    }),

  stop: (region, { cluster }, arn) =>
    asking(region, 'ecs:StopTask', async ({ client, ecs }) => {
      await client.send(new ecs.StopTaskCommand({ cluster, task: arn, reason: 'took too long' }));
    }),

  async log(region, { logGroup }, arn) {
    const logs = await import('@aws-sdk/client-cloudwatch-logs');
    const client = new logs.CloudWatchLogsClient(clientSettings(region));
    try {
      const { events = [] } = await client.send(
        new logs.GetLogEventsCommand({
          logGroupName: logGroup,
          logStreamName: `task/${USERS_CONTAINER}/${arn.split('/').at(-1) ?? ''}`,
          limit: LOG_LINES,
        }),
      );
      return events.map(({ message = '' }) => message);
    } catch (error) {
      // a task that did not start has said nothing
      if (isMissing(error, 'ResourceNotFoundException')) return [];
      throw failure(region, error, 'logs:GetLogEvents');
    } finally {
      client.destroy();
    }
  },
};

async function asking<T>(
  region: string,
  permission: string,
  ask: (ecs: { client: Ecs.ECSClient; ecs: typeof Ecs }) => Promise<T>,
): Promise<T> {
  const ecs = await import('@aws-sdk/client-ecs');
  const client = new ecs.ECSClient(clientSettings(region));
  try {
    return await ask({ client, ecs });
  } catch (error) {
    throw failure(region, error, permission);
  } finally {
    client.destroy();
  }
}

const failure = (region: string, error: unknown, permission: string) =>
  credentialsError(error) ??
  new RunError(
    `ECS and its logs in ${region} must answer, got ${awsReason(error)}; check ${permission}, and the network`,
  );
