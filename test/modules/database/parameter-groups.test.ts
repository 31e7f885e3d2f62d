import { synthDatabase, type Built } from './database-under-test';

describe('the parameters of a database', () => {
  const parametersOf = (settings: Built['settings'] = {}) => {
    const group = synthDatabase({ settings }).at(
      'aws_rds_cluster_parameter_group.databases_orders_parameters',
    );
    return group['parameter'] as { name: string; value: string; apply_method: string }[];
  };
  const named = (settings: Built['settings'] = {}) =>
    Object.fromEntries(parametersOf(settings).map(({ name, value }) => [name, value]));

  test('want TLS 1.2 or later and write slow queries and an audit', () => {
    expect(named()).toEqual({
      require_secure_transport: 'ON',
      tls_version: 'TLSv1.2,TLSv1.3',
      slow_query_log: '1',
      long_query_time: '1',
      server_audit_logging: '1',
      server_audit_events: 'CONNECT,QUERY_DCL,QUERY_DDL',
    });
  });

  test('write no audit where none is wanted', () => {
    expect(Object.keys(named({ auditLog: false }))).toEqual([
      'long_query_time',
      'require_secure_transport',
      'slow_query_log',
      'tls_version',
    ]);
  });

  test('are taken from the settings first, in the order of their names', () => {
    const settings = { auditLog: false, parameters: { long_query_time: '5', max_connections: '500' } };
    expect(parametersOf(settings).map(({ name, value }) => `${name}=${value}`)).toEqual([
      'long_query_time=5',
      'max_connections=500',
      'require_secure_transport=ON',
      'slow_query_log=1',
      'tls_version=TLSv1.2,TLSv1.3',
    ]);
  });

  test('take effect at a restart, which every parameter bears', () => {
    expect(new Set(parametersOf().map(({ apply_method }) => apply_method))).toEqual(
      new Set(['pending-reboot']),
    );
  });

  test('are in groups that are named after their family and replaced before they go', () => {
    const out = synthDatabase();
    for (const type of ['aws_rds_cluster_parameter_group', 'aws_db_parameter_group']) {
      expect(out.at(`${type}.databases_orders_parameters`)).toMatchObject({
        name: 'test-orders-aurora-mysql8-0',
        family: 'aurora-mysql8.0',
        lifecycle: { create_before_destroy: true },
      });
    }
    expect(out.at('aws_rds_cluster.databases_orders')['db_cluster_parameter_group_name']).toBe(
      '${aws_rds_cluster_parameter_group.databases_orders_parameters.name}',
    );
  });
});
