import { Construct } from 'constructs';
import type { RdsCluster } from '@cdktf/provider-aws/lib/rds-cluster';
import { RdsClusterInstance } from '@cdktf/provider-aws/lib/rds-cluster-instance';
import type { ServiceRole } from '../access/service-role';
import { adopt } from '../adoption/adopt';
import type { Foundation } from '../foundation/foundation';
import { auroraMysqlNames } from './aurora-mysql-names';
import { INSIGHTS_DAYS } from './database';
import { addMonitoringRole } from './monitoring-role';

export interface ClusterInstancesProps extends Pick<
  Foundation,
  'naming' | 'network' | 'keys' | 'permissionsBoundary'
> {
  /** Name of the database. */
  readonly name: string;
  readonly cluster: RdsCluster;
  readonly instanceClass: string;
  readonly insights: 'standard' | 'advanced';
  readonly count: number;
  /** Time of the week in UTC. */
  readonly maintenanceWindow: string;
  readonly parameterGroupName: string;
  /** Identifiers of those that stand already, the first ones. @default none */
  readonly existing?: readonly string[] | undefined;
}

/**
 * Instances of a cluster, in zones A, B, C and A again. They have numbers: a failover swaps writer and
 * reader, and addresses stay. More instances are added at the end, so that none ever moves.
 */
export class ClusterInstances extends Construct {
  readonly instances: readonly RdsClusterInstance[];

  constructor(
    scope: Construct,
    id: string,
    private readonly props: ClusterInstancesProps,
  ) {
    super(scope, id);
    const role = addMonitoringRole(this, props);
    const instances: RdsClusterInstance[] = [];
    for (let number = 1; number <= props.count; number++) {
      instances.push(this.addInstance(number, role, instances[0]));
    }
    this.instances = instances;
  }

  /** @param first the first instance, if it is not this one: a new cluster makes its first one the writer */
  private addInstance(number: number, role: ServiceRole, first?: RdsClusterInstance): RdsClusterInstance {
    const { naming, name, network, keys, cluster, instanceClass, maintenanceWindow } = this.props;
    const zones = network.availabilityZones;
    const existing = this.props.existing?.[number - 1];
    const instance = new RdsClusterInstance(this, String(number), {
      identifier: existing ?? auroraMysqlNames(naming, name).instance(number),
      clusterIdentifier: cluster.id,
      engine: cluster.engine,
      instanceClass,
      availabilityZone: zones[(number - 1) % zones.length]!,
      dbSubnetGroupName: cluster.dbSubnetGroupName,
      dbParameterGroupName: this.props.parameterGroupName,
      // who takes over: the others before the readers that are added under load, which AWS puts at 15
      promotionTier: number === 1 ? 0 : 1,
      publiclyAccessible: false,
      monitoringInterval: 60,
      monitoringRoleArn: role.arn,
      performanceInsightsEnabled: true,
      performanceInsightsKmsKeyId: keys.data.arn,
      performanceInsightsRetentionPeriod: INSIGHTS_DAYS[this.props.insights],
      caCertIdentifier: 'rds-ca-rsa2048-g1',
      copyTagsToSnapshot: true,
      preferredMaintenanceWindow: maintenanceWindow,
      autoMinorVersionUpgrade: false,
      applyImmediately: false,
      ...(first && { dependsOn: [first] }),
    });
    // it is in the zone that it is in, and AWS gives it no other key
    const kept = ['availability_zone', 'performance_insights_kms_key_id'];
    return existing === undefined ? instance : adopt(instance, existing, kept);
  }
}
