import { Construct } from 'constructs';
import { Connections } from '../../../modules/access/connections';
import type { IClient } from '../../../modules/access/usable';
import type { Foundation } from '../../../modules/foundation/foundation';
import { edge, onTheInternet, statementsAt, synthService } from './service-under-test';

const PRIVATE = [
  'aws_appautoscaling_policy.services_inventory_scaling_cpu',
  'aws_appautoscaling_policy.services_inventory_scaling_memory',
  'aws_appautoscaling_target.services_inventory_scaling',
  'aws_cloudwatch_composite_alarm.services_inventory_alarms',
  'aws_cloudwatch_log_group.services_inventory',
  'aws_cloudwatch_metric_alarm.services_inventory_alarms_cpu-high',
  'aws_cloudwatch_metric_alarm.services_inventory_alarms_memory-high',
  'aws_cloudwatch_metric_alarm.services_inventory_alarms_tasks-low',
  'aws_ecs_service.services_inventory',
  'aws_ecs_task_definition.services_inventory',
  'aws_iam_role.services_inventory_execution-role',
  'aws_iam_role.services_inventory_task-role',
  'aws_iam_role_policy.services_inventory_execution-role_pull-image',
  'aws_iam_role_policy.services_inventory_execution-role_write-log',
  'aws_security_group.services_inventory_connections',
  'aws_vpc_security_group_egress_rule.services_inventory_connections_to-network-endpoints-443',
  'aws_vpc_security_group_egress_rule.services_inventory_connections_to-s3-443',
];

/** A database that listens on 3306 and takes clients with a grant. */
class Database extends Construct {
  readonly connections: Connections;

  constructor(scope: Construct, id: string, foundation: Foundation) {
    super(scope, id);
    const { vpcId } = foundation.network;
    this.connections = new Connections(this, { name: id, vpcId, description: id, defaultPort: 3306 });
  }

  letUse(client: IClient) {
    client.connections.allowTo(this, 'orders are stored here');
    client.role.allow('use-orders', [{ Action: 'rds-db:connect', Resource: `*/${client.name}` }]);
    return { DATABASE_ORDERS_HOST: 'db' };
  }
}

describe('a private service', () => {
  test('is exactly this', () => {
    expect(synthService().addresses).toEqual(PRIVATE);
  });

  test('reaches AWS through its endpoints and nothing else, and nothing reaches it', () => {
    const out = synthService();
    expect(Object.values(out.resource['aws_vpc_security_group_egress_rule'] ?? {})).toEqual([
      expect.objectContaining({
        security_group_id: '${aws_security_group.services_inventory_connections.id}',
        referenced_security_group_id:
          '${data.terraform_remote_state.foundation.outputs.aws-security-group-network-endpoints-connections-id}',
        from_port: 443,
        to_port: 443,
      }),
      expect.objectContaining({
        security_group_id: '${aws_security_group.services_inventory_connections.id}',
        prefix_list_id:
          '${data.terraform_remote_state.foundation.outputs.aws-vpc-endpoint-network-endpoints-s3-prefix-list-id}',
        from_port: 443,
        to_port: 443,
      }),
    ]);
    expect(out.resource).not.toHaveProperty('aws_vpc_security_group_ingress_rule');
    expect(out.at('aws_security_group.services_inventory_connections')).toMatchObject({
      name: 'test-inventory-service',
      description: 'Tasks of the service inventory',
      vpc_id: '${data.terraform_remote_state.foundation.outputs.aws-vpc-network-id}',
    });
  });

  test('logs into an encrypted group that one finds by its name', () => {
    expect(
      synthService({ foundation: { logRetentionDays: 90 } }).at(
        'aws_cloudwatch_log_group.services_inventory',
      ),
    ).toMatchObject({
      name: '/test/services/inventory',
      retention_in_days: 90,
      kms_key_id: '${data.terraform_remote_state.foundation.outputs.aws-kms-key-keys-logs-arn}',
    });
  });
});

