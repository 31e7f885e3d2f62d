import type { InterfaceService } from '../../modules/network/vpc-endpoints';
import type { NetworkSettings } from '../../modules/network/network-settings';
import { outsideNames, type OutsideNames } from '../../modules/network/outside-settings';
import type { Peer } from '../../modules/network/peers';
import { regionFacts, type RegionName } from '../../modules/network/regions';
import {
  failoverRegion,
  regionsOf,
  type Environment,
  type EnvironmentRegion,
  type RegionRole,
} from './estate';
import type { Hours } from '../../modules/hours/hours-settings';
import type { ExistingKeys } from '../../modules/encryption/existing-keys';
import { bucketReplications, type BucketReplicationPlan } from './bucket-replications';
import { makesUsers, usersOf, type DatabaseUsers } from './database-users';
import { merge } from './merge';
import { renamesIn, underFormerNames, type Renames } from './renames';
import type { EnvironmentSettings } from './schema';

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

/** What a cluster is to the global database that spans its regions, and for a follower whom it follows. */
interface GlobalMembership {
  readonly globalCluster: 'none' | 'primary' | 'secondary';
  /** Whether it is the one that writes. */
  readonly writes: boolean;
  readonly sourceRegion?: RegionName;
  /** Whether the primary is about to be left alone, and the global database to end. */
  readonly endsGlobalDatabase?: boolean;
}

type Database = Entries<'databases'>[string];

/** Of Aurora a member of a global database; of RDS MySQL what follows an instance, if it follows one. */
type DatabasePlan =
  | (Extract<Database, { engine: 'aurora-mysql' }> & GlobalMembership)
  | (Extract<Database, { engine: 'mysql' }> & {
      readonly sourceRegion?: RegionName;
      /** The region that reads here, and that reads go to from here; none without crossRegionReads. */
      readonly readPeer?: Peer;
    });

interface BackupCopyPlan {
  readonly retentionDays: number;
  readonly sourceRegion: RegionName;
}

/** What Fargate needs to start a task and to keep its log. */
const SERVICES_OF_TASKS: readonly InterfaceService[] = ['ecr.api', 'ecr.dkr', 'logs', 'ssm'];
/** Where passwords of master users come from. */
const SERVICES_OF_USERS: readonly InterfaceService[] = ['secretsmanager'];
/** Where services send messages to, and receive them from. */
const SERVICES_OF_QUEUES: readonly InterfaceService[] = ['sqs'];

/** Where collectors send traces to. */
const SERVICES_OF_TRACES: readonly InterfaceService[] = ['xray'];

/** What the agent of ECS on an instance needs; on Fargate AWS sees to that. */
const SERVICES_OF_INSTANCES: readonly InterfaceService[] = ['ecs', 'ecs-agent', 'ecs-telemetry'];

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
      interfaceServices: [
        ...(Object.keys(services).length > 0 ? SERVICES_OF_TASKS : []),
        ...(Object.keys(capacity).length > 0 ? SERVICES_OF_INSTANCES : []),
        ...(Object.keys(users).length > 0 ? SERVICES_OF_USERS : []),
        ...(usesQueues(services) ? SERVICES_OF_QUEUES : []),
        ...(areTraced(services) ? SERVICES_OF_TRACES : []),
      ],
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

interface Standing {
  readonly standby?: object | undefined;
  readonly decommission: boolean;
}

/**
 * In the primary everything stands; in a standby what has a `standby`, changed as that says. What exists already does so
 * in one region.
 */
function standing<T extends Standing>(entries: Record<string, T>, role: RegionRole): Record<string, T> {
  if (role === 'primary') return entries;
  const here = Object.entries(entries).filter(([, entry]) => entry.standby);
  return Object.fromEntries(
    here.map(([name, entry]) => [name, merge(merge(entry, { existing: null }), entry.standby) as T]),
  );
}

function planDatabase(
  settings: EnvironmentSettings,
  database: Database,
  region: RegionName,
  role: RegionRole,
): DatabasePlan {
  const source = role === 'primary' ? {} : { sourceRegion: primaryOf(settings) };
  if (database.engine === 'mysql') {
    const readPeer = database.crossRegionReads ? peerOf(settings, region) : undefined;
    return { ...database, ...source, ...(readPeer && { readPeer }) };
  }
  const globalCluster = membership(Boolean(database.standby), role);
  const ends = globalCluster === 'primary' && isLeftAlone(settings);
  const writes = region === (database.primaryRegion ?? primaryOf(settings));
  return { ...database, globalCluster, writes, ...source, ...(ends && { endsGlobalDatabase: true }) };
}

