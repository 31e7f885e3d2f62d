import type { Construct } from 'constructs';
import { Alarms } from '../observability/alarms';
import type { IAlertTopic } from '../observability/alert-topic';

/** What the proxy calls its one group of targets. */
export const TARGET_GROUP = 'default';

export interface ProxyAlarmsProps {
  /** What the names of the alarms begin with. */
  readonly alarmName: string;
  readonly alerts: IAlertTopic;
  readonly proxyName: string;
  /** Whether what is behind it can be written: a cluster that follows another region has nothing to write to. */
  readonly writes: boolean;
  /** Whether it has an endpoint for reads. */
  readonly hasReaders: boolean;
  /** Connections that it opens to one instance at most. */
  readonly maxConnections: number;
}

/**
 * What somebody has to get up for at a proxy. How many clients it has is no fault of itself, and RDS names no limit to it:
 * that they wait is one.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy.monitoring.html
 */
export class ProxyAlarms extends Alarms {
  constructor(
    scope: Construct,
    id: string,
    private readonly settings: ProxyAlarmsProps,
  ) {
    super(scope, id, settings.alarmName, settings.alerts);
    if (settings.writes) this.watchTargets('writer', 'READ_WRITE');
    if (settings.hasReaders) this.watchTargets('readers', 'READ_ONLY');
    if (settings.writes) this.watchPool();
    this.watchWaiting();
  }

  private watchTargets(id: string, role: 'READ_WRITE' | 'READ_ONLY'): void {
    this.add(`${id}-unavailable`, {
      description:
        'The proxy reaches no instance in this role for part of each minute. Look at its targets (aws rds describe-db-proxy-targets, TargetHealth), then at the events of the database.',
      namespace: 'AWS/RDS',
      metric: 'AvailabilityPercentage',
      dimensions: this.target(role),
      statistic: 'Average',
      bad: 'below',
      threshold: 100,
      periods: 3,
    });
  }

  private watchPool(): void {
    const { maxConnections } = this.settings;
    this.add('pool-full', {
      description: `More than 80 % of the ${maxConnections} connections that the proxy opens are borrowed. Look at DatabaseConnectionsCurrentlySessionPinned: who is pinned shares nothing; then for long transactions, then raise instanceClass.`,
      namespace: 'AWS/RDS',
      metric: 'DatabaseConnectionsCurrentlyBorrowed',
      dimensions: this.target('READ_WRITE'),
      statistic: 'Sum',
      threshold: Math.floor(0.8 * maxConnections),
    });
  }

  /** In microseconds: a pool with room gives a connection out at once. */
  private watchWaiting(): void {
    this.add('clients-wait', {
      description:
        'Clients wait more than 100 ms for a connection. Look whether the pool is full (DatabaseConnectionsCurrentlyBorrowed), then how many clients there are (ClientConnections), and which of them is new.',
      namespace: 'AWS/RDS',
      metric: 'DatabaseConnectionsBorrowLatency',
      dimensions: { ProxyName: this.settings.proxyName },
      statistic: 'Average',
      threshold: 100_000,
    });
  }

  private target(role: string): Record<string, string> {
    return { ProxyName: this.settings.proxyName, TargetGroup: TARGET_GROUP, TargetRole: role };
  }
}
