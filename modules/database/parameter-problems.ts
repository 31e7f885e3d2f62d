import type { Problem, RuleContext } from '../settings/capability-rules';
import type { AuroraMysqlSettings } from './aurora-mysql-settings';

type Parameters = AuroraMysqlSettings['parameters'];

/** A parameter that would take back what a database promises, the values that do not, and what to do. */
interface Promised {
  readonly name: string;
  readonly allowed: (value: string) => boolean;
  readonly rule: string;
  readonly remedy: string;
}

const isOn = (value: string) => /^(ON|1)$/i.test(value);

/** What the audit log holds at least: who came and what was changed. `QUERY` is every statement, these included. */
const AUDITED = ['CONNECT', 'QUERY_DCL', 'QUERY_DDL'];

function isAudited(value: string): boolean {
  const events = value.toUpperCase().split(/\s*,\s*/);
  return AUDITED.every(
    (event) => events.includes(event) || (event !== 'CONNECT' && events.includes('QUERY')),
  );
}

const PROMISED: readonly Promised[] = [
  {
    name: 'require_secure_transport',
    allowed: isOn,
    rule: 'be ON',
    remedy: 'take it out: connections without TLS are refused',
  },
  {
    name: 'tls_version',
    allowed: (value) => /^TLSv1\.[23](,TLSv1\.[23])?$/.test(value),
    rule: 'be TLSv1.2, TLSv1.3 or both',
    remedy: 'take the others out: they are broken',
  },
  {
    name: 'slow_query_log',
    allowed: isOn,
    rule: 'be ON',
    remedy: 'take it out, and raise long_query_time where too much is logged',
  },
  {
    name: 'log_output',
    allowed: (value) => value.toUpperCase() === 'FILE',
    rule: 'be FILE',
    remedy: 'take it out: from tables nothing comes to CloudWatch',
  },
];

const PROMISED_BY_AURORA: readonly Promised[] = [
  // https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Auditing.html
  ...['server_audit_logging', 'server_audit_logs_upload'].map((name) => ({
    name,
    allowed: () => false,
    rule: 'be said by auditLog alone',
    remedy: 'take it out',
  })),
];

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.MySQL.Options.AuditPlugin.html */
const PROMISED_BY_MYSQL: readonly Promised[] = [
  {
    name: 'read_only',
    allowed: (value) => value === '{TrueIfReplica}',
    rule: 'be {TrueIfReplica}',
    remedy: 'take it out: what is written to a replica is lost, or stops it',
  },
];

/** https://dev.mysql.com/doc/refman/8.4/en/innodb-parameters.html#sysvar_innodb_flush_log_at_trx_commit */
const PROMISED_TO_PRODUCTION: readonly Promised[] = ['innodb_flush_log_at_trx_commit', 'sync_binlog'].map(
  (name) => ({
    name,
    allowed: (value) => value === '1',
    rule: 'be 1 in production',
    remedy: 'take it out: what was committed last would be lost when the instance stops',
  }),
);

const PROMISED_BY_AUDIT_LOG: readonly Promised[] = [
  {
    name: 'server_audit_events',
    allowed: isAudited,
    rule: `hold ${AUDITED.join(', ')} with auditLog`,
    remedy: 'add what is missing, or set auditLog to false',
  },
  ...['server_audit_excl_users', 'server_audit_incl_users'].map((name) => ({
    name,
    allowed: (value: string) => value.trim() === '',
    rule: 'be empty with auditLog, which is about all users',
    remedy: 'take it out, or set auditLog to false',
  })),
];

type Audited = Pick<AuroraMysqlSettings, 'parameters' | 'auditLog'>;

/** Parameters of Aurora that undo what holds of every database, in whatever environment. */
export function parameterProblems({ parameters, auditLog }: Audited): Problem[] {
  const byAuditLog = auditLog ? PROMISED_BY_AUDIT_LOG : [];
  return broken(parameters, [...PROMISED, ...PROMISED_BY_AURORA, ...byAuditLog]);
}

/** Parameters of MySQL whose empty value says something. */
const MAY_BE_EMPTY: ReadonlySet<string> = new Set(['init_connect', 'sql_mode']);

/** The same of RDS MySQL, whose audit log is an option and no parameter. */
export function mysqlParameterProblems(
  { parameters }: Pick<Audited, 'parameters'>,
  { production }: Pick<RuleContext, 'production'>,
): Problem[] {
  const empty = Object.keys(parameters)
    .filter((name) => parameters[name]?.trim() === '' && !MAY_BE_EMPTY.has(name))
    .map((name) => ({
      path: ['parameters', name],
      rule: 'have a value',
      remedy: 'give it one, or take it out',
    }));
  const audit = Object.keys(parameters)
    .filter((name) => name.startsWith('server_audit_'))
    .map((name) => ({
      path: ['parameters', name],
      rule: 'be said by auditLog alone: in RDS MySQL it is no parameter',
      remedy: 'take it out',
    }));
  const promised = [...PROMISED, ...PROMISED_BY_MYSQL, ...(production ? PROMISED_TO_PRODUCTION : [])];
  const refused = broken(parameters, promised);
  // of an empty value that is not allowed the better word is what must be there
  const known = new Set(refused.map(({ path }) => path[1]));
  return [...refused, ...audit, ...empty.filter(({ path }) => !known.has(path[1]))];
}

const broken = (parameters: Parameters, promised: readonly Promised[]): Problem[] =>
  promised
    .filter(({ name, allowed }) => isSaid(parameters, name) && !allowed(parameters[name] ?? ''))
    .map(({ name, rule, remedy }) => ({ path: ['parameters', name], rule, remedy }));

const isSaid = (parameters: Parameters, name: string) => Object.hasOwn(parameters, name);
