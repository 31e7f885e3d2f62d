import { isMap, mapsIn, textOf, textsIn, type Value, type ValueMap } from '../protocol/values';

/** `aws_iam_policy_document`, which is computed by the provider itself and asks AWS nothing. */
export function renderPolicyDocument(config: ValueMap): ValueMap {
  const version = textOf(config['version']) ?? '2012-10-17';
  const statements = [
    ...textsIn(config['source_policy_documents']).flatMap(statementsOf),
    ...mapsIn(config['statement']).map(renderStatement),
  ];
  for (const overriding of textsIn(config['override_policy_documents']).flatMap(statementsOf)) {
    const sid = textOf(overriding['Sid']);
    const index = sid === undefined ? -1 : statements.findIndex((statement) => statement['Sid'] === sid);
    if (index >= 0) statements[index] = overriding;
    else statements.push(overriding);
  }
  const id = textOf(config['policy_id']);
  const document = { Version: version, ...(id !== undefined && { Id: id }), Statement: statements };
  return {
    ...config,
    id: 'policy',
    version,
    json: JSON.stringify(document, null, 2),
    minified_json: JSON.stringify(document),
  };
}

function statementsOf(document: string): ValueMap[] {
  const parsed = JSON.parse(document) as ValueMap;
  return mapsIn(parsed['Statement']);
}

const LISTS = [
  ['actions', 'Action'],
  ['not_actions', 'NotAction'],
  ['resources', 'Resource'],
  ['not_resources', 'NotResource'],
] as const;

const PRINCIPALS = [
  ['principals', 'Principal'],
  ['not_principals', 'NotPrincipal'],
] as const;

function renderStatement(statement: ValueMap): ValueMap {
  const rendered: ValueMap = {};
  const sid = textOf(statement['sid']);
  if (sid !== undefined) rendered['Sid'] = sid;
  rendered['Effect'] = textOf(statement['effect']) ?? 'Allow';
  for (const [argument, key] of LISTS) {
    const values = textsIn(statement[argument]);
    if (values.length > 0) rendered[key] = oneOrMany(values);
  }
  for (const [argument, key] of PRINCIPALS) {
    const principals = mapsIn(statement[argument]);
    if (principals.length > 0) rendered[key] = renderPrincipals(principals);
  }
  const conditions = renderConditions(mapsIn(statement['condition']));
  if (Object.keys(conditions).length > 0) rendered['Condition'] = conditions;
  return rendered;
}

function renderPrincipals(principals: readonly ValueMap[]): Value {
  const byType = new Map<string, string[]>();
  for (const principal of principals) {
    const type = textOf(principal['type']) ?? '';
    byType.set(type, [...(byType.get(type) ?? []), ...textsIn(principal['identifiers'])]);
  }
  if (byType.size === 1 && byType.get('*')?.join() === '*') return '*';
  return Object.fromEntries([...byType].map(([type, identifiers]) => [type, oneOrMany(identifiers)]));
}

function renderConditions(conditions: readonly ValueMap[]): ValueMap {
  const rendered: ValueMap = {};
  for (const condition of conditions) {
    const test = textOf(condition['test']) ?? '';
    const present = rendered[test];
    rendered[test] = {
      ...(isMap(present) ? present : {}),
      [textOf(condition['variable']) ?? '']: oneOrMany(textsIn(condition['values'])),
    };
  }
  return rendered;
}

/** The provider sorts lists, backwards. */
function oneOrMany(values: readonly string[]): Value {
  return values.length === 1 ? (values[0] ?? '') : [...values].sort().reverse();
}
