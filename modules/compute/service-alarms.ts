import type { Construct } from 'constructs';
import type { Foundation } from '../foundation/foundation';
import { Alarms, type AlarmSettings } from '../observability/alarms';
import type { LoadBalancer } from './load-balancer';
import type { PublicHost } from './public-host';
import type { ICluster } from './service-cluster';
import { serviceNames } from './service-names';
import type { Tasks } from './service-settings';

export interface ServiceAlarmsProps extends Pick<Foundation, 'naming'> {
  readonly tasks: Tasks;
  /** Name of the service. */
  readonly name: string;
  readonly cluster: ICluster;
}

/** What goes wrong with a service: its tasks, and what its customers see. Whoever makes them says who hears of it. */
export class ServiceAlarms extends Alarms {
  constructor(
    scope: Construct,
    id: string,
    private readonly settings: ServiceAlarmsProps,
  ) {
    const { naming, name } = settings;
    super(scope, id, serviceNames(naming, name).alarms);
    this.watchLoad();
    this.watchTasks();
  }

  /**
   * Watches what customers of a public service see.
   *
   * @param shared whether the load balancer is not its own, and has alarms of its own
   * @param slowSeconds one answer in twenty may take longer
   * @returns names of the alarms that tell a bad release from a good one
   */
  watchCustomers(balancer: LoadBalancer, host: PublicHost, shared: boolean, slowSeconds: number): string[] {
    // of a shared one nobody could tell whose they are
    if (!shared) this.add('load-balancer-errors', loadBalancerErrors(balancer.arnSuffix));
    const { targets, alternate } = host;
    return [
      this.watchTargets('', balancer.arnSuffix, targets.arnSuffix, slowSeconds),
      ...(alternate
        ? [this.watchTargets('alternate-', balancer.arnSuffix, alternate.arnSuffix, slowSeconds)]
        : []),
    ];
  }

  /** @returns name of the alarm that tells a bad release from a good one */
  private watchTargets(prefix: string, balancer: string, targets: string, slowSeconds: number): string {
    const namespace = 'AWS/ApplicationELB';
    const byTargets = { LoadBalancer: balancer, TargetGroup: targets };
    const targetErrors = this.add(`${prefix}target-errors`, {
      description: 'The program answers with 5xx. Look at its log, and at what was released last.',
      namespace,
      metric: 'HTTPCode_Target_5XX_Count',
      dimensions: byTargets,
      statistic: 'Sum',
      threshold: 10,
      periods: 3,
      // there is no metric while there is no error
      missing: 'notBreaching',
    });
    this.add(`${prefix}unhealthy-tasks`, {
      description: 'The load balancer finds tasks unhealthy. Look at the path that it asks, and at the log.',
      namespace,
      metric: 'UnHealthyHostCount',
      dimensions: byTargets,
      statistic: 'Maximum',
      threshold: 0,
      missing: 'notBreaching',
    });
    this.add(`${prefix}slow`, {
      description: `One answer in twenty takes more than ${slowSeconds} s. Look at load, and at what the service waits for.`,
      namespace,
      metric: 'TargetResponseTime',
      dimensions: byTargets,
      statistic: 'p95',
      threshold: slowSeconds,
      missing: 'notBreaching',
    });
    return targetErrors;
  }

  /** Above what scaling aims at for so long, there is no more to add. */
  private watchLoad(): void {
    for (const what of ['CPU', 'Memory'] as const) {
      this.add(`${what.toLowerCase()}-high`, {
        description: `${what} stays above 85 % although tasks are added. Look whether tasks.max is reached.`,
        namespace: 'AWS/ECS',
        metric: `${what}Utilization`,
        dimensions: this.dimensions(),
        statistic: 'Average',
        threshold: 85,
        periods: 10,
      });
    }
  }

  private watchTasks(): void {
    const { min } = this.settings.tasks;
    if (min === 0) return;
    this.add('tasks-low', {
      description: `Fewer than ${min} tasks run. Look at the events of the ECS service, and why tasks stopped.`,
      namespace: 'ECS/ContainerInsights',
      metric: 'RunningTaskCount',
      dimensions: this.dimensions(),
      statistic: 'Minimum',
      bad: 'below',
      threshold: min,
      // without any task nothing is measured
      missing: 'breaching',
    });
  }

  private dimensions(): Record<string, string> {
    const { naming, name, cluster } = this.settings;
    return { ClusterName: cluster.name, ServiceName: serviceNames(naming, name).service };
  }
}

/** What a load balancer answers by itself. */
export const loadBalancerErrors = (arnSuffix: string): AlarmSettings => ({
  description: 'The load balancer answers with 5xx itself: no task is healthy, or they cut connections.',
  namespace: 'AWS/ApplicationELB',
  metric: 'HTTPCode_ELB_5XX_Count',
  dimensions: { LoadBalancer: arnSuffix },
  statistic: 'Sum',
  threshold: 10,
  periods: 3,
  missing: 'notBreaching',
});
