import { containerOf, synthService } from './service-under-test';

test('is not root, can become nothing else and writes nowhere', () => {
  const container = containerOf(synthService());
  expect(container).toMatchObject({
    user: '1000:1000',
    readonlyRootFilesystem: true,
    linuxParameters: { initProcessEnabled: true, capabilities: { add: [], drop: ['ALL'] } },
  });
  expect(container).not.toHaveProperty('privileged');
});

test('says everything that AWS would add by itself, so that plans find no difference', () => {
  expect(containerOf(synthService())).toEqual({
    name: 'inventory',
    image: expect.any(String) as string,
    essential: true,
    user: '1000:1000',
    readonlyRootFilesystem: true,
    linuxParameters: { initProcessEnabled: true, capabilities: { add: [], drop: ['ALL'] } },
    portMappings: [{ containerPort: 8080, hostPort: 8080, protocol: 'tcp' }],
    environment: [],
    secrets: [],
    mountPoints: [],
    volumesFrom: [],
    systemControls: [],
    stopTimeout: 30,
    logConfiguration: expect.any(Object) as object,
  });
});

test('runs the released digest of its image', () => {
  const out = synthService();
  expect(containerOf(out)['image']).toBe(
    '999988887777.dkr.ecr.us-east-1.amazonaws.com/team/inventory@${data.aws_ssm_parameter.services_inventory_release.insecure_value}',
  );
  expect(out.data['aws_ssm_parameter']?.['services_inventory_release']).toMatchObject({
    name: '/releases/test/inventory',
  });
});

test('logs into its own group and never waits for the log', () => {
  expect(containerOf(synthService())['logConfiguration']).toEqual({
    logDriver: 'awslogs',
    options: {
      'awslogs-group': '${aws_cloudwatch_log_group.services_inventory.name}',
      'awslogs-region': 'us-east-1',
      'awslogs-stream-prefix': 'task',
      mode: 'non-blocking',
      'max-buffer-size': '25m',
    },
  });
});

test('gets variables, those of its uses and secrets by name, in one order whatever the settings say', () => {
  const settings = { environment: { Z: '1', A: '2' }, secrets: ['S2', 'S1'] };
  const uses = () => [{ thing: 'databases.orders', letUse: () => ({ DATABASE_ORDERS_HOST: 'db' }) }];
  const { environment, secrets } = containerOf(synthService({ settings, uses }));
  expect(environment).toEqual([
    { name: 'A', value: '2' },
    { name: 'DATABASE_ORDERS_HOST', value: 'db' },
    { name: 'Z', value: '1' },
  ]);
  expect(secrets).toEqual([
    { name: 'S1', valueFrom: 'arn:aws:ssm:us-east-1:111122223333:parameter/test/inventory/S1' },
    { name: 'S2', valueFrom: 'arn:aws:ssm:us-east-1:111122223333:parameter/test/inventory/S2' },
  ]);
});

test('keeps Terraform from reading its texts as expressions', () => {
  const container = containerOf(
    synthService({
      settings: {
        environment: { TEMPLATE: '${HOME} %{if} $HOME 100%' },
        command: ['sh', '${PORT}'],
        healthCheck: { command: ['CMD-SHELL', 'curl localhost:${PORT}'] },
      },
    }),
  );
  expect(container).toMatchObject({
    environment: [{ name: 'TEMPLATE', value: '$${HOME} %%{if} $HOME 100%' }],
    command: ['sh', '$${PORT}'],
    healthCheck: { command: ['CMD-SHELL', 'curl localhost:$${PORT}'] },
  });
});

test('is checked inside of the container where the settings say how', () => {
  const healthCheck = {
    command: ['CMD', 'healthy'],
    intervalSeconds: 20,
    timeoutSeconds: 4,
    failures: 5,
    gracePeriodSeconds: 90,
  };
  expect(containerOf(synthService({ settings: { healthCheck } }))['healthCheck']).toEqual({
    command: ['CMD', 'healthy'],
    interval: 20,
    timeout: 4,
    retries: 5,
    startPeriod: 90,
  });
});

test('writes to the folders that it asks for, each a volume of its task', () => {
  const out = synthService({ settings: { writablePaths: ['/var/cache/app', '/tmp'] } });
  expect(containerOf(out)['mountPoints']).toEqual([
    { sourceVolume: 'writable-0', containerPath: '/tmp', readOnly: false },
    { sourceVolume: 'writable-1', containerPath: '/var/cache/app', readOnly: false },
  ]);
  expect(out.at('aws_ecs_task_definition.services_inventory')['volume']).toEqual([
    { name: 'writable-0' },
    { name: 'writable-1' },
  ]);
});

test('takes user, port, command and time to stop from the settings', () => {
  const settings = { user: '65534', port: 9090, command: ['serve', '--fast'], stopTimeoutSeconds: 90 };
  expect(containerOf(synthService({ settings }))).toMatchObject({
    user: '65534',
    portMappings: [{ containerPort: 9090, hostPort: 9090, protocol: 'tcp' }],
    command: ['serve', '--fast'],
    stopTimeout: 90,
  });
});
