import { statementsOf } from '../../support/statements';
import { synthDatabase, type Built } from './database-under-test';

describe('a service that uses a database', () => {
  const built: Built = { clients: ['inventory'], settings: { databaseName: 'shop' } };

  test('reaches it on its port, and it alone', () => {
    const out = synthDatabase(built);
    const rule = {
      ip_protocol: 'tcp',
      from_port: 3306,
      to_port: 3306,
      description: 'Keeps data in database orders',
    };
    const service = '${aws_security_group.inventory_connections.id}';
    const database = '${aws_security_group.databases_orders_connections.id}';
    expect(
      out.at('aws_vpc_security_group_egress_rule.inventory_connections_to-databases-orders-3306'),
    ).toMatchObject({
      ...rule,
      security_group_id: service,
      referenced_security_group_id: database,
    });
    expect(
      out.at('aws_vpc_security_group_ingress_rule.inventory_connections_to-databases-orders-3306'),
    ).toMatchObject({
      ...rule,
      security_group_id: database,
      referenced_security_group_id: service,
    });
  });

  test('adds no more than the two rules and one permission', () => {
    const before = synthDatabase({ settings: { databaseName: 'shop' } }).addresses;
    expect(synthDatabase(built).addresses.filter((address) => !before.includes(address))).toEqual([
      'aws_iam_role.inventory',
      'aws_iam_role_policy.inventory_role_connect-database-orders',
      'aws_security_group.inventory_connections',
      'aws_vpc_security_group_egress_rule.inventory_connections_to-databases-orders-3306',
      'aws_vpc_security_group_ingress_rule.inventory_connections_to-databases-orders-3306',
    ]);
  });

  test('may sign in as the user of its own name, to this cluster', () => {
    const policy = synthDatabase(built).at('aws_iam_role_policy.inventory_role_connect-database-orders');
    expect(policy['name']).toBe('connect-database-orders');
    expect(statementsOf(policy['policy'])).toEqual([
      {
        Effect: 'Allow',
        Action: 'rds-db:connect',
        Resource:
          'arn:aws:rds-db:us-east-1:111122223333:dbuser:${aws_rds_cluster.databases_orders.cluster_resource_id}/inventory',
      },
    ]);
  });

  test.each(['none', 'primary', 'secondary'] as const)(
    'is told where to write and where to read, also as a member of a global database: %s',
    (globalCluster) => {
      expect(synthDatabase({ ...built, globalCluster }).output['orders-for-inventory']?.['value']).toEqual({
        DATABASE_ORDERS_WRITER_HOST: '${aws_rds_cluster.databases_orders.endpoint}',
        DATABASE_ORDERS_READER_HOST: '${aws_rds_cluster.databases_orders.reader_endpoint}',
        DATABASE_ORDERS_PORT: '3306',
        DATABASE_ORDERS_NAME: 'shop',
        DATABASE_ORDERS_USER: 'inventory',
      });
    },
  );

  test('is told of the schema that is named like the database where none is made with it', () => {
    const told = synthDatabase({ clients: ['inventory'] }).output['orders-for-inventory']?.['value'];
    expect(told).toHaveProperty('DATABASE_ORDERS_NAME', 'orders');
  });

  test('shares the database with others, each as itself', () => {
    const out = synthDatabase({ clients: ['inventory', 'accounts'] });
    expect(out.output['orders-for-accounts']?.['value']).toMatchObject({ DATABASE_ORDERS_USER: 'accounts' });
    expect(out.at('aws_iam_role_policy.accounts_role_connect-database-orders')['policy']).toContain(
      '/accounts"',
    );
  });
});
