import type { EstateFile } from '../../src/config/define';
import { environments, shared } from '../fixtures/car-retail';
import { changed, estateOf, stacksOf as stacksOfEstate } from '../support/estate';
import { statementsOf } from '../support/statements';
import { egressOf, ingressOf } from '../support/egress';
import { bodiesOf, containersOf, only, PROD, resourcesOf, someOf, stacksOf, type Body } from './look';
import { test } from './requirement-test';

const stacksWith = (file: EstateFile) => stacksOfEstate(estateOf(file), ['prod']);

/** Rows of the parcel tracker, the grocery platform, the start-up and the driver service that the core brings. */
describe('the parcel tracker', () => {
  test('Q1: the public reaches applications, applications reach data, and each only by its security group', () => {
    const stacks = stacksOf(/^prod-us-east-1-/);
    const paths = egressOf(stacks);
    const open = ingressOf(stacks);
    for (const path of [
      'prod-inventory-load-balancer -> prod-inventory-service tcp 8080',
      'prod-inventory-service -> prod-orders-database tcp 3306',
    ]) {
      expect(paths).toContain(path);
      expect(open).toContain(path);
    }
    expect(paths.filter((path) => /load-balancer -> \S+-(database|cache) /.test(path))).toEqual([]);
  });

  test('Q5: an Aurora cluster has a writer and a reader in zones of their own; programs get both endpoints', () => {
    const zones = [...resourcesOf('aws_rds_cluster_instance', PROD)]
      .filter(([name]) => name.includes('databases_users_'))
      .map(([, { availability_zone: zone }]) => zone);
    expect(zones).toEqual(['us-east-1a', 'us-east-1b']);
    const variables = containersOf(PROD).flatMap(({ environment = [] }) => environment);
    expect(variables).toContainEqual({
      name: 'DATABASE_USERS_WRITER_HOST',
      value: '${aws_rds_cluster.databases_users.endpoint}',
    });
    expect(variables).toContainEqual({
      name: 'DATABASE_USERS_READER_HOST',
      value: '${aws_rds_cluster.databases_users.reader_endpoint}',
    });
  });
});

describe('the grocery platform', () => {
  test('G3: services run on Fargate, scaled by load, in subnets of several zones', () => {
    const services = bodiesOf('aws_ecs_service', PROD);
    const targets = bodiesOf('aws_appautoscaling_target', PROD).filter(
      ({ service_namespace }) => service_namespace === 'ecs',
    );
    expect(targets).toHaveLength(services.length);
    for (const { network_configuration } of services)
      expect((network_configuration as { subnets: string[] }).subnets.length).toBeGreaterThan(1);
  });

  test('G4: an application load balancer stands before a public service, or before several', () => {
    const balancers = bodiesOf('aws_lb', PROD);
    expect(balancers.map(({ name }) => name).sort()).toEqual(['prod-edge', 'prod-inventory']);
    for (const balancer of balancers)
      expect(balancer).toMatchObject({ load_balancer_type: 'application', internal: false });
    const hosts = bodiesOf('aws_lb_listener_rule', PROD).map(({ listener_arn: listener, condition }) => [
      listener,
      condition,
    ]);
    expect(hosts).toContainEqual([
      '${aws_lb_listener.load-balancers_edge_https.arn}',
      [{ host_header: { values: ['accounts.prod.example.com'] } }],
    ]);
  });

  test('G6: what is stored and what is carried is encrypted', () => {
    for (const cluster of someOf('aws_rds_cluster')) expect(cluster['storage_encrypted']).toBe(true);
    for (const { parameter } of someOf('aws_rds_cluster_parameter_group'))
      expect(parameter).toContainEqual(
        expect.objectContaining({ name: 'require_secure_transport', value: 'ON' }),
      );
    for (const { policy } of someOf('aws_s3_bucket_policy'))
      expect(statementsOf(policy)).toContainEqual(
        expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
      );
  });
});

