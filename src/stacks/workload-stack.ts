import { TerraformOutput, type App } from 'cdktf';
import { Construct } from 'constructs';
import { ReplicationGroup } from '../../modules/cache/replication-group';
import type { ResolvedUse } from '../../modules/compute/container-task';
import { FargateService } from '../../modules/compute/fargate-service';
import { Ec2Capacity } from '../../modules/compute/ec2-capacity';
import { PublicCertificate } from '../../modules/edge/public-certificate';
import { RunTask } from '../../modules/compute/run-task';
import { ServiceCluster, type ICluster } from '../../modules/compute/service-cluster';
import { ServiceNamespace } from '../../modules/compute/service-namespace';
import { AuroraMysql } from '../../modules/database/aurora-mysql';
import { BackupCopy } from '../../modules/database/backup-copy';
import type { IDatabase } from '../../modules/database/database';
import { DatabaseUsers } from '../../modules/database/database-users';
import { Mysql } from '../../modules/database/mysql';
import { USERS_BY_HAND_OUTPUT, USERS_OUTPUT, type UsersTask } from '../../modules/database/users-image';
import type { Foundation } from '../../modules/foundation/foundation';
import { Alarms } from '../../modules/observability/alarms';
import { Dashboard } from '../../modules/observability/dashboard';
import { Outside } from '../../modules/network/outside';
import { Bucket } from '../../modules/storage/bucket';
import type { RegionPlan } from '../config/region-plan';
import { BaseStack } from './base-stack';

/** Everything that belongs to the applications of a region, so that a service with its database is one plan. */
export class WorkloadStack extends BaseStack {
  constructor(
    app: App,
    private readonly plan: RegionPlan,
    private readonly foundation: Foundation,
    /** `<account>.dkr.ecr.<region>.amazonaws.com`; nothing where no service runs. */
    private readonly registry: string | undefined,
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
        Capacity: renames.capacity,
        Services: renames.services,
      },
    );
    const databases = this.each('Databases', plan.databases, (group, name, settings): IDatabase =>
      settings.engine === 'mysql'
        ? new Mysql(group, name, { ...foundation, ...settings })
        : new AuroraMysql(group, name, { ...foundation, ...settings }),
    );
    this.addBackupCopies();
    const caches = this.each(
      'Caches',
      plan.caches,
      (group, name, settings) => new ReplicationGroup(group, name, { ...foundation, ...settings }),
    );
    const buckets = this.each(
      'Buckets',
      plan.buckets,
      (group, name, settings) => new Bucket(group, name, { ...foundation, ...settings }),
    );
    this.addServices({ databases, caches, buckets, outside: new Outside(plan.outside) });
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

  private addServices(things: Omit<Usables, 'services'>): void {
    const { services, capacity, domain, failover, certificate: existing } = this.plan;
    if (Object.keys(services).length === 0 || this.registry === undefined) return;
    const cluster = new ServiceCluster(this, 'Cluster', {
      ...this.foundation,
      addCapacity: (clusterName) =>
        [
          ...this.each(
            'Capacity',
            capacity,
            (group, name, settings) =>
              new Ec2Capacity(group, name, { ...this.foundation, ...settings, clusterName }),
          ).values(),
        ].map(({ providerName }) => providerName),
    });
    this.addDatabaseUsers(things.databases, cluster, this.registry);
    const isPublic = Object.values(services).some((service) => service.public);
    const certificate =
      isPublic && domain !== undefined
        ? new PublicCertificate(this, 'Certificate', { ...this.foundation, domain, existing })
        : undefined;
    const called = new Set(Object.values(services).flatMap(({ uses }) => uses.services));
    const namespace =
      called.size > 0 ? new ServiceNamespace(this, 'Namespace', this.foundation.naming).arn : undefined;
    const shared = {
      ...this.foundation,
      cluster,
      registry: this.registry,
      domain,
      failover,
      certificateArn: certificate?.arn,
    };
    const built = new Map<string, FargateService>();
    this.each('Services', inCallOrder(services), (group, name, settings) => {
      const { uses, tasks, runs } = settings;
      if (runs !== undefined || tasks === undefined) {
        const reached = resolveUses(uses, { ...things, services: built });
        new RunTask(group, name, { ...shared, ...settings, runs: runs ?? 'by-hand', uses: reached });
        return;
      }
      const service = new FargateService(group, name, {
        ...shared,
        ...settings,
        tasks,
        called: called.has(name),
        namespace: called.has(name) || uses.services.length > 0 ? namespace : undefined,
        uses: resolveUses(uses, { ...things, services: built }),
      });
      built.set(name, service);
    });
  }

  private addDatabaseUsers(databases: Usables['databases'], cluster: ICluster, registry: string): void {
    const { databaseUsers } = this.plan;
    const tasks = Object.entries(databaseUsers).map(([name, users]): [string, UsersTask] => {
      const database = known(databases, name);
      const props = { ...this.foundation, database, cluster, registry, users };
      return [name, new DatabaseUsers(database, 'Users', props).task];
    });
    // the task of what a promotion has made follow stays, for when it writes again; until then it would fail
    const run = tasks.filter(([name]) => this.writes(name));
    // where the driver finds what it runs after an apply, and what it does not
    if (run.length > 0) new TerraformOutput(this, USERS_OUTPUT, { value: Object.fromEntries(run) });
    const ran = new Set(run.map(([name]) => name));
    const byHand = Object.keys(this.plan.databases).filter((name) => !ran.has(name));
    if (byHand.length > 0 && this.plan.role === 'primary')
      new TerraformOutput(this, USERS_BY_HAND_OUTPUT, { value: byHand });
  }

  private writes(name: string): boolean {
    const database = this.plan.databases[name];
    return database?.engine === 'mysql' || database?.writes === true;
  }

  /** Of everything above that has alarms. Nothing to watch is nothing to show. */
  private addDashboard(): void {
    const things = this.node.findAll().filter((one): one is Alarms => one instanceof Alarms);
    if (things.length > 0) new Dashboard(this, 'Dashboard', { ...this.foundation, things });
  }

  /** One construct for each entry, below a scope that groups them in addresses. */
  private each<Settings, Built>(
    group: string,
    entries: Readonly<Record<string, Settings>>,
    build: (group: Construct, name: string, settings: Settings) => Built,
  ): ReadonlyMap<string, Built> {
    const scope = new Construct(this, group);
    return new Map(Object.entries(entries).map(([name, settings]) => [name, build(scope, name, settings)]));
  }
}

