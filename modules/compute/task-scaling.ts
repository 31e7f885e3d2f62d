import { Construct } from 'constructs';
import { AppautoscalingPolicy } from '@cdktf/provider-aws/lib/appautoscaling-policy';
import { AppautoscalingTarget } from '@cdktf/provider-aws/lib/appautoscaling-target';
import type { ServiceSettings } from './service-settings';

export interface TaskScalingProps {
  readonly clusterName: string;
  /** Name of the ECS service. */
  readonly serviceName: string;
  readonly tasks: ServiceSettings['tasks'];
}

/** Starts tasks quickly and stops them slowly, to keep CPU and memory near what is aimed at. */
export class TaskScaling extends Construct {
  private readonly target: AppautoscalingTarget;

  constructor(scope: Construct, id: string, props: TaskScalingProps) {
    super(scope, id);
    const { min, max, scaleOn } = props.tasks;
    this.target = new AppautoscalingTarget(this, 'Target', {
      serviceNamespace: 'ecs',
      scalableDimension: 'ecs:service:DesiredCount',
      resourceId: `service/${props.clusterName}/${props.serviceName}`,
      minCapacity: min,
      maxCapacity: max,
    });
    this.track('Cpu', 'ECSServiceAverageCPUUtilization', scaleOn.cpuPercent);
    this.track('Memory', 'ECSServiceAverageMemoryUtilization', scaleOn.memoryPercent);
  }

  private track(id: string, predefinedMetricType: string, targetValue: number): void {
    const { serviceNamespace, scalableDimension, resourceId } = this.target;
    new AppautoscalingPolicy(this, id, {
      name: id.toLowerCase(),
      policyType: 'TargetTrackingScaling',
      serviceNamespace,
      scalableDimension,
      resourceId,
      targetTrackingScalingPolicyConfiguration: {
        predefinedMetricSpecification: { predefinedMetricType },
        targetValue,
        scaleOutCooldown: 60,
        scaleInCooldown: 300,
      },
    });
  }
}
