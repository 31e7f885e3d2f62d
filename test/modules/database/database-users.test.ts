import { Construct } from 'constructs';
import { AuroraMysql, type AuroraMysqlProps } from '../../../modules/database/aurora-mysql';
import { auroraMysqlSettings } from '../../../modules/database/aurora-mysql-settings';
import { DatabaseUsers } from '../../../modules/database/database-users';
import type { UsersTask } from '../../../modules/database/users-image';
import { parsePlan } from '../../../modules/database/users-task/plan';
import { egressOf } from '../../support/egress';
import { without } from '../../support/without';
import { environments, shared } from '../../fixtures/car-retail';
import { changed, estateOf, stacksOf } from '../../support/estate';
import { fixtureStacks } from '../../support/estates';
import { synthesize, testApp, testFoundation, testStack } from '../../support/harness';
import { statementsOf } from '../../support/statements';
import { Mysql } from '../../../modules/database/mysql';
import { mysqlSettings } from '../../../modules/database/mysql-settings';
import { minimal } from './database-under-test';
import { minimal as minimalMysql } from './mysql-under-test';

type Kind = AuroraMysqlProps['globalCluster'] | 'mysql';

function built(kind: Kind = 'none') {
  const app = testApp();
  const foundation = testFoundation(app, {});
  const stack = testStack(app);
  const group = new Construct(stack, 'Databases');
  const database =
    kind === 'mysql'
      ? new Mysql(group, 'orders', { ...foundation, ...mysqlSettings.parse(minimalMysql) })
      : new AuroraMysql(group, 'orders', {
          ...foundation,
          ...auroraMysqlSettings.parse({ ...minimal, databaseName: 'shop' }),
          globalCluster: kind,
          writes: kind !== 'secondary',
        });
  const { task } = new DatabaseUsers(database, 'Users', {
    ...foundation,
    database,
    cluster: { name: 'test-services' },
    registry: '555555555555.dkr.ecr.us-east-1.amazonaws.com',
    users: { inventory: 'read-write', accounts: 'read' },
  });
  return { out: synthesize(stack), task };
}

interface Container {
  readonly image: string;
  readonly environment: readonly { readonly name: string; readonly value: string }[];
  readonly secrets: readonly { readonly name: string; readonly valueFrom: string }[];
  readonly portMappings: readonly unknown[];
  readonly readonlyRootFilesystem: boolean;
}

function containerOf({ out }: ReturnType<typeof built>): Container {
  const { container_definitions: text } = out.at('aws_ecs_task_definition.databases_orders_users');
  const [container] = JSON.parse(String(text)) as Container[];
  if (!container) throw new Error('no container');
  return container;
}

describe('the task that makes the users of a database', () => {
  test('is told who may do what, and where, and no secret', () => {
    const { environment } = containerOf(built());
    expect(environment.map(({ name }) => name)).toEqual(['USERS_PLAN']);
    expect(parsePlan(environment[0]?.value ?? '')).toEqual({
      database: 'orders',
      host: '${aws_rds_cluster.databases_orders.endpoint}',
      port: 3306,
      schema: 'shop',
      users: { accounts: 'read', inventory: 'read-write' },
    });
  });

  test('is told the same of RDS MySQL, where the schema is named like the database', () => {
    const { environment } = containerOf(built('mysql'));
    expect(parsePlan(environment[0]?.value ?? '')).toMatchObject({
      host: '${aws_db_instance.databases_orders.address}',
      schema: 'orders',
    });
  });

  test.each([
    ['none', '${aws_rds_cluster.databases_orders.master_user_secret[0].secret_arn}'],
    ['primary', '${aws_secretsmanager_secret.databases_orders_master-password.arn}'],
    ['mysql', '${aws_secretsmanager_secret.databases_orders_master-password.arn}'],
  ] as const)('gets the secret of the master from ECS, of %s', (kind, secret) => {
    const all = built(kind);
    expect(containerOf(all).secrets).toEqual([
      { name: 'MASTER_PASSWORD', valueFrom: `${secret}:password::` },
      { name: 'MASTER_USERNAME', valueFrom: `${secret}:username::` },
    ]);
    const { policy } = all.out.at(
      'aws_iam_role_policy.databases_orders_users_execution-role_read-master-secret',
    );
    expect(statementsOf(policy)).toEqual([
      { Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: secret },
      {
        Effect: 'Allow',
        Action: 'kms:Decrypt',
        Resource: '${data.terraform_remote_state.foundation.outputs.aws-kms-key-keys-data-arn}',
        Condition: { StringEquals: { 'kms:EncryptionContext:SecretARN': secret } },
      },
    ]);
  });

  test('is not made where there is no master', () => {
    expect(() => built('secondary')).toThrow(
      /database orders must have a master here, got one that follows another region/,
    );
  });

  test('runs the released image with no role, no port and no writable file', () => {
    const all = built();
    const { image, portMappings, readonlyRootFilesystem } = containerOf(all);
    expect({ image, portMappings, readonlyRootFilesystem }).toEqual({
      image:
        '555555555555.dkr.ecr.us-east-1.amazonaws.com/database-users@${data.aws_ssm_parameter.databases_orders_users_release.insecure_value}',
      portMappings: [],
      readonlyRootFilesystem: true,
    });
    expect(all.out.data['aws_ssm_parameter']?.['databases_orders_users_release']?.['name']).toBe(
      '/releases/test/database-users',
    );
    expect(all.out.at('aws_ecs_task_definition.databases_orders_users')).not.toHaveProperty('task_role_arn');
  });
});

