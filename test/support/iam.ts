/** As much of IAM's evaluation as the tests need: an explicit deny wins, and what no statement allows is denied. */

type Values = string | readonly string[];
interface PolicyStatement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: Values;
  readonly Resource?: Values;
  readonly NotResource?: Values;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, Values>>>>;
}

export interface Asked {
  readonly action: string;
  readonly resource?: string;
  /** Condition keys of the request. */
  readonly context?: Readonly<Record<string, string>>;
}

const list = (values: Values = []): readonly string[] => (typeof values === 'string' ? [values] : values);

function matches(pattern: string, text: string, ignoreCase = false): boolean {
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, ignoreCase ? 'i' : '').test(text);
}

/** A condition on a key that the request has not is not met, unless it is about the key's being there. */
const OPERATORS: Readonly<Record<string, (wanted: readonly string[], got: string | undefined) => boolean>> = {
  StringEquals: (wanted, got) => got !== undefined && wanted.includes(got),
  StringNotEquals: (wanted, got) => got === undefined || !wanted.includes(got),
  StringLike: (wanted, got) => got !== undefined && wanted.some((one) => matches(one, got)),
  ArnLike: (wanted, got) => got !== undefined && wanted.some((one) => matches(one, got)),
  ArnNotLike: (wanted, got) => got === undefined || !wanted.some((one) => matches(one, got)),
  ArnEquals: (wanted, got) => got !== undefined && wanted.some((one) => matches(one, got)),
  'ForAnyValue:StringEquals': (wanted, got) => got !== undefined && wanted.includes(got),
  // a request has at most one value of a key here
  'ForAllValues:StringLike': (wanted, got) => got === undefined || wanted.some((one) => matches(one, got)),
  Null: (wanted, got) => wanted.includes(String(got === undefined)),
};

function applies(statement: PolicyStatement, { action, resource = '*', context = {} }: Asked): boolean {
  const isMeant = statement.NotResource
    ? !list(statement.NotResource).some((one) => matches(one, resource))
    : list(statement.Resource).some((one) => matches(one, resource));
  return (
    list(statement.Action).some((one) => matches(one, action, true)) &&
    isMeant &&
    Object.entries(statement.Condition ?? {}).every(([operator, keys]) => {
      const holds = OPERATORS[operator];
      if (!holds) throw new Error(`condition operator ${operator} is not known to the tests`);
      return Object.entries(keys).every(([key, wanted]) => holds(list(wanted), context[key]));
    })
  );
}

/** @param policies documents as JSON */
export function isAllowed(policies: readonly string[], asked: Asked): boolean {
  const met = policies
    .flatMap((policy) => (JSON.parse(policy) as { Statement: PolicyStatement[] }).Statement)
    .filter((statement) => applies(statement, asked));
  return met.length > 0 && met.every(({ Effect }) => Effect === 'Allow');
}
