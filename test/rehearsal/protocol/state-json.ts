import type { Block, NestedBlock } from '../schema/provider-schema';
import { isMap, type Value, type ValueMap } from './values';

/**
 * Terraform hands a stored state to the provider as JSON. A number that JavaScript would round becomes a string,
 * which Terraform reads as the same number.
 */
export function parseStateJson(text: string): Value {
  const exact = text.replace(/"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g, (token) =>
    token.startsWith('"') || Number.isSafeInteger(Number(token)) ? token : `"${token}"`,
  );
  return JSON.parse(exact) as Value;
}

/** A stored state as an object of the schema: every attribute and block present, absent ones empty. */
export function conformToSchema(stored: ValueMap, block: Block): ValueMap {
  const result = emptyObject(block);
  for (const [name, attribute] of Object.entries(block.attributes)) {
    const value = stored[name] ?? null;
    result[name] = attribute.type === 'dynamic' ? dynamicFromJson(value) : value;
  }
  for (const [name, nested] of Object.entries(block.blocks)) {
    const value = stored[name] ?? null;
    if (value !== null) result[name] = conformNested(value, nested);
  }
  return result;
}

export function emptyObject(block: Block): ValueMap {
  const result: ValueMap = {};
  for (const name of Object.keys(block.attributes)) result[name] = null;
  for (const [name, nested] of Object.entries(block.blocks)) result[name] = emptyBlock(nested);
  return result;
}

export function emptyBlock(nested: NestedBlock): Value {
  if (nested.nesting === 'single') return null;
  return nested.nesting === 'map' ? {} : [];
}

function conformNested(value: Value, nested: NestedBlock): Value {
  const conform = (each: Value): Value => (isMap(each) ? conformToSchema(each, nested.block) : each);
  if (Array.isArray(value)) return value.map(conform);
  if (nested.nesting === 'map' && isMap(value)) {
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, conform(each)]));
  }
  return conform(value);
}

/** "Any" is stored with its type beside it; in messages it is a pair of the type in JSON and the value. */
function dynamicFromJson(value: Value): Value {
  if (!isMap(value)) return value;
  return [Buffer.from(JSON.stringify(value['type'])), value['value'] ?? null];
}
