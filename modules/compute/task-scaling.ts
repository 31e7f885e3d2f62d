import { Construct } from 'constructs';
import {
  AppautoscalingPolicy,
  type AppautoscalingPolicyTargetTrackingScalingPolicyConfiguration as Tracking,
} from '@cdktf/provider-aws/lib/appautoscaling-policy';
import { AppautoscalingScheduledAction } from '@cdktf/provider-aws/lib/appautoscaling-scheduled-action';
import { AppautoscalingTarget } from '@cdktf/provider-aws/lib/appautoscaling-target';
import type { Hours } from '../hours/hours-settings';
import { timesOf } from '../hours/times';
import type { Tasks } from './service-settings';
import { kebabCase } from '../naming/kebab-case';
import { cronOf, type TaskSchedule } from './task-schedule';

export interface TaskScalingProps {
  readonly clusterName: string;
  /** Name of the ECS service. */
  readonly serviceName: string;
  readonly tasks: Tasks;
  /** When tasks run at all. @default always */
  readonly hours?: Hours | undefined;
  /** Whose requests count, `app/<load balancer>/targetgroup/<target group>`. @default the service is not public */
  readonly requestsOf?: string | undefined;
  /** Queues that it works off. @default none */
  readonly backlogs?: readonly Backlog[];
}

/** What waits for a service. */
export interface Backlog {
  /** What the settings call the queue. */
  readonly queue: string;
  /** What SQS calls it. */
  readonly queueName: string;
  /** How many messages may wait for each task. */
  readonly messagesPerTask: number;
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
    for (const backlog of props.backlogs ?? []) this.trackBacklog(backlog);
    if (schedule) this.addSchedule(schedule);
    if (props.hours) this.keepHours(props.hours);
    if (predictive !== 'off') this.predict(predictive, scaleOn.cpuPercent);
  }

  private addTarget(): AppautoscalingTarget {
    const { clusterName, serviceName, tasks, hours } = this.props;
    const changes = hours !== undefined || Object.keys(tasks.schedule?.windows ?? {}).length > 0;
    return new AppautoscalingTarget(this, 'Target', {
      serviceNamespace: 'ecs',
      scalableDimension: 'ecs:service:DesiredCount',
      resourceId: `service/${clusterName}/${serviceName}`,
      minCapacity: tasks.min,
      maxCapacity: tasks.max,
      // each window changes both, and a plan at noon must not take back what began in the morning
      ...(changes && { lifecycle: { ignoreChanges: ['min_capacity', 'max_capacity'] } }),
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
    const rate = (id: string, metricName: string) =>
      average(id, 'ECS/ContainerInsights', metricName, {
        ClusterName: clusterName,
        ServiceName: serviceName,
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

  /**
   * As AWS recommends for workers. Both metrics can be missing: a queue that nobody has used for hours reports nothing,
   * which is no backlog, and without data no task would ever stop; and without a task there is no count of them, when all
   * that waits is too much.
   * https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-target-tracking-metric-math.html
   */
  private trackBacklog({ queue, queueName, messagesPerTask }: Backlog): void {
    const { clusterName, serviceName } = this.props;
    // as renames look for it
    this.track(`Queues ${queue}`, {
      customizedMetricSpecification: {
        metrics: [
          average('waiting', 'AWS/SQS', 'ApproximateNumberOfMessagesVisible', { QueueName: queueName }),
          average('running', 'ECS/ContainerInsights', 'RunningTaskCount', {
            ClusterName: clusterName,
            ServiceName: serviceName,
          }),
          {
            id: 'backlog',
            label: 'Messages that wait for each task',
            expression: 'FILL(waiting, 0) / IF(FILL(running, 0) > 0, FILL(running, 0), 1)',
            returnData: true,
          },
        ],
      },
      targetValue: messagesPerTask,
    });
  }

  private track(id: string, tracking: Tracking): void {
    new AppautoscalingPolicy(this, id, {
      name: kebabCase(id),
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

  private keepHours(hours: Hours): void {
    const { min, max } = this.props.tasks;
    const { start, stop } = timesOf(hours).services;
    this.setCapacity('hours-begin', start, hours.timeZone, min, max);
    this.setCapacity('hours-end', stop, hours.timeZone, 0, 0);
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

/** A metric that an expression names by its id. */
const average = (
  id: string,
  namespace: string,
  metricName: string,
  dimensions: Readonly<Record<string, string>>,
) => ({
  id,
  returnData: false,
  metricStat: {
    stat: 'Average',
    metric: {
      namespace,
      metricName,
      dimensions: Object.entries(dimensions).map(([name, value]) => ({ name, value })),
    },
  },
});
