import { refusesDeletion } from '../settings/fields';
import type { Construct } from 'constructs';
import type { RdsClusterConfig } from '@cdktf/provider-aws/lib/rds-cluster';
import { RdsGlobalCluster } from '@cdktf/provider-aws/lib/rds-global-cluster';
import { auroraMysqlNames } from './aurora-mysql-names';
import type { AuroraMysqlProps } from './aurora-mysql';

/**
 * Makes a cluster a member of the global database of its name: the primary makes it first, a secondary joins.
 *
 * @returns the arguments of the cluster that say so
 */
export function joinGlobalDatabase(
  scope: Construct,
  name: string,
  props: AuroraMysqlProps,
): Pick<RdsClusterConfig, 'globalClusterIdentifier' | 'sourceRegion'> {
  const { globalCluster, sourceRegion, naming } = props;
  switch (globalCluster) {
    case 'none':
      return {};
    case 'primary':
      return { globalClusterIdentifier: addGlobalCluster(scope, name, props) };
    case 'secondary':
      return {
        // the name alone: nothing is read of the other region, which may be gone
        globalClusterIdentifier: auroraMysqlNames(naming, name).globalCluster,
        ...(sourceRegion !== undefined && { sourceRegion }),
      };
  }
}

/** What a failover changes: applying the old values again would promote a member, detach it or replace it. */
export function ignoredAfterFailover({ globalCluster }: AuroraMysqlProps): { ignoreChanges?: string[] } {
  if (globalCluster === 'none') return {};
  return {
    ignoreChanges: [
      'replication_source_identifier',
      'global_cluster_identifier',
      'source_region',
      // the global database upgrades its members
      'engine_version',
    ],
  };
}

/**
 * Empty, for the cluster to join. Made of the cluster (`source_db_cluster_identifier`), it would also take one
 * that exists, but no engine version, and could never be upgraded.
 */
function addGlobalCluster(scope: Construct, name: string, props: AuroraMysqlProps): string {
  const { naming, engine, engineVersion } = props;
  const isProtected = refusesDeletion(props) && !props.endsGlobalDatabase;
  return new RdsGlobalCluster(scope, 'GlobalCluster', {
    globalClusterIdentifier: auroraMysqlNames(naming, name).globalCluster,
    engine,
    engineVersion,
    storageEncrypted: true,
    deletionProtection: isProtected,
    // Terraform takes it away before its primary could leave it, and AWS deletes none that has members
    ...(props.endsGlobalDatabase && { forceDestroy: true }),
    lifecycle: { preventDestroy: isProtected },
  }).id;
}
