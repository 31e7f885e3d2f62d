import { environments, shared } from '../../fixtures/car-retail';
import { changed, estateOf, stacksOf } from '../../support/estate';
import { egressOf } from '../../support/egress';
import { remoteOutput } from '../../support/references';

const prod = changed(environments.prod, {
  regions: { 'us-east-1': { network: { egress: 'proxy' } } },
  outside: { mail: { names: ['mail.example.com'] } },
  services: { reports: { uses: { outside: ['mail'] } } },
});
const stacks = stacksOf(estateOf({ environments: { prod }, shared }), ['prod']).filter(
  ({ place }) => place.region === 'us-east-1' && !place.global,
);
const workload = stacks.find(({ place }) => place.layer === 'workload')!;
const all = (type: string) => workload.resource[type] ?? {};
const containers = (name: string) =>
  JSON.parse(String(all('aws_ecs_task_definition')[name]?.['container_definitions'])) as {
    environment: { name: string; value: string }[];
    readonlyRootFilesystem: boolean;
    stopTimeout: number;
  }[];
const variable = (name: string, key: string) =>
  containers(name)[0]?.environment.find((one) => one.name === key)?.value ?? '';

describe('A26: proxies to the outside', () => {
  test('are reached each by its own service alone, and alone reach the internet', () => {
    const paths = egressOf(stacks).filter((path) => / 0\.0\.0\.0\/0 |egress-proxy/.test(path));
    const aws = ['aws_vpc_endpoint.network_endpoints_s3 tcp 443', 'prod-endpoints tcp 443'];
    const port = (service: string) => Number(all('aws_lb_listener')[`proxies_${service}`]?.['port']);
    expect(port('inventory')).not.toBe(port('reports'));
    expect(paths).toEqual(
      ['inventory', 'reports']
        .flatMap((service) => [
          `prod-${service}-service -> prod-egress-proxy-load-balancer tcp ${port(service)}`,
          `prod-egress-proxy-load-balancer -> prod-${service}-egress-proxy tcp 3128`,
          `prod-${service}-egress-proxy -> 0.0.0.0/0 tcp 443`,
          ...aws.map((to) => `prod-${service}-egress-proxy -> ${to}`),
        ])
        .sort(),
    );
  });

  test('have roles that say whose they are', () => {
    const said = Object.entries(all('aws_iam_role'))
      .filter(([name]) => name.startsWith('proxies_reports'))
      .map(([, role]) => role['description']);
    expect(said.sort()).toEqual([
      'Starts the tasks of the proxy of reports',
      'What the proxy of reports may do',
    ]);
  });

  test('let the names of their service pass, and tell it where they are', () => {
    const config = (service: string) => variable(`proxies_${service}`, 'EGRESS_PROXY_CONFIG');
    expect(config('reports')).toContain('https_names dstdomain -n mail.example.com');
    expect(config('reports')).not.toContain('auth0');
    expect(config('inventory')).toContain('car-retail.us.auth0.com');
    expect(config('inventory')).not.toContain('mail.example.com');
    const port = String(all('aws_lb_listener')['proxies_reports']?.['port']);
    expect(variable('services_reports', 'HTTPS_PROXY')).toBe(`http://egress.prod.internal:${port}`);
    expect(variable('services_reports', 'NO_PROXY')).toContain('ssm.us-east-1.amazonaws.com');
    expect(variable('services_accounts', 'HTTPS_PROXY')).toBe('');
  });

  test('stand in every zone, on what AWS does not take away, and ring', () => {
    const subnets = all('aws_lb')['egress-balancer']?.['subnets'] as string[];
    expect(subnets.map((subnet) => remoteOutput(subnet)?.[1])).toHaveLength(3);
    expect(all('aws_lb')['egress-balancer']).toMatchObject({
      internal: true,
      load_balancer_type: 'network',
      enable_cross_zone_load_balancing: true,
      enable_deletion_protection: true,
    });
    expect(all('aws_ecs_service')['proxies_inventory']).toMatchObject({
      desired_count: 2,
      capacity_provider_strategy: [{ capacity_provider: 'FARGATE', weight: 1 }],
    });
    expect(all('aws_appautoscaling_target')['proxies_inventory_scaling']).toMatchObject({
      min_capacity: 2,
      max_capacity: 6,
    });
    expect(all('aws_cloudwatch_composite_alarm')['proxies_inventory_alarms']?.['alarm_actions']).toHaveLength(
      1,
    );
    expect(containers('proxies_inventory')[0]?.readonlyRootFilesystem).toBe(true);
  });

  test('let open connections end: the load balancer, the proxy and ECS wait for each other', () => {
    expect(all('aws_lb_target_group')['proxies_inventory']).toMatchObject({
      protocol: 'TCP',
      deregistration_delay: '60',
      // who calls is known by the port, and the proxy lets nobody in but the load balancer
      preserve_client_ip: 'false',
      health_check: { protocol: 'TCP' },
    });
    expect(containers('proxies_inventory')[0]?.stopTimeout).toBe(75);
    expect(variable('proxies_inventory', 'EGRESS_PROXY_CONFIG')).toContain('shutdown_lifetime 60 seconds');
  });

  test('take nothing that the whole VPC could resolve without being declared', () => {
    const lists = stacks.flatMap(({ resource }) =>
      Object.values(resource['aws_route53_resolver_firewall_domain_list'] ?? {}),
    );
    const declared = lists.find(({ name }) => name === 'prod-egress-declared');
    expect(declared?.['domains']).toEqual(['car-retail.us.auth0.com', 'mail.example.com']);
  });
});
