import type { App } from 'cdktf';
import { Construct } from 'constructs';
import type { Foundation } from '../../modules/foundation/foundation';
import type { Bucket } from '../../modules/storage/bucket';
import { BucketReplication } from '../../modules/storage/bucket-replication';
import type { RegionPlan } from '../config/region-plan';
import { BaseStack } from './base-stack';

/**
 * What goes from a region to others, and needs something there to exist. AWS refuses to copy to a bucket that is not there,
 * and the workloads of two regions cannot wait for each other.
 */
export class ReplicationStack extends BaseStack {
  constructor(app: App, plan: RegionPlan, foundation: Foundation, buckets: ReadonlyMap<string, Bucket>) {
    const { environment, account, region, tags, renames } = plan;
    super(
      app,
      { scope: environment, account, region, layer: 'replication', tags },
      { Buckets: renames.buckets },
    );
    const group = new Construct(this, 'Buckets');
    for (const [name, { replication, ...ways }] of Object.entries(plan.bucketReplications)) {
      const { bucketName } = buckets.get(name) ?? {};
      const settings = plan.buckets[name];
      if (bucketName === undefined || !settings)
        throw new Error(`${name} is copied but does not stand in this region`);
      new BucketReplication(new Construct(group, name), 'Replication', {
        ...foundation,
        ...replication,
        ...ways,
        name,
        bucketName,
        existing: settings.existing,
        locked: settings.objectLock !== undefined,
      });
    }
  }
}
