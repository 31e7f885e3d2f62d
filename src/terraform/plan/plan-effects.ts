import { isNoChange, isRemoval, type PlanJson } from './plan-json';

/** Something that a plan takes away for good. */
export interface Removal {
  /** A resource's address, or `output <name>`. */
  readonly what: string;
  /** The values by which another state would know it: ids and ARNs. Held in memory alone. */
  readonly names: readonly string[];
}

/** What a plan does to those who read the stack. */
export interface PlanEffects {
  /** Outputs that get another value, one that is not known yet, or none. */
  readonly outputs: ReadonlySet<string>;
  readonly removals: readonly Removal[];
}

export function effectsOf({ resource_changes = [], output_changes = {} }: PlanJson): PlanEffects {
  const outputs = Object.entries(output_changes).filter(([, change]) => !isNoChange(change));
  const resources = resource_changes.filter(
    // what a replacement has left behind is known to nobody
    ({ change, deposed }) => isRemoval(change) && deposed === undefined,
  );
  return {
    outputs: new Set(outputs.map(([name]) => name)),
    removals: [
      ...resources.map(({ address, change }) => ({ what: address, names: identityOf(change.before) })),
      ...outputs
        .filter(([, change]) => isRemoval(change))
        .map(([name, change]) => ({ what: `output ${name}`, names: stringsIn(change.before) })),
    ].filter(({ names }) => names.length > 0),
  };
}

function identityOf(before: unknown): readonly string[] {
  if (typeof before !== 'object' || before === null) return [];
  const { id, arn } = before as { id?: unknown; arn?: unknown };
  return [...new Set([id, arn].filter((one): one is string => typeof one === 'string' && one !== ''))];
}

/** Every text in a value, however deep. */
export function stringsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return value === '' ? [] : [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(stringsIn);
}

/** ARNs, generated ids such as `subnet-0123456789abcdef0`, and UUIDs are unmistakable also inside of a longer text. */
const UNMISTAKABLE = /^arn:|-[0-9a-f]{8,17}$|^[0-9a-f]{8}-[0-9a-f]{4}-/;

/** Which names some texts mention; a plain name must be the whole text, as it may be a part of many. */
export function mentioned(names: readonly string[], texts: readonly string[]): ReadonlySet<string> {
  const whole = new Set(texts);
  return new Set(
    names.filter(
      (name) => whole.has(name) || (UNMISTAKABLE.test(name) && texts.some((text) => text.includes(name))),
    ),
  );
}
