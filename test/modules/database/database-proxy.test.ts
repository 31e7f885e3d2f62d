import { auroraMysqlRules, auroraMysqlSettings } from '../../../modules/database/aurora-mysql-settings';
import { mysqlRules, mysqlSettings } from '../../../modules/database/mysql-settings';
import type { RuleContext } from '../../../modules/settings/capability-rules';
import { naming } from '../../support/harness';
import { statementsOf } from '../../support/statements';
import { minimal as aurora, synthDatabase, type Built } from './database-under-test';
import { following, minimal as mysql, synthMysql } from './mysql-under-test';

const built: Built = { clients: ['inventory'], settings: { proxy: {} } };
const withReader: Built = { ...built, settings: { proxy: {}, readers: 1 } };
const PROXY = 'aws_db_proxy.databases_orders';
const PROXY_ID = '${local.databases_orders_proxy_resource-id}';
const users = (id: string) => `arn:aws:rds-db:us-east-1:111122223333:dbuser:${id}/inventory`;
const cluster = users('${aws_rds_cluster.databases_orders.cluster_resource_id}');

const toldBy = (one: Built) => synthDatabase(one).output['orders-for-inventory']?.['value'];
const pathsOf = (one: Built) =>
  synthDatabase(one).addresses.filter((address) => address.includes('egress_rule.'));

