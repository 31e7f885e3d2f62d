import { Construct } from 'constructs';
import type { DbInstanceConfig } from '@cdktf/provider-aws/lib/db-instance';
import type { Connections } from '../access/connections';
import type { IClient, Variables } from '../access/usable';
import { finalSnapshotName } from '../foundation/final-snapshot';
import type { Foundation } from '../foundation/foundation';
import { keepHours } from '../hours/database-hours';
import { refusesDeletion, type LifeCycle } from '../settings/fields';
import { MASTER_USERNAME } from './aurora-mysql-names';
import { CrossRegionReads } from './cross-region-reads';
import { letUseDatabase, type IDatabase } from './database';
import { schemaOf } from './database-access';
import { addConnections, addSubnetGroup } from './database-network';
import { DatabaseProxy } from './database-proxy';
import { addMasterPassword, type MasterPassword } from './master-password';
import { addMonitoringRole } from './monitoring-role';
import { mysqlMaxConnections } from './max-connections';
import { MysqlGroups } from './mysql-groups';
import { MysqlInstance, type MysqlInstanceProps } from './mysql-instance';
import { mysqlNames, sourceArn } from './mysql-names';
import type { MysqlSettings } from './mysql-settings';
import type { Peer } from '../network/peers';
import { ReaderRouting, type Readable } from './reader-routing';

/** Settings of one region: where it is a standby, what they say about a standby is already in place. */
export interface MysqlProps extends Foundation, MysqlSettings, LifeCycle {
  /** Region of the instance that the first one here follows. @default none: it writes */
  readonly sourceRegion?: string;
  /** The region that reads here, and that reads go to from here. @default none */
  readonly readPeer?: Peer;
}

/** A replica is made of a snapshot of its source, which takes as long as there is data. */
const SLOW = { create: '3h' };

/**
 * An RDS MySQL database: an instance that writes, or in a standby region follows the one that does, and replicas of it.
 * Applications connect by TLS, as users of their own, with tokens of IAM instead of passwords.
 */
export class Mysql extends Construct implements IDatabase {
  readonly connections: Connections;
  readonly masterSecretArn: string | undefined;
  readonly writerHost: string;
  readonly schema: string;
  private readonly names: ReturnType<typeof mysqlNames>;
  private readonly first: MysqlInstance;
  private readonly replicas: readonly MysqlInstance[];
  private readonly readers: ReaderRouting | undefined;
  private readonly elsewhere: CrossRegionReads | undefined;
  private readonly proxy: DatabaseProxy | undefined;

  constructor(
    scope: Construct,
    readonly name: string,
    private readonly props: MysqlProps,
  ) {
    super(scope, name);
    this.names = mysqlNames(props.naming, name);
    this.connections = addConnections(this, name, { ...props, ...this.names });
    const master = this.addMaster();
    this.masterSecretArn = master?.secretArn;
    const common = this.commonProps();
    this.first = this.addFirst(common, master);
    this.writerHost = this.first.instance.address;
    this.schema = schemaOf(name, props.databaseName);
    this.replicas = this.addReplicas(common);
    this.readers = this.routeReaders();
    this.elsewhere = this.readElsewhere();
    this.proxy = this.addProxy();
    keepHours(this, { ...props, name, kind: 'instance', identifier: this.names.instance });
  }

  letUse(client: IClient): Variables {
    const instances = [this.first, ...this.replicas].map(({ instance }) => instance);
    const routed = this.elsewhere?.host ?? this.readers?.host;
    this.elsewhere?.letUse(client);
    const address = {
      place: this.props.naming.place,
      readerHost: routed ?? this.proxy?.host ?? this.writerHost,
      resourceIds: instances.map(({ resourceId }) => resourceId),
      proxy: this.proxy,
      around: routed !== undefined || this.props.proxy?.direct === true,
    };
    return letUseDatabase(this, address, client);
  }

  /** RDS makes no replicas and no blue/green deployments of what has a password that it manages; a replica has none. */
  private addMaster(): MasterPassword | undefined {
    if (this.props.sourceRegion !== undefined) return undefined;
    return addMasterPassword(this, this.names.masterSecret, this.props);
  }

  private commonProps(): MysqlInstanceProps {
    const groups = new MysqlGroups(this, 'Groups', { ...this.props, name: this.name });
    return {
      ...this.props,
      groups,
      securityGroupId: this.connections.securityGroupId,
      monitoringRoleArn: addMonitoringRole(this, { ...this.props, name: this.name }).arn,
    };
  }

  private addFirst(common: MysqlInstanceProps, master?: MasterPassword): MysqlInstance {
    const { keys, multiAz, network, backupRetentionDays, backupWindow, sourceRegion } = this.props;
    const isProtected = refusesDeletion(this.props);
    const own = {
      identifier: this.names.instance,
      ...(this.isFollowed() ? {} : this.releaseOfReplicas()),
      ...(master ? this.contents(master) : this.source(sourceRegion)),
      multiAz,
      // with a second instance it is AWS that chooses, and a failover that changes it
      ...(!multiAz && { availabilityZone: network.availabilityZones[0]! }),
      dbSubnetGroupName: addSubnetGroup(this, this.name, { ...this.props, ...this.names }).name,
      kmsKeyId: keys.data.arn,
      // a replica of a replica asks for them too
      backupRetentionPeriod: backupRetentionDays,
      backupWindow,
      deletionProtection: isProtected,
      lifecycle: {
        preventDestroy: isProtected,
        // a failover moves the zone, and a promotion ends the following: to apply the old values again would replace it
        ignoreChanges: ['availability_zone', ...(master ? [] : ['replicate_source_db'])],
      },
    };
    return new MysqlInstance(this, 'Instance', common, own, this.names.alarms);
  }