describe('the roles of a service', () => {
  test.each(['task-role', 'execution-role'])(
    'are assumed by tasks of this account and region alone: %s',
    (role) => {
      expect(statementsAt(synthService(), `aws_iam_role.services_inventory_${role}`)).toEqual([
        {
          Effect: 'Allow',
          Principal: { Service: 'ecs-tasks.amazonaws.com' },
          Action: 'sts:AssumeRole',
          Condition: {
            StringEquals: { 'aws:SourceAccount': '111122223333' },
            ArnLike: { 'aws:SourceArn': 'arn:aws:ecs:us-east-1:111122223333:*' },
          },
        },
      ]);
    },
  );

  test('carry the region in their names and are two, one for the program and one to start it', () => {
    const out = synthService();
    expect(out.at('aws_iam_role.services_inventory_task-role')).toMatchObject({
      name: 'test-inventory-task-us-east-1',
      description: 'What the program of inventory may do',
    });
    expect(out.at('aws_iam_role.services_inventory_execution-role')).toMatchObject({
      name: 'test-inventory-execution-us-east-1',
      description: 'Starts the tasks of inventory',
    });
    expect(out.at('aws_ecs_task_definition.services_inventory')).toMatchObject({
      task_role_arn: '${aws_iam_role.services_inventory_task-role.arn}',
      execution_role_arn: '${aws_iam_role.services_inventory_execution-role.arn}',
    });
  });

  test('pull the one repository from where the registry is', () => {
    expect(
      statementsAt(synthService(), 'aws_iam_role_policy.services_inventory_execution-role_pull-image'),
    ).toEqual([
      { Effect: 'Allow', Action: 'ecr:GetAuthorizationToken', Resource: '*' },
      {
        Effect: 'Allow',
        Action: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
        Resource: 'arn:aws:ecr:us-east-1:999988887777:repository/team/inventory',
      },
    ]);
  });

  test('write to the log of the service alone', () => {
    expect(
      statementsAt(synthService(), 'aws_iam_role_policy.services_inventory_execution-role_write-log'),
    ).toEqual([
      {
        Effect: 'Allow',
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: '${aws_cloudwatch_log_group.services_inventory.arn}:*',
      },
    ]);
  });

  test('read and decrypt the secrets of the service alone, and only where it has some', () => {
    const out = synthService({ settings: { secrets: ['TOKEN'] } });
    expect(out.addresses).toEqual(
      [...PRIVATE, 'aws_iam_role_policy.services_inventory_execution-role_read-secrets'].sort(),
    );
    const own = 'arn:aws:ssm:us-east-1:111122223333:parameter/test/inventory/*';
    expect(statementsAt(out, 'aws_iam_role_policy.services_inventory_execution-role_read-secrets')).toEqual([
      { Effect: 'Allow', Action: 'ssm:GetParameters', Resource: own },
      {
        Effect: 'Allow',
        Action: 'kms:Decrypt',
        Resource: '${data.terraform_remote_state.foundation.outputs.aws-kms-key-keys-parameters-arn}',
        Condition: { StringLike: { 'kms:EncryptionContext:PARAMETER_ARN': own } },
      },
    ]);
  });

  test('cannot be made for a registry that is none of ECR', () => {
    expect(() => synthService({ props: { registry: 'docker.io/library' } })).toThrow(
      new Error(
        'test-us-east-1-workload/Services/inventory/ExecutionRole: registry must be a host name of ECR, got docker.io/library; write it like 111122223333.dkr.ecr.us-east-1.amazonaws.com',
      ),
    );
  });
});

