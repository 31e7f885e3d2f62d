import { Construct } from 'constructs';
import { DbSubnetGroup } from '@cdktf/provider-aws/lib/db-subnet-group';
import type { RdsCluster } from '@cdktf/provider-aws/lib/rds-cluster';
import { Connections } from '../access/connections';
import { adopt } from '../adoption/adopt';
import type { IClient, Variables } from '../access/usable';
import type { Foundation } from '../foundation/foundation';
import { keepHours } from '../hours/database-hours';
import type { LifeCycle } from '../settings/fields';
import { addAuroraCluster } from './aurora-cluster';
import { AuroraMysqlAlarms } from './aurora-mysql-alarms';
import { auroraMysqlNames, MASTER_USERNAME } from './aurora-mysql-names';
import type { AuroraMysqlSettings } from './aurora-mysql-settings';
import { ClusterInstances } from './cluster-instances';
import { CustomEndpoints } from './custom-endpoints';
import { letUseDatabase, PORT, type IDatabase } from './database';
import { schemaOf } from './database-access';
import { DatabaseProxy } from './database-proxy';
import { ExportedLogs } from './exported-logs';
import { MasterPassword } from './master-password';
import { auroraMaxConnections } from './max-connections';
import { ParameterGroups } from './parameter-groups';
import { ReaderScaling } from './reader-scaling';

/** Settings of one region: where it is a standby, what they say about a standby is already in place. */
export interface AuroraMysqlProps extends Foundation, AuroraMysqlSettings, LifeCycle {
  /**
   * What the cluster is to the global database of its name: none; the one that makes it and writes; or one
   * that joins it by name and follows.
   */
  readonly globalCluster: 'none' | 'primary' | 'secondary';
  /** Region of the primary cluster: AWS asks for it where a secondary is encrypted. @default none, not a secondary */
  readonly sourceRegion?: string;
  /** Whether the global database is about to end while its primary stays. @default false */
  readonly endsGlobalDatabase?: boolean;
  /** Whether it is the one that writes: a failover moves that from the cluster that has made the global database. */
  readonly writes: boolean;
}

/**
 * An Aurora MySQL cluster. Applications connect by TLS, as users of their own, with tokens of IAM instead of
 * passwords; the master user is for those who make these users.
 */
export class AuroraMysql extends Construct implements IDatabase {
  readonly connections: Connections;
  readonly masterSecretArn: string | undefined;
  readonly writerHost: string;
  readonly schema: string;
  private readonly names: ReturnType<typeof auroraMysqlNames>;
  private readonly cluster: RdsCluster;
  private readonly endpoints: Variables;
  private readonly proxy: DatabaseProxy | undefined;

  constructor(
    scope: Construct,
    readonly name: string,
    private readonly props: AuroraMysqlProps,
  ) {
    super(scope, name);
    const names = auroraMysqlNames(props.naming, name);
    this.names = {
      ...names,
      cluster: props.existing?.cluster ?? names.cluster,
      subnetGroup: props.existing?.subnetGroup ?? names.subnetGroup,
    };
    this.connections = this.addConnections();
    const logs = this.addLogs();
    const parameterGroups = this.addParameterGroups();
    const master = this.addMaster();
    this.cluster = this.addCluster(parameterGroups, logs, master);
    this.masterSecretArn = this.secretOf(master);
    this.writerHost = this.cluster.endpoint;
    this.schema = schemaOf(name, props.databaseName);
    const instances = this.addInstances(parameterGroups);
    this.endpoints = this.addEndpoints(instances);
    this.proxy = this.addProxy(instances);
    this.addReaderScaling(instances);
    this.addAlarms(instances);
    keepHours(this, { ...props, name, kind: 'cluster', identifier: this.names.cluster });
  }

  letUse(client: IClient): Variables {
    const { naming, proxy } = this.props;
    const readerHost = this.readsThroughProxy();
    const address = {
      place: naming.place,
      readerHost: readerHost ?? this.cluster.readerEndpoint,
      resourceIds: [this.cluster.clusterResourceId],
      endpoints: this.endpoints,
      proxy: this.proxy,
      // a proxy leads to none of the further endpoints
      around: proxy?.direct === true || readerHost === undefined || Object.keys(this.endpoints).length > 0,
    };
    return letUseDatabase(this, address, client);
  }

  private addConnections(): Connections {
    return new Connections(this, {
      name: this.names.securityGroup,
      vpcId: this.props.network.vpcId,
      description: `Database ${this.name}`,
      defaultPort: PORT,
      existingGroupId: this.props.existing?.securityGroups[0],
    });
  }

  private addLogs(): ExportedLogs {
    const { auditLog, logRetentionDays, keys, existing } = this.props;
    return new ExportedLogs(this, 'Logs', {
      source: `cluster/${this.names.cluster}`,
      logs: ['error', 'slowquery', ...(auditLog ? ['audit'] : [])],
      retentionDays: logRetentionDays,
      key: keys.logs,
      existing: existing?.logs,
    });
  }

