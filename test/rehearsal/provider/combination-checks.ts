import type { Problem } from '../protocol/requests';
import type { Value, ValueMap } from '../protocol/values';
import type { Block } from '../schema/provider-schema';

/** Arguments of which at most one may be set. The bindings do not say so. */
const EXCLUSIVE: Readonly<Record<string, readonly (readonly string[])[]>> = {
  aws_db_instance: [['manage_master_user_password', 'password', 'password_wo']],
  aws_rds_cluster: [['manage_master_user_password', 'master_password', 'master_password_wo']],
  aws_secretsmanager_secret_version: [['secret_string', 'secret_string_wo', 'secret_binary']],
  aws_ssm_parameter: [['value', 'value_wo', 'insecure_value']],
  aws_vpc_security_group_egress_rule: [
    ['cidr_ipv4', 'cidr_ipv6', 'prefix_list_id', 'referenced_security_group_id'],
  ],
  aws_vpc_security_group_ingress_rule: [
    ['cidr_ipv4', 'cidr_ipv6', 'prefix_list_id', 'referenced_security_group_id'],
  ],
};

export function checkCombinations(type: string, block: Block, config: ValueMap): Problem[] {
  const problems: Problem[] = [];
  for (const names of [...(EXCLUSIVE[type] ?? []), ...prefixPairs(block)]) {
    const [first, second] = names.filter((name) => isSet(config[name]));
    if (first === undefined || second === undefined) continue;
    problems.push({
      summary: 'Conflicting configuration arguments',
      detail: `"${second}": conflicts with ${first}`,
      path: [second],
    });
  }
  for (const name of writeOnlyNames(block)) {
    if (!isSet(config[`${name}_version`]) || isSet(config[name])) continue;
    problems.push({
      summary: 'Missing required argument',
      detail: `"${name}_version": all of \`${name},${name}_version\` must be specified`,
      path: [`${name}_version`],
    });
  }
  return problems;
}

/** A whole name and a prefix for an invented one exclude each other wherever both exist. */
function prefixPairs(block: Block): string[][] {
  return Object.keys(block.attributes)
    .filter((name) => name.endsWith('_prefix') && block.attributes[name.slice(0, -'_prefix'.length)])
    .map((name) => [name.slice(0, -'_prefix'.length), name])
    .filter(([name = '']) => /^(name|bucket|identifier|cluster_identifier|family)$/.test(name));
}

function writeOnlyNames(block: Block): string[] {
  return Object.entries(block.attributes)
    .filter(([, attribute]) => attribute.writeOnly)
    .map(([name]) => name);
}

/** `manage_… = false` is the same as leaving it out. */
function isSet(value: Value | undefined): boolean {
  return value !== undefined && value !== null && value !== false;
}