describe('what a service uses', () => {
  const uses = (stack: Construct, foundation: Foundation) => {
    const database = new Database(stack, 'orders', foundation);
    return [{ thing: 'databases.orders', letUse: (client: IClient) => database.letUse(client) }];
  };

  test('adds exactly the path, the permission and nothing else', () => {
    expect(synthService({ uses }).addresses).toEqual(
      [
        ...PRIVATE,
        'aws_iam_role_policy.services_inventory_task-role_use-orders',
        'aws_security_group.orders_connections',
        'aws_vpc_security_group_egress_rule.services_inventory_connections_to-orders-3306',
        'aws_vpc_security_group_ingress_rule.services_inventory_connections_to-orders-3306',
      ].sort(),
    );
  });

  test('is told that the service goes by its own name', () => {
    expect(
      statementsAt(synthService({ uses }), 'aws_iam_role_policy.services_inventory_task-role_use-orders'),
    ).toEqual([{ Effect: 'Allow', Action: 'rds-db:connect', Resource: '*/inventory' }]);
  });

  test('may set a variable that another use sets to the same value, and no other', () => {
    const using = (...values: string[]) =>
      synthService({
        uses: () =>
          values.map((DATABASE_HOST, index) => ({
            thing: `databases.db-${index}`,
            letUse: () => ({ DATABASE_HOST }),
          })),
      });
    expect(() => using('a', 'a')).not.toThrow();
    expect(() => using('a', 'b')).toThrow(
      new Error(
        'test-us-east-1-workload/Services/inventory: uses must set DATABASE_HOST to one value, got two from databases.db-0 and databases.db-1; rename one of them',
      ),
    );
  });

  test('stands before the first task starts, and so does everything else that a task needs', () => {
    const out = synthService({ uses });
    expect(out.at('aws_ecs_service.services_inventory')['depends_on']).toEqual([
      'aws_iam_role.services_inventory_task-role',
      'aws_iam_role_policy.services_inventory_task-role_use-orders',
      'aws_iam_role.services_inventory_execution-role',
      'aws_iam_role_policy.services_inventory_execution-role_pull-image',
      'aws_iam_role_policy.services_inventory_execution-role_write-log',
      'aws_security_group.services_inventory_connections',
      'aws_vpc_security_group_egress_rule.services_inventory_connections_to-network-endpoints-443',
      'aws_vpc_security_group_egress_rule.services_inventory_connections_to-s3-443',
      'aws_vpc_security_group_egress_rule.services_inventory_connections_to-orders-3306',
      'aws_vpc_security_group_ingress_rule.services_inventory_connections_to-orders-3306',
    ]);
  });
});

describe('the task of a service', () => {
  test('runs on Fargate in the size and for the processor that the settings say', () => {
    const settings = { cpu: 1024, memoryMiB: 3072, architecture: 'ARM64' } as const;
    expect(synthService({ settings }).at('aws_ecs_task_definition.services_inventory')).toMatchObject({
      family: 'test-inventory',
      requires_compatibilities: ['FARGATE'],
      network_mode: 'awsvpc',
      cpu: '1024',
      memory: '3072',
      runtime_platform: { operating_system_family: 'LINUX', cpu_architecture: 'ARM64' },
    });
    expect(synthService().at('aws_ecs_task_definition.services_inventory')['runtime_platform']).toMatchObject(
      { cpu_architecture: 'X86_64' },
    );
  });

  test('keeps its former revisions, so that a failed deployment can go back', () => {
    expect(synthService().at('aws_ecs_task_definition.services_inventory')['skip_destroy']).toBe(true);
  });
});

