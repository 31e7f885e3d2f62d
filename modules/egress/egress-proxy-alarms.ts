import type { Construct } from 'constructs';
import { Alarms } from '../observability/alarms';
import { alarmOnRefusals } from './refusals';
import type { ProxyRoute } from './proxy-route';

export interface EgressProxyAlarmsProps {
  /** What their names begin with. */
  readonly name: string;
  readonly clusterName: string;
  /** Name of the ECS service. */
  readonly serviceName: string;
  /** Where the proxy writes each request. */
  readonly logGroupName: string;
  readonly fewestTasks: number;
  readonly route: ProxyRoute;
}

/** What goes wrong with the way out of one service. */
export class EgressProxyAlarms extends Alarms {
  constructor(scope: Construct, id: string, props: EgressProxyAlarmsProps) {
    super(scope, id, props.name);
    const ofService = { ClusterName: props.clusterName, ServiceName: props.serviceName };
    this.add('cpu-high', {
      description: 'CPU stays above 85 % although tasks are added. Raise proxy.tasks.max of the region.',
      namespace: 'AWS/ECS',
      metric: 'CPUUtilization',
      dimensions: ofService,
      statistic: 'Average',
      threshold: 85,
      periods: 10,
    });
    this.add('tasks-low', {
      description: `Fewer than ${props.fewestTasks} tasks run. Look why they stopped.`,
      namespace: 'ECS/ContainerInsights',
      metric: 'RunningTaskCount',
      dimensions: ofService,
      statistic: 'Minimum',
      bad: 'below',
      threshold: props.fewestTasks,
      // without any task nothing is measured
      missing: 'breaching',
    });
    this.add('unhealthy-tasks', {
      description: 'The load balancer finds that tasks take no connections. Look at their log.',
      namespace: 'AWS/NetworkELB',
      metric: 'UnHealthyHostCount',
      dimensions: {
        LoadBalancer: props.route.loadBalancerArnSuffix,
        TargetGroup: props.route.targetGroupArnSuffix,
      },
      statistic: 'Maximum',
      threshold: 0,
      missing: 'notBreaching',
    });
    alarmOnRefusals(this, 'names-refused', {
      logGroupName: props.logGroupName,
      pattern: '{ $.result = "TCP_DENIED*" }',
      description:
        'The proxy keeps refusing names. Look in its log which: they are missing in outside, or the service should not ask for them.',
    });
  }
}
