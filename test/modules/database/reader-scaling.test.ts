import { addressesOf, synthDatabase } from './database-under-test';

describe('readers that are scaled', () => {
  const settings = { readers: { min: 1, max: 6 } };

  test('are as many as the CPU of readers asks for, from min to max', () => {
    const out = synthDatabase({ settings });
    const scaled = {
      service_namespace: 'rds',
      scalable_dimension: 'rds:cluster:ReadReplicaCount',
      resource_id: 'cluster:${aws_rds_cluster.databases_orders.cluster_identifier}',
    };
    expect(out.at('aws_appautoscaling_target.databases_orders_reader-scaling')).toMatchObject({
      ...scaled,
      min_capacity: 1,
      max_capacity: 6,
      depends_on: [
        'aws_rds_cluster_instance.databases_orders_instances_1',
        'aws_rds_cluster_instance.databases_orders_instances_2',
      ],
    });
    const target = '${aws_appautoscaling_target.databases_orders_reader-scaling.';
    expect(out.at('aws_appautoscaling_policy.databases_orders_reader-scaling')).toMatchObject({
      policy_type: 'TargetTrackingScaling',
      resource_id: `${target}resource_id}`,
      scalable_dimension: `${target}scalable_dimension}`,
      service_namespace: `${target}service_namespace}`,
      target_tracking_scaling_policy_configuration: {
        predefined_metric_specification: { predefined_metric_type: 'RDSReaderAverageCPUUtilization' },
        target_value: 60,
        scale_in_cooldown: 900,
        scale_out_cooldown: 300,
      },
    });
  });

  test('are made by Terraform up to min', () => {
    expect(addressesOf('aws_rds_cluster_instance', { settings })).toHaveLength(2);
  });

  test('are not where min is max', () => {
    expect(addressesOf('aws_appautoscaling_target', { settings: { readers: 2 } })).toEqual([]);
  });
});
