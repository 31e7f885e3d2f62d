import { parameterProblems } from '../../../modules/database/parameter-problems';

/** `parameter must rule; remedy` */
const problems = (parameters: Record<string, string>, auditLog = true) =>
  parameterProblems({ parameters, auditLog }).map(
    ({ path, rule, remedy }) => `${path.join('.')} must ${rule}; ${remedy}`,
  );

describe('parameters of a database', () => {
  test.each(['OFF', '0', 'off', ''])('cannot switch TLS off with %j', (value) => {
    expect(problems({ require_secure_transport: value })).toEqual([
      'parameters.require_secure_transport must be ON; take it out: connections without TLS are refused',
    ]);
  });

  test.each(['TLSv1,TLSv1.2', 'TLSv1.1', 'TLSv1.2,TLSv1.1', ''])(
    'cannot take broken versions of TLS: %j',
    (value) => {
      expect(problems({ tls_version: value })).toEqual([
        'parameters.tls_version must be TLSv1.2, TLSv1.3 or both; take the others out: they are broken',
      ]);
    },
  );

  test.each([true, false])('leave the audit log to its own setting, which is %s', (auditLog) => {
    expect(problems({ server_audit_logging: '0', server_audit_logs_upload: '0' }, auditLog)).toEqual([
      'parameters.server_audit_logging must be said by auditLog alone; take it out',
      'parameters.server_audit_logs_upload must be said by auditLog alone; take it out',
    ]);
  });

  test.each(['', 'CONNECT', 'QUERY', 'CONNECT,QUERY_DCL', 'QUERY_DCL,QUERY_DDL', 'CONNECT,QUERY_DML'])(
    'cannot empty the audit log: %j',
    (value) => {
      expect(problems({ server_audit_events: value })).toEqual([
        'parameters.server_audit_events must hold CONNECT, QUERY_DCL, QUERY_DDL with auditLog; add what is missing, or set auditLog to false',
      ]);
      expect(problems({ server_audit_events: value }, false)).toEqual([]);
    },
  );

  test.each(['server_audit_excl_users', 'server_audit_incl_users'])(
    'cannot keep users out of the audit log: %s',
    (name) => {
      expect(problems({ [name]: 'inventory' })).toEqual([
        `parameters.${name} must be empty with auditLog, which is about all users; take it out, or set auditLog to false`,
      ]);
      expect(problems({ [name]: 'inventory' }, false)).toEqual([]);
    },
  );

  test('cannot stop the log of slow queries', () => {
    expect(problems({ slow_query_log: '0', log_output: 'TABLE' })).toEqual([
      'parameters.slow_query_log must be ON; take it out, and raise long_query_time where too much is logged',
      'parameters.log_output must be FILE; take it out: from tables nothing comes to CloudWatch',
    ]);
  });

  test.each<Record<string, string>>([
    { require_secure_transport: 'ON' },
    { require_secure_transport: '1' },
    { tls_version: 'TLSv1.3' },
    { tls_version: 'TLSv1.2,TLSv1.3' },
    { server_audit_events: 'CONNECT,QUERY' },
    { server_audit_events: 'connect, query_dcl, query_ddl, table' },
    { server_audit_excl_users: '' },
    { slow_query_log: '1', log_output: 'file', long_query_time: '10' },
    { max_connections: '500' },
  ])('can be others: %j', (parameters) => {
    expect(problems(parameters)).toEqual([]);
  });
});
