import { Construct } from 'constructs';
import type { RdsCluster } from '@cdktf/provider-aws/lib/rds-cluster';
import type { Connections } from '../access/connections';
import { adopt } from '../adoption/adopt';
import type { IClient, Variables } from '../access/usable';
import type { Foundation } from '../foundation/foundation';
import { keepHours } from '../hours/database-hours';
import type { Peer } from '../network/peers';
import type { LifeCycle } from '../settings/fields';
import { addAuroraCluster } from './aurora-cluster';
import { AuroraMysqlAlarms } from './aurora-mysql-alarms';
import { auroraMysqlNames } from './aurora-mysql-names';
import type { AuroraMysqlSettings } from './aurora-mysql-settings';
import { readElsewhere } from './aurora-reads';
import { ClusterInstances } from './cluster-instances';
import { CustomEndpoints } from './custom-endpoints';
import type { CrossRegionReads } from './cross-region-reads';
import { letUseDatabase, type IDatabase } from './database';
import { schemaOf } from './database-access';
import { addConnections, addSubnetGroup } from './database-network';
import { DatabaseProxy } from './database-proxy';
import { ExportedLogs } from './exported-logs';
import { addMasterPassword, type MasterPassword } from './master-password';
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
  /** The region that reads here, and that reads go to from here. @default none */
  readonly readPeer?: Peer;
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
  private readonly elsewhere: CrossRegionReads | undefined;

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
    this.connections = addConnections(this, name, {
      network: props.network,
      securityGroup: this.names.securityGroup,
      existingGroupId: props.existing?.securityGroups[0],
    });
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
    const { availability } = this.addAlarms(instances);
    this.elsewhere = readElsewhere(this, props, {
      cluster: this.cluster,
      proxyHost: this.readsThroughProxy(),
      availability,
    });
    keepHours(this, { ...props, name, kind: 'cluster', identifier: this.names.cluster });
  }

  letUse(client: IClient): Variables {
    const { naming, proxy } = this.props;
    const readerHost = this.readsThroughProxy();
    this.elsewhere?.letUse(client);
    const address = {
      place: naming.place,
      readerHost: this.elsewhere?.host ?? readerHost ?? this.cluster.readerEndpoint,
      resourceIds: [this.cluster.clusterResourceId],
      endpoints: this.endpoints,
      proxy: this.proxy,
      // a proxy leads to none of the further endpoints
      around: proxy?.direct === true || readerHost === undefined || Object.keys(this.endpoints).length > 0,
    };
    return letUseDatabase(this, address, client);
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
    if (this.props.globalCluster !== 'primary') return undefined;
    return addMasterPassword(this, this.names.masterSecret, this.props);
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
    const group = addSubnetGroup(this, this.name, { ...this.props, ...this.names });
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

  private addAlarms({ instances }: ClusterInstances): AuroraMysqlAlarms {
    const { globalCluster, readers, writes, readPeer } = this.props;
    const others = globalCluster === 'secondary' ? readers.max - 1 : readers.max;
    return new AuroraMysqlAlarms(this, 'Alarms', {
      ...this.props,
      name: this.name,
      clusterIdentifier: this.cluster.clusterIdentifier,
      instances: instances.length,
      hasReaders: writes && others > 0,
      follows: !writes,
      ...(readPeer && { readBy: this.proxy?.readerHost === undefined ? 'instances' : 'readers' }),
      maxConnections: auroraMaxConnections(this.props),
    });
  }
}