describe('the start-up', () => {
  test('S12: another region takes one entry, and of the first one changes only what is copied there', () => {
    const eu = {
      'eu-west-1': {
        role: 'standby',
        network: { cidr: '10.42.0.0/16', nat: 'one-per-az', egress: 'firewall' },
      },
    };
    const file = changed(environments.prod, { regions: eu });
    const stacks = stacksWith({ environments: { prod: file }, shared });
    const own = stacks.filter(({ id }) => id.startsWith('prod-eu-west-1-'));
    expect(own.map(({ id }) => id)).toEqual([
      'prod-eu-west-1-foundation',
      'prod-eu-west-1-workload',
      'prod-eu-west-1-replication',
    ]);
    const before = stacksWith({ environments: { prod: environments.prod }, shared });
    // but for what is copied there, and for who hears of it
    const told = ['replication', 'alerts'];
    for (const { id, text } of before.filter(({ place }) => !told.includes(place.layer)))
      expect(stacks.find((one) => one.id === id)?.text, id).toBe(text);
  });

  test('S6: a database grows with its load, and many clients share its connections through a proxy', () => {
    const users = { instanceClass: 'db.serverless', capacity: { min: 0.5, max: 8 }, proxy: {} };
    const file = changed(environments.prod, { databases: { users } });
    const stacks = stacksWith({ environments: { prod: file }, shared });
    const { resource } = stacks.find(({ id }) => PROD.test(id))!;
    expect(resource['aws_rds_cluster']?.['databases_users']).toMatchObject({
      serverlessv2_scaling_configuration: { min_capacity: 0.5, max_capacity: 8 },
    });
    expect(resource['aws_db_proxy']?.['databases_users']).toMatchObject({
      default_auth_scheme: 'IAM_AUTH',
      require_tls: true,
    });
    // production as it is has proxies, each of which leads somewhere
    const proxies = someOf('aws_db_proxy', PROD);
    expect(someOf('aws_db_proxy_target', PROD)).toHaveLength(proxies.length);
    const variables = JSON.stringify(resource['aws_ecs_task_definition']?.['services_accounts']);
    expect(variables).toContain('${aws_db_proxy.databases_users.endpoint}');
    expect(variables).toContain('${aws_db_proxy_endpoint.databases_users_proxy_readers.endpoint}');
    const paths = egressOf(stacks.filter(({ id }) => id.startsWith('prod-us-east-1-')));
    expect(paths).toContain('prod-accounts-service -> prod-users-proxy tcp 3306');
    expect(paths).toContain('prod-users-proxy -> prod-users-database tcp 3306');
    expect(paths).not.toContain('prod-accounts-service -> prod-users-database tcp 3306');
  });

  test('S8: tasks that fail are replaced, and spread over zones again after one was lost', () => {
    for (const service of someOf('aws_ecs_service', PROD))
      expect(service).toMatchObject({
        availability_zone_rebalancing: 'ENABLED',
        deployment_circuit_breaker: { enable: true, rollback: true },
      });
  });

  test('S11: objects go to Glacier after six months', () => {
    const [rule] = only(bodiesOf('aws_s3_bucket_lifecycle_configuration', PROD))['rule'] as object[];
    expect(rule).toMatchObject({
      transition: [{ days: 180, storage_class: expect.stringContaining('GLACIER') as string }],
    });
  });
});

