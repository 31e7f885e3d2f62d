import type { Construct } from 'constructs';
import { RdsCluster, type RdsClusterConfig } from '@cdktf/provider-aws/lib/rds-cluster';
import { adopt } from '../adoption/adopt';
import { finalSnapshotName } from '../foundation/final-snapshot';
import { resourcesIn } from '../foundation/resources-in';
import { refusesDeletion } from '../settings/fields';
import type { AuroraMysqlProps } from './aurora-mysql';
import { MASTER_USERNAME } from './aurora-mysql-names';
import { INSIGHTS_DAYS, PORT } from './database';
import type { ExportedLogs } from './exported-logs';
import { ignoredAfterFailover, joinGlobalDatabase } from './global-membership';
import type { MasterPassword } from './master-password';

/** What a cluster is put together from. */
export interface AuroraClusterParts {
  readonly identifier: string;
  /** Of the last snapshot, before anything distinguishes it from that of a cluster of the same name. */
  readonly finalSnapshot: string;
  readonly subnetGroupName: string;
  readonly securityGroupId: string;
  readonly parameterGroupName: string;
  readonly logs: ExportedLogs;
  /** @default RDS manages the password, or there is none here */
  readonly master: MasterPassword | undefined;
}

/** The cluster itself: storage, what is in it, backups, what is measured. Its instances come after it. */
export function addAuroraCluster(
  scope: Construct,
  name: string,
  props: AuroraMysqlProps,
  parts: AuroraClusterParts,
): RdsCluster {
  const { engine, engineVersion, keys, maintenanceWindow, existing, globalCluster, writeForwarding } = props;
  const isProtected = refusesDeletion(props);
  const cluster = new RdsCluster(scope, 'Cluster', {
    clusterIdentifier: parts.identifier,
    engine,
    engineVersion,
    ...joinGlobalDatabase(scope, name, props),
    // of every member, so that a promotion changes nothing: it does nothing while a cluster writes (EnableGlobalWriteForwarding
    // in https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBCluster.html)
    ...(globalCluster !== 'none' && writeForwarding && { enableGlobalWriteForwarding: true }),
    ...contents(props, parts.master),
    port: PORT,
    dbSubnetGroupName: parts.subnetGroupName,
    vpcSecurityGroupIds: existing?.securityGroups ?? [parts.securityGroupId],
    dbClusterParameterGroupName: parts.parameterGroupName,
    iamDatabaseAuthenticationEnabled: true,
    storageEncrypted: true,
    kmsKeyId: existing?.key ?? keys.data.arn,
    enabledCloudwatchLogsExports: [...parts.logs.logs],
    ...backups(scope, props, parts),
    ...insights(props),
    ...capacity(props),
    preferredMaintenanceWindow: maintenanceWindow,
    applyImmediately: false,
    deletionProtection: isProtected,
    lifecycle: { preventDestroy: isProtected, ...ignoredAfterFailover(props) },
    dependsOn: resourcesIn(parts.logs),
  });
  return existing ? adopt(cluster, existing.cluster) : cluster;
}

/** What is in a new cluster. A secondary gets users and schemas of its primary, and AWS refuses to hear of any. */
function contents(
  { globalCluster, keys, passwordVersion, databaseName, existing }: AuroraMysqlProps,
  master: MasterPassword | undefined,
): Partial<RdsClusterConfig> {
  if (globalCluster === 'secondary') return {};
  const schema = databaseName !== undefined && { databaseName };
  // to manage its password would change it, and shut out who has it
  if (existing) return { ...schema, masterUsername: existing.masterUsername };
  return {
    ...schema,
    masterUsername: MASTER_USERNAME,
    ...(master
      ? { masterPasswordWo: master.value, masterPasswordWoVersion: passwordVersion }
      : { manageMasterUserPassword: true, masterUserSecretKmsKeyId: keys.data.arn }),
  };
}

/**
 * What is protected leaves its data behind: a last snapshot, and the automatic backups until they expire. What
 * is not comes and goes at will, and leaves nothing that somebody would have to clear away.
 */
function backups(
  scope: Construct,
  props: AuroraMysqlProps,
  parts: AuroraClusterParts,
): Partial<RdsClusterConfig> {
  const { backupRetentionDays, backupWindow, protection } = props;
  return {
    backupRetentionPeriod: backupRetentionDays,
    preferredBackupWindow: backupWindow,
    copyTagsToSnapshot: true,
    deleteAutomatedBackups: !protection,
    skipFinalSnapshot: !protection,
    ...(protection && { finalSnapshotIdentifier: addFinalSnapshot(scope, props, parts) }),
  };
}

function addFinalSnapshot(
  scope: Construct,
  { engine, databaseName, keys, existing }: AuroraMysqlProps,
  { identifier, finalSnapshot }: AuroraClusterParts,
): string {
  const replacedBy = { engine, databaseName, key: existing?.key ?? keys.data.arn, cluster: identifier };
  return finalSnapshotName(scope, finalSnapshot, replacedBy);
}

function insights({ insights: mode, keys, existing }: AuroraMysqlProps): Partial<RdsClusterConfig> {
  // what stands already has a key for them, which stays unless the settings want more
  if (existing && mode === 'standard') return {};
  return {
    databaseInsightsMode: mode,
    performanceInsightsEnabled: true,
    performanceInsightsKmsKeyId: keys.data.arn,
    performanceInsightsRetentionPeriod: INSIGHTS_DAYS[mode],
  };
}

function capacity({ capacity: units }: AuroraMysqlProps): Partial<RdsClusterConfig> {
  if (!units) return {};
  return {
    serverlessv2ScalingConfiguration: {
      minCapacity: units.min,
      maxCapacity: units.max,
      ...(units.min === 0 && { secondsUntilAutoPause: 300 }),
    },
  };
}
