import { z } from 'zod';
import { replicationGroupSettings } from '../../modules/cache/replication-group-settings';
import { ec2CapacitySettings } from '../../modules/compute/ec2-capacity-settings';
import { loadBalancerSettings } from '../../modules/compute/load-balancer-settings';
import { serviceSettings } from '../../modules/compute/service-settings';
import { databaseSettings } from '../../modules/database/database-settings';
import { usedDatabases } from '../../modules/database/used-databases';
import { deliverySettings } from '../../modules/delivery/delivery-settings';
import { siteSettings } from '../../modules/edge/site-settings';
import { existingZone } from '../../modules/edge/existing-zone';
import { existingKeys } from '../../modules/encryption/existing-keys';
import { quotaSettings } from '../../modules/governance/quota-settings';
import { certificateArn } from '../../modules/adoption/existing-ids';
import { hoursSettings } from '../../modules/hours/hours-settings';
import { queueAccess } from '../../modules/messaging/queue-access';
import { queueSettings } from '../../modules/messaging/queue-settings';
import { cidr } from '../../modules/network/cidr';
import { networkSettings } from '../../modules/network/network-settings';
import { interRegion } from '../../modules/network/peers';
import { outsideSettings } from '../../modules/network/outside-settings';
import { regionFacts, REGION_NAMES } from '../../modules/network/regions';
import { slackChannel, teamsChannel } from '../../modules/observability/chat-settings';
import { LOG_RETENTION_DAYS } from '../../modules/observability/log-group';
import { domainName } from '../../modules/naming/domain-name';
import {
  distinct,
  distinctAddresses,
  entriesByEngine,
  entriesOf,
  entryName,
} from '../../modules/settings/fields';
import { tags } from '../../modules/settings/tags';
import { bucketSettings } from '../../modules/storage/bucket-settings';

/** An AWS account. Text, since a number would lose leading zeros. */
const account = z.string().regex(/^\d{12}$/, 'be 12 digits; write it in quotes, with its leading zeros');

const region = z.strictObject({
  /** `primary` writes; `standby` takes over when the primary is lost. One region is the primary. */
  role: z.enum(['primary', 'standby']),
  /**
   * That this standby takes over when the primary is lost: public names fail over to it, and the state of `names`
   * lies in it. One of several standbys has to say so. @default true for an only standby
   */
  failover: z.literal(true).optional(),
  /** Says that the account has this region enabled, for regions that AWS leaves disabled. @default false */
  enabled: z.boolean().default(false),
  /**
   * That this standby is about to go: keys, log bucket and everything else in it no longer refuse to be deleted. Apply
   * that, destroy it with `make destroy … REGION=…`, then take it out. Databases and caches leave a last snapshot
   * where the environment is protected; keys wait 30 days. @default false
   */
  decommission: z.boolean().default(false),
  /** The VPC that everything in this region lives in. */
  network: networkSettings,
  /** Keys that stand already, by purpose: each is taken over. @default all are made */
  keys: existingKeys.default({}),
  /**
   * What AWS has granted the account in this region beyond what every account gets. Where the environments of an account
   * take 80 % of a quota, nothing is synthesized until this says that it has been raised. @default what every account gets
   */
  quotas: quotaSettings,
  /** The certificate for the environment's domain and its wildcard, if it stands already. @default it is requested */
  certificate: z
    .strictObject({
      /** Its ARN in ACM. */
      existing: certificateArn,
    })
    .optional(),
});

/** What a service talks to. Rules, permissions, variables and endpoints follow from it. */
const uses = z
  .strictObject({
    /**
     * Names in `databases`, and what for: connect as a database user named like the service, with rights in the schema
     * of the database alone. `{ orders: 'read' }` reads; `read-write` also changes rows; `owner` also makes and changes
     * tables, for migrations. A list gives `read-write` to all of them. @default none
     */
    databases: usedDatabases,
    /** Names in `caches`: connect as a user of the service's own, which the variable CACHE_<NAME>_USER names. */
    caches: distinct(entryName).default([]),
    /** Names in `buckets`, and what for. */
    buckets: z.record(entryName, z.enum(['read', 'read-write'])).default({}),
    /** Names in `queues`, and what for: `send`, `receive` (and delete what is done) or both. */
    queues: z.record(entryName, queueAccess).default({}),
    /** Names in `outside`: opens its ports to the internet, where `egress` of the region lets only these names pass. */
    outside: distinct(entryName).default([]),
    /** Names in `services` that have a port: call them by the variable SERVICE_<NAME>_URL. */
    services: distinct(entryName).default([]),
  })
  .prefault({});

/** One line for each capability that an environment can have by name. */
export const capabilitySchemas = {
  /** Aurora MySQL clusters and RDS MySQL instances. */
  databases: entriesByEngine(...databaseSettings),
  /** Redis and Valkey replication groups. */
  caches: entriesOf(replicationGroupSettings),
  /** S3 buckets. */
  buckets: entriesOf(bucketSettings),
  /** SQS queues, each with one for dead letters. */
  queues: entriesOf(queueSettings),
  /** What services may call outside of AWS. Nothing in AWS goes by these names, so they change freely. */
  outside: z.record(entryName, outsideSettings).default({}),
  /** EC2 instances that services can run on. */
  capacity: entriesOf(ec2CapacitySettings),
  /** Load balancers that several public services share. */
  loadBalancers: entriesOf(loadBalancerSettings),
  /** Front ends in private buckets, served by CloudFront alone. */
  sites: entriesOf(siteSettings),
  /** Containers that keep running. */
  services: entriesOf(
    serviceSettings.extend({
      /** What it talks to: security group rules, permissions, variables and endpoints follow from it. @default nothing */
      uses,
    }),
  ),
};

