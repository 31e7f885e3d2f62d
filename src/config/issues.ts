import type { z } from 'zod';
import { endedEngine, endedService } from './ended/ended-services';
import { isMap, valueAt } from './merge';
import { closest, didYouMean, type SettingProblem } from './problem';

type Issue = z.core.$ZodIssue;
type Described = Omit<SettingProblem, 'file'>;

/** What a schema found, in our own words. Several problems where an issue names several keys. */
export function describeIssue(issue: Issue, root: unknown, schema: z.ZodType): Described[] {
  const path = issue.path;
  const value = valueAt(root, path);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey([...path, key], keysAt(schema, path, root)));
    case 'invalid_key':
      return [invalidKey(path, issue.issues[0])];
    case 'invalid_union':
      return describeUnion(issue, root, schema);
    case 'invalid_value':
      return [
        { path, value, ...(ended(path, value) ?? choice(issue.message, issue.values.map(String), value)) },
      ];
    case 'invalid_type':
      return [{ path, value, ...ofType(issue.expected, value) }];
    case 'too_small':
      return [{ path, value, rule: `be at least ${issue.minimum}${unit(issue.origin)}`, remedy: 'raise it' }];
    case 'too_big':
      return [{ path, value, rule: `be at most ${issue.maximum}${unit(issue.origin)}`, remedy: 'lower it' }];
    case 'not_multiple_of':
      return [{ path, value, rule: `be a multiple of ${issue.divisor}`, remedy: 'round it' }];
    case 'invalid_format':
      return [{ path, value, ...(isOurs(issue.message) ? split(issue.message) : format(issue.format)) }];
    default:
      return [{ path, value, ...split(issue.message) }];
  }
}

const ended = (path: readonly PropertyKey[], value: unknown) =>
  path.at(-1) === 'engine' && typeof value === 'string' ? endedEngine(value) : undefined;

/** Our schemas say `<rule>; <remedy>`. */
function split(message: string): { rule: string; remedy: string } {
  const [rule = message, ...rest] = message.split('; ');
  return { rule, remedy: rest.join('; ') || 'change it' };
}

/** A schema may say more of a value that somebody had a reason to expect. */
const choice = (message: string, known: readonly string[], value: unknown) =>
  isOurs(message) ? split(message) : oneOf(known, value);

const isOurs = (message: string) => !message.startsWith('Invalid');

function format(name: string): { rule: string; remedy: string } {
  const words: Record<string, string> = { email: 'a mail address', hostname: 'a host name' };
  return { rule: `be ${words[name] ?? `a valid ${name}`}`, remedy: 'correct it' };
}

const unit = (origin: string) => ({ string: ' characters', array: ' entries' })[origin] ?? '';

function ofType(expected: string, value: unknown): { rule: string; remedy: string } {
  const words: Record<string, string> = {
    int: 'a whole number',
    number: 'a number',
    string: 'text in quotes',
    boolean: 'true or false',
    array: 'a list',
    object: 'a map of settings',
    record: 'a map of names',
  };
  return { rule: `be ${words[expected] ?? expected}`, remedy: quoting(expected, value) };
}

/** The mistake that is made most is quotes too many, or too few. */
function quoting(expected: string, value: unknown): string {
  if (value === undefined) return 'add it';
  if (expected === 'string' && ['number', 'bigint', 'boolean'].includes(typeof value))
    return 'put it in quotes';
  const isBare = /^(-?\d+(\.\d+)?|true|false)$/;
  const wantsBare = expected === 'int' || expected === 'number' || expected === 'boolean';
  return wantsBare && typeof value === 'string' && isBare.test(value)
    ? 'write it without quotes'
    : 'correct it';
}

function oneOf(values: readonly string[], value: unknown): { rule: string; remedy: string } {
  const rule = values.length === 1 ? `be ${values[0]}` : `be one of ${values.join(', ')}`;
  if (value === undefined) return { rule, remedy: 'add it' };
  if (typeof value === 'string' && values.includes(value)) return { rule, remedy: 'write it without quotes' };
  const meant = typeof value === 'string' ? closest(value, values) : undefined;
  return { rule, remedy: meant === undefined ? 'choose one of them' : `did you mean "${meant}"?` };
}

