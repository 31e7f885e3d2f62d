import { Construct } from 'constructs';
import { DbInstance, type DbInstanceConfig } from '@cdktf/provider-aws/lib/db-instance';
import { resourcesIn } from '../foundation/resources-in';
import type { Foundation } from '../foundation/foundation';
import { INSIGHTS_DAYS, PORT } from './database';
import { ExportedLogs } from './exported-logs';
import { defaultInsights } from './instance-class';
import { mysqlMaxConnections } from './max-connections';
import { MysqlAlarms } from './mysql-alarms';
import type { MysqlGroups } from './mysql-groups';
import type { MysqlSettings } from './mysql-settings';
import type { WatchedAlarm } from './watched-alarm';

/** What all instances of a database have in common. */
export interface MysqlInstanceProps
  extends
    Pick<Foundation, 'keys' | 'alerts' | 'logRetentionDays' | 'protection'>,
    Pick<
      MysqlSettings,
      | 'engineVersion'
      | 'instanceClass'
      | 'storageGiB'
      | 'maintenanceWindow'
      | 'insights'
      | 'auditLog'
      | 'parameters'
      | 'maxReplicaLagSeconds'
    > {
  readonly groups: MysqlGroups;
  readonly securityGroupId: string;
  readonly monitoringRoleArn: string;
}

/** What is of this instance alone: its source or its contents, its zone, its backups. */
export interface OwnArguments extends Partial<DbInstanceConfig> {
  readonly identifier: string;
}

/** One instance, its log groups and its alarms. */
export class MysqlInstance extends Construct {
  readonly instance: DbInstance;
  /** What says whether reads may go to it. */
  readonly availability: readonly WatchedAlarm[];
  /** What says whether it answers, however old its data are. */
  readonly presence: WatchedAlarm;

  /** @param alarmName what the names of its alarms begin with */
  constructor(
    scope: Construct,
    id: string,
    private readonly props: MysqlInstanceProps,
    private readonly own: OwnArguments,
    alarmName: string,
  ) {
    super(scope, id);
    this.instance = this.addInstance(this.addLogs());
    ({ availability: this.availability, presence: this.presence } = this.addAlarms(alarmName));
  }

  private addLogs(): ExportedLogs {
    const { auditLog, logRetentionDays, keys } = this.props;
    return new ExportedLogs(this, 'Logs', {
      source: `instance/${this.own.identifier}`,
      logs: ['error', 'slowquery', ...(auditLog ? ['audit'] : [])],
      retentionDays: logRetentionDays,
      key: keys.logs,
    });
  }

  private addInstance(logs: ExportedLogs): DbInstance {
    const { engineVersion, instanceClass, groups, maintenanceWindow, protection } = this.props;
    return new DbInstance(this, 'Instance', {
      engineVersion,
      instanceClass,
      port: PORT,
      ...this.storage(),
      vpcSecurityGroupIds: [this.props.securityGroupId],
      publiclyAccessible: false,
      parameterGroupName: groups.parameterGroupName,
      ...(groups.optionGroupName !== undefined && { optionGroupName: groups.optionGroupName }),
      iamDatabaseAuthenticationEnabled: true,
      caCertIdentifier: 'rds-ca-rsa2048-g1',
      monitoringInterval: 60,
      monitoringRoleArn: this.props.monitoringRoleArn,
      ...this.insights(),
      enabledCloudwatchLogsExports: [...logs.logs],
      copyTagsToSnapshot: true,
      deleteAutomatedBackups: !protection,
      maintenanceWindow,
      autoMinorVersionUpgrade: false,
      applyImmediately: false,
      ...this.own,
      dependsOn: resourcesIn(logs),
    });
  }

  private storage(): Partial<DbInstanceConfig> {
    const { min, max } = this.props.storageGiB;
    return {
      storageType: 'gp3',
      storageEncrypted: true,
      ...(max > min && { maxAllocatedStorage: max }),
    };
  }

  private insights(): Partial<DbInstanceConfig> {
    const { instanceClass, keys } = this.props;
    const { insights = defaultInsights(instanceClass) } = this.props;
    if (insights === 'none') return { performanceInsightsEnabled: false };
    return {
      databaseInsightsMode: insights,
      performanceInsightsEnabled: true,
      performanceInsightsKmsKeyId: keys.data.arn,
      performanceInsightsRetentionPeriod: INSIGHTS_DAYS[insights],
    };
  }

  private addAlarms(alarmName: string): MysqlAlarms {
    const { alerts, instanceClass, storageGiB, maxReplicaLagSeconds } = this.props;
    return new MysqlAlarms(this, 'Alarms', {
      alarmName,
      alerts,
      instanceIdentifier: this.instance.identifier,
      instanceClass,
      storageGiB,
      maxLagSeconds: this.own.replicateSourceDb === undefined ? undefined : maxReplicaLagSeconds,
      maxConnections: mysqlMaxConnections(this.props),
    });
  }
}
