import type { InterfaceService } from '../../modules/network/vpc-endpoints';
import type { NetworkSettings } from '../../modules/network/network-settings';
import { outsideNames, type OutsideNames } from '../../modules/network/outside-settings';
import type { Peer } from '../../modules/network/peers';
import { regionFacts, type RegionName } from '../../modules/network/regions';
import type { Hours } from '../../modules/hours/hours-settings';
import type { ExistingKeys } from '../../modules/encryption/existing-keys';
import { bucketReplications, type BucketReplicationPlan } from './bucket-replications';
import { backupCopies, planDatabase, type BackupCopyPlan, type DatabasePlan } from './database-plan';
import { makesUsers, usersOf, type DatabaseUsers } from './database-users';
import {
  failoverRegion,
  regionSettings,
  type Environment,
  type EnvironmentRegion,
  type RegionRole,
} from './estate';
import { linkedRegions, peerOf } from './linked-regions';
import { mapValues } from './map-values';
import { renamesIn, underFormerNames, type Renames } from './renames';
import type { EnvironmentSettings } from './schema';
import { interfaceServices, usedOutside } from './service-needs';
import { leaving, standing, type Standing } from './standing';

type Entries<
  Name extends
    'databases' | 'caches' | 'buckets' | 'queues' | 'outside' | 'capacity' | 'loadBalancers' | 'services',
> = EnvironmentSettings[Name];

/** Everything that is decided for one environment in one region. Stacks and modules decide nothing more. */
export interface RegionPlan {
  readonly environment: string;
  readonly account: string;
  readonly region: RegionName;
  readonly role: RegionRole;
  readonly protection: boolean;
  /** Whether all that is here is about to go; every entry says so too. */
  readonly decommission: boolean;
  readonly logRetentionDays: EnvironmentSettings['logRetentionDays'];
  readonly tags: Readonly<Record<string, string>>;
  readonly alertEmails: readonly string[];
  /** When it runs; nothing where it always does. */
  readonly hours: Hours | undefined;
  readonly domain: string | undefined;
  readonly keys: ExistingKeys;
  /** ARN of the certificate that stands already; nothing where it is requested. */
  readonly certificate: string | undefined;
  readonly network: Omit<NetworkSettings, 'availabilityZones' | 'flowLogRetentionDays'> & {
    readonly availabilityZones: readonly string[];
    readonly flowLogRetentionDays: EnvironmentSettings['logRetentionDays'];
    readonly interfaceServices: readonly InterfaceService[];
    /** What the services that stand here name outside, and nothing that only others do. */
    readonly outside: OutsideNames;
    /** Whether a load balancer here is reached from the internet. */
    readonly isPublic: boolean;
    /** The region that it is linked to: the primary and the standby that takes over to each other, and no further one. */
    readonly peer?: Peer | undefined;
    /** Whether it says in a zone of its own what linked regions read; also of one that is about to go, and linked no more. */
    readonly publishes: boolean;
  };
  readonly databases: Readonly<Record<string, DatabasePlan>>;
  /** Of the databases whose users are made from here. Those of what follows another region come with its data. */
  readonly databaseUsers: DatabaseUsers;
  /** Databases of the primary region whose backups are copied here, and for how many days. */
  readonly backupCopies: Readonly<Record<string, BackupCopyPlan>>;
  readonly caches: Entries<'caches'>;
  readonly buckets: Entries<'buckets'>;
  /** Of those the ones that are copied from here, or to here. */
  readonly bucketReplications: Readonly<Record<string, BucketReplicationPlan>>;
  readonly queues: Entries<'queues'>;
  readonly outside: Entries<'outside'>;
  readonly capacity: Entries<'capacity'>;
  readonly loadBalancers: Entries<'loadBalancers'>;
  readonly services: Entries<'services'>;
  /** Entries that have other names in the settings than here, where they go by those that they have in AWS. */
  readonly renames: Renames;
  /** Which record of a failover pair public services write here; nothing beside the pair. */
  readonly failover: 'PRIMARY' | 'SECONDARY' | undefined;
  /** ARN of the policy that its roles stay within; nothing where no pipeline applies it. */
  readonly permissionsBoundary: string | undefined;
}

export function planRegion(
  { name, settings }: Environment,
  { name: region, role }: EnvironmentRegion,
  permissionsBoundary?: string,
): RegionPlan {
  const { network, keys, certificate, decommission: regionGoes } = regionSettings(settings, region);
  const decommission = settings.decommission || regionGoes;
  const entries = underFormerNames(settings);
  const here = <T extends Standing>(some: Record<string, T>) => leaving(standing(some, role), decommission);
  const services = here(entries.services);
  const capacity = here(entries.capacity);
  const users = role === 'primary' && makesUsers(entries) ? usersOf(entries) : {};
  return {
    environment: name,
    account: settings.account,
    region,
    role,
    protection: settings.protection,
    decommission,
    logRetentionDays: settings.logRetentionDays,
    tags: settings.tags,
    alertEmails: settings.alerts.emails,
    hours: settings.hours,
    domain: settings.domain,
    keys,
    certificate: certificate?.existing,
    network: {
      ...network,
      availabilityZones: zoneNames(region, network.availabilityZones),
      flowLogRetentionDays: network.flowLogRetentionDays ?? settings.logRetentionDays,
      interfaceServices: interfaceServices({
        services,
        capacity,
        makesUsers: Object.keys(users).length > 0,
      }),
      outside: outsideNames(usedOutside(settings.outside, services)),
      isPublic:
        Object.values(services).some((service) => service.public) ||
        Object.keys(here(entries.loadBalancers)).length > 0,
      peer: peerOf(settings, region),
      publishes: linkedRegions(settings).includes(region),
    },
    databases: mapValues(here(entries.databases), (database) =>
      planDatabase(settings, database, region, role),
    ),
    databaseUsers: users,
    backupCopies: backupCopies(settings, entries.databases, region),
    caches: here(entries.caches),
    buckets: here(entries.buckets),
    bucketReplications: bucketReplications(name, settings, entries.buckets, region),
    queues: here(entries.queues),
    outside: settings.outside,
    capacity,
    loadBalancers: here(entries.loadBalancers),
    services,
    renames: renamesIn(settings),
    failover: failoverOf(settings, region, role),
    permissionsBoundary,
  };
}

function zoneNames(region: RegionName, zones: NetworkSettings['availabilityZones']): string[] {
  return typeof zones === 'number'
    ? regionFacts(region)
        .zones.slice(0, zones)
        .map((letter) => `${region}${letter}`)
    : zones;
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