describe('a database with a proxy', () => {
  test('is signed in to by tokens alone, over TLS, on both sides', () => {
    const proxy = synthDatabase(built).at(PROXY);
    expect(proxy).toMatchObject({
      name: 'test-orders',
      engine_family: 'MYSQL',
      default_auth_scheme: 'IAM_AUTH',
      require_tls: true,
      debug_logging: false,
      idle_client_timeout: 1800,
      role_arn: '${aws_iam_role.databases_orders_proxy.arn}',
    });
    expect(proxy).not.toHaveProperty('auth');
  });

  test('has it in the data subnets, with a log group of ours that stands first', () => {
    const out = synthDatabase(built);
    expect(out.at(PROXY)['vpc_subnet_ids']).toHaveLength(3);
    expect(out.at(PROXY)['depends_on']).toEqual(['aws_cloudwatch_log_group.databases_orders_proxy']);
    expect(out.at('aws_cloudwatch_log_group.databases_orders_proxy')).toMatchObject({
      name: '/aws/rds/proxy/test-orders',
      retention_in_days: 30,
    });
  });

  test('shares connections as the settings say', () => {
    const pool = (proxy: object) =>
      synthDatabase({ ...built, settings: { proxy } }).at(
        'aws_db_proxy_default_target_group.databases_orders',
      )['connection_pool_config'];
    expect(pool({})).toEqual({
      max_connections_percent: 90,
      max_idle_connections_percent: 50,
      connection_borrow_timeout: 30,
    });
    expect(pool({ maxConnectionsPercent: 20, borrowTimeoutSeconds: 5 })).toEqual({
      max_connections_percent: 20,
      max_idle_connections_percent: 20,
      connection_borrow_timeout: 5,
    });
  });

  test('lets it pass on as the users of its clients, and as nobody else', () => {
    const out = synthDatabase(built);
    const policies = Object.entries(out.resource['aws_iam_role_policy'] ?? {}).filter(
      ([, { role }]) => role === '${aws_iam_role.databases_orders_proxy.name}',
    );
    expect(policies.map(([name]) => name)).toEqual(['databases_orders_proxy_role_connect-as-inventory']);
    expect(statementsOf(policies[0]?.[1]['policy'])).toEqual([
      { Effect: 'Allow', Action: 'rds-db:connect', Resource: cluster },
    ]);
    expect(statementsOf(out.at('aws_iam_role.databases_orders_proxy')['assume_role_policy'])).toEqual([
      { Effect: 'Allow', Principal: { Service: 'rds.amazonaws.com' }, Action: 'sts:AssumeRole' },
    ]);
  });

  test('is reached through it, and not around it', () => {
    expect(pathsOf(built)).toEqual([
      'aws_vpc_security_group_egress_rule.databases_orders_proxy_connections_to-databases-orders-3306',
      'aws_vpc_security_group_egress_rule.inventory_connections_to-databases-orders-proxy-3306',
    ]);
    const policy = synthDatabase(built).at('aws_iam_role_policy.inventory_role_connect-database-orders');
    expect(statementsOf(policy['policy'])).toEqual([
      { Effect: 'Allow', Action: 'rds-db:connect', Resource: users(PROXY_ID) },
    ]);
  });

  test('is known to IAM by the last part of its ARN', () => {
    expect(synthDatabase(built).json['locals']).toEqual({
      'databases_orders_proxy_resource-id': `\${element(split(":", ${PROXY}.arn), 6)}`,
    });
  });

  test('is reached on both ways while it says direct', () => {
    const both: Built = { ...built, settings: { proxy: { direct: true } } };
    expect(pathsOf(both)).toContain(
      'aws_vpc_security_group_egress_rule.inventory_connections_to-databases-orders-3306',
    );
    const policy = synthDatabase(both).at('aws_iam_role_policy.inventory_role_connect-database-orders');
    expect(statementsOf(policy['policy'])).toMatchObject([{ Resource: [users(PROXY_ID), cluster] }]);
  });

  test('is known by the same variables', () => {
    expect(toldBy(built)).toEqual({
      DATABASE_ORDERS_WRITER_HOST: `\${${PROXY}.endpoint}`,
      // one instance is all there is to read
      DATABASE_ORDERS_READER_HOST: `\${${PROXY}.endpoint}`,
      DATABASE_ORDERS_PORT: '3306',
      DATABASE_ORDERS_NAME: 'orders',
      DATABASE_ORDERS_USER: 'inventory',
    });
    expect(toldBy(withReader)).toMatchObject({
      DATABASE_ORDERS_READER_HOST: '${aws_db_proxy_endpoint.databases_orders_proxy_readers.endpoint}',
    });
  });

  test('has readers behind an endpoint of their own', () => {
    expect(
      synthDatabase(withReader).at('aws_db_proxy_endpoint.databases_orders_proxy_readers'),
    ).toMatchObject({
      db_proxy_name: `\${${PROXY}.name}`,
      db_proxy_endpoint_name: 'test-orders-readers',
      target_role: 'READ_ONLY',
    });
  });

  test('is registered once its instances stand', () => {
    expect(synthDatabase(withReader).at('aws_db_proxy_target.databases_orders')).toMatchObject({
      db_cluster_identifier: '${aws_rds_cluster.databases_orders.cluster_identifier}',
      depends_on: [
        'aws_rds_cluster_instance.databases_orders_instances_1',
        'aws_rds_cluster_instance.databases_orders_instances_2',
      ],
    });
  });

  test('keeps the way to further endpoints, which no proxy leads to', () => {
    const more: Built = {
      ...withReader,
      settings: { proxy: {}, readers: 1, endpoints: { reports: { readers: [1] } } },
    };
    expect(pathsOf(more)).toContain(
      'aws_vpc_security_group_egress_rule.inventory_connections_to-databases-orders-3306',
    );
  });

  test('writes through it also where it follows, and reads directly there', () => {
    const follower: Built = { ...withReader, globalCluster: 'secondary' };
    const out = synthDatabase(follower);
    expect(out.resource['aws_db_proxy_endpoint']).toBeUndefined();
    expect(toldBy(follower)).toMatchObject({
      DATABASE_ORDERS_WRITER_HOST: `\${${PROXY}.endpoint}`,
      DATABASE_ORDERS_READER_HOST: '${aws_rds_cluster.databases_orders.reader_endpoint}',
    });
    expect(pathsOf(follower)).toContain(
      'aws_vpc_security_group_egress_rule.inventory_connections_to-databases-orders-3306',
    );
    // nothing writes there, and nobody needs to be woken by it
    expect(Object.keys(out.resource['aws_cloudwatch_metric_alarm'] ?? {})).not.toContain(
      'databases_orders_proxy_alarms_writer-unavailable',
    );
  });

  test('has none where only storage follows', () => {
    const storage: Built = {
      settings: { proxy: {} },
      globalCluster: 'secondary',
      props: { readers: { min: 0, max: 0 } },
    };
    expect(synthDatabase(storage).resource['aws_db_proxy']).toBeUndefined();
  });

  test('tells somebody when it reaches nothing, is full, or lets clients wait', () => {
    const alarms = Object.entries(synthDatabase(withReader).resource['aws_cloudwatch_metric_alarm'] ?? {})
      .filter(([name]) => name.includes('_proxy_'))
      .map(([, { alarm_name, dimensions, threshold, comparison_operator }]) => ({
        alarm_name,
        dimensions,
        threshold,
        comparison_operator,
      }));
    const ProxyName = `\${${PROXY}.name}`;
    const role = (TargetRole: string) => ({ ProxyName, TargetGroup: 'default', TargetRole });
    expect(alarms).toEqual([
      {
        alarm_name: 'test-orders-proxy-clients-wait',
        dimensions: { ProxyName },
        threshold: 100_000,
        comparison_operator: 'GreaterThanThreshold',
      },
      {
        // db.r8g.large takes 1000, of which the proxy has 90 %
        alarm_name: 'test-orders-proxy-pool-full',
        dimensions: role('READ_WRITE'),
        threshold: 720,
        comparison_operator: 'GreaterThanThreshold',
      },
      {
        alarm_name: 'test-orders-proxy-readers-unavailable',
        dimensions: role('READ_ONLY'),
        threshold: 100,
        comparison_operator: 'LessThanThreshold',
      },
      {
        alarm_name: 'test-orders-proxy-writer-unavailable',
        dimensions: role('READ_WRITE'),
        threshold: 100,
        comparison_operator: 'LessThanThreshold',
      },
    ]);
  });
});