  private addParameterGroups(): ParameterGroups {
    const { engineVersion, auditLog, parameters, existing } = this.props;
    // 8.0.mysql_aurora.3.10.3 is of the family aurora-mysql8.0
    const family = `aurora-mysql${engineVersion.split('.').slice(0, 2).join('.')}`;
    return new ParameterGroups(this, 'Parameters', {
      name: this.names.parameterGroup(family),
      family,
      auditLog,
      parameters,
      existing: existing && { cluster: existing.parameterGroup, instance: existing.instanceParameterGroup },
    });
  }

  /** RDS manages no password of a member of a global database, and a secondary has no password of its own. */
  private addMaster(): MasterPassword | undefined {
    const { globalCluster, keys, passwordVersion, protection } = this.props;
    if (globalCluster !== 'primary') return undefined;
    return new MasterPassword(this, 'MasterPassword', {
      secretName: this.names.masterSecret,
      username: MASTER_USERNAME,
      key: keys.data,
      version: passwordVersion,
      protection,
    });
  }

  private addCluster(groups: ParameterGroups, logs: ExportedLogs, master?: MasterPassword): RdsCluster {
    return addAuroraCluster(this, this.name, this.props, {
      identifier: this.names.cluster,
      finalSnapshot: this.names.finalSnapshot,
      subnetGroupName: this.addSubnetGroup(),
      securityGroupId: this.connections.securityGroupId,
      parameterGroupName: groups.clusterGroupName,
      logs,
      master,
    });
  }

  private addSubnetGroup(): string {
    const group = new DbSubnetGroup(this, 'SubnetGroup', {
      name: this.names.subnetGroup,
      description: `Database ${this.name}`,
      subnetIds: [...this.props.network.subnetIds('data')],
    });
    if (this.props.existing) adopt(group, this.names.subnetGroup, ['description']);
    return group.name;
  }

  private secretOf(master?: MasterPassword): string | undefined {
    if (this.props.globalCluster === 'secondary' || this.props.existing) return undefined;
    return master ? master.secretArn : this.cluster.masterUserSecret.get(0).secretArn;
  }

  private addInstances(groups: ParameterGroups): ClusterInstances {
    const { globalCluster, readers, existing } = this.props;
    return new ClusterInstances(this, 'Instances', {
      ...this.props,
      name: this.name,
      cluster: this.cluster,
      // a secondary has no writer: all of its instances read
      count: globalCluster === 'secondary' ? readers.min : 1 + readers.min,
      parameterGroupName: groups.instanceGroupName,
      existing: existing?.instances,
    });
  }

  /** A secondary has no writer: the first of its instances is the first reader. */
  private addEndpoints({ instances }: ClusterInstances): Variables {
    const { globalCluster, naming, endpoints } = this.props;
    return new CustomEndpoints(this, 'Endpoints', {
      name: this.name,
      naming,
      clusterIdentifier: this.cluster.clusterIdentifier,
      readerHost: this.cluster.readerEndpoint,
      readers: globalCluster === 'secondary' ? instances : instances.slice(1),
      endpoints,
    }).variables;
  }

  /** In a standby region too, where it leads to the writer as soon as there is one: promoting makes nothing new. */
  private addProxy({ instances }: ClusterInstances): DatabaseProxy | undefined {
    const { proxy: settings, globalCluster, readers, writes } = this.props;
    if (!settings || instances.length === 0) return undefined;
    return new DatabaseProxy(this, 'Proxy', {
      ...this.props,
      settings,
      database: this,
      target: { dbClusterIdentifier: this.cluster.clusterIdentifier },
      resourceId: this.cluster.clusterResourceId,
      after: instances,
      writes,
      hasReaders: globalCluster !== 'secondary' && readers.min > 0,
      maxConnections: auroraMaxConnections(this.props),
    });
  }

  /**
   * @returns where reads go by way of the proxy. Its endpoint for readers answers nothing while there is none, which is so
   * where the only instance of a region of a global database has become its writer: there reads go directly.
   */
  private readsThroughProxy(): string | undefined {
    if (this.proxy?.readerHost !== undefined) return this.proxy.readerHost;
    return this.props.globalCluster === 'none' ? this.proxy?.host : undefined;
  }

  private addReaderScaling({ instances }: ClusterInstances): void {
    const { min, max } = this.props.readers;
    // AWS scales none of a cluster that follows
    if (max === min || !this.props.writes) return;
    new ReaderScaling(this, 'ReaderScaling', {
      clusterIdentifier: this.cluster.clusterIdentifier,
      min,
      max,
      instances,
    });
  }

  private addAlarms({ instances }: ClusterInstances): void {
    const { globalCluster, readers, writes } = this.props;
    const others = globalCluster === 'secondary' ? readers.max - 1 : readers.max;
    new AuroraMysqlAlarms(this, 'Alarms', {
      ...this.props,
      name: this.name,
      clusterIdentifier: this.cluster.clusterIdentifier,
      instances: instances.length,
      hasReaders: writes && others > 0,
      follows: !writes,
      maxConnections: auroraMaxConnections(this.props),
    });
  }
}