function unknownKey(path: readonly PropertyKey[], known: readonly string[]): Described {
  const key = String(path.at(-1));
  const service = path.length === 1 || known.length > 0 ? endedService(key) : undefined;
  if (service) return { path, hideValue: true, ...service };
  // its value is not shown: it may be a password that went to the wrong place
  return { path, hideValue: true, rule: 'be a setting that exists', remedy: didYouMean(key, known) };
}

function invalidKey(path: readonly PropertyKey[], issue: Issue | undefined): Described {
  return { path, hideValue: true, ...split(issue?.message ?? 'have another name') };
}

/** The branch that the value's own type points to says more than "invalid input". */
function describeUnion(
  issue: Issue & { code: 'invalid_union' },
  root: unknown,
  schema: z.ZodType,
): Described[] {
  const value = valueAt(root, issue.path);
  if (issue.errors.length === 0 && 'options' in issue) {
    const known = (issue.options as unknown[]).map(String);
    return [{ path: issue.path, value, ...(ended(issue.path, value) ?? oneOf(known, value)) }];
  }
  if (isOurs(issue.message) && issue.message !== 'Invalid input')
    return [{ path: issue.path, value, ...split(issue.message) }];
  const branches = issue.errors.filter(
    (branch) => !branch.every((one) => one.code === 'invalid_type' && one.path.length === 0),
  );
  const branch = branches[0];
  if (!branch) {
    const types = issue.errors.flatMap((errors) =>
      errors.map((one) => (one.code === 'invalid_type' ? ofType(one.expected, value).rule.slice(3) : '')),
    );
    return [
      {
        path: issue.path,
        value,
        rule: `be ${[...new Set(types.filter(Boolean))].join(' or ')}`,
        remedy: value === undefined ? 'add it' : 'correct it',
      },
    ];
  }
  return branch.flatMap((one) => describeIssue({ ...one, path: [...issue.path, ...one.path] }, root, schema));
}

/** The keys that the schema knows at a path. */
export function keysAt(schema: z.ZodType, path: readonly PropertyKey[], root: unknown): string[] {
  let at: AnySchema | undefined = schema;
  let value: unknown = root;
  for (const key of path) {
    at = opened(at, value);
    value = valueAt(value, [key]);
    const { shape, valueType, element }: Partial<AnySchema['def']> = at?.def ?? {};
    at = (shape && Object.hasOwn(shape, key) ? shape[String(key)] : undefined) ?? valueType ?? element;
  }
  const { shape, keyType } = opened(at, value)?.def ?? {};
  return Object.keys(shape ?? keyType?.def.entries ?? {});
}

/** As much of zod's inner structure as walking through it takes. */
interface AnySchema {
  readonly def: {
    readonly type: string;
    readonly shape?: Record<string, AnySchema>;
    readonly keyType?: AnySchema;
    readonly valueType?: AnySchema;
    readonly entries?: Record<string, string>;
    readonly element?: AnySchema;
    readonly innerType?: AnySchema;
    readonly in?: AnySchema;
    readonly options?: readonly AnySchema[];
    readonly discriminator?: string;
    readonly values?: readonly unknown[];
  };
}

function opened(schema: AnySchema | undefined, value: unknown): AnySchema | undefined {
  let at = schema;
  while (at) {
    const { innerType, in: input, options, discriminator } = at.def;
    if (innerType) at = innerType;
    else if (input) at = input;
    else if (options) {
      const chosen = discriminator && isMap(value) ? value[discriminator] : undefined;
      at =
        options.find(
          (one) =>
            discriminator !== undefined && one.def.shape?.[discriminator]?.def.values?.includes(chosen),
        ) ?? options.find((one) => opened(one, value)?.def.shape);
    } else return at;
  }
  return at;
}
