import type { Peer } from '../../modules/network/peers';
import type { RegionName } from '../../modules/network/regions';
import { failoverRegion, primaryOf, type RegionRole } from './estate';
import { peerOf } from './linked-regions';
import type { EnvironmentSettings } from './schema';

/** What a cluster is to the global database that spans its regions, and for a follower whom it follows. */
interface GlobalMembership {
  readonly globalCluster: 'none' | 'primary' | 'secondary';
  /** Whether it is the one that writes. */
  readonly writes: boolean;
  readonly sourceRegion?: RegionName;
  /** Whether the primary is about to be left alone, and the global database to end. */
  readonly endsGlobalDatabase?: boolean;
}

type Database = EnvironmentSettings['databases'][string];

interface ReadOverRegions {
  /** The region that reads here, and that reads go to from here; none without crossRegionReads. */
  readonly readPeer?: Peer;
}

/** Of Aurora a member of a global database; of RDS MySQL what follows an instance, if it follows one. */
export type DatabasePlan = ReadOverRegions &
  (
    | (Extract<Database, { engine: 'aurora-mysql' }> & GlobalMembership)
    | (Extract<Database, { engine: 'mysql' }> & { readonly sourceRegion?: RegionName })
  );

export interface BackupCopyPlan {
  readonly retentionDays: number;
  readonly sourceRegion: RegionName;
}

export function planDatabase(
  settings: EnvironmentSettings,
  database: Database,
  region: RegionName,
  role: RegionRole,
): DatabasePlan {
  const source = role === 'primary' ? {} : { sourceRegion: primaryOf(settings) };
  const readPeer = database.crossRegionReads ? peerOf(settings, region) : undefined;
  const reads = readPeer && { readPeer };
  if (database.engine === 'mysql') return { ...database, ...source, ...reads };
  const globalCluster = membership(Boolean(database.standby), role);
  const ends = globalCluster === 'primary' && isLeftAlone(settings);
  const writes = region === (database.primaryRegion ?? primaryOf(settings));
  return {
    ...database,
    globalCluster,
    writes,
    ...source,
    ...reads,
    ...(ends && { endsGlobalDatabase: true }),
  };
}

/** Said by the entry alone, not by how many regions there are: adding one must not change the others. */
function membership(spansRegions: boolean, role: RegionRole): GlobalMembership['globalCluster'] {
  if (!spansRegions) return 'none';
  return role === 'primary' ? 'primary' : 'secondary';
}

/** Without a standby region no entry can have a `standby`, and no database stay a global one. */
const isLeftAlone = ({ regions }: EnvironmentSettings): boolean =>
  Object.values(regions).every(({ role, decommission }) => role === 'primary' || decommission) &&
  Object.values(regions).some(({ decommission }) => decommission);

/** RDS copies the backups of an instance to one region: the one that takes over. */
export function backupCopies(
  settings: EnvironmentSettings,
  databases: Readonly<Record<string, Database>>,
  region: RegionName,
): Record<string, BackupCopyPlan> {
  if (region !== failoverRegion(settings)) return {};
  return Object.fromEntries(
    Object.entries(databases).flatMap(([name, database]): [string, BackupCopyPlan][] =>
      database.engine === 'mysql' && database.backupCopyDays !== undefined
        ? [[name, { retentionDays: database.backupCopyDays, sourceRegion: primaryOf(settings) }]]
        : [],
    ),
  );
}
