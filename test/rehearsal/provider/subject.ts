import { createHash } from 'node:crypto';
import { textOf, type ValueMap } from '../protocol/values';

/** What values are invented for: one resource or one data source in its account and region. */
export interface Subject {
  readonly type: string;
  readonly kind: 'resource' | 'data source';
  readonly account: string;
  readonly region: string;
  readonly name: string | undefined;
  /** The same seed gives the same invented values, so that a data source read twice does not change. */
  readonly seed: string;
}

const NAME_ATTRIBUTES = [
  'name',
  'bucket',
  'identifier',
  'cluster_identifier',
  'global_cluster_identifier',
  'function_name',
  'family',
  'domain_name',
  'domain',
  'cluster_id',
  'replication_group_id',
  'repository_name',
  'user_group_id',
  'user_id',
  'alarm_name',
];

/** Of an instance of a cluster, the cluster's identifier is not the name. */
const NAME_ATTRIBUTES_OF_TYPE: Readonly<Record<string, readonly string[]>> = {
  aws_elasticache_user: ['user_id'],
  // two of one group are two
  aws_elasticache_user_group_association: [],
  aws_rds_cluster_instance: ['identifier'],
};

export function physicalNameOf(type: string, object: ValueMap): string | undefined {
  for (const attribute of NAME_ATTRIBUTES_OF_TYPE[type] ?? NAME_ATTRIBUTES) {
    const name = textOf(object[attribute]);
    if (name !== undefined) return name;
  }
  return undefined;
}

export function hexOf(seed: string, length: number): string {
  return createHash('sha256').update(seed).digest('hex').slice(0, length);
}

export function uuidOf(seed: string): string {
  const hex = hexOf(seed, 32);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(12, 15)}-8${hex.slice(15, 18)}-${hex.slice(18, 30)}`;
}

export function numberOf(seed: string, below: number): number {
  return Number.parseInt(hexOf(seed, 8), 16) % below;
}
