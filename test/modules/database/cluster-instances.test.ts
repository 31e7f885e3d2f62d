import { statementsOf } from '../../support/statements';
import { instanceOf, synthDatabase } from './database-under-test';

describe('the instances of a database', () => {
  test('stand in zones A, B, C and A again, wherever how many there are', () => {
    const out = synthDatabase({ settings: { readers: 4 } });
    const zones = Object.entries(out.resource['aws_rds_cluster_instance'] ?? {}).map(([address, one]) => [
      address,
      one['identifier'],
      one['availability_zone'],
    ]);
    expect(zones).toEqual([
      ['databases_orders_instances_1', 'test-orders-1', 'us-east-1a'],
      ['databases_orders_instances_2', 'test-orders-2', 'us-east-1b'],
      ['databases_orders_instances_3', 'test-orders-3', 'us-east-1c'],
      ['databases_orders_instances_4', 'test-orders-4', 'us-east-1a'],
      ['databases_orders_instances_5', 'test-orders-5', 'us-east-1b'],
    ]);
  });

  test('do not change when readers are added', () => {
    const few = synthDatabase({ settings: { readers: 1 } }).resource['aws_rds_cluster_instance'];
    const many = synthDatabase({ settings: { readers: 3 } }).resource['aws_rds_cluster_instance'];
    expect(many).toMatchObject(few ?? {});
  });

  test('come after the first, which a new cluster makes its writer', () => {
    const settings = { readers: 1 };
    expect(instanceOf(1, { settings })).not.toHaveProperty('depends_on');
    expect(instanceOf(2, { settings })).toHaveProperty('depends_on', [
      'aws_rds_cluster_instance.databases_orders_instances_1',
    ]);
  });

  test('take over before those that scaling adds', () => {
    const settings = { readers: 2 };
    expect([1, 2, 3].map((number) => instanceOf(number, { settings })['promotion_tier'])).toEqual([0, 1, 1]);
  });

  test('are of the class of the settings, private, and have the certificate of the current authority', () => {
    expect(instanceOf(1, { settings: { instanceClass: 'db.r8g.xlarge' } })).toMatchObject({
      cluster_identifier: '${aws_rds_cluster.databases_orders.id}',
      engine: '${aws_rds_cluster.databases_orders.engine}',
      instance_class: 'db.r8g.xlarge',
      publicly_accessible: false,
      ca_cert_identifier: 'rds-ca-rsa2048-g1',
      db_subnet_group_name: '${aws_rds_cluster.databases_orders.db_subnet_group_name}',
      db_parameter_group_name: '${aws_db_parameter_group.databases_orders_parameters.name}',
    });
  });

  test('are measured each minute, by a role that RDS uses for this account only', () => {
    const out = synthDatabase();
    expect(out.at('aws_rds_cluster_instance.databases_orders_instances_1')).toMatchObject({
      monitoring_interval: 60,
      monitoring_role_arn: '${aws_iam_role.databases_orders_instances_monitoring-role.arn}',
    });
    const role = out.at('aws_iam_role.databases_orders_instances_monitoring-role');
    expect(role['name']).toBe('test-orders-monitoring-us-east-1');
    expect(statementsOf(role['assume_role_policy'])).toEqual([
      {
        Effect: 'Allow',
        Principal: { Service: 'monitoring.rds.amazonaws.com' },
        Action: 'sts:AssumeRole',
        Condition: {
          StringEquals: { 'aws:SourceAccount': '111122223333' },
          ArnLike: { 'aws:SourceArn': 'arn:aws:rds:us-east-1:111122223333:db:*' },
        },
      },
    ]);
    expect(
      out.at(
        'aws_iam_role_policy_attachment.databases_orders_instances_monitoring-role_amazon-rdsenhanced-monitoring-role',
      )['policy_arn'],
    ).toBe('arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole');
  });
});