/**
 * The other end of the link. Further standbys have none, so that a region that comes changes nothing of those that stand.
 * One that is about to go is linked no more, so that nothing is left of a link when it has gone.
 */
function peerOf(settings: EnvironmentSettings, region: RegionName): Peer | undefined {
  const ends = linkedRegions(settings);
  const isLeaving = ends.some((end) => regionSettings(settings, end).decommission);
  const other = ends.find((end) => end !== region);
  if (isLeaving || other === undefined || !ends.includes(region)) return undefined;
  return { region: other, cidr: regionSettings(settings, other).network.cidr };
}

/** The primary and the standby that takes over, if they are linked. */
const linkedRegions = (settings: EnvironmentSettings): readonly RegionName[] =>
  settings.interRegion === 'none'
    ? []
    : [primaryOf(settings), failoverRegion(settings)].flatMap((end) => end ?? []);

/** Whatever stands where all of it is about to go is about to go. */
const leaving = <T extends Standing>(entries: Record<string, T>, decommission: boolean): Record<string, T> =>
  decommission ? mapValues(entries, (entry) => ({ ...entry, decommission })) : entries;

const usesQueues = (services: Entries<'services'>): boolean =>
  Object.values(services).some(({ uses }) => Object.keys(uses.queues).length > 0);

const areTraced = (services: Entries<'services'>): boolean =>
  Object.values(services).some(({ tracing }) => tracing);

/** Regions in which collectors of traces run. */
export const regionsWithTraces = (settings: EnvironmentSettings): RegionName[] =>
  regionsOf(settings)
    .filter(({ role }) => areTraced(standing(settings.services, role)))
    .map(({ name }) => name);

/** The entries that some service names, once each. */
function usedOutside(
  outside: Entries<'outside'>,
  services: Entries<'services'>,
): Entries<'outside'>[string][] {
  const used = new Set(Object.values(services).flatMap(({ uses }) => uses.outside));
  return Object.entries(outside).flatMap(([name, entry]) => (used.has(name) ? [entry] : []));
}

/** Regions in which services have proxies to the outside. */
export const regionsWithProxies = (settings: EnvironmentSettings): RegionName[] =>
  regionsOf(settings)
    .filter(({ name }) => regionSettings(settings, name).network.egress === 'proxy')
    .filter(({ role }) =>
      Object.values(standing(settings.services, role)).some(({ uses }) => uses.outside.length > 0),
    )
    .map(({ name }) => name);

/** Said by the entry alone, not by how many regions there are: adding one must not change the others. */
function membership(spansRegions: boolean, role: RegionRole): GlobalMembership['globalCluster'] {
  if (!spansRegions) return 'none';
  return role === 'primary' ? 'primary' : 'secondary';
}

function primaryOf(settings: EnvironmentSettings): RegionName {
  const primary = regionsOf(settings).find(({ role }) => role === 'primary');
  if (!primary) throw new Error('an environment has a primary region; settings are checked before');
  return primary.name;
}

/** RDS copies the backups of an instance to one region: the one that takes over. */
function backupCopies(
  settings: EnvironmentSettings,
  databases: Readonly<Record<string, Database>>,
  region: RegionName,
): Record<string, BackupCopyPlan> {
  if (region !== failoverRegion(settings)) return {};
  return Object.fromEntries(
    Object.entries(databases).flatMap(([name, database]): [string, BackupCopyPlan][] =>
      database.engine === 'mysql' && database.backupCopyDays !== undefined
        ? [[name, { retentionDays: database.backupCopyDays, sourceRegion: primaryOf(settings) }]]
        : [],
    ),
  );
}

/** Without a standby region no entry can have a `standby`, and no database stay a global one. */
const isLeftAlone = ({ regions }: EnvironmentSettings): boolean =>
  Object.values(regions).every(({ role, decommission }) => role === 'primary' || decommission) &&
  Object.values(regions).some(({ decommission }) => decommission);

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
