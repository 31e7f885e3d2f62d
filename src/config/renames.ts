import type { EnvironmentSettings } from './schema';

type Renamable =
  'databases' | 'caches' | 'buckets' | 'queues' | 'capacity' | 'loadBalancers' | 'sites' | 'services';
type Entries = Pick<EnvironmentSettings, Renamable>;

/** By kind, and by the name that an entry has in AWS: all of its names, the present one last. */
export type Renames = { readonly [Kind in Renamable]: ReadonlyMap<string, readonly string[]> };

interface Renamed {
  readonly renamedFrom?: readonly string[] | undefined;
}

/** The name that a thing has in AWS: the one that it was made with. */
export const formerName = (entries: Readonly<Record<string, Renamed>>, name: string): string =>
  entries[name]?.renamedFrom?.[0] ?? name;

/** All that has been renamed. */
export function renamesIn(settings: Entries): Renames {
  const of = (kind: Renamable) =>
    new Map(
      Object.entries<Renamed>(settings[kind]).flatMap(
        ([name, { renamedFrom = [] }]): [string, readonly string[]][] => {
          const [made, ...since] = renamedFrom;
          if (made === undefined) return [];
          // who has gone back to an old name has it now, and moves away from the others
          return [[made, [...new Set([made, ...since])].filter((one) => one !== name).concat(name)]];
        },
      ),
    );
  return {
    databases: of('databases'),
    caches: of('caches'),
    buckets: of('buckets'),
    queues: of('queues'),
    capacity: of('capacity'),
    loadBalancers: of('loadBalancers'),
    sites: of('sites'),
    services: of('services'),
  };
}

/**
 * The entries as they are called in AWS. Everything after this knows no other names, so that a rename changes
 * no name, no variable and no permission; only addresses follow the settings.
 */
export function underFormerNames(settings: Entries): Entries {
  const { databases, caches, buckets, queues, capacity, loadBalancers, sites, services } = settings;
  return {
    databases: byFormerName(databases),
    caches: byFormerName(caches),
    buckets: mapEntries(byFormerName(buckets), (bucket) => ({
      ...bucket,
      notify: accessByFormerName(bucket.notify, queues),
    })),
    queues: byFormerName(queues),
    capacity: byFormerName(capacity),
    loadBalancers: byFormerName(loadBalancers),
    sites: byFormerName(sites),
    services: Object.fromEntries(
      Object.entries(services).map(([name, service]) => [
        formerName(services, name),
        {
          ...service,
          capacity: onFormerName(capacity, service.capacity),
          ...(service.public && { public: onFormerBalancer(loadBalancers, service.public) }),
          tasks: service.tasks && onBacklogOfFormerName(service.tasks, queues),
          uses: {
            ...service.uses,
            databases: accessByFormerName(service.uses.databases, databases),
            caches: service.uses.caches.map((used) => formerName(caches, used)),
            buckets: accessByFormerName(service.uses.buckets, buckets),
            queues: accessByFormerName(service.uses.queues, queues),
            services: service.uses.services.map((used) => formerName(services, used)),
          },
        },
      ]),
    ),
  };
}

const byFormerName = <T extends Renamed>(entries: Record<string, T>): Record<string, T> =>
  Object.fromEntries(Object.entries(entries).map(([name, entry]) => [formerName(entries, name), entry]));

const onFormerName = (
  capacity: Entries['capacity'],
  { ec2, ...choice }: Entries['services'][string]['capacity'],
) => ({ ...choice, ...(ec2 !== undefined && { ec2: formerName(capacity, ec2) }) });

const onFormerBalancer = (
  loadBalancers: Entries['loadBalancers'],
  { loadBalancer, ...rest }: NonNullable<Entries['services'][string]['public']>,
) => ({
  ...rest,
  ...(loadBalancer !== undefined && { loadBalancer: formerName(loadBalancers, loadBalancer) }),
});

const accessByFormerName = <Access>(
  used: Readonly<Record<string, Access>>,
  entries: Readonly<Record<string, Renamed>>,
): Record<string, Access> =>
  Object.fromEntries(Object.entries(used).map(([name, access]) => [formerName(entries, name), access]));

type Tasks = NonNullable<Entries['services'][string]['tasks']>;

/** A number names no queue. */
function onBacklogOfFormerName(tasks: Tasks, queues: Entries['queues']): Tasks {
  const { messagesPerTask: said } = tasks.scaleOn;
  if (typeof said !== 'object') return tasks;
  return { ...tasks, scaleOn: { ...tasks.scaleOn, messagesPerTask: accessByFormerName(said, queues) } };
}

const mapEntries = <T>(entries: Record<string, T>, change: (entry: T) => T): Record<string, T> =>
  Object.fromEntries(Object.entries(entries).map(([name, entry]) => [name, change(entry)]));
