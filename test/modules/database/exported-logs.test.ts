import { addressesOf, clusterOf, keyArn, synthDatabase } from './database-under-test';

describe('the logs of a database', () => {
  test('go to groups that stand before it, encrypted and not kept for ever', () => {
    const out = synthDatabase();
    for (const log of ['error', 'slowquery', 'audit']) {
      expect(out.at(`aws_cloudwatch_log_group.databases_orders_logs_${log}`)).toMatchObject({
        name: `/aws/rds/cluster/test-orders/${log}`,
        retention_in_days: 30,
        kms_key_id: keyArn('logs'),
      });
    }
    expect(out.at('aws_rds_cluster.databases_orders')).toMatchObject({
      enabled_cloudwatch_logs_exports: ['error', 'slowquery', 'audit'],
      depends_on: [
        'aws_cloudwatch_log_group.databases_orders_logs_error',
        'aws_cloudwatch_log_group.databases_orders_logs_slowquery',
        'aws_cloudwatch_log_group.databases_orders_logs_audit',
      ],
    });
  });

  test('hold no audit where none is wanted', () => {
    expect(clusterOf({ settings: { auditLog: false } })['enabled_cloudwatch_logs_exports']).toEqual([
      'error',
      'slowquery',
    ]);
    expect(addressesOf('aws_cloudwatch_log_group', { settings: { auditLog: false } })).toEqual([
      'aws_cloudwatch_log_group.databases_orders_logs_error',
      'aws_cloudwatch_log_group.databases_orders_logs_slowquery',
    ]);
  });

  test('are kept as long as the environment says', () => {
    const out = synthDatabase({ foundation: { logRetentionDays: 90 } });
    expect(out.at('aws_cloudwatch_log_group.databases_orders_logs_error')['retention_in_days']).toBe(90);
  });
});
