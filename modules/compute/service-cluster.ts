import { Construct } from 'constructs';
import { EcsCluster } from '@cdktf/provider-aws/lib/ecs-cluster';
import { EcsClusterCapacityProviders } from '@cdktf/provider-aws/lib/ecs-cluster-capacity-providers';
import type { Foundation } from '../foundation/foundation';
import { clusterName } from './ephemeral-storage';
import { LogGroup } from '../observability/log-group';
import { resourcesIn } from '../foundation/resources-in';

/** Where services run. */
export interface ICluster {
  /** Known only once the cluster has capacity, so that whoever names it waits for that. */
  readonly name: string;
}

export interface ServiceClusterProps extends Pick<Foundation, 'naming' | 'keys'> {
  /**
   * What Container Insights measures: `enabled` down to each service, `enhanced` down to each task and
   * container, at a price for each of them. Alarms need no more than `enabled`. @default enabled
   */
  readonly containerInsights?: 'enabled' | 'enhanced';
  /** Makes what there is besides Fargate, and says what it is called. @default nothing */
  readonly addCapacity?: (clusterName: string) => readonly string[];
}

/**
 * The ECS cluster of an environment in a region: Fargate, and EC2 capacity where there is some. ECS Exec is off in every service and no task
 * may open its channel, so that nothing is configured for it here.
 */
export class ServiceCluster extends Construct implements ICluster {
  readonly name: string;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: ServiceClusterProps,
  ) {
    super(scope, id);
    const cluster = this.addCluster(this.addInsightsLogs());
    this.name = this.addCapacity(cluster);
  }

  /** Container Insights would make the group itself, without our key. */
  private addInsightsLogs(): LogGroup {
    const { naming, keys } = this.props;
    return new LogGroup(this, 'Insights', {
      name: `/aws/ecs/containerinsights/${clusterName(naming)}/performance`,
      // as long as AWS keeps it: what lasts are the metrics that are made of it
      retentionDays: 1,
      key: keys.logs,
    });
  }

  private addCluster(insightsLogs: LogGroup): EcsCluster {
    const { naming, keys, containerInsights = 'enabled' } = this.props;
    return new EcsCluster(this, 'Cluster', {
      name: clusterName(naming),
      setting: [{ name: 'containerInsights', value: containerInsights }],
      configuration: { managedStorageConfiguration: { fargateEphemeralStorageKmsKeyId: keys.tasks.arn } },
      dependsOn: resourcesIn(insightsLogs),
    });
  }

  private addCapacity(cluster: EcsCluster): string {
    return new EcsClusterCapacityProviders(this, 'CapacityProviders', {
      clusterName: cluster.name,
      // Spot costs nothing before a service asks for it
      capacityProviders: ['FARGATE', 'FARGATE_SPOT', ...(this.props.addCapacity?.(cluster.name) ?? [])],
      defaultCapacityProviderStrategy: [{ capacityProvider: 'FARGATE', weight: 1 }],
    }).clusterName;
  }
}
