import type { Construct } from 'constructs';
import { Alarms } from '../observability/alarms';
import type { IAlertTopic } from '../observability/alert-topic';
import { memoryGiB } from './instance-class';
import { silence, watchedAlarm, type Watched, type WatchedAlarm } from './watched-alarm';

export interface MysqlAlarmsProps {
  /** What the names of the alarms begin with. */
  readonly alarmName: string;
  readonly alerts: IAlertTopic;
  readonly instanceIdentifier: string;
  readonly instanceClass: string;
  readonly storageGiB: { readonly min: number; readonly max: number };
  /** Seconds that it may be behind the instance that it follows. @default it follows none */
  readonly maxLagSeconds?: number | undefined;
  /** Connections that the instance takes. */
  readonly maxConnections: number;
}

const GIB = 1024 ** 3;

/** What somebody has to get up for at one instance. */
export class MysqlAlarms extends Alarms {
  /** Says whether the instance answers. */
  readonly presence: WatchedAlarm;
  /** Those that say whether the instance answers, and with data that is not too old. */
  readonly availability: readonly WatchedAlarm[];

  constructor(
    scope: Construct,
    id: string,
    private readonly settings: MysqlAlarmsProps,
  ) {
    super(scope, id, settings.alarmName, settings.alerts);
    this.watchCpu();
    this.watchMemory();
    this.watchConnections();
    this.watchStorage();
    this.presence = this.watchPresence();
    this.availability = [this.presence, ...this.watchReplication()];
  }

  private watchCpu(): void {
    this.watch('cpu-high', {
      description:
        'The instance is above 90 % CPU. Look in Database Insights for the statement that has grown; more replicas, or a larger instanceClass, buy time.',
      metric: 'CPUUtilization',
      statistic: 'Maximum',
      threshold: 90,
      periods: 15,
    });
  }

  /** A share cannot be measured. The buffer pool takes three quarters; a twentieth left is where swapping begins. */
  private watchMemory(): void {
    this.watch('memory-low', {
      description:
        'The instance has less than 5 % of its memory free and will be restarted when none is left. Look at connections and large sorts in Database Insights; then raise instanceClass.',
      metric: 'FreeableMemory',
      statistic: 'Minimum',
      bad: 'below',
      threshold: Math.floor(0.05 * memoryGiB(this.settings.instanceClass) * GIB),
      periods: 15,
    });
  }

  private watchConnections(): void {
    const { maxConnections } = this.settings;
    this.watch('connections-high', {
      description: `The instance has more than 80 % of the ${maxConnections} connections that it takes. Look which service opens them (SHOW PROCESSLIST, by user) and at the size of its pool.`,
      metric: 'DatabaseConnections',
      statistic: 'Maximum',
      threshold: Math.floor(0.8 * maxConnections),
    });
  }

  /** Below a tenth RDS adds storage by itself, which is done within half an hour unless it must not or is not let. */
  private watchStorage(): void {
    const { min, max } = this.settings.storageGiB;
    this.watch('storage-low', {
      description: `Less than a tenth of ${min} GiB is free. Look whether storage has grown to ${max} GiB, or within the last six hours, in which it cannot grow again; then raise storageGiB.max, or delete what nobody needs.`,
      metric: 'FreeStorageSpace',
      statistic: 'Minimum',
      bad: 'below',
      threshold: Math.floor(0.1 * min * GIB),
      periods: 30,
    });
  }

  private watchPresence(): WatchedAlarm {
    return this.watch(
      'silent',
      silence(
        'The instance has measured nothing for 3 minutes: it is down, or restarts. Look at its events in RDS, and whether the other zone has taken over.',
      ),
    );
  }

  private watchReplication(): WatchedAlarm[] {
    const { maxLagSeconds } = this.settings;
    if (maxLagSeconds === undefined) return [];
    return [
      this.watch('replica-lag', {
        description: `The replica is more than ${maxLagSeconds} s behind. Look for a long transaction where it is written, or a replica whose CPU is exhausted.`,
        metric: 'ReplicaLag',
        statistic: 'Maximum',
        threshold: maxLagSeconds,
        periods: 3,
      }),
      // -1 is what RDS says of a replication that has stopped
      this.watch('replication-stopped', {
        description:
          'The replica no longer follows. Look at SHOW REPLICA STATUS and the events in RDS; what cannot be skipped takes a new replica.',
        metric: 'ReplicaLag',
        statistic: 'Minimum',
        bad: 'below',
        threshold: 0,
        periods: 3,
      }),
    ];
  }

  private watch(id: string, alarm: Watched): WatchedAlarm {
    const alarmName = this.add(id, {
      namespace: 'AWS/RDS',
      dimensions: { DBInstanceIdentifier: this.settings.instanceIdentifier },
      ...alarm,
    });
    return watchedAlarm(id, alarmName, alarm);
  }
}
