import { Fn, TerraformLocal, type ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { DbProxy } from '@cdktf/provider-aws/lib/db-proxy';
import { DbProxyDefaultTargetGroup } from '@cdktf/provider-aws/lib/db-proxy-default-target-group';
import { DbProxyEndpoint } from '@cdktf/provider-aws/lib/db-proxy-endpoint';
import { DbProxyTarget } from '@cdktf/provider-aws/lib/db-proxy-target';
import { Connections, type IConnectable } from '../access/connections';
import { ServiceRole } from '../access/service-role';
import type { IClient } from '../access/usable';
import { resourcesIn } from '../foundation/resources-in';
import type { Foundation } from '../foundation/foundation';
import { LogGroup } from '../observability/log-group';
import { auroraMysqlNames } from './aurora-mysql-names';
import { PORT, type IDatabase } from './database';
import { ProxyAlarms } from './proxy-alarms';
import { idlePercent, type ProxySettings } from './proxy-settings';

export interface DatabaseProxyProps extends Pick<
  Foundation,
  'naming' | 'network' | 'keys' | 'alerts' | 'logRetentionDays' | 'permissionsBoundary'
> {
  readonly settings: ProxySettings;
  readonly database: IDatabase;
  /** What it leads to: a cluster, or the instance that writes. RDS takes no replica. */
  readonly target: { readonly dbClusterIdentifier: string } | { readonly dbInstanceIdentifier: string };
  /** By which IAM knows the target. */
  readonly resourceId: string;
  /** What has to stand before it is registered: a cluster without instances is refused. @default nothing else */
  readonly after?: readonly ITerraformDependable[];
  /** Whether the target can be written. */
  readonly writes: boolean;
  /** Whether readers of a cluster get an endpoint of their own. */
  readonly hasReaders: boolean;
  /** Connections that an instance takes. */
  readonly maxConnections: number;
}

/**
 * An RDS Proxy: clients sign in to it with a token of IAM, and it signs in to the database as the same user, with a token of
 * its own. There is no secret anywhere, and whoever may not sign in to the database through it is in no policy.
 */
export class DatabaseProxy extends Construct implements IConnectable {
  readonly connections: Connections;
  /** Host of what writes. */
  readonly host: string;
  /** Host of the readers. @default there is none of their own */
  readonly readerHost: string | undefined;
  /** By which IAM knows what users sign in to. */
  readonly resourceId: string;
  private readonly names: ReturnType<typeof auroraMysqlNames>['proxy'];
  private readonly role: ServiceRole;
  private readonly proxy: DbProxy;
  private readonly target: DbProxyTarget;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: DatabaseProxyProps,
  ) {
    super(scope, id);
    this.names = auroraMysqlNames(props.naming, props.database.name).proxy;
    this.connections = this.addConnections();
    this.role = this.addRole();
    this.proxy = this.addProxy(this.addLogGroup());
    this.target = this.addTarget();
    this.host = this.proxy.endpoint;
    this.readerHost = props.hasReaders ? this.addReaderEndpoint() : undefined;
    this.resourceId = this.idOf(this.proxy);
    this.addAlarms();
  }

  /** Opens the path to it, and lets it sign in to the database as this client and nobody else. */
  letPass(client: IClient): void {
    const { database, naming, resourceId } = this.props;
    const { region, account } = naming.place;
    client.connections.allowTo(this, `Keeps data in database ${database.name}`);
    this.role.allow(`connect-as-${client.name}`, [
      {
        Action: 'rds-db:connect',
        Resource: `arn:aws:rds-db:${region}:${account}:dbuser:${resourceId}/${client.name}`,
      },
    ]);
    client.waitFor?.(this.target);
  }

  private addConnections(): Connections {
    const { network, database } = this.props;
    const connections = new Connections(this, {
      name: this.names.securityGroup,
      vpcId: network.vpcId,
      description: `Proxy of database ${database.name}`,
      defaultPort: PORT,
    });
    connections.allowTo(database, `Passes on to database ${database.name}`);
    return connections;
  }

  /** Without a condition for whom: RDS says none when a proxy assumes its role. To hand a role over takes iam:PassRole. */
  private addRole(): ServiceRole {
    const { database, permissionsBoundary } = this.props;
    return new ServiceRole(this, 'Role', {
      name: this.names.role,
      description: `Signs in to database ${database.name} for the clients of its proxy`,
      service: 'rds.amazonaws.com',
      permissionsBoundary,
    });
  }

  /** Under the name that RDS prescribes, and before the proxy: RDS would make one that is not encrypted with our key. */
  private addLogGroup(): LogGroup {
    const { keys, logRetentionDays } = this.props;
    return new LogGroup(this, 'LogGroup', {
      name: `/aws/rds/proxy/${this.names.proxy}`,
      retentionDays: logRetentionDays,
      key: keys.logs,
    });
  }

  private addProxy(logGroup: LogGroup): DbProxy {
    const { settings } = this.props;
    return new DbProxy(this, 'Proxy', {
      name: this.names.proxy,
      engineFamily: 'MYSQL',
      defaultAuthScheme: 'IAM_AUTH',
      roleArn: this.role.arn,
      requireTls: true,
      idleClientTimeout: 60 * settings.idleClientMinutes,
      // would write statements with their values
      debugLogging: false,
      ...this.place(),
      dependsOn: resourcesIn(logGroup),
    });
  }

  /** The last part of arn:aws:rds:us-east-1:111122223333:db-proxy:prx-0123456789abcdef0, by a name: its quotes break JSON. */
  private idOf({ arn }: DbProxy): string {
    const id = Fn.element(Fn.split(':', arn), 6) as string;
    return new TerraformLocal(this, 'ResourceId', id).asString;
  }

  private addTarget(): DbProxyTarget {
    const { settings, target, after } = this.props;
    const group = new DbProxyDefaultTargetGroup(this, 'TargetGroup', {
      dbProxyName: this.proxy.name,
      connectionPoolConfig: {
        maxConnectionsPercent: settings.maxConnectionsPercent,
        maxIdleConnectionsPercent: idlePercent(settings),
        connectionBorrowTimeout: settings.borrowTimeoutSeconds,
      },
    });
    return new DbProxyTarget(this, 'Target', {
      dbProxyName: this.proxy.name,
      targetGroupName: group.name,
      ...target,
      ...(after && { dependsOn: [...after] }),
    });
  }

  private addReaderEndpoint(): string {
    return new DbProxyEndpoint(this, 'Readers', {
      dbProxyName: this.proxy.name,
      dbProxyEndpointName: this.names.readers,
      targetRole: 'READ_ONLY',
      ...this.place(),
    }).endpoint;
  }

  private place(): { vpcSubnetIds: string[]; vpcSecurityGroupIds: string[] } {
    return {
      vpcSubnetIds: [...this.props.network.subnetIds('data')],
      vpcSecurityGroupIds: [this.connections.securityGroupId],
    };
  }

  private addAlarms(): void {
    const { alerts, settings, writes, hasReaders, maxConnections } = this.props;
    new ProxyAlarms(this, 'Alarms', {
      alarmName: this.names.alarms,
      alerts,
      proxyName: this.proxy.name,
      writes,
      hasReaders,
      maxConnections: Math.floor((settings.maxConnectionsPercent / 100) * maxConnections),
    });
  }
}
