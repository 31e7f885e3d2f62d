import { decode, encode, ExtData } from '@msgpack/msgpack';

/** A value that is known only after apply; the data holds what Terraform already knows about it. */
export class Unknown {
  constructor(readonly extension: ExtData) {}
}

export type Value = null | boolean | number | bigint | string | Uint8Array | Unknown | Value[] | ValueMap;
export interface ValueMap {
  [name: string]: Value;
}

// Terraform writes an unknown value as extension 0 and one that it knows something about as extension 12. Both
// are kept as they came: answering with less than Terraform knew is allowed, with something else is not.
export const UNKNOWN = new Unknown(new ExtData(0, new Uint8Array([0])));

export function isUnknown(value: unknown): value is Unknown {
  return value instanceof Unknown;
}

/** A map of names, which is also what an object or a block comes as. */
export function isMap(value: Value | undefined): value is ValueMap {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !isUnknown(value) &&
    !(value instanceof Uint8Array)
  );
}

export function mapValues(map: ValueMap, convert: (value: Value, name: string) => Value): ValueMap {
  return Object.fromEntries(Object.entries(map).map(([name, value]) => [name, convert(value, name)]));
}

/** The maps in a list, or the map itself: the content of a block, whatever its nesting. */
export function mapsIn(value: Value | undefined): ValueMap[] {
  if (Array.isArray(value)) return value.filter(isMap);
  return isMap(value) ? [value] : [];
}

export function textsIn(value: Value | undefined): string[] {
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];
}

export function textOf(value: Value | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The same for equal values, whatever the order of names. */
export function fingerprint(value: Value | undefined): string {
  return JSON.stringify(value ?? null, (_name, each: unknown) => {
    if (isUnknown(each)) return '(unknown)';
    if (typeof each === 'bigint') return `(${each})`;
    if (each instanceof Uint8Array) return Buffer.from(each).toString('base64');
    if (typeof each !== 'object' || each === null || Array.isArray(each)) return each;
    return Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

export function unpackValue(bytes: Uint8Array): Value {
  // 64-bit integers arrive as bigint, so that none beyond 2^53 is rounded.
  return fromExtensions(decode(bytes, { useBigInt64: true }));
}

export function packValue(value: Value): Uint8Array {
  return encode(toExtensions(value), { useBigInt64: true });
}

// The library hands through what it does not know as ExtData, in both directions; wrapping it in a class of our
// own keeps the rest of the code free of the wire format.
function fromExtensions(decoded: unknown): Value {
  if (decoded instanceof ExtData) return new Unknown(decoded);
  if (Array.isArray(decoded)) return decoded.map(fromExtensions);
  if (typeof decoded === 'object' && decoded !== null && !(decoded instanceof Uint8Array)) {
    return Object.fromEntries(Object.entries(decoded).map(([name, each]) => [name, fromExtensions(each)]));
  }
  return decoded as Value;
}

function toExtensions(value: Value): unknown {
  if (isUnknown(value)) return value.extension;
  if (Array.isArray(value)) return value.map(toExtensions);
  if (isMap(value)) return mapEntries(value);
  return value;
}

function mapEntries(map: ValueMap): Record<string, unknown> {
  return Object.fromEntries(Object.entries(map).map(([name, each]) => [name, toExtensions(each)]));
}
