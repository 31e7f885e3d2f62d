export type Json = Record<string, unknown>;
/** A plain object. A Map or a Date is none: its entries would be overlooked. */
export const isMap = (value: unknown): value is Json =>
  typeof value === 'object' &&
  value !== null &&
  (Object.getPrototypeOf(value) === null || Object.getPrototypeOf(Object.getPrototypeOf(value)) === null) &&
  !Array.isArray(value);

/** Keys that decide what else an entry may say: another value makes it another thing. */
const DISCRIMINANTS = ['engine'];

/**
 * The change wins; maps merge, arrays replace, `null` removes (as in RFC 7386), and an entry whose
 * discriminant changes is replaced as a whole, since settings of another engine mean nothing to it.
 */
export function merge(base: unknown, change: unknown): unknown {
  if (!isMap(change)) return change;
  const replaced = !isMap(base) || DISCRIMINANTS.some((key) => isOther(base[key], change[key]));
  const merged: Json = replaced ? {} : { ...base };
  for (const [key, value] of Object.entries(change)) {
    if (value === null) delete merged[key];
    else if (value !== undefined) merged[key] = merge(merged[key], value);
  }
  return merged;
}

/** The value at a path, or nothing. What every object inherits is no setting. */
export function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      (isMap(value) || Array.isArray(value)) && Object.hasOwn(value, key)
        ? (value as Record<PropertyKey, unknown>)[key]
        : undefined,
    root,
  );
}

const isOther = (before: unknown, after: unknown) =>
  before !== undefined && after !== undefined && before !== after;
