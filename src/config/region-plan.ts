import type { InterfaceService } from '../../modules/network/vpc-endpoints';
import type { NetworkSettings } from '../../modules/network/network-settings';
import { regionFacts, type RegionName } from '../../modules/network/regions';
import {
  failoverRegion,
  regionsOf,
  type Environment,
  type EnvironmentRegion,
  type RegionRole,
} from './estate';
import { merge } from './merge';
import { renamesIn, underFormerNames, type Renames } from './renames';
import type { EnvironmentSettings } from './schema';

type Entries<Name extends 'databases' | 'caches' | 'buckets' | 'services'> = EnvironmentSettings[Name];

/** Everything that is decided for one environment in one region. Stacks and modules decide nothing more. */
export interface RegionPlan {
  readonly environment: string;
  readonly account: string;
  readonly region: RegionName;
  readonly role: RegionRole;
  readonly protection: boolean;
  readonly logRetentionDays: EnvironmentSettings['logRetentionDays'];
  readonly tags: Readonly<Record<string, string>>;
  readonly alertEmails: readonly string[];
  readonly domain: string | undefined;
  readonly network: Omit<NetworkSettings, 'availabilityZones' | 'flowLogRetentionDays'> & {
    readonly availabilityZones: readonly string[];
    readonly flowLogRetentionDays: EnvironmentSettings['logRetentionDays'];
    readonly interfaceServices: readonly InterfaceService[];
  };
  readonly databases: Readonly<Record<string, Entries<'databases'>[string] & GlobalMembership>>;
  readonly caches: Entries<'caches'>;
  readonly buckets: Entries<'buckets'>;
  readonly services: Entries<'services'>;
  /** Entries that have other names in the settings than here, where they go by those that they have in AWS. */
  readonly renames: Renames;
  /** Which record of a failover pair public services write here; nothing beside the pair. */
  readonly failover: 'PRIMARY' | 'SECONDARY' | undefined;
  /** ARN of the policy that its roles stay within; nothing where no pipeline applies it. */
  readonly permissionsBoundary: string | undefined;
}

/** What a cluster is to the global database that spans its regions, and for a follower whom it follows. */
interface GlobalMembership {
  readonly globalCluster: 'none' | 'primary' | 'secondary';
  readonly sourceRegion?: RegionName;
}

/** What Fargate needs to start a task and to keep its log. */
const SERVICES_OF_TASKS: readonly InterfaceService[] = ['ecr.api', 'ecr.dkr', 'logs', 'ssm'];

export function planRegion(
  { name, settings }: Environment,
  { name: region, role }: EnvironmentRegion,
  permissionsBoundary?: string,
): RegionPlan {
  const { network } = regionSettings(settings, region);
  const entries = underFormerNames(settings);
  const services = standing(entries.services, role);
  return {
    environment: name,
    account: settings.account,
    region,
    role,
    protection: settings.protection,
    logRetentionDays: settings.logRetentionDays,
    tags: settings.tags,
    alertEmails: settings.alerts.emails,
    domain: settings.domain,
    network: {
      ...network,
      availabilityZones: zoneNames(region, network.availabilityZones),
      flowLogRetentionDays: network.flowLogRetentionDays ?? settings.logRetentionDays,
      interfaceServices: Object.keys(services).length > 0 ? SERVICES_OF_TASKS : [],
    },
    databases: mapValues(standing(entries.databases, role), (database) => ({
      ...database,
      ...membership(settings, Boolean(database.standby), role),
    })),
    caches: standing(entries.caches, role),
    buckets: standing(entries.buckets, role),
    services,
    renames: renamesIn(settings),
    failover: failoverOf(settings, region, role),
    permissionsBoundary,
  };
}

function regionSettings(settings: EnvironmentSettings, region: RegionName) {
  const found = settings.regions[region];
  if (!found) throw new Error(`${region} is no region of this environment`);
  return found;
}

function zoneNames(region: RegionName, zones: NetworkSettings['availabilityZones']): string[] {
  return typeof zones === 'number'
    ? regionFacts(region)
        .zones.slice(0, zones)
        .map((letter) => `${region}${letter}`)
    : zones;
}

/**
 * In the primary everything stands; in a standby what has a `standby`, changed as that says. What exists already does so
 * in one region.
 */
function standing<T extends { standby?: object | undefined }>(
  entries: Record<string, T>,
  role: RegionRole,
): Record<string, T> {
  if (role === 'primary') return entries;
  const here = Object.entries(entries).filter(([, entry]) => entry.standby);
  return Object.fromEntries(
    here.map(([name, entry]) => [name, merge({ ...entry, existing: undefined }, entry.standby) as T]),
  );
}

/** Said by the entry alone, not by how many regions there are: adding one must not change the others. */
function membership(
  settings: EnvironmentSettings,
  spansRegions: boolean,
  role: RegionRole,
): GlobalMembership {
  if (!spansRegions) return { globalCluster: 'none' };
  if (role === 'primary') return { globalCluster: 'primary' };
  const [primary] = regionsOf(settings);
  return { globalCluster: 'secondary', ...(primary && { sourceRegion: primary.name }) };
}

/** Route 53 knows one secondary. */
function failoverOf(
  settings: EnvironmentSettings,
  region: RegionName,
  role: RegionRole,
): RegionPlan['failover'] {
  if (role === 'primary') return 'PRIMARY';
  return region === failoverRegion(settings) ? 'SECONDARY' : undefined;
}

const mapValues = <T, U>(entries: Record<string, T>, change: (value: T) => U): Record<string, U> =>
  Object.fromEntries(Object.entries(entries).map(([name, value]) => [name, change(value)]));
