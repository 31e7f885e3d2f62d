import { Construct } from 'constructs';
import { AppautoscalingPolicy } from '@cdktf/provider-aws/lib/appautoscaling-policy';
import { AppautoscalingTarget } from '@cdktf/provider-aws/lib/appautoscaling-target';
import type { RdsClusterInstance } from '@cdktf/provider-aws/lib/rds-cluster-instance';

export interface ReaderScalingProps {
  readonly clusterIdentifier: string;
  /** Readers at least, those of Terraform included. */
  readonly min: number;
  /** Readers at most. */
  readonly max: number;
  /** The instances of Terraform, which must stand first. */
  readonly instances: readonly RdsClusterInstance[];
}

/** Adds readers while those that stand are busy, and takes away only what it has added. */
export class ReaderScaling extends Construct {
  constructor(scope: Construct, id: string, { clusterIdentifier, min, max, instances }: ReaderScalingProps) {
    super(scope, id);
    const target = new AppautoscalingTarget(this, 'Target', {
      serviceNamespace: 'rds',
      scalableDimension: 'rds:cluster:ReadReplicaCount',
      resourceId: `cluster:${clusterIdentifier}`,
      minCapacity: min,
      maxCapacity: max,
      dependsOn: [...instances],
    });
    new AppautoscalingPolicy(this, 'Policy', {
      name: 'cpu-of-readers',
      policyType: 'TargetTrackingScaling',
      serviceNamespace: target.serviceNamespace,
      scalableDimension: target.scalableDimension,
      resourceId: target.resourceId,
      targetTrackingScalingPolicyConfiguration: {
        predefinedMetricSpecification: { predefinedMetricType: 'RDSReaderAverageCPUUtilization' },
        targetValue: 60,
        // a new reader takes minutes to come, and longer to fill its cache
        scaleOutCooldown: 300,
        scaleInCooldown: 900,
      },
    });
  }
}
