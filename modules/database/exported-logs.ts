import { Construct } from 'constructs';
import { adopt } from '../adoption/adopt';
import type { IKey } from '../encryption/key';
import { resourcesIn } from '../foundation/resources-in';
import { LogGroup } from '../observability/log-group';

export interface ExportedLogsProps {
  /** What writes them, as RDS has it in their names: `cluster/prod-orders`, `instance/prod-catalog`. */
  readonly source: string;
  /** What RDS calls them: `error`, `slowquery`, `audit`. */
  readonly logs: readonly string[];
  /** One of LOG_RETENTION_DAYS. */
  readonly retentionDays: number;
  /** The key of the region that is for logs. */
  readonly key: IKey;
  /** Those whose log groups exist already. @default none */
  readonly existing?: readonly string[] | undefined;
}

/**
 * The log groups that a database writes to, under the names that RDS prescribes. They must stand before
 * it: RDS makes those that it misses, and its own are not encrypted with our key and keep for ever.
 */
export class ExportedLogs extends Construct {
  /** For `enabled_cloudwatch_logs_exports`. */
  readonly logs: readonly string[];

  constructor(
    scope: Construct,
    id: string,
    { source, logs, retentionDays, key, existing }: ExportedLogsProps,
  ) {
    super(scope, id);
    this.logs = logs;
    for (const log of logs) {
      const name = `/aws/rds/${source}/${log}`;
      const group = new LogGroup(this, log, { name, retentionDays, key });
      if (existing?.includes(log)) for (const one of resourcesIn(group)) adopt(one, name);
    }
  }
}
