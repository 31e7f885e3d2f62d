/** `attached` policies stand on the resource that they are about, and name none. */
export type PolicyKind = 'identity' | 'trust' | 'resource' | 'attached';

export interface Statement {
  readonly actions: readonly string[];
  readonly json: Readonly<Record<string, unknown>>;
}

const ELEMENTS = new Set(
  'Sid Effect Principal NotPrincipal Action NotAction Resource NotResource Condition'.split(' '),
);

const OPERATORS = new RegExp(
  `^(?:ForAllValues:|ForAnyValue:)?(?:${[
    'String(?:Not)?Equals(?:IgnoreCase)?',
    'String(?:Not)?Like',
    'Numeric(?:(?:Not)?Equals|(?:Less|Greater)Than(?:Equals)?)',
    'Date(?:(?:Not)?Equals|(?:Less|Greater)Than(?:Equals)?)',
    'Bool',
    'BinaryEquals',
    '(?:Not)?IpAddress',
    'Arn(?:Not)?(?:Equals|Like)',
  ].join('|')})(?:IfExists)?$|^Null$`,
);

/** The statements of a policy, or what AWS says of a document that has none. */
export function statementsIn(document: unknown): Statement[] | string {
  if (!isRecord(document)) return 'MalformedPolicyDocument: Syntax errors in policy.';
  const version = document['Version'];
  if (version !== undefined && version !== '2012-10-17' && version !== '2008-10-17') {
    return `MalformedPolicyDocument: The policy must contain a valid version string, got ${String(version)}`;
  }
  const statements = listOf(document['Statement']);
  if (statements.length === 0 || !statements.every(isRecord)) {
    return 'MalformedPolicyDocument: Syntax errors in policy: a Statement is missing.';
  }
  return statements.map((json) => ({
    json,
    actions: [...textsOf(json['Action']), ...textsOf(json['NotAction'])],
  }));
}

export function checkStatement({ json, actions }: Statement, kind: PolicyKind): string[] {
  const said = (name: string) => json[name] !== undefined;
  const problems: string[] = [];
  const refuse = (isWrong: boolean, message: string) => {
    if (isWrong) problems.push(`MalformedPolicyDocument: ${message}`);
  };
  for (const name of Object.keys(json))
    refuse(!ELEMENTS.has(name), `Syntax errors in policy: "${name}" is no element.`);
  refuse(!['Allow', 'Deny'].includes(String(json['Effect'])), `Invalid effect: ${String(json['Effect'])}`);
  refuse(said('Action') === said('NotAction'), 'Policy statement must contain actions.');
  for (const action of actions) {
    const isWhole = action === '*' || /^[a-z0-9-]+:[A-Za-z0-9*?]+$/.test(action);
    refuse(!isWhole, `Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.: ${action}`);
  }
  const hasPrincipal = said('Principal') || said('NotPrincipal');
  const hasResource = said('Resource') || said('NotResource');
  refuse(kind === 'identity' && hasPrincipal, 'Policy document should not specify a principal.');
  refuse(kind !== 'identity' && !hasPrincipal, 'Missing required field Principal');
  refuse((kind === 'trust' || kind === 'attached') && hasResource, 'Has prohibited field Resource');
  refuse(
    (kind === 'identity' || kind === 'resource') && !hasResource,
    'Policy statement must contain resources.',
  );
  for (const resource of [...textsOf(json['Resource']), ...textsOf(json['NotResource'])]) {
    const isArn = resource === '*' || /^arn:[\w-]+:[\w*?-]+:[\w*?-]*:[\w*?-]*:.+/s.test(resource);
    refuse(!isArn, `Resource ${resource} must be in ARN format or "*".`);
  }
  problems.push(...wrongPrincipals(json['Principal']), ...wrongPrincipals(json['NotPrincipal']));
  return [...problems, ...wrongConditions(json['Condition'])];
}

function wrongPrincipals(principal: unknown): string[] {
  if (principal === undefined || principal === '*') return [];
  if (!isRecord(principal))
    return [`MalformedPolicyDocument: Invalid principal in policy: ${String(principal)}`];
  return Object.entries(principal).flatMap(([type, named]) =>
    textsOf(named)
      .filter((each) => !isPrincipal(type, each))
      .map(
        (each) => `MalformedPolicyDocument: Invalid principal in policy: "${type.toUpperCase()}":"${each}"`,
      ),
  );
}

function isPrincipal(type: string, name: string): boolean {
  switch (type) {
    case 'AWS':
      return /^(\*|\d{12}|arn:[\w-]+:(iam|sts)::(\d{12}|cloudfront):.+|A[A-Z0-9]{15,})$/.test(name);
    case 'Service':
      return /^[a-z0-9.-]+\.amazonaws\.com$/.test(name);
    case 'Federated':
      return /^(arn:[\w-]+:iam::\d{12}:(oidc|saml)-provider\/.+|[\w.-]+\.[a-z]+|\*)$/.test(name);
    case 'CanonicalUser':
      return /^[0-9a-f]{64}$/.test(name);
    default:
      return false;
  }
}

function wrongConditions(condition: unknown): string[] {
  if (condition === undefined) return [];
  if (!isRecord(condition)) return ['MalformedPolicyDocument: Syntax errors in policy: Condition'];
  return Object.entries(condition).flatMap(([operator, tests]) => {
    if (!OPERATORS.test(operator)) return [`MalformedPolicyDocument: Invalid Condition type : ${operator}.`];
    return Object.keys(isRecord(tests) ? tests : {})
      .filter((key) => !/^[A-Za-z0-9.-]+:.+/.test(key))
      .map((key) => `MalformedPolicyDocument: Actions/Conditions must be prefaced by a vendor: ${key}`);
  });
}

const listOf = (value: unknown): unknown[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value];

const textsOf = (value: unknown): string[] =>
  listOf(value).filter((each): each is string => typeof each === 'string');

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