describe('the driver service', () => {
  test('D3: containers do not run as root, and cannot write to their root file system', () => {
    const containers = containersOf();
    expect(containers.length).toBeGreaterThan(4);
    for (const { user = 'root', readonlyRootFilesystem } of containers) {
      expect(user).toMatch(/^[1-9]\d*(:[1-9]\d*)?$/);
      expect(readonlyRootFilesystem).toBe(true);
    }
  });

  test('D4: images are pulled by the role of each service, from its own repository', () => {
    const pulls = [...resourcesOf('aws_iam_role_policy', PROD)].flatMap(([name, { policy }]) =>
      statementsOf(policy)
        .filter(({ Action }) => [Action].flat().includes('ecr:BatchGetImage'))
        .map(({ Resource }) => `${name}: ${[Resource].flat().join()}`),
    );
    expect(pulls).toContain(
      'prod-us-east-1-workload: services_accounts_execution-role_pull-image: arn:aws:ecr:us-east-1:555555555555:repository/accounts',
    );
    expect(pulls.filter((pull) => pull.endsWith('*'))).toEqual([]);
  });

  test('D14: AWS is reached through endpoints of the VPC', () => {
    const services = bodiesOf('aws_vpc_endpoint', /^prod-us-east-1-/).map(({ service_name }) => service_name);
    for (const service of ['s3', 'ecr.api', 'ecr.dkr', 'logs', 'ssm'])
      expect(services).toContain(`com.amazonaws.us-east-1.${service}`);
  });

  test('D16: the port of a database is open to the services that use it, and to nobody else', () => {
    const stacks = stacksOf(/^prod-us-east-1-/);
    const ofDatabases = (paths: readonly string[]) =>
      paths.filter((path) => path.endsWith('-database tcp 3306'));
    expect(ofDatabases(ingressOf(stacks))).toEqual(ofDatabases(egressOf(stacks)));
    // and to the task that makes their users, and to proxies
    expect(ofDatabases(egressOf(stacks))).toEqual([
      'prod-accounts-service -> prod-users-database tcp 3306',
      'prod-catalog-database-users -> prod-catalog-database tcp 3306',
      'prod-catalog-proxy -> prod-catalog-database tcp 3306',
      'prod-indexer-service -> prod-orders-database tcp 3306',
      'prod-inventory-service -> prod-catalog-database tcp 3306',
      'prod-inventory-service -> prod-orders-database tcp 3306',
      'prod-orders-database-users -> prod-orders-database tcp 3306',
      'prod-orders-proxy -> prod-orders-database tcp 3306',
      'prod-reports-service -> prod-users-database tcp 3306',
      'prod-users-database-users -> prod-users-database tcp 3306',
    ]);
  });

  test('D17: public listeners speak TLS 1.2 and later', () => {
    const https = bodiesOf('aws_lb_listener').filter(({ protocol }) => protocol === 'HTTPS');
    expect(https.length).toBeGreaterThan(3);
    for (const { ssl_policy } of https) expect(ssl_policy).toMatch(/^ELBSecurityPolicy-TLS13-1-2-/);
  });

  test('D18: no role of a service may do anything to everything', () => {
    const policies = resourcesOf('aws_iam_role_policy', /-workload$/);
    // each service has a role of its own, with policies of its own
    for (const service of ['accounts', 'indexer', 'inventory']) {
      const { task_role_arn: role } = resourcesOf('aws_ecs_task_definition', PROD).get(
        `prod-us-east-1-workload: services_${service}`,
      ) as Body;
      expect(role).toBe(`\${aws_iam_role.services_${service}_task-role.arn}`);
      expect([...resourcesOf('aws_iam_role', PROD).keys()]).toContain(
        `prod-us-east-1-workload: services_${service}_task-role`,
      );
      expect([...policies.keys()].filter((name) => name.includes(`: services_${service}_`))).not.toEqual([]);
    }
    for (const [name, { policy }] of policies)
      for (const { Action, Resource, Effect } of statementsOf(policy)) {
        expect([Action].flat(), name).not.toContain('*');
        if (Effect === 'Allow' && [Resource].flat().includes('*'))
          // these take no resource
          for (const action of [Action].flat())
            expect(action, name).toMatch(
              /^(ecr:GetAuthorizationToken|ecs:DiscoverPollEndpoint|elasticloadbalancing:Describe\w+|xray:PutTraceSegments)$/,
            );
      }
  });
});
