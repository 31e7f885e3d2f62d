import { Construct } from 'constructs';
import { FargateService } from '../../../modules/compute/fargate-service';
import { serviceRules, serviceSettings } from '../../../modules/compute/service-settings';
import { synthesize, TestClient, testApp, testFoundation, testStack } from '../../support/harness';
import { containerOf, minimal, running, synthService } from './service-under-test';

const NAMESPACE = 'arn:aws:servicediscovery:us-east-1:111122223333:namespace/ns-1';

/** `desk` calls `inventory`. */
function synthCaller(called = true, port: number | undefined = 9090) {
  const app = testApp();
  const foundation = testFoundation(app);
  const stack = testStack(app);
  const services = new Construct(stack, 'Services');
  const shared = {
    ...foundation,
    cluster: { name: 'test-services' },
    registry: '999988887777.dkr.ecr.us-east-1.amazonaws.com',
    namespace: NAMESPACE,
  };
  const inventory = new FargateService(services, 'inventory', {
    ...shared,
    ...running({ port }),
    called,
    uses: [],
  });
  new FargateService(services, 'desk', {
    ...shared,
    ...running({ port: undefined }),
    uses: [{ thing: 'services.inventory', letUse: (client) => inventory.letUse(client) }],
  });
  return synthesize(stack);
}

describe('a service that another one calls', () => {
  const out = synthCaller();
  const proxyLog = (name: string) => ({
    log_driver: 'awslogs',
    options: {
      'awslogs-group': `\${aws_cloudwatch_log_group.services_${name}.name}`,
      'awslogs-region': 'us-east-1',
      'awslogs-stream-prefix': 'proxy',
    },
  });

  test('is found by its name, and its caller offers nothing', () => {
    expect(out.at('aws_ecs_service.services_inventory')['service_connect_configuration']).toEqual({
      enabled: true,
      namespace: NAMESPACE,
      service: [
        {
          port_name: 'main',
          discovery_name: 'inventory',
          client_alias: { dns_name: 'inventory.internal', port: 9090 },
        },
      ],
      log_configuration: proxyLog('inventory'),
    });
    expect(out.at('aws_ecs_service.services_desk')['service_connect_configuration']).toEqual({
      enabled: true,
      namespace: NAMESPACE,
      log_configuration: proxyLog('desk'),
    });
    expect(containerOf(out)['portMappings']).toEqual([
      { containerPort: 9090, hostPort: 9090, protocol: 'tcp', name: 'main', appProtocol: 'http' },
    ]);
  });

  test('opens its port to the caller alone, and tells it where to call', () => {
    const rules = Object.entries(out.resource['aws_vpc_security_group_ingress_rule'] ?? {});
    expect(rules).toHaveLength(1);
    expect(rules[0]?.[1]).toMatchObject({
      security_group_id: '${aws_security_group.services_inventory_connections.id}',
      referenced_security_group_id: '${aws_security_group.services_desk_connections.id}',
      from_port: 9090,
    });
    const task = String(out.at('aws_ecs_task_definition.services_desk')['container_definitions']);
    expect(task).toContain('{"name":"SERVICE_INVENTORY_URL","value":"http://inventory.internal:9090"}');
  });

  test('stands before its caller starts, whose proxy would not know it otherwise', () => {
    expect(out.at('aws_ecs_service.services_desk')['depends_on']).toContain(
      'aws_ecs_service.services_inventory',
    );
  });

  test('cannot be one that does not listen, or is not told', () => {
    const message =
      'test-us-east-1-workload/Services/inventory: port and called must be set for desk to use it, got none; settings are checked before';
    expect(() => synthCaller(false)).toThrow(new Error(message));
  });

  test('sets the variables that checking knows', () => {
    const settings = running();
    const app = testApp();
    const foundation = testFoundation(app);
    const stack = testStack(app);
    const service = new FargateService(new Construct(stack, 'Services'), 'stock-desk', {
      ...foundation,
      ...settings,
      cluster: { name: 'test-services' },
      registry: '999988887777.dkr.ecr.us-east-1.amazonaws.com',
      called: true,
      namespace: NAMESPACE,
      uses: [],
    });
    const client = new TestClient(stack, 'client', foundation.network.vpcId);
    expect(Object.keys(service.letUse(client))).toEqual(serviceRules.variables('stock-desk', settings));
    expect(serviceRules.variables('stock-desk', settings)).toEqual([
      'SERVICE_STOCK_DESK_HOST',
      'SERVICE_STOCK_DESK_PORT',
      'SERVICE_STOCK_DESK_URL',
    ]);
  });
});

describe('a service that neither calls nor is called', () => {
  test('has no proxy, and its port no name', () => {
    const out = synthService();
    expect(out.at('aws_ecs_service.services_inventory')).not.toHaveProperty('service_connect_configuration');
    expect(containerOf(out)['portMappings']).toEqual([
      { containerPort: 8080, hostPort: 8080, protocol: 'tcp' },
    ]);
  });

  test('is a worker without a port: nothing listens', () => {
    expect(containerOf(synthService({ settings: { port: undefined } }))['portMappings']).toEqual([]);
  });

  test('has a port if it is public', () => {
    const settings = serviceSettings.parse({
      ...minimal,
      port: undefined,
      public: { host: 'inventory.test.example.com' },
    });
    const context = { production: false, regions: [], domain: 'test.example.com' };
    expect(serviceRules.problems('inventory', settings, context)).toEqual([
      {
        path: ['port'],
        rule: 'be said of a public service',
        remedy: 'set it to the port that the program listens on, or take public out',
      },
    ]);
  });
});
