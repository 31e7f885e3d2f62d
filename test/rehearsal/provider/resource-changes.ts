import type { Caller } from '../cloud/caller';
import type { Cloud } from '../cloud/cloud';
import { fingerprint, textOf, UNKNOWN, isMap, isUnknown, type ValueMap } from '../protocol/values';
import type { Block } from '../schema/provider-schema';
import { refuseDeletion } from './deletion-refusals';
import { refuseMissing } from './existence-checks';
import { planEndpoints, settleEndpoints } from './firewall-endpoints';
import { planIpv6Block } from './ipv6-blocks';
import { withDocumentedId } from './imports';
import { refuseInNetwork } from './network-checks';
import { planObject } from './planned-object';
import { whatReplaces } from './replacements';
import { settleObject } from './settled-object';
import type { Subject } from './subject';
import { refuseTooSoon } from './transit-gateway-checks';
import { refuseWhileUsed } from './use-refusals';

export interface PlannedChange {
  readonly state: ValueMap;
  /** Attributes and blocks whose change replaces the resource. */
  readonly replacing: readonly string[];
}

export interface ChangeInputs {
  readonly type: string;
  readonly block: Block;
  readonly prior: ValueMap | undefined;
  readonly config: ValueMap;
}

/** What applying a configuration will come to. */
export function planChange(
  { type, block, prior, config }: ChangeInputs,
  proposed: ValueMap,
  defaults: { region: string; tags: ValueMap },
): PlannedChange {
  const object = planObject(block, config, proposed, prior !== undefined);
  const state = planIpv6Block(type, prior, planEndpoints(type, prior, object));
  if (block.attributes['tags_all'] && isNull(config['tags_all'])) {
    const own = state['tags'];
    state['tags_all'] = isUnknown(own) ? UNKNOWN : { ...defaults.tags, ...(isMap(own) ? own : {}) };
  }
  if (block.attributes['region']?.optional && isNull(config['region'])) state['region'] = defaults.region;
  if (!prior) return { state, replacing: [] };

  // What has not changed is answered as it was: Terraform takes any other answer for a change.
  if (fingerprint(prior) === fingerprint(state)) return { state: prior, replacing: [] };
  return { state, replacing: whatReplaces(type, block, prior, state) };
}

export type Applied = { readonly state: ValueMap } | { readonly refusal: string };

/** Carries a planned change out in the imitated cloud. */
export function applyChange(
  { type, block, prior, config }: ChangeInputs,
  planned: ValueMap,
  subject: Subject,
  cloud: Cloud,
): Applied {
  const object = settleObject(block, planned, subject);
  // what stands keeps the id that it has
  const settled = prior ? object : withDocumentedId(type, object);
  const state = settleEndpoints(type, settled, cloud.inventory, subject);
  const refusal =
    refuseMissing(type, config, cloud, subject) ??
    refuseInNetwork(type, state, cloud.inventory, subject) ??
    refuseTooSoon(type, state, cloud.inventory, subject) ??
    (prior ? undefined : cloud.leftovers.refuseCreation(type, state, subject)) ??
    (prior ? cloud.names.move(type, prior, state, subject) : cloud.names.claim(type, state, subject));
  if (refusal !== undefined) {
    const verb = prior ? 'updating' : 'creating';
    return { refusal: `${verb} ${type.replace('aws_', '')} (${subject.name ?? ''}): ${refusal}` };
  }
  keepSecrets({ type, block, prior, config }, state, cloud);
  if (type === 'aws_ssm_parameter') keepParameter(config, state, subject, cloud);
  if (type === 'aws_s3_bucket') {
    cloud.objects.createBucket(textOf(state['bucket']) ?? '', regionOf(state, subject).region);
  }
  cloud.inventory.put(type, state, subject);
  return { state };
}

/** AWS's refusal, or undefined when the resource is gone. */
export function deleteResource(
  type: string,
  prior: ValueMap,
  caller: Caller,
  cloud: Cloud,
): string | undefined {
  const refusal =
    refuseDeletion(type, prior) ??
    letMembersGo(type, prior, caller, cloud) ??
    refuseWhileUsed(type, prior, cloud.inventory, caller) ??
    cloud.leftovers.refuseDeletion(type, prior, caller) ??
    (type === 'aws_s3_bucket' ? deleteBucket(prior, cloud) : undefined);
  if (refusal !== undefined) return refusal;
  cloud.names.release(type, prior, caller);
  cloud.leftovers.leave(type, prior, caller);
  cloud.inventory.remove(type, prior, caller);
  if (type === 'aws_secretsmanager_secret') cloud.secrets.deleteSecret(textOf(prior['arn']) ?? '');
  if (type === 'aws_ssm_parameter')
    cloud.parameters.delete(regionOf(prior, caller), textOf(prior['name']) ?? '');
  return undefined;
}

/** The provider takes the members out of a global database that it may destroy by force; the clusters stay. */
function letMembersGo(type: string, prior: ValueMap, caller: Caller, { inventory }: Cloud): undefined {
  if (type !== 'aws_rds_global_cluster' || prior['force_destroy'] !== true) return;
  for (const { state, region } of inventory.ofType('aws_rds_cluster', caller))
    if (state['global_cluster_identifier'] === prior['id'])
      inventory.put('aws_rds_cluster', { ...state, global_cluster_identifier: null }, { ...caller, region });
}

/** A write-only value is in the configuration alone, and is written when the version beside it changes. */
function keepSecrets({ type, block, prior, config }: ChangeInputs, state: ValueMap, cloud: Cloud): void {
  for (const [name, attribute] of Object.entries(block.attributes)) {
    const value = textOf(config[name]);
    if (!attribute.writeOnly || value === undefined) continue;
    const version = `${name}_version`;
    const isDue = !prior || fingerprint(prior[version]) !== fingerprint(state[version]);
    if (!isDue) continue;
    cloud.secrets.recordWritten(type, name, value);
    if (type === 'aws_secretsmanager_secret_version') {
      cloud.secrets.putSecret(textOf(state['secret_id']) ?? '', value);
    }
  }
  const plain = textOf(config['secret_string']);
  if (type === 'aws_secretsmanager_secret_version' && plain !== undefined) {
    cloud.secrets.putSecret(textOf(state['secret_id']) ?? '', plain);
  }
}

function deleteBucket(prior: ValueMap, cloud: Cloud): string | undefined {
  const name = textOf(prior['bucket']) ?? '';
  const isEmpty = (cloud.objects.bucket(name)?.objects.size ?? 0) === 0;
  if (!isEmpty && prior['force_destroy'] !== true) {
    return `deleting S3 Bucket (${name}): api error BucketNotEmpty: The bucket you tried to delete is not empty`;
  }
  cloud.objects.deleteBucket(name);
  return undefined;
}

function keepParameter(config: ValueMap, state: ValueMap, caller: Caller, cloud: Cloud): void {
  const value = textOf(config['value']) ?? textOf(config['insecure_value']) ?? textOf(config['value_wo']);
  const name = textOf(state['name']);
  if (name === undefined || value === undefined) return;
  cloud.parameters.put(regionOf(state, caller), name, value, textOf(state['type']));
}

function regionOf(state: ValueMap, caller: Caller): Caller {
  return { account: caller.account, region: textOf(state['region']) ?? caller.region };
}

function isNull(value: ValueMap[string] | undefined): boolean {
  return value === undefined || value === null;
}
