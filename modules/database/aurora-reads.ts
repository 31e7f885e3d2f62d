import type { RdsCluster } from '@cdktf/provider-aws/lib/rds-cluster';
import type { AuroraMysql, AuroraMysqlProps } from './aurora-mysql';
import { CrossRegionReads } from './cross-region-reads';
import { ReaderRouting } from './reader-routing';
import type { WatchedAlarm } from './watched-alarm';

/** Where a cluster is read in its own region, and what says whether it answers there. */
export interface AuroraReads {
  readonly cluster: RdsCluster;
  /** The endpoint of its proxy for readers. @default reads go to the cluster itself */
  readonly proxyHost: string | undefined;
  readonly availability: readonly WatchedAlarm[];
}

/**
 * Reads go to the other region while nothing here answers. The reader endpoint leads to the writer while there is no reader,
 * so that it answers while an instance is there at all; that of a proxy takes readers alone. Nothing of it depends on
 * which region writes, so that a promotion changes nothing.
 *
 * @returns nothing if no other region is linked
 */
export function readElsewhere(
  database: AuroraMysql,
  { readPeer: peer, privateZone: zone, publishedZone, naming: { place } }: AuroraMysqlProps,
  { cluster, proxyHost, availability }: AuroraReads,
): CrossRegionReads | undefined {
  if (!peer) return undefined;
  const { name } = database;
  const last = {
    identifier: cluster.clusterIdentifier,
    host: proxyHost ?? cluster.readerEndpoint,
    // a proxy lets nobody through whom it does not know
    publishedHost: cluster.readerEndpoint,
    availability,
  };
  const { region } = place;
  const local = new ReaderRouting(database, 'Readers', { name, zone, publishedZone, region, last });
  return new CrossRegionReads(database, 'CrossRegionReads', { name, place, zone, database, local, peer });
}
