import type { Construct } from 'constructs';
import type { Foundation } from '../foundation/foundation';
import { Alarms } from '../observability/alarms';
import { auroraMysqlNames } from './aurora-mysql-names';
import { mostMemoryGiB, SERVERLESS } from './instance-class';
import { silence, watchedAlarm, type Watched, type WatchedAlarm } from './watched-alarm';

export interface AuroraMysqlAlarmsProps extends Pick<Foundation, 'naming' | 'alerts'> {
  /** Name of the database. */
  readonly name: string;
  /** Identifier of the cluster. */
  readonly clusterIdentifier: string;
  readonly instanceClass: string;
  /** Of db.serverless. @default none, another class */
  readonly capacity?: { readonly min: number; readonly max: number } | undefined;
  /** Instances that stand always. */
  readonly instances: number;
  /** Whether some of them read what another one writes in the same region. */
  readonly hasReaders: boolean;
  /** Whether it follows a cluster in another region. */
  readonly follows: boolean;
  /**
   * Whose silence sends reads to another region: of every instance, or of those alone that a proxy takes for readers.
   * @default reads stay, whoever is silent
   */
  readonly readBy?: 'instances' | 'readers' | undefined;
  /** Connections that each instance takes. */
  readonly maxConnections: number;
}

const GIB = 1024 ** 3;

/**
 * What somebody has to get up for. Metrics are those of the whole cluster and the worst instance counts: the
 * average of a busy writer and idle readers looks well.
 */
export class AuroraMysqlAlarms extends Alarms {
  /** Those that say whether reads are answered here; none while reads stay, whoever is silent. */
  readonly availability: readonly WatchedAlarm[];

  constructor(
    scope: Construct,
    id: string,
    private readonly settings: AuroraMysqlAlarmsProps,
  ) {
    const { naming, alerts, name, instances, hasReaders, follows } = settings;
    super(scope, id, auroraMysqlNames(naming, name).alarms, alerts);
    if (instances > 0) {
      this.watchCpu();
      this.watchMemory();
      this.watchConnections();
      if (settings.instanceClass === SERVERLESS) this.watchCapacity();
    }
    if (hasReaders) this.watchReaders();
    if (follows) this.watchPrimary();
    const silent = this.mayPause() ? undefined : this.watchPresence();
    this.availability = silent && settings.readBy ? [silent] : [];
  }

  private watchCpu(): void {
    this.watch('cpu-high', {
      description:
        'An instance is above 90 % CPU. Look in Database Insights for the statement that has grown; more readers, or a larger instanceClass, buy time.',
      metric: 'CPUUtilization',
      threshold: 90,
      periods: 15,
    });
  }

  /** A share cannot be measured. Aurora's own cache takes three quarters; a twentieth left is where swapping begins. */
  private watchMemory(): void {
    this.watch('memory-low', {
      description:
        'An instance has less than 5 % of its memory free and will be restarted when none is left. Look at connections and large sorts in Database Insights; then raise instanceClass.',
      metric: 'FreeableMemory',
      statistic: 'Minimum',
      bad: 'below',
      threshold: Math.floor(0.05 * mostMemoryGiB(this.settings.instanceClass, this.settings.capacity) * GIB),
      periods: 15,
    });
  }

  private watchConnections(): void {
    const { maxConnections } = this.settings;
    this.watch('connections-high', {
      description: `An instance has more than 80 % of the ${maxConnections} connections that it takes. Look which service opens them (SHOW PROCESSLIST, by user) and at the size of its pool.`,
      metric: 'DatabaseConnections',
      threshold: Math.floor(0.8 * maxConnections),
    });
  }

  private watchCapacity(): void {
    this.watch('capacity-high', {
      description:
        'An instance uses more than 90 % of the capacity that it may have, and cannot grow further. Look in Database Insights for the statement that has grown; then raise capacity.max.',
      metric: 'ACUUtilization',
      threshold: 90,
      periods: 15,
    });
  }

  private watchReaders(): void {
    this.watch('replica-lag', {
      description:
        'A reader answers with data that is more than 2 s old. Look for a long transaction on the writer or a reader whose CPU is exhausted; send reads that must be fresh to the writer.',
      metric: 'AuroraReplicaLag',
      threshold: 2000,
    });
  }

  private watchPrimary(): void {
    this.watch('global-replication-lag', {
      description:
        'This region is more than 10 s behind the primary: a failover now loses that much. Look at the health of the primary region, then at its write load.',
      metric: 'AuroraGlobalDBReplicationLag',
      threshold: 10_000,
    });
  }

  /** Without instances, or with some that stop by themselves, silence means nothing. */
  private mayPause(): boolean {
    const { instances, capacity } = this.settings;
    return instances === 0 || capacity?.min === 0;
  }

  /**
   * How far a secondary is behind is no reason to read elsewhere: it grows when the other region is lost, too.
   * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/dimensions.html
   */
  private watchPresence(): WatchedAlarm {
    const { readBy } = this.settings;
    const who = readBy === 'readers' ? 'No reader' : 'No instance';
    const then = readBy === undefined ? '' : ', and reads go to the other region';
    const alarm = silence(
      `${who} of the cluster has measured anything for 3 minutes${then}. Look at the events of the cluster in RDS, and at the health of the region.`,
    );
    const role = readBy === 'readers' ? { Role: 'READER' } : {};
    return watchedAlarm('silent', this.watch('silent', alarm, role), alarm, readBy);
  }

  /** @returns name of the alarm */
  private watch(
    id: string,
    alarm: Omit<Watched, 'statistic'> & Partial<Pick<Watched, 'statistic'>>,
    more: Readonly<Record<string, string>> = {},
  ): string {
    return this.add(id, {
      namespace: 'AWS/RDS',
      dimensions: { DBClusterIdentifier: this.settings.clusterIdentifier, ...more },
      statistic: 'Maximum',
      ...alarm,
    });
  }
}
