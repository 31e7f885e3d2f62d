import { isIPv4 } from 'node:net';
import type { Caller } from '../cloud/caller';
import type { Problem } from '../protocol/requests';
import { isMap, mapsIn, textOf, type Value, type ValueMap } from '../protocol/values';
import type { Block, NestedBlock } from '../schema/provider-schema';
import { checkCombinations } from './combination-checks';
import { checkLimits } from './limit-checks';
import { checkName } from './name-rules';
import { checkPolicies } from './policy-checks';
import { checkReferences } from './reference-checks';

/*
 * Checks of values like those that the provider makes while validating; only ones of which there is no doubt.
 * Values that are not known yet pass.
 */

type Path = readonly (string | number)[];

/** @param place where the provider works, unless the resource says otherwise */
export async function checkResource(
  type: string,
  block: Block,
  config: ValueMap,
  place: Pick<Caller, 'region'>,
): Promise<Problem[]> {
  return [
    ...checkBlock(block, config, []),
    ...checkName(type, config),
    ...checkLimits(type, config),
    ...checkReferences(type, config, place),
    ...checkCombinations(type, block, config),
    ...(await checkPolicies(type, config)),
  ];
}

/** A data source takes documents to merge and filters to match, in whatever state they are. */
export function checkDataSource(block: Block, config: ValueMap): Problem[] {
  return checkComputedOnly(block, config, []);
}

function checkBlock(block: Block, config: ValueMap, path: Path): Problem[] {
  const problems = checkComputedOnly(block, config, path);
  for (const name of Object.keys(block.attributes)) {
    const text = textOf(config[name]);
    if (text === undefined) continue;
    const summary = checkText(name, text);
    if (summary !== undefined) problems.push({ summary, path: [...path, name] });
  }
  for (const [name, nested] of Object.entries(block.blocks)) {
    problems.push(...checkNested(name, nested, config[name], path));
  }
  return problems;
}

function checkComputedOnly(block: Block, config: ValueMap, path: Path): Problem[] {
  const problems: Problem[] = [];
  for (const [name, attribute] of Object.entries(block.attributes)) {
    const isReadOnly = attribute.computed && !attribute.optional;
    if (!isReadOnly || (config[name] ?? null) === null) continue;
    problems.push({
      summary: 'Value for unconfigurable attribute',
      detail:
        `Can't configure a value for "${name}": its value will be decided automatically based on the result of ` +
        'applying this configuration.',
      path: [...path, name],
    });
  }
  return problems;
}

function checkNested(name: string, nested: NestedBlock, value: Value | undefined, path: Path): Problem[] {
  // Terraform counts the blocks of a list or a set itself, but never asks for a single one.
  if (nested.nesting === 'single' && nested.min && (value ?? null) === null) {
    return [{ summary: `Block ${name} must be present`, path }];
  }
  if (nested.nesting === 'map' && isMap(value)) {
    return Object.values(value)
      .filter(isMap)
      .flatMap((each) => checkBlock(nested.block, each, path));
  }
  // Elements of a set have no index: their problems are shown at the block that holds them.
  return mapsIn(value).flatMap((each, index) =>
    checkBlock(nested.block, each, nested.nesting === 'list' ? [...path, name, index] : path),
  );
}

const JSON_ATTRIBUTES = new Set([
  'access_policies',
  'access_policy',
  'assume_role_policy',
  'container_definitions',
  'dashboard_body',
  'event_pattern',
  'filter_policy',
  'inline_policy',
  'key_policy',
  'policy',
  'redrive_policy',
  'resource_policy',
]);

const ARN_ATTRIBUTES = new Set([
  'certificate_arn',
  'execution_role_arn',
  'load_balancer_arn',
  'policy_arn',
  'role_arn',
  'target_group_arn',
  'task_role_arn',
]);

function checkText(name: string, text: string): string | undefined {
  if (JSON_ATTRIBUTES.has(name)) return checkJson(name, text);
  if (ARN_ATTRIBUTES.has(name) && !/^arn:[\w-]*:[\w-]+:/.test(text)) {
    return `"${name}" (${text}) is an invalid ARN: arn: invalid prefix`;
  }
  if (/(^|_)cidr_block$|^cidr_ipv4$/.test(name) && !name.includes('ipv6')) return checkIpv4Range(text);
  return undefined;
}

function checkJson(name: string, text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return `"${name}" contains an invalid JSON: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function checkIpv4Range(text: string): string | undefined {
  const [address = '', length = '', ...rest] = text.split('/');
  const isRange = isIPv4(address) && /^\d{1,2}$/.test(length) && Number(length) <= 32 && rest.length === 0;
  if (!isRange) return `"${text}" is not a valid IPv4 CIDR block`;
  const number = address.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
  const size = 2 ** (32 - Number(length));
  if (number % size === 0) return undefined;
  const network = number - (number % size);
  const octets = [24, 16, 8, 0].map((shift) => Math.floor(network / 2 ** shift) % 256);
  return `"${text}" is not a valid IPv4 CIDR block; did you mean "${octets.join('.')}/${length}"?`;
}