export const environmentSchema = z.strictObject({
  /** The account that it lives in; no other is ever touched. */
  account,
  /** Whether losing it hurts customers: stricter rules hold. @default true if it is named prod, production or live */
  production: z.boolean().optional(),
  /** Whether stateful things refuse to be deleted, and leave a last snapshot. @default true */
  protection: z.boolean().default(true),
  /**
   * That the whole environment is about to go, its domain included: what it says of a region, said of all of it.
   * Unlike `protection: false`, databases and caches still leave a last snapshot. @default false
   */
  decommission: z.boolean().default(false),
  /** Public domain of its own, delegated to it, of at most 64 characters. Needed by public services and sites. @default none */
  domain: domainName.optional(),
  /** The hosted zone of the domain, if it stands already. @default it is made */
  zone: z
    .strictObject({
      /** Its id, or `{ id, lacks }` with what of ours it has none of. */
      existing: existingZone,
    })
    .optional(),
  /** Days that logs are kept. At least 90 in production. @default 30 */
  logRetentionDays: z.literal([...LOG_RETENTION_DAYS]).default(30),
  /** Tags on everything, besides Environment, Layer and ManagedBy: at most 46, and 7 with a domain. @default none */
  tags: tags.default({}),
  /** Who hears of alarms. */
  alerts: z
    .strictObject({
      /** Mail addresses that hear of every alarm; each has to confirm once per region. Production names one, or a channel. @default none */
      emails: distinctAddresses(z.email()).default([]),
      /** A channel of Slack that hears of every alarm of all regions. Costs nothing. @default none */
      slack: slackChannel.optional(),
      /** A channel of Microsoft Teams that hears of every alarm of all regions. Costs nothing. @default none */
      teams: teamsChannel.optional(),
    })
    .prefault({}),
  /**
   * When it runs, for what is not production: outside of these hours services have no tasks, databases are stopped but for
   * those that say `alwaysOn`, and no alarm tells anybody. Storage, caches, load balancers, endpoints and gateways cost on. Where
   * it is said each thing with alarms has one more, $0.50 a month. @default always
   */
  hours: hoursSettings.optional(),
  /**
   * Whether the VPCs of the primary and of the standby that takes over reach each other, for `crossRegionReads` of databases
   * alone. `none`; `peering`, which costs but its traffic ($0.02 for each GB between us-east-1 and us-west-2) and a private
   * zone for each of the two ($0.50 a month); or `transit-gateway`, for who is to link further VPCs or networks of the company
   * one day: a gateway in each region, peered with the other one. That costs the same and, for four attachments, $0.05 an hour
   * each ($146 a month), $0.02 for each GB that a VPC sends (https://aws.amazon.com/transit-gateway/pricing), $0.40 a month for
   * four alarms and $6 for two dashboards. Latency and TLS are the same with both. With an existing VPC only `none`.
   * @default none
   */
  interRegion: interRegion.default('none'),
  /** Where it stands; one of them is the primary. */
  regions: z.partialRecord(z.enum(REGION_NAMES), region),
  /**
   * Ranges of networks that are not made here, and that its VPCs are connected to, or are to be one day: the company's
   * own, a partner's, where something is migrated from. `{ 'on-premises': ['10.0.0.0/12'] }`: no VPC of any environment
   * may overlap them. Makes nothing. @default none
   */
  otherNetworks: z.record(entryName, distinct(cidr)).default({}),
  ...capabilitySchemas,
});

/** Of a region that AWS leaves disabled. */
const BE_ENABLED = 'be enabled in the account, which AWS leaves to you in this region';
const ENABLE = 'enable it in the account settings, then set enabled: true';

/** What all environments share: the registry of images, built once and promoted by digest. */
export const sharedSchema = z
  .strictObject({
    /** The account that holds the registry. */
    account,
    /**
     * Says that this account has enabled the regions that AWS leaves disabled: its own, and those that environments
     * stand in. @default false
     */
    enabled: z.boolean().default(false),
    /** Where images are pushed to; they are copied to every other region that an environment stands in. */
    region: z.enum(REGION_NAMES),
    /** Whether repositories refuse to be deleted while they hold images. @default true */
    protection: z.boolean().default(true),
    /** Tags on everything, besides Environment, Layer and ManagedBy: at most 46. @default none */
    tags: tags.default({}),
    /** How Jenkins plans and applies environments. @default it has no roles to do so */
    delivery: deliverySettings.optional(),
  })
  .superRefine(({ region: home, enabled }, context) => {
    if (enabled || !regionFacts(home).optIn) return;
    context.addIssue({ code: 'custom', path: ['region'], message: `${BE_ENABLED}; ${ENABLE}` });
  });

export type EnvironmentInput = z.input<typeof environmentSchema>;
export type EnvironmentSettings = z.output<typeof environmentSchema>;
export type SharedInput = z.input<typeof sharedSchema>;
export type SharedSettings = z.output<typeof sharedSchema>;
export type CapabilityName = keyof typeof capabilitySchemas;
/** The capabilities that a service can name in `uses`. */
export type UsableName = keyof EnvironmentSettings['services'][string]['uses'];
export const USABLE_NAMES = Object.keys(uses.def.innerType.shape) as UsableName[];
