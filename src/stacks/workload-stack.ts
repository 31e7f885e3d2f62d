import type { App } from 'cdktf';
import { Construct } from 'constructs';
import { ReplicationGroup } from '../../modules/cache/replication-group';
import { AuroraMysql } from '../../modules/database/aurora-mysql';
import { BackupCopy } from '../../modules/database/backup-copy';
import type { IDatabase } from '../../modules/database/database';
import { Mysql } from '../../modules/database/mysql';
import type { Foundation } from '../../modules/foundation/foundation';
import { Queue } from '../../modules/messaging/queue';
import { Alarms } from '../../modules/observability/alarms';
import { Dashboard } from '../../modules/observability/dashboard';
import { Bucket } from '../../modules/storage/bucket';
import type { RegionPlan } from '../config/region-plan';
import { BaseStack } from './base-stack';
import { addBucketNotifications, bucketsThatNotify } from './bucket-events';
import { eachEntry } from './each-entry';
import { addServices } from './services';

/** Everything that belongs to the applications of a region, so that a service with its database is one plan. */
export class WorkloadStack extends BaseStack {
  /** For what copies them to other regions. */
  readonly buckets: ReadonlyMap<string, Bucket>;

  constructor(
    app: App,
    private readonly plan: RegionPlan,
    private readonly foundation: Foundation,
    /** `<account>.dkr.ecr.<region>.amazonaws.com`; nothing where no service runs. */
    registry: string | undefined,
  ) {
    const { environment, account, region, tags, renames } = plan;
    super(
      app,
      { scope: environment, account, region, layer: 'workload', tags },
      {
        Databases: renames.databases,
        Caches: renames.caches,
        Cache: renames.caches,
        Buckets: renames.buckets,
        Queues: renames.queues,
        Capacity: renames.capacity,
        LoadBalancers: renames.loadBalancers,
        Services: renames.services,
        Proxies: renames.services,
      },
    );
    const databases = eachEntry(this, 'Databases', plan.databases, (group, name, settings): IDatabase =>
      settings.engine === 'mysql'
        ? new Mysql(group, name, { ...foundation, ...settings })
        : new AuroraMysql(group, name, { ...foundation, ...settings }),
    );
    this.addBackupCopies();
    const caches = eachEntry(
      this,
      'Caches',
      plan.caches,
      (group, name, settings) => new ReplicationGroup(group, name, { ...foundation, ...settings }),
    );
    const buckets = eachEntry(
      this,
      'Buckets',
      plan.buckets,
      (group, name, settings) => new Bucket(group, name, { ...foundation, ...settings }),
    );
    this.buckets = buckets;
    const queues = eachEntry(
      this,
      'Queues',
      plan.queues,
      (group, name, settings) =>
        new Queue(group, name, {
          ...foundation,
          ...settings,
          notifiedBy: bucketsThatNotify(plan, buckets, name),
        }),
    );
    addBucketNotifications(plan, buckets, queues);
    const things = { databases, caches, buckets, queues };
    if (Object.keys(plan.services).length > 0 && registry !== undefined)
      addServices(this, things, { plan, foundation, registry });
    this.addDashboard();
  }

  /** Within the database that they are of, whether it stands here as well or not. */
  private addBackupCopies(): void {
    const databases = this.node.findChild('Databases') as Construct;
    for (const [name, copy] of Object.entries(this.plan.backupCopies)) {
      const scope =
        (databases.node.tryFindChild(name) as Construct | undefined) ?? new Construct(databases, name);
      new BackupCopy(scope, 'BackupCopy', { ...this.foundation, name, ...copy });
    }
  }

  /** Of everything above that has alarms. Nothing to watch is nothing to show. */
  private addDashboard(): void {
    const own = this.node.findAll().filter((one): one is Alarms => one instanceof Alarms);
    const things = [...own, ...(this.foundation.watched ?? []).filter(({ watched }) => watched.length > 0)];
    if (things.length > 0) new Dashboard(this, 'Dashboard', { ...this.foundation, things });
  }
}
