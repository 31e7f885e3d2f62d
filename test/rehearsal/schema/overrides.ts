import type { Attribute, Block, ProviderSchema } from './provider-schema';
import { webAclStatement } from './web-acl-statement';

/*
 * What the bindings do not carry: which attributes are sensitive, and which optional ones AWS fills in when the
 * configuration is silent.
 */

const SENSITIVE = new Set(
  `password master_password master_user_password secret_string secret_binary auth_token admin_password private_key
   secret_key access_token oauth_token client_secret token_key ses_smtp_password_v4 plaintext shared_secret
   certificate_private_key pre_shared_key tunnel1_preshared_key tunnel2_preshared_key secret`.split(/\s+/),
);
const SENSITIVE_OF_TYPE: Readonly<Record<string, readonly string[]>> = {
  aws_ssm_parameter: ['value'],
  aws_ssm_parameters_by_path: ['values'],
  aws_eks_cluster_auth: ['token'],
};

/** Optional attributes that come back with a value when the configuration leaves them out. */
const FILLED_IN = new Set(
  `id arn region tags_all name name_prefix bucket bucket_prefix availability_zone availability_zone_id
   availability_zones cidr_block ipv6_cidr_block private_ip private_ips public_ip ip_address engine_version
   engine_version_actual port endpoint kms_key_id kms_key_arn vpc_id subnet_ids security_groups
   vpc_security_group_ids security_group_ids owner_id account_id policy version db_subnet_group_name
   parameter_group_name option_group_name identifier cluster_identifier master_username username backup_window
   maintenance_window preferred_backup_window preferred_maintenance_window availability_zone_name
   network_interface_id primary_network_interface_id default_version latest_version host_id key_id
   source_dest_check private_dns_name dns_name zone_id hosted_zone_id url domain_name certificate_arn ami
   instance_type key_name description`.split(/\s+/),
);
/** Where a name of the list above stays null all the same; `*` is every name but id and region. */
const LEFT_NULL: Readonly<Record<string, readonly string[]>> = {
  aws_vpc: ['ipv6_cidr_block'],
  aws_subnet: ['ipv6_cidr_block'],
  aws_sqs_queue: ['kms_key_id'],
  aws_lambda_function: ['kms_key_arn'],
  aws_cloudwatch_log_group: ['kms_key_id'],
  aws_route: ['*'],
};
/** The types whose description defaults to "Managed by Terraform", or that AWS describes. */
const DESCRIBED = new Set([
  'aws_security_group',
  'aws_db_parameter_group',
  'aws_db_subnet_group',
  'aws_rds_cluster_parameter_group',
  'aws_elasticache_subnet_group',
  'aws_kms_key',
]);

export function applyOverrides(schema: ProviderSchema): void {
  for (const type of ['aws_wafv2_web_acl', 'aws_wafv2_rule_group'])
    addWebAclStatement(schema.resources[type]);
  for (const [type, block] of Object.entries(schema.resources)) {
    decideGuesses(type, block, 'resource');
    markSensitive(type, block);
  }
  for (const [type, block] of Object.entries(schema.dataSources)) {
    decideGuesses(type, block, 'data source');
    markSensitive(type, block);
  }
  computeNothing(schema.provider);
}

function decideGuesses(type: string, block: Block, kind: 'resource' | 'data source'): void {
  forEachAttribute(block, (name, attribute, depth) => {
    const isGuess = attribute.computed && !attribute.required && !attribute.stated;
    if (!isGuess) return;
    attribute.filledIn = depth === 0 && FILLED_IN.has(name) && !staysNull(type, name, kind);
  });
}

function staysNull(type: string, name: string, kind: 'resource' | 'data source'): boolean {
  if (kind === 'data source' && ['tags_all', 'name_prefix', 'description'].includes(name)) return true;
  if (name === 'description') return !DESCRIBED.has(type);
  const names = LEFT_NULL[type] ?? [];
  return names.includes(name) || (names.includes('*') && name !== 'id' && name !== 'region');
}

function markSensitive(type: string, block: Block): void {
  forEachAttribute(block, (name, attribute, depth) => {
    const byName = attribute.type === 'string' && SENSITIVE.has(name);
    const byType = depth === 0 && SENSITIVE_OF_TYPE[type]?.includes(name);
    if (byName || byType || attribute.writeOnly) attribute.sensitive = true;
  });
}

/** A provider's configuration has no computed attributes: Terraform refuses a schema that says so. */
function computeNothing(block: Block): void {
  forEachAttribute(block, (_name, attribute) => {
    delete attribute.computed;
    delete attribute.filledIn;
  });
}

/** The bindings type the recursive statements as `any`, which Terraform does not allow inside a set block. */
function addWebAclStatement(block: Block | undefined): void {
  const rule = block?.blocks['rule']?.block;
  if (!rule?.attributes['statement']) return;
  delete rule.attributes['statement'];
  rule.blocks['statement'] = { nesting: 'list', min: 1, max: 1, block: webAclStatement() };
}

function forEachAttribute(
  block: Block,
  visit: (name: string, attribute: Attribute, depth: number) => void,
  depth = 0,
): void {
  for (const [name, attribute] of Object.entries(block.attributes)) visit(name, attribute, depth);
  for (const nested of Object.values(block.blocks)) forEachAttribute(nested.block, visit, depth + 1);
}
