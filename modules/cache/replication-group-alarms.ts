import type { Construct } from 'constructs';
import type { Foundation } from '../foundation/foundation';
import { Alarms } from '../observability/alarms';
import { replicationGroupNames } from './replication-group-names';
import type { ReplicationGroupSettings } from './replication-group-settings';

export interface ReplicationGroupAlarmsProps
  extends Pick<Foundation, 'naming' | 'alerts'>, Pick<ReplicationGroupSettings, 'nodeType' | 'replicas'> {
  /** Name of the cache. */
  readonly name: string;
}

/** ElastiCache takes no more, on any node. */
const MAX_CONNECTIONS = 65_000;

/** What somebody has to get up for, by node: ElastiCache measures nothing of the group as a whole. */
export class ReplicationGroupAlarms extends Alarms {
  constructor(
    scope: Construct,
    id: string,
    private readonly settings: ReplicationGroupAlarmsProps,
  ) {
    const { naming, alerts, name, replicas } = settings;
    super(scope, id, replicationGroupNames(naming, name).alarms, alerts);
    for (let number = 1; number <= 1 + replicas; number++) {
      this.watchCpu(number);
      this.watchMemory(number);
      this.watchConnections(number);
      if (replicas > 0) this.watchReplication(number);
    }
  }

  /** The engine works on one core, and other work of the node gets in its way where there are only two. */
  private watchCpu(node: number): void {
    this.watch('engine-cpu-high', node, {
      description:
        'The engine of a node has no CPU left and all its clients wait. Look in the slow log for commands over large keys; then raise nodeType, or read from replicas.',
      metric: 'EngineCPUUtilization',
      threshold: 90,
    });
    if (/xlarge$/.test(this.settings.nodeType)) return;
    this.watch('cpu-high', node, {
      description:
        'A node of two cores is above 90 % CPU. Look whether a snapshot is being made and how many connections are opened; then raise nodeType.',
      metric: 'CPUUtilization',
      threshold: 90,
      periods: 15,
    });
  }

  private watchMemory(node: number): void {
    this.watch('memory-high', node, {
      description:
        'A node has filled more than 90 % of its memory, and will throw keys away or refuse to write. Look for keys without expiry; then raise nodeType.',
      metric: 'DatabaseMemoryUsagePercentage',
      threshold: 90,
      periods: 15,
    });
    this.watch('evictions-high', node, {
      description:
        'A node has thrown away more than 100 keys a minute for a quarter of an hour: it is too small for what is kept in it. Look at the hit rate and at expiries; then raise nodeType.',
      metric: 'Evictions',
      statistic: 'Sum',
      threshold: 100,
      periods: 15,
    });
  }

  private watchConnections(node: number): void {
    this.watch('connections-high', node, {
      description: `A node has more than 80 % of the ${MAX_CONNECTIONS} connections that it takes. Look which service opens them, and whether it keeps them.`,
      metric: 'CurrConnections',
      threshold: 0.8 * MAX_CONNECTIONS,
    });
  }

  /** Of every node, as any may be a replica after a failover; the primary reports nothing. */
  private watchReplication(node: number): void {
    this.watch('replication-lag', node, {
      description:
        'A replica is more than 10 s behind, which a failover would lose. Look at the network and the write load of the primary; large values are copied slowly.',
      metric: 'ReplicationLag',
      threshold: 10,
    });
  }

  private watch(
    id: string,
    node: number,
    alarm: Pick<Parameters<Alarms['add']>[1], 'description' | 'metric' | 'threshold' | 'periods'> & {
      readonly statistic?: 'Sum';
    },
  ): void {
    const { naming, name } = this.settings;
    this.add(`${id}-${String(node).padStart(3, '0')}`, {
      namespace: 'AWS/ElastiCache',
      dimensions: { CacheClusterId: replicationGroupNames(naming, name).node(node) },
      statistic: 'Maximum',
      ...alarm,
    });
  }
}
