import type { ReplicationGroup } from '../../modules/cache/replication-group';
import type { ResolvedUse } from '../../modules/compute/container-task';
import type { FargateService } from '../../modules/compute/fargate-service';
import type { IDatabase } from '../../modules/database/database';
import type { Queue } from '../../modules/messaging/queue';
import type { Outside } from '../../modules/network/outside';
import type { Bucket } from '../../modules/storage/bucket';
import type { RegionPlan } from '../config/region-plan';

/** What a service can name in `uses`, by kind: one line for each such capability. */
export interface Usables {
  readonly databases: ReadonlyMap<string, IDatabase>;
  readonly caches: ReadonlyMap<string, ReplicationGroup>;
  readonly buckets: ReadonlyMap<string, Bucket>;
  readonly queues: ReadonlyMap<string, Queue>;
  readonly outside: Outside;
  readonly services: ReadonlyMap<string, FargateService>;
}

/** What `uses` names, in this region: each can let a client in. */
export function resolveUses(uses: RegionPlan['services'][string]['uses'], things: Usables): ResolvedUse[] {
  return [
    ...byName(uses.databases).map(([name]): ResolvedUse => ({
      thing: `databases.${name}`,
      letUse: (client) => known(things.databases, name).letUse(client),
    })),
    ...uses.caches.map((name): ResolvedUse => ({
      thing: `caches.${name}`,
      letUse: (client) => known(things.caches, name).letUse(client),
    })),
    ...byName(uses.buckets).map(([name, access]): ResolvedUse => ({
      thing: `buckets.${name}`,
      letUse: (client) => known(things.buckets, name).letUse(client, access),
    })),
    ...byName(uses.queues).map(([name, access]): ResolvedUse => ({
      thing: `queues.${name}`,
      letUse: (client) => known(things.queues, name).letUse(client, access),
    })),
    { thing: 'outside', letUse: (client) => things.outside.letUse(client, uses.outside) },
    ...uses.services.map((name): ResolvedUse => ({
      thing: `services.${name}`,
      letUse: (client) => known(things.services, name).letUse(client),
    })),
  ];
}

/** The order of a map is no setting, and variables keep the order in which they come. */
const byName = <T>(entries: Readonly<Record<string, T>>) =>
  Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : 1));

export function known<T>(things: ReadonlyMap<string, T>, name: string): T {
  const thing = things.get(name);
  if (thing === undefined)
    throw new Error(`${name} is used but does not stand in this region; settings are checked before`);
  return thing;
}