describe('in the environments, the tasks that make users', () => {
  test('stand in the primary region alone, and the output says how to run each', () => {
    const outputs = fixtureStacks().filter(({ output }) => output['database-users']);
    expect(outputs.map(({ id }) => id)).toEqual(
      ['dev', 'qa', 'beta', 'prod'].map((name) => `${name}-us-east-1-workload`),
    );
    const { value } = outputs[0]?.output['database-users'] ?? {};
    const tasks = value as Record<string, UsersTask>;
    expect(Object.keys(tasks)).toEqual(['catalog', 'orders', 'users']);
    expect(tasks['orders']).toMatchObject({
      taskDefinition: '${aws_ecs_task_definition.databases_orders_users.arn}',
      securityGroup: '${aws_security_group.databases_orders_users_connections.id}',
      logGroup: '${aws_cloudwatch_log_group.databases_orders_users.name}',
    });
  });

  test('alone read secrets of masters, and alone reach the databases beside the services', () => {
    for (const { id, resource } of fixtureStacks()) {
      if (!id.endsWith('-workload')) continue;
      const readers = Object.entries(resource['aws_iam_role_policy'] ?? {})
        .filter(([, { policy }]) => String(policy).includes('secretsmanager:'))
        .map(([name]) => name);
      for (const name of readers)
        expect(name).toMatch(/^databases_\w+_users_execution-role_read-master-secret$/);
    }
    const paths = egressOf(
      fixtureStacks().filter(
        ({ id }) => id === 'prod-us-east-1-workload' || id === 'prod-us-east-1-foundation',
      ),
    );
    expect(paths.filter((path) => path.endsWith('-> prod-orders-database tcp 3306'))).toEqual([
      'prod-indexer-service -> prod-orders-database tcp 3306',
      'prod-inventory-service -> prod-orders-database tcp 3306',
      'prod-orders-database-users -> prod-orders-database tcp 3306',
      'prod-orders-proxy -> prod-orders-database tcp 3306',
    ]);
  });

  test('are not run where the database writes in another region by now', () => {
    const prod = changed(environments.prod, { databases: { orders: { primaryRegion: 'us-west-2' } } });
    const stacks = stacksOf(estateOf({ environments: { ...environments, prod }, shared }), ['prod']);
    const { output, resource } = stacks.find(({ id }) => id === 'prod-us-east-1-workload')!;
    expect(Object.keys(output['database-users']?.['value'] ?? {})).toEqual(['catalog', 'users']);
    expect(resource['aws_ecs_task_definition']).toHaveProperty('databases_orders_users');
  });

  test('have an endpoint for the secret where the network has endpoints', () => {
    const endpoint = (id: string) =>
      fixtureStacks().find((stack) => stack.id === id)?.resource['aws_vpc_endpoint']?.[
        'network_endpoints_secretsmanager'
      ];
    expect(endpoint('prod-us-east-1-foundation')).toBeDefined();
    expect(endpoint('prod-us-west-2-foundation')).toBeUndefined();
  });

  test('are not there without services', () => {
    const { blueprint, overrides } = environments.dev;
    const dev = {
      blueprint,
      overrides: { ...overrides, ...without(environments.dev, ['services', 'capacity']) },
    };
    const stacks = stacksOf(
      estateOf({ environments: { dev }, shared: { account: shared.account, region: shared.region } }),
      ['dev'],
    );
    expect(stacks.filter(({ output }) => output['database-users'])).toEqual([]);
  });
});
