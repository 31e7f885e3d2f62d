import type { EnvironmentSettings } from './schema';

type Renamable = 'databases' | 'caches' | 'buckets' | 'services';
type Entries = Pick<EnvironmentSettings, Renamable>;

/** By kind: the name that an entry was made with, and the one that it has now. */
export type Renames = { readonly [Kind in Renamable]: ReadonlyMap<string, string> };

/** The name that a thing has in AWS: the one that it was made with. */
export const formerName = (
  entries: Readonly<Record<string, { readonly renamedFrom?: string | undefined }>>,
  name: string,
): string => entries[name]?.renamedFrom ?? name;

/** All that has been renamed, each by the name that it was made with. */
export function renamesIn(settings: Entries): Renames {
  const of = (kind: Renamable) =>
    new Map(
      Object.entries(settings[kind]).flatMap(([name, { renamedFrom }]): [string, string][] =>
        renamedFrom === undefined ? [] : [[renamedFrom, name]],
      ),
    );
  return {
    databases: of('databases'),
    caches: of('caches'),
    buckets: of('buckets'),
    services: of('services'),
  };
}

/**
 * The entries as they are called in AWS. Everything after this knows no other names, so that a rename changes
 * no name, no variable and no permission; only addresses follow the settings.
 */
export function underFormerNames(settings: Entries): Entries {
  const { databases, caches, buckets, services } = settings;
  return {
    databases: renamed(databases),
    caches: renamed(caches),
    buckets: renamed(buckets),
    services: Object.fromEntries(
      Object.entries(services).map(([name, service]) => [
        formerName(services, name),
        {
          ...service,
          uses: {
            databases: service.uses.databases.map((used) => formerName(databases, used)),
            caches: service.uses.caches.map((used) => formerName(caches, used)),
            buckets: Object.fromEntries(
              Object.entries(service.uses.buckets).map(([used, access]) => [
                formerName(buckets, used),
                access,
              ]),
            ),
          },
        },
      ]),
    ),
  };
}

const renamed = <T extends { readonly renamedFrom?: string | undefined }>(
  entries: Record<string, T>,
): Record<string, T> =>
  Object.fromEntries(Object.entries(entries).map(([name, entry]) => [formerName(entries, name), entry]));
