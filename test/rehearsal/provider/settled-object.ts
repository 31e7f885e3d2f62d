import { emptyBlock } from '../protocol/state-json';
import { isMap, isUnknown, mapValues, type Value, type ValueMap } from '../protocol/values';
import {
  type Attribute,
  type Block,
  elementType,
  type NestedBlock,
  type TypeExpression,
} from '../schema/provider-schema';
import { invent } from './invented-values';
import type { Subject } from './subject';

/** Gives a value to everything that is still unknown: what AWS would have answered. */
export function settleObject(block: Block, object: ValueMap, subject: Subject): ValueMap {
  const settled: ValueMap = { ...object };
  for (const [name, attribute] of Object.entries(block.attributes)) {
    settled[name] = settleAttribute(name, attribute, object[name] ?? null, subject);
  }
  for (const [name, nested] of Object.entries(block.blocks)) {
    settled[name] = settleNested(name, nested, object[name] ?? null, subject);
  }
  return settled;
}

function settleAttribute(name: string, attribute: Attribute, value: Value, subject: Subject): Value {
  const settle = (each: Value, type: TypeExpression, eachName: string): Value => {
    if (isUnknown(each)) return decided(eachName, attribute, type, subject);
    if (Array.isArray(each)) return each.map((element) => settle(element, elementType(type), eachName));
    if (!isMap(each)) return each;
    const members = Array.isArray(type) && type[0] === 'object' ? type[1] : undefined;
    return mapValues(each, (member, memberName) =>
      settle(member, members ? (members[memberName] ?? 'dynamic') : elementType(type), memberName),
    );
  };
  // A value of unknown type is a pair of its type and itself, and holds nothing that AWS decides.
  const isOpaque = attribute.type === 'dynamic' && !isUnknown(value);
  return isOpaque ? value : settle(value, attribute.type, name);
}

/** A list of objects that may also be configured comes back empty, not made up. */
function decided(name: string, attribute: Attribute, type: TypeExpression, subject: Subject): Value {
  const holdsObjects = Array.isArray(type) && type[0] !== 'object' && Array.isArray(type[1]);
  if (attribute.optional && holdsObjects) return type[0] === 'map' ? {} : [];
  return invent(name, type, subject);
}

function settleNested(name: string, nested: NestedBlock, value: Value, subject: Subject): Value {
  const settle = (each: Value, place: string): Value =>
    isMap(each)
      ? settleObject(nested.block, each, { ...subject, seed: `${subject.seed}/${name}${place}` })
      : each;
  if (isUnknown(value)) return emptyBlock(nested);
  if (Array.isArray(value)) return value.map((each, index) => settle(each, `[${index}]`));
  if (nested.nesting === 'map' && isMap(value))
    return mapValues(value, (each, key) => settle(each, `[${key}]`));
  return settle(value, '');
}
