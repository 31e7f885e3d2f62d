import type { Attribute, Block, NestedBlock, TypeExpression } from './provider-schema';

/*
 * Statements of web ACL rules, nested three levels deep as in the provider's documentation. The bindings cannot
 * express the recursion.
 */

const NOTHING: Block = { attributes: {}, blocks: {} };

const required = (type: TypeExpression = 'string'): Attribute => ({ type, required: true });
const optional = (type: TypeExpression = 'string'): Attribute => ({ type, optional: true });
const one = (attributes: Block['attributes'], blocks: Block['blocks'] = {}): NestedBlock => ({
  nesting: 'list',
  max: 1,
  block: { attributes, blocks },
});
const empty = (): NestedBlock => ({ nesting: 'list', max: 1, block: NOTHING });

function empties(...names: string[]): Block['blocks'] {
  return Object.fromEntries(names.map((name) => [name, empty()]));
}

function atLeastOne(nested: NestedBlock): NestedBlock {
  return { ...nested, min: 1 };
}

function fieldToMatch(): NestedBlock {
  const oversize = { oversize_handling: optional() };
  const patterned = (included: string, excluded: string): NestedBlock =>
    one(
      { match_scope: required(), oversize_handling: required() },
      {
        match_pattern: atLeastOne(
          one(
            { [included]: optional(['list', 'string']), [excluded]: optional(['list', 'string']) },
            empties('all'),
          ),
        ),
      },
    );
  return one(
    {},
    {
      ...empties('all_query_arguments', 'method', 'query_string', 'uri_path'),
      body: one(oversize),
      cookies: patterned('included_cookies', 'excluded_cookies'),
      headers: patterned('included_headers', 'excluded_headers'),
      json_body: one(
        { ...oversize, invalid_fallback_behavior: optional(), match_scope: required() },
        { match_pattern: atLeastOne(one({ included_paths: optional(['list', 'string']) }, empties('all'))) },
      ),
      single_header: one({ name: required() }),
      single_query_argument: one({ name: required() }),
    },
  );
}

function matching(): Block['blocks'] {
  return {
    field_to_match: fieldToMatch(),
    text_transformation: {
      nesting: 'set',
      min: 1,
      block: { attributes: { priority: required('number'), type: required() }, blocks: {} },
    },
  };
}

function simpleStatements(): Block['blocks'] {
  const forwarded = { fallback_behavior: required(), header_name: required() };
  return {
    byte_match_statement: one({ positional_constraint: required(), search_string: required() }, matching()),
    geo_match_statement: one(
      { country_codes: required(['list', 'string']) },
      { forwarded_ip_config: one(forwarded) },
    ),
    ip_set_reference_statement: one(
      { arn: required() },
      { ip_set_forwarded_ip_config: one({ ...forwarded, position: required() }) },
    ),
    label_match_statement: one({ key: required(), scope: required() }),
    regex_match_statement: one({ regex_string: required() }, matching()),
    regex_pattern_set_reference_statement: one({ arn: required() }, matching()),
    size_constraint_statement: one({ comparison_operator: required(), size: required('number') }, matching()),
    sqli_match_statement: one({ sensitivity_level: optional() }, matching()),
    xss_match_statement: one({}, matching()),
  };
}

function statements(depth: number): Block {
  const blocks = simpleStatements();
  if (depth < 3) {
    const inner = statements(depth + 1);
    const operands: NestedBlock = { nesting: 'list', min: 1, block: inner };
    for (const name of ['and_statement', 'or_statement', 'not_statement']) {
      blocks[name] = one({}, { statement: operands });
    }
    if (depth === 0) Object.assign(blocks, outermostStatements(inner));
  }
  return { attributes: {}, blocks };
}

/** Rule groups and rates cannot be nested in other statements. */
function outermostStatements(inner: Block): Block['blocks'] {
  const actionOverride: NestedBlock = {
    nesting: 'list',
    max: 100,
    block: {
      attributes: { name: required() },
      blocks: {
        action_to_use: atLeastOne(one({}, empties('allow', 'block', 'captcha', 'challenge', 'count'))),
      },
    },
  };
  const scopeDown: NestedBlock = { nesting: 'list', max: 1, block: inner };
  return {
    managed_rule_group_statement: one(
      { name: required(), vendor_name: required(), version: optional() },
      { rule_action_override: actionOverride, scope_down_statement: scopeDown },
    ),
    rate_based_statement: one(
      {
        aggregate_key_type: optional(),
        evaluation_window_sec: optional('number'),
        limit: required('number'),
      },
      {
        forwarded_ip_config: one({ fallback_behavior: required(), header_name: required() }),
        scope_down_statement: scopeDown,
      },
    ),
    rule_group_reference_statement: one({ arn: required() }, { rule_action_override: actionOverride }),
  };
}

export function webAclStatement(): Block {
  return statements(0);
}
