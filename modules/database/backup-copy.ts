import { Construct } from 'constructs';
import { DbInstanceAutomatedBackupsReplication } from '@cdktf/provider-aws/lib/db-instance-automated-backups-replication';
import type { Foundation } from '../foundation/foundation';
import { sourceArn } from './mysql-names';

export interface BackupCopyProps extends Pick<Foundation, 'naming' | 'keys'> {
  /** Name of the database. */
  readonly name: string;
  readonly sourceRegion: string;
  /** 1 to 35. */
  readonly retentionDays: number;
}

/**
 * The backups of a database of another region, copied here as they are made: snapshots and transaction logs, from which
 * it can be restored to the second.
 */
export class BackupCopy extends Construct {
  constructor(scope: Construct, id: string, props: BackupCopyProps) {
    super(scope, id);
    const { naming, keys, name, sourceRegion, retentionDays } = props;
    new DbInstanceAutomatedBackupsReplication(this, 'Replication', {
      // the name alone: nothing is read of the other region
      sourceDbInstanceArn: sourceArn(naming, name, sourceRegion),
      kmsKeyId: keys.data.arn,
      retentionPeriod: retentionDays,
    });
  }
}
