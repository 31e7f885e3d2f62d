import { Construct } from 'constructs';
import type { IKey } from '../encryption/key';
import { LogGroup } from '../observability/log-group';

export interface ExportedLogsProps {
  /** Identifier of the cluster. */
  readonly cluster: string;
  /** What RDS calls them: `error`, `slowquery`, `audit`. */
  readonly logs: readonly string[];
  /** One of LOG_RETENTION_DAYS. */
  readonly retentionDays: number;
  /** The key of the region that is for logs. */
  readonly key: IKey;
}

/**
 * The log groups that a cluster writes to, under the names that RDS prescribes. They must stand before the
 * cluster: RDS makes those that it misses, and its own are not encrypted with our key and keep for ever.
 */
export class ExportedLogs extends Construct {
  /** For `enabled_cloudwatch_logs_exports`. */
  readonly logs: readonly string[];

  constructor(scope: Construct, id: string, { cluster, logs, retentionDays, key }: ExportedLogsProps) {
    super(scope, id);
    this.logs = logs;
    for (const log of logs) {
      new LogGroup(this, log, { name: `/aws/rds/cluster/${cluster}/${log}`, retentionDays, key });
    }
  }
}
