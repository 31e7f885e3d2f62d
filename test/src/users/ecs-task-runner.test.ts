import { RunError } from '../../../src/errors';
import { ecsTaskRunner } from '../../../src/users/ecs-task-runner';
import { AwsServer } from '../../support/aws-server';

const aws = new AwsServer();
const operation = (target = '') => target.replace(/^.*\./, '');
const asked = () =>
  aws.requests.map(({ target, body }) => ({
    target: operation(target),
    body: JSON.parse(body) as Record<string, unknown>,
  }));
let answers: Readonly<Record<string, { status?: number; body: object }>> = {};
beforeEach(() => {
  aws.answer = ({ target }) => {
    const { status = 200, body } = answers[operation(target)] ?? { status: 500, body: {} };
    return { status, body: JSON.stringify(body) };
  };
});

const task = {
  taskDefinition: 'arn:aws:ecs:us-east-1:111122223333:task-definition/dev-orders-database-users:3',
  cluster: 'dev-services',
  subnets: ['subnet-1', 'subnet-2'],
  securityGroup: 'sg-1',
  logGroup: '/dev/databases/orders/users',
};
const ARN = 'arn:aws:ecs:us-east-1:111122223333:task/dev-services/0123456789abcdef';

test('a task is started where the stack says, without a public address', async () => {
  answers = { RunTask: { body: { tasks: [{ taskArn: ARN }] } } };
  expect(await ecsTaskRunner.start('us-east-1', task)).toBe(ARN);
  expect(asked()[0]?.body).toMatchObject({
    cluster: 'dev-services',
    taskDefinition: task.taskDefinition,
    networkConfiguration: {
      awsvpcConfiguration: {
        subnets: ['subnet-1', 'subnet-2'],
        securityGroups: ['sg-1'],
        assignPublicIp: 'DISABLED',
      },
    },
  });
});

test('a task that ECS does not start is said with the reason', async () => {
  answers = { RunTask: { body: { tasks: [], failures: [{ reason: 'Capacity is unavailable' }] } } };
  await expect(ecsTaskRunner.start('us-east-1', task)).rejects.toThrow(
    new RunError(
      'ECS and its logs in us-east-1 must answer, got Error: Capacity is unavailable; check ecs:RunTask and iam:PassRole, and the network',
    ),
  );
});

test('a task has ended when it has stopped, with the code of its program', async () => {
  const end = () => ecsTaskRunner.end('us-east-1', task, ARN);
  answers = { DescribeTasks: { body: { tasks: [{ lastStatus: 'RUNNING' }] } } };
  expect(await end()).toBeUndefined();
  answers = { DescribeTasks: { body: { tasks: [] } } };
  expect(await end()).toBeUndefined();
  const containers = [{ name: 'users', exitCode: 1, reason: 'because' }];
  answers = {
    DescribeTasks: { body: { tasks: [{ lastStatus: 'STOPPED', stoppedReason: 'exited', containers }] } },
  };
  expect(await end()).toEqual({ exitCode: 1, reason: 'exited; because' });
});

test('what the program said is read from the stream of its task, and nothing where it never ran', async () => {
  answers = { GetLogEvents: { body: { events: [{ message: 'one' }, { message: 'two' }] } } };
  expect(await ecsTaskRunner.log('us-east-1', task, ARN)).toEqual(['one', 'two']);
  expect(asked()[0]?.body).toMatchObject({
    logGroupName: '/dev/databases/orders/users',
    logStreamName: 'task/users/0123456789abcdef',
  });
  answers = { GetLogEvents: { status: 400, body: { __type: 'ResourceNotFoundException' } } };
  expect(await ecsTaskRunner.log('us-east-1', task, ARN)).toEqual([]);
});

test('a task is stopped', async () => {
  answers = { StopTask: { body: {} } };
  await ecsTaskRunner.stop('us-east-1', task, ARN);
  expect(asked()[0]?.body).toMatchObject({ cluster: 'dev-services', task: ARN });
});