  /** RDS upgrades no instance before its replicas, so those that nothing follows go first. */
  private isFollowed(): boolean {
    const { sourceRegion, replicas } = this.props;
    return sourceRegion === undefined || replicas > 1;
  }

  private releaseOfReplicas(): Partial<DbInstanceConfig> {
    const { replicaEngineVersion } = this.props;
    return replicaEngineVersion === undefined ? {} : { engineVersion: replicaEngineVersion };
  }

  /**
   * What is in a new database. What is protected leaves a last snapshot; what is not comes and goes at will, and leaves
   * nothing that somebody would have to clear away.
   */
  private contents(master: MasterPassword): Partial<DbInstanceConfig> {
    const { engine, storageGiB, databaseName, passwordVersion, protection, upgrades } = this.props;
    return {
      engine,
      allocatedStorage: storageGiB.min,
      username: MASTER_USERNAME,
      passwordWo: master.value,
      passwordWoVersion: passwordVersion,
      ...(databaseName !== undefined && { dbName: databaseName }),
      skipFinalSnapshot: !protection,
      ...(protection && { finalSnapshotIdentifier: this.addFinalSnapshot() }),
      ...(upgrades === 'blue-green' && { blueGreenUpdate: { enabled: true } }),
    };
  }

  private addFinalSnapshot(): string {
    const { engine, databaseName, keys } = this.props;
    const replacedBy = { engine, databaseName, key: keys.data.arn };
    return finalSnapshotName(this, this.names.finalSnapshot, replacedBy);
  }

  /** A replica gets storage, users and schemas of its source, and RDS takes no last snapshot of it. */
  private source(region = ''): Partial<DbInstanceConfig> {
    return {
      // the name alone: nothing is read of the other region, which may be gone
      replicateSourceDb: sourceArn(this.props.naming, this.name, region),
      skipFinalSnapshot: true,
      timeouts: SLOW,
    };
  }

  /** They have numbers, and more are added at the end, so that none ever moves. */
  private addReplicas(common: MysqlInstanceProps): MysqlInstance[] {
    const { replicas, sourceRegion } = this.props;
    const group = new Construct(this, 'Replicas');
    const count = sourceRegion === undefined ? replicas : replicas - 1;
    return Array.from({ length: count }, (_, index) => this.addReplica(group, common, index + 1));
  }

  /** In the subnets and with the key of its source: AWS refuses to be told of either within a region. */
  private addReplica(group: Construct, common: MysqlInstanceProps, number: number): MysqlInstance {
    const zones = this.props.network.availabilityZones;
    const own = {
      identifier: this.names.replica(number),
      ...this.releaseOfReplicas(),
      replicateSourceDb: this.first.instance.identifier,
      multiAz: false,
      // the first instance begins in the first zone
      availabilityZone: zones[number % zones.length]!,
      backupRetentionPeriod: 0,
      skipFinalSnapshot: true,
      timeouts: SLOW,
      // a further zone of the network must not replace it
      lifecycle: { ignoreChanges: ['availability_zone'] },
    };
    return new MysqlInstance(group, String(number), common, own, this.names.replicaAlarms(number));
  }

  /** A lone instance needs no name of its own, unless another region takes its place. */
  private routeReaders(): ReaderRouting | undefined {
    const { privateZone, publishedZone, naming, readPeer } = this.props;
    if (this.replicas.length === 0 && !readPeer) return undefined;
    return new ReaderRouting(this, 'Readers', {
      name: this.name,
      zone: privateZone,
      publishedZone: readPeer && publishedZone,
      region: naming.place.region,
      readers: this.replicas.map(readable),
      last: this.lastReadable(),
    });
  }

  /**
   * What follows another region falls behind when that one is lost, just when nothing else is left to be read: old data
   * are better than none then, and the alarm on them rings all the same.
   */
  private lastReadable(): Readable {
    const { first } = this;
    const last = readable(first);
    return this.props.sourceRegion === undefined ? last : { ...last, availability: [first.presence] };
  }

  private readElsewhere(): CrossRegionReads | undefined {
    const { privateZone: zone, naming, readPeer: peer } = this.props;
    if (!peer || !this.readers) return undefined;
    const { name, readers: local } = this;
    const { place } = naming;
    return new CrossRegionReads(this, 'CrossRegionReads', {
      name,
      place,
      zone,
      database: this,
      local,
      peer,
    });
  }

  /** RDS leads a proxy to what writes alone. */
  private addProxy(): DatabaseProxy | undefined {
    const { proxy: settings, sourceRegion } = this.props;
    if (!settings || sourceRegion !== undefined) return undefined;
    return new DatabaseProxy(this, 'Proxy', {
      ...this.props,
      settings,
      database: this,
      target: { dbInstanceIdentifier: this.first.instance.identifier },
      resourceId: this.first.instance.resourceId,
      writes: true,
      hasReaders: false,
      maxConnections: mysqlMaxConnections(this.props),
    });
  }
}

const readable = ({ instance, availability }: MysqlInstance): Readable => ({
  identifier: instance.identifier,
  host: instance.address,
  availability,
});
