import { Construct } from 'constructs';
import { ElasticacheParameterGroup } from '@cdktf/provider-aws/lib/elasticache-parameter-group';
import { ElasticacheReplicationGroup } from '@cdktf/provider-aws/lib/elasticache-replication-group';
import { ElasticacheSubnetGroup } from '@cdktf/provider-aws/lib/elasticache-subnet-group';
import { Connections, type IConnectable } from '../access/connections';
import { type IClient, type IUsable, type Variables } from '../access/usable';
import { finalSnapshotName } from '../foundation/final-snapshot';
import type { Foundation } from '../foundation/foundation';
import { LogGroup } from '../observability/log-group';
import { engineVersionOf, parameterFamilyOf } from './cache-engine';
import { CacheUsers } from './cache-users';
import { ReplicationGroupAlarms } from './replication-group-alarms';
import { cacheVariables, replicationGroupNames } from './replication-group-names';
import type { ReplicationGroupSettings } from './replication-group-settings';
import { refusesDeletion, type LifeCycle } from '../settings/fields';
import { literal } from '../settings/literal';

/** Settings of one region: where it is a standby, what they say about a standby is already in place. */
export interface ReplicationGroupProps extends Foundation, ReplicationGroupSettings, LifeCycle {}

const PORT = 6379;

/**
 * A Valkey or Redis OSS cache of one shard. Applications connect by TLS, as users of their own, with tokens of
 * IAM instead of passwords.
 *
 * It sends no events to the alert topic: ElastiCache cannot publish to an encrypted one, see
 * https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/ElastiCacheSNS.html. Its alarms can.
 */
export class ReplicationGroup extends Construct implements IConnectable, IUsable {
  readonly connections: Connections;
  private readonly names: ReturnType<typeof replicationGroupNames>;
  private readonly users: CacheUsers;
  private readonly group: ElasticacheReplicationGroup;

  constructor(
    scope: Construct,
    private readonly name: string,
    private readonly props: ReplicationGroupProps,
  ) {
    super(scope, name);
    this.names = replicationGroupNames(props.naming, name);
    this.connections = this.addConnections();
    this.users = this.addUsers();
    this.group = this.addGroup();
    this.addAlarms();
  }

  letUse(client: IClient): Variables {
    client.connections.allowTo(this, `Keeps what is needed often in cache ${this.name}`);
    const user = this.users.add(client);
    client.role.allow(`connect-cache-${this.name}`, [
      { Action: 'elasticache:Connect', Resource: [this.group.arn, user.arn] },
    ]);
    return this.variables(user.userName);
  }

  private variables(user: string): Variables {
    const variable = cacheVariables(this.name);
    return {
      [variable.host]: this.group.primaryEndpointAddress,
      ...(this.props.replicas > 0 && { [variable.readerHost]: this.group.readerEndpointAddress }),
      [variable.port]: String(PORT),
      [variable.user]: user,
      // a token of IAM is made for this name, not for the host
      [variable.replicationGroupId]: this.names.replicationGroup,
    };
  }

  private addConnections(): Connections {
    return new Connections(this, {
      name: this.names.securityGroup,
      vpcId: this.props.network.vpcId,
      description: `Cache ${this.name}`,
      defaultPort: PORT,
    });
  }

  private addUsers(): CacheUsers {
    const { naming, engine } = this.props;
    return new CacheUsers(this, 'Users', { naming, engine, cache: this.name });
  }

  private addGroup(): ElasticacheReplicationGroup {
    const { engine, nodeType, replicas, maintenanceWindow, keys } = this.props;
    const survivesZone = replicas > 0;
    return new ElasticacheReplicationGroup(this, 'ReplicationGroup', {
      replicationGroupId: this.names.replicationGroup,
      description: `Cache ${this.name}`,
      engine,
      engineVersion: engineVersionOf(this.props),
      nodeType,
      numCacheClusters: 1 + replicas,
      multiAzEnabled: survivesZone,
      automaticFailoverEnabled: survivesZone,
      port: PORT,
      subnetGroupName: this.addSubnetGroup(),
      securityGroupIds: [this.connections.securityGroupId],
      parameterGroupName: this.addParameterGroup(),
      userGroupIds: [this.users.groupId],
      atRestEncryptionEnabled: 'true',
      kmsKeyId: keys.data.arn,
      transitEncryptionEnabled: true,
      transitEncryptionMode: 'required',
      ...this.snapshots(),
      logDeliveryConfiguration: ['slow-log', 'engine-log'].map((type) => this.deliverLog(type)),
      maintenanceWindow,
      autoMinorVersionUpgrade: 'true',
      applyImmediately: false,
      // ElastiCache has no deletion protection of its own
      lifecycle: { preventDestroy: refusesDeletion(this.props) },
    });
  }

  private addSubnetGroup(): string {
    return new ElasticacheSubnetGroup(this, 'SubnetGroup', {
      name: this.names.subnetGroup,
      description: `Cache ${this.name}`,
      subnetIds: [...this.props.network.subnetIds('data')],
    }).name;
  }

  private addParameterGroup(): string {
    const { maxmemoryPolicy, parameters } = this.props;
    const family = parameterFamilyOf(this.props);
    const all = { 'maxmemory-policy': maxmemoryPolicy, ...parameters };
    return new ElasticacheParameterGroup(this, 'ParameterGroup', {
      name: this.names.parameterGroup(family),
      family,
      description: `Cache ${this.name}`,
      parameter: Object.entries(all)
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([name, value]) => ({ name, value: literal(value) })),
      lifecycle: { createBeforeDestroy: true },
    }).name;
  }

  /** What is protected leaves a last snapshot behind; what is not, nothing that somebody would have to clear away. */
  private snapshots() {
    const { snapshotRetentionDays, snapshotWindow, protection } = this.props;
    return {
      snapshotRetentionLimit: snapshotRetentionDays,
      snapshotWindow,
      ...(protection && { finalSnapshotIdentifier: this.addFinalSnapshot() }),
    };
  }

  private addFinalSnapshot(): string {
    const replacedBy = { key: this.props.keys.data.arn };
    return finalSnapshotName(this, this.names.finalSnapshot, replacedBy);
  }

  private deliverLog(type: string) {
    const { logRetentionDays, keys } = this.props;
    const group = new LogGroup(this, type, {
      name: this.names.log(type),
      retentionDays: logRetentionDays,
      key: keys.logs,
    });
    return {
      destination: group.name,
      destinationType: 'cloudwatch-logs',
      logFormat: 'json',
      logType: type,
    };
  }

  private addAlarms(): void {
    new ReplicationGroupAlarms(this, 'Alarms', { ...this.props, name: this.name });
  }
}
