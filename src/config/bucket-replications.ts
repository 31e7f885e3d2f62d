import { Naming } from '../../modules/naming/naming';
import type { RegionName } from '../../modules/network/regions';
import { bucketNameOf } from '../../modules/storage/bucket-names';
import type { BucketPlace } from '../../modules/storage/bucket-replication';
import type { ReplicationSettings } from '../../modules/storage/replication-settings';
import { regionsOf, type EnvironmentRegion } from './estate';
import type { EnvironmentSettings } from './schema';

/** What is copied from a bucket in one region, and to it. */
export interface BucketReplicationPlan {
  readonly replication: ReplicationSettings;
  readonly destinations: readonly BucketPlace[];
  readonly sources: readonly BucketPlace[];
}

/**
 * The buckets that are copied out of a region or into it. Nothing goes to or from what is about to be taken away, be it
 * the bucket or the region.
 *
 * @param buckets under the names that they were made with
 */
export function bucketReplications(
  environment: string,
  settings: EnvironmentSettings,
  buckets: EnvironmentSettings['buckets'],
  region: RegionName,
): Record<string, BucketReplicationPlan> {
  const staying = regionsOf(settings).filter(
    ({ name }) => !settings.decommission && !settings.regions[name]?.decommission,
  );
  const here = staying.find(({ name }) => name === region);
  if (!here) return {};
  const others = staying.filter(({ name }) => name !== region);
  return Object.fromEntries(
    Object.entries(buckets).flatMap(([name, bucket]): [string, BucketReplicationPlan][] => {
      const { replication, standby, decommission } = bucket;
      if (!replication || !standby || decommission || others.length === 0) return [];
      const placeOf = (one: EnvironmentRegion): BucketPlace => {
        const naming = new Naming({ environment, account: settings.account, region: one.name });
        const existing = one.role === 'primary' ? bucket.existing : standby.existing;
        return { region: one.name, bucketName: bucketNameOf(naming, name, existing) };
      };
      const sends = ({ role }: EnvironmentRegion) => role === 'primary' || replication.bothWays;
      return [
        [
          name,
          {
            replication,
            destinations: sends(here) ? others.map(placeOf) : [],
            sources: others.filter(sends).map(placeOf),
          },
        ],
      ];
    }),
  );
}