describe('an RDS MySQL database with a proxy', () => {
  const told = (settings: object) =>
    synthMysql({ clients: ['inventory'], settings }).output['catalog-for-inventory']?.['value'];

  test('leads to the instance that writes', () => {
    const out = synthMysql({ settings: { proxy: {} } });
    expect(out.at('aws_db_proxy_target.databases_catalog')).toMatchObject({
      db_instance_identifier: '${aws_db_instance.databases_catalog.identifier}',
    });
    expect(told({ proxy: {} })).toMatchObject({
      DATABASE_CATALOG_WRITER_HOST: '${aws_db_proxy.databases_catalog.endpoint}',
      DATABASE_CATALOG_READER_HOST: '${aws_db_proxy.databases_catalog.endpoint}',
    });
  });

  test('is read from its replicas directly, which RDS lets no proxy lead to', () => {
    const settings = { proxy: {}, replicas: 1 };
    expect(told(settings)).toMatchObject({
      DATABASE_CATALOG_WRITER_HOST: '${aws_db_proxy.databases_catalog.endpoint}',
      DATABASE_CATALOG_READER_HOST: 'catalog-readers.test.internal',
    });
    const out = synthMysql({ clients: ['inventory'], settings });
    expect(out.resource['aws_db_proxy_endpoint']).toBeUndefined();
    expect(out.addresses).toContain(
      'aws_vpc_security_group_egress_rule.inventory_connections_to-databases-catalog-3306',
    );
  });

  test('has none where it follows another region', () => {
    expect(synthMysql({ ...following, settings: { proxy: {} } }).resource['aws_db_proxy']).toBeUndefined();
  });
});

describe('settings of a proxy', () => {
  const context: RuleContext = { production: false, domain: undefined, regions: [] };
  const auroraProblems = (change: object) =>
    auroraMysqlRules
      .problems('orders', auroraMysqlSettings.parse({ ...aurora, ...change }), context)
      .map(({ path, rule, remedy }) => `${path.join('.')} must ${rule}; ${remedy}`);
  const mysqlProblems = (change: object) =>
    mysqlRules
      .problems('catalog', mysqlSettings.parse({ ...mysql, ...change }), context)
      .map(({ path, rule, remedy }) => `${path.join('.')} must ${rule}; ${remedy}`);

  test('are refused where they would keep a database from stopping', () => {
    const serverless = { instanceClass: 'db.serverless', proxy: {} };
    expect(auroraProblems({ ...serverless, capacity: { min: 0, max: 2 } })).toEqual([
      'capacity.min must be at least 0.5 with a proxy, whose connections keep it from stopping; raise it, or take proxy out',
    ]);
    expect(auroraProblems({ ...serverless, capacity: { min: 0.5, max: 2 } })).toEqual([]);
  });

  test('are refused beside blue/green upgrades', () => {
    expect(mysqlProblems({ proxy: {}, upgrades: 'blue-green' })).toEqual([
      'upgrades must be in-place with a proxy; take it out: RDS makes no blue/green deployment of what a proxy leads to',
    ]);
  });

  test('keep no more connections open than they may open, of either engine', () => {
    const proxy = { maxConnectionsPercent: 30, maxIdleConnectionsPercent: 40 };
    const refusal =
      'proxy.maxIdleConnectionsPercent must be at most maxConnectionsPercent, 30; lower it, or take it out';
    expect(auroraProblems({ proxy })).toEqual([refusal]);
    expect(mysqlProblems({ proxy })).toEqual([refusal]);
    expect(auroraProblems({ proxy: { maxConnectionsPercent: 30 } })).toEqual([]);
  });

  test('ask for names only where there is one', () => {
    const kinds = (change: object) =>
      mysqlRules
        .names('catalog', mysqlSettings.parse({ ...mysql, ...change }), naming)
        .filter(({ kind }) => kind.startsWith('dbProxy'))
        .map(({ name }) => name);
    expect(kinds({})).toEqual([]);
    expect(kinds({ proxy: {} })).toEqual(['test-catalog', 'test-catalog-readers']);
  });
});
