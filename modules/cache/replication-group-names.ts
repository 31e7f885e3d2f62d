import { variableName } from '../access/usable';
import type { PhysicalName } from '../naming/name-rules';
import type { Naming } from '../naming/naming';

/** What a cache and its parts are called. Checking asks for them before anything is built. */
export const replicationGroupNames = (naming: Naming, name: string) => ({
  replicationGroup: naming.regional(name),
  /** ElastiCache names the nodes itself: 001 and so on. */
  node: (number: number) => naming.regional(`${name}-${String(number).padStart(3, '0')}`),
  subnetGroup: naming.regional(name),
  // of a name of its own for each family: a new one must stand before the old one goes
  parameterGroup: (family: string) => naming.regional(`${name}-${family}`),
  userGroup: naming.regional(name),
  defaultUser: naming.regional(`${name}-default`),
  finalSnapshot: naming.regional(`${name}-final`),
  // under this prefix CloudWatch Logs needs no list of groups in its resource policy, which is short
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-V2-CloudWatchLogs.html
  log: (type: string) => `/aws/vendedlogs/elasticache/${naming.regional(name)}/${type}`,
  // a database or a service may have the same name, and groups and alarms share one set of names
  securityGroup: naming.regional(`${name}-cache`),
  alarms: naming.regional(`${name}-cache`),
});

/** The user of one client of a cache: checking asks for it wherever a service uses a cache. */
export const cacheUser = (naming: Naming, cache: string, client: string): PhysicalName => ({
  kind: 'cacheUser',
  name: naming.regional(`${cache}-${client}`),
});

/** By which a client finds a cache. */
export const cacheVariables = (name: string) => ({
  host: variableName('CACHE', name, 'HOST'),
  /** Only where there are replicas. */
  readerHost: variableName('CACHE', name, 'READER_HOST'),
  port: variableName('CACHE', name, 'PORT'),
  user: variableName('CACHE', name, 'USER'),
  replicationGroupId: variableName('CACHE', name, 'REPLICATION_GROUP_ID'),
});
