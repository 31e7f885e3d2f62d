import { z } from 'zod';
import { nodeType } from './node-type';
import { count } from '../settings/fields';
import { dailyWindow, weeklyWindow } from '../settings/windows';

/** What AWS names https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/ParameterGroups.Engine.html */
const MAXMEMORY_POLICIES = [
  'volatile-lru',
  'allkeys-lru',
  'volatile-lfu',
  'allkeys-lfu',
  'volatile-random',
  'allkeys-random',
  'volatile-ttl',
  'noeviction',
] as const;

/** A Valkey or Redis OSS cache: a primary, and replicas in other zones of which one takes over when it fails. */
export const replicationGroupSettings = z.strictObject({
  /** `valkey`, or `redis` (Redis OSS), which costs a quarter more and ends with version 7.1. @default 'valkey' */
  engine: z.enum(['valkey', 'redis']).default('valkey'),
  /**
   * Major and minor version: Valkey 7.2 to 9.1, Redis OSS 7.0 and 7.1. AWS puts patches in by itself.
   * @default '8.2' of Valkey, '7.1' of Redis OSS
   */
  engineVersion: z
    .string()
    .regex(/^\d+\.\d+$/, 'be a major and a minor version; write it like 8.2')
    .optional(),
  /** Type of every node, such as `cache.r7g.large`: a new one is taken into use in the maintenance window. */
  nodeType,
  /**
   * Nodes beside the primary, 0 to 5, spread over the other zones, one of which takes over when the primary
   * fails. At least 1 in production. @default 0
   */
  replicas: count(0, 5).default(0),
  /** Days that daily snapshots are kept, 0 to 35; 0 makes none. At least 7 in production. @default 7 */
  snapshotRetentionDays: count(0, 35).default(7),
  /** When the daily snapshot is made, in UTC, 60 minutes or more. @default '06:00-07:00', night in North America */
  snapshotWindow: dailyWindow(60).default('06:00-07:00'),
  /**
   * When AWS may restart nodes, in UTC, 60 minutes or more, apart from snapshotWindow.
   * @default 'sun:07:30-sun:08:30'
   */
  maintenanceWindow: weeklyWindow(60).default('sun:07:30-sun:08:30'),
  /**
   * Which keys make room when memory is full: of those that expire (`volatile-…`) or of all (`allkeys-…`), the
   * least recently or least often used, any, or those that expire next; `noeviction` refuses to write instead.
   * @default 'volatile-lru', as AWS has it
   */
  maxmemoryPolicy: z.enum(MAXMEMORY_POLICIES).default('volatile-lru'),
  /** Other parameters by name. @default none */
  parameters: z
    .record(
      z
        .string()
        .regex(/^[a-z][a-z0-9-]*$/, 'be the name of a parameter; write it like notify-keyspace-events'),
      z.string(),
    )
    .default({}),
  /**
   * That a cache of the same name also stands in each standby region, of its own and empty: nothing is copied.
   * @default only in the primary
   */
  standby: z
    .strictObject({
      /** Type of the nodes there. @default as in the primary region */
      nodeType: nodeType.optional(),
      /** Nodes beside the primary there, 0 to 5. At least 1 in production. @default as in the primary region */
      replicas: count(0, 5).optional(),
    })
    .optional(),
});

export type ReplicationGroupSettings = z.output<typeof replicationGroupSettings>;
export { replicationGroupRules } from './replication-group-rules';
