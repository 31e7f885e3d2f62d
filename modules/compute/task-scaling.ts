import { Construct } from 'constructs';
import {
  AppautoscalingPolicy,
  type AppautoscalingPolicyTargetTrackingScalingPolicyConfiguration as Tracking,
} from '@cdktf/provider-aws/lib/appautoscaling-policy';
import { AppautoscalingScheduledAction } from '@cdktf/provider-aws/lib/appautoscaling-scheduled-action';
import { AppautoscalingTarget } from '@cdktf/provider-aws/lib/appautoscaling-target';
import type { Tasks } from './service-settings';
import { cronOf, type TaskSchedule } from './task-schedule';

export interface TaskScalingProps {
  readonly clusterName: string;
  /** Name of the ECS service. */
  readonly serviceName: string;
  readonly tasks: Tasks;
  /** Whose requests count, `app/<load balancer>/targetgroup/<target group>`. @default the service is not public */
  readonly requestsOf?: string | undefined;
}

/**
 * Starts tasks quickly and stops them slowly, to keep loads near what is aimed at. Of several policies the one
 * that wants most tasks wins, so that they do not fight: all have to agree before a task stops.
 */
export class TaskScaling extends Construct {
  private readonly target: AppautoscalingTarget;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: TaskScalingProps,
  ) {
    super(scope, id);
    const { scaleOn, schedule, predictive } = props.tasks;
    this.target = this.addTarget();
    this.trackAverage('Cpu', 'ECSServiceAverageCPUUtilization', scaleOn.cpuPercent);
    this.trackAverage('Memory', 'ECSServiceAverageMemoryUtilization', scaleOn.memoryPercent);
    if (scaleOn.requestsPerMinute !== undefined) this.trackRequests(scaleOn.requestsPerMinute);
    if (scaleOn.networkMBps !== undefined) this.trackNetwork(scaleOn.networkMBps);
    if (schedule) this.addSchedule(schedule);
    if (predictive !== 'off') this.predict(predictive, scaleOn.cpuPercent);
  }

  private addTarget(): AppautoscalingTarget {
    const { clusterName, serviceName, tasks } = this.props;
    return new AppautoscalingTarget(this, 'Target', {
      serviceNamespace: 'ecs',
      scalableDimension: 'ecs:service:DesiredCount',
      resourceId: `service/${clusterName}/${serviceName}`,
      minCapacity: tasks.min,
      maxCapacity: tasks.max,
      // each window changes both, and a plan at noon must not take back what began in the morning
      ...(Object.keys(tasks.schedule?.windows ?? {}).length > 0 && {
        lifecycle: { ignoreChanges: ['min_capacity', 'max_capacity'] },
      }),
    });
  }

  private trackAverage(id: string, predefinedMetricType: string, targetValue: number): void {
    this.track(id, { predefinedMetricSpecification: { predefinedMetricType }, targetValue });
  }

  private trackRequests(targetValue: number): void {
    const { requestsOf } = this.props;
    if (requestsOf === undefined) {
      throw new Error(
        `${this.node.path}: requestsPerMinute must come with a load balancer, got none; pass requestsOf`,
      );
    }
    this.track('Requests', {
      predefinedMetricSpecification: {
        predefinedMetricType: 'ALBRequestCountPerTarget',
        resourceLabel: requestsOf,
      },
      targetValue,
    });
  }

  /**
   * There is no predefined metric. Container Insights writes the rates of each task, in bytes per second, under the name
   * of its service; their average is that of one task, and falls as tasks are added.
   * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Container-Insights-metrics-ECS.html
   */
  private trackNetwork(targetValue: number): void {
    const { clusterName, serviceName } = this.props;
    const rate = (id: string, metricName: string) => ({
      id,
      returnData: false,
      metricStat: {
        stat: 'Average',
        metric: {
          namespace: 'ECS/ContainerInsights',
          metricName,
          dimensions: [
            { name: 'ClusterName', value: clusterName },
            { name: 'ServiceName', value: serviceName },
          ],
        },
      },
    });
    this.track('Network', {
      customizedMetricSpecification: {
        metrics: [
          rate('received', 'NetworkRxBytes'),
          rate('sent', 'NetworkTxBytes'),
          {
            id: 'megabytes',
            label: 'Megabytes per second and task',
            expression: '(received + sent) / 1000000',
            returnData: true,
          },
        ],
      },
      targetValue,
    });
  }

  private track(id: string, tracking: Tracking): void {
    new AppautoscalingPolicy(this, id, {
      name: id.toLowerCase(),
      policyType: 'TargetTrackingScaling',
      ...this.scaled(),
      targetTrackingScalingPolicyConfiguration: {
        ...tracking,
        scaleOutCooldown: 60,
        scaleInCooldown: 300,
      },
    });
  }

  /** Of each window its beginning, and the end, which brings back the numbers that hold outside. */
  private addSchedule({ timeZone, windows }: TaskSchedule): void {
    const { min, max } = this.props.tasks;
    for (const [name, window] of Object.entries(windows)) {
      const { begin, end } = cronOf(window);
      this.setCapacity(`${name}-begin`, begin, timeZone, window.min, window.max ?? max);
      this.setCapacity(`${name}-end`, end, timeZone, min, max);
    }
  }

  private setCapacity(id: string, schedule: string, timezone: string, min: number, max: number): void {
    new AppautoscalingScheduledAction(this, id, {
      name: id,
      ...this.scaled(),
      schedule,
      timezone,
      scalableTargetAction: { minCapacity: String(min), maxCapacity: String(max) },
    });
  }

  /** CPU, since it is what both load and its effect are known of for every service. */
  private predict(mode: Exclude<Tasks['predictive'], 'off'>, cpuPercent: number): void {
    new AppautoscalingPolicy(this, 'Predictive', {
      name: 'predictive',
      policyType: 'PredictiveScaling',
      ...this.scaled(),
      predictiveScalingPolicyConfiguration: {
        mode: mode === 'forecast-only' ? 'ForecastOnly' : 'ForecastAndScale',
        metricSpecification: [
          {
            targetValue: String(cpuPercent),
            predefinedMetricPairSpecification: { predefinedMetricType: 'ECSServiceCPUUtilization' },
          },
        ],
        // pulling the image and the first health checks take about as long
        schedulingBufferTime: 300,
        maxCapacityBreachBehavior: 'HonorMaxCapacity',
      },
    });
  }

  private scaled() {
    const { serviceNamespace, scalableDimension, resourceId } = this.target;
    return { serviceNamespace, scalableDimension, resourceId };
  }
}