describe('the ECS service', () => {
  test('spreads its tasks over the application subnets without public addresses', () => {
    expect(synthService().at('aws_ecs_service.services_inventory')).toMatchObject({
      name: 'test-inventory',
      cluster: 'test-services',
      task_definition: '${aws_ecs_task_definition.services_inventory.arn}',
      capacity_provider_strategy: [{ capacity_provider: 'FARGATE', weight: 1 }],
      platform_version: 'LATEST',
      availability_zone_rebalancing: 'ENABLED',
      network_configuration: {
        subnets: ['a', 'b', 'c'].map(
          (zone) =>
            `\${data.terraform_remote_state.foundation.outputs.aws-subnet-network-application-${zone}-id}`,
        ),
        security_groups: ['${aws_security_group.services_inventory_connections.id}'],
        assign_public_ip: false,
      },
    });
  });

  test('replaces tasks without going below their number, and goes back if the new ones fail', () => {
    const service = synthService().at('aws_ecs_service.services_inventory');
    expect(service).toMatchObject({
      deployment_minimum_healthy_percent: 100,
      deployment_maximum_percent: 200,
      deployment_circuit_breaker: { enable: true, rollback: true },
      wait_for_steady_state: false,
    });
    expect(service).not.toHaveProperty('alarms');
    expect(service).not.toHaveProperty('load_balancer');
    expect(service).not.toHaveProperty('health_check_grace_period_seconds');
  });

  test('lets nobody in by ECS Exec and hands its tags to its tasks', () => {
    expect(synthService().at('aws_ecs_service.services_inventory')).toMatchObject({
      enable_execute_command: false,
      enable_ecs_managed_tags: true,
      propagate_tags: 'SERVICE',
    });
  });

  test('begins with the least number of tasks and leaves it to scaling afterwards', () => {
    const settings = { tasks: { min: 3, max: 9, scaleOn: { cpuPercent: 50, memoryPercent: 80 } } };
    const out = synthService({ settings });
    expect(out.at('aws_ecs_service.services_inventory')).toMatchObject({
      desired_count: 3,
      lifecycle: { ignore_changes: ['desired_count'] },
    });
    expect(out.at('aws_appautoscaling_target.services_inventory_scaling')).toMatchObject({
      service_namespace: 'ecs',
      scalable_dimension: 'ecs:service:DesiredCount',
      resource_id: 'service/test-services/${aws_ecs_service.services_inventory.name}',
      min_capacity: 3,
      max_capacity: 9,
    });
  });

  test('can stand without tasks, as in a standby region', () => {
    const out = synthService({
      props: {
        tasks: { min: 0, max: 4, scaleOn: { cpuPercent: 60, memoryPercent: 70 }, predictive: 'off' },
      },
    });
    expect(out.at('aws_ecs_service.services_inventory')['desired_count']).toBe(0);
    expect(out.addresses).toEqual(PRIVATE.filter((address) => !address.endsWith('tasks-low')));
  });
});

describe('a public service', () => {
  test.each(['domain', 'certificateArn'])('cannot be built without %s', (key) => {
    expect(() => synthService({ settings: onTheInternet, props: { ...edge, [key]: undefined } })).toThrow(
      new Error(
        'test-us-east-1-workload/Services/inventory: public must come with a domain and a certificate, got none; pass domain and certificateArn',
      ),
    );
  });

  test('takes requests from its load balancer, and time to start before it is judged', () => {
    const settings = { ...onTheInternet, port: 9090, healthCheck: { gracePeriodSeconds: 120 } };
    expect(synthService({ settings, props: edge }).at('aws_ecs_service.services_inventory')).toMatchObject({
      load_balancer: [
        {
          target_group_arn: '${aws_lb_target_group.services_inventory_load-balancer.arn}',
          container_name: 'inventory',
          container_port: 9090,
        },
      ],
      health_check_grace_period_seconds: 120,
    });
  });

  test('goes back to the release before if callers get errors', () => {
    expect(
      synthService({ settings: onTheInternet, props: edge }).at('aws_ecs_service.services_inventory')[
        'alarms'
      ],
    ).toEqual({
      enable: true,
      rollback: true,
      alarm_names: ['${aws_cloudwatch_metric_alarm.services_inventory_alarms_target-errors.alarm_name}'],
    });
  });

  test('waits for the way from its load balancer and for a listener that forwards to it', () => {
    const out = synthService({ settings: onTheInternet, props: edge });
    const service = out.at('aws_ecs_service.services_inventory');
    expect((service['depends_on'] as string[]).slice(-4)).toEqual([
      'aws_vpc_security_group_ingress_rule.services_inventory_load-balancer_connections_from-internet-80',
      'aws_vpc_security_group_egress_rule.services_inventory_load-balancer_connections_to-services-inventory-8080',
      'aws_vpc_security_group_ingress_rule.services_inventory_load-balancer_connections_to-services-inventory-8080',
      'aws_lb_listener_rule.services_inventory_load-balancer_host',
    ]);
  });
});