/** What a service can name in `uses`, by kind: one line for each such capability. */
interface Usables {
  readonly databases: ReadonlyMap<string, IDatabase>;
  readonly caches: ReadonlyMap<string, ReplicationGroup>;
  readonly buckets: ReadonlyMap<string, Bucket>;
  readonly outside: Outside;
  readonly services: ReadonlyMap<string, FargateService>;
}

/** Who is called comes before its callers, which are told where it is. Checked before: nobody calls in a circle. */
function inCallOrder(services: RegionPlan['services']): RegionPlan['services'] {
  const ordered = new Map<string, RegionPlan['services'][string]>();
  const add = (name: string) => {
    const service = services[name];
    if (!service || ordered.has(name)) return;
    service.uses.services.forEach(add);
    ordered.set(name, service);
  };
  Object.keys(services).forEach(add);
  return Object.fromEntries(ordered);
}

function resolveUses(uses: RegionPlan['services'][string]['uses'], things: Usables): ResolvedUse[] {
  return [
    ...Object.keys(uses.databases).map((name): ResolvedUse => ({
      thing: `databases.${name}`,
      letUse: (client) => known(things.databases, name).letUse(client),
    })),
    ...uses.caches.map((name): ResolvedUse => ({
      thing: `caches.${name}`,
      letUse: (client) => known(things.caches, name).letUse(client),
    })),
    ...Object.entries(uses.buckets).map(([name, access]): ResolvedUse => ({
      thing: `buckets.${name}`,
      letUse: (client) => known(things.buckets, name).letUse(client, access),
    })),
    { thing: 'outside', letUse: (client) => things.outside.letUse(client, uses.outside) },
    ...uses.services.map((name): ResolvedUse => ({
      thing: `services.${name}`,
      letUse: (client) => known(things.services, name).letUse(client),
    })),
  ];
}

function known<T>(things: ReadonlyMap<string, T>, name: string): T {
  const thing = things.get(name);
  if (thing === undefined)
    throw new Error(`${name} is used but does not stand in this region; settings are checked before`);
  return thing;
}
