import { isMap, isUnknown, UNKNOWN, type Value, type ValueMap } from '../protocol/values';
import type { Attribute, Block, NestedBlock } from '../schema/provider-schema';

/**
 * What an object will be after apply, as far as one can know before: what is configured stays, what AWS will
 * decide is unknown. Without a configuration (a data source, an import) nothing counts as left out.
 */
export function planObject(
  block: Block,
  configured: ValueMap | undefined,
  proposed: ValueMap,
  exists: boolean,
): ValueMap {
  const planned: ValueMap = { ...proposed };
  for (const [name, attribute] of Object.entries(block.attributes)) {
    const isLeftOut = configured !== undefined && (configured[name] ?? null) === null;
    planned[name] = planAttribute(attribute, isLeftOut, proposed[name] ?? null, exists);
  }
  for (const [name, nested] of Object.entries(block.blocks)) {
    planned[name] = planNested(nested, configured?.[name], proposed[name] ?? null, exists);
  }
  return planned;
}

/** Everything that AWS decides becomes unknown. */
export function withUnknowns(block: Block, object: ValueMap): ValueMap {
  return planObject(block, undefined, object, false);
}

function planAttribute(attribute: Attribute, isLeftOut: boolean, proposed: Value, exists: boolean): Value {
  if (attribute.writeOnly) return null;
  if (!attribute.computed) return proposed;
  const isGuess = attribute.optional && !attribute.stated;
  if (isGuess && !attribute.filledIn && isLeftOut) return null;
  const isDecidedByAws = !exists && (attribute.filledIn ?? true);
  return proposed === null && isDecidedByAws ? UNKNOWN : proposed;
}

function planNested(
  nested: NestedBlock,
  configured: Value | undefined,
  proposed: Value,
  exists: boolean,
): Value {
  if (Array.isArray(proposed)) {
    return proposed.map((element, index) => {
      if (!isMap(element)) return element;
      // A set has no order, so that no element of the configuration belongs to this one.
      const counterpart =
        nested.nesting === 'set' || !Array.isArray(configured) ? undefined : configured[index];
      const wasThere = exists && hasDecidedValue(nested.block, element);
      return planObject(nested.block, isMap(counterpart) ? counterpart : undefined, element, wasThere);
    });
  }
  if (nested.nesting === 'single' && isMap(proposed)) {
    return planObject(nested.block, isMap(configured) ? configured : undefined, proposed, exists);
  }
  return proposed;
}

/** Whether AWS has filled in something already, which tells an old element of a list from a new one. */
function hasDecidedValue(block: Block, element: ValueMap): boolean {
  return Object.entries(block.attributes).some(
    ([name, attribute]) => attribute.computed && !attribute.optional && (element[name] ?? null) !== null,
  );
}

export function hasUnknown(value: Value | undefined): boolean {
  if (isUnknown(value)) return true;
  if (Array.isArray(value)) return value.some(hasUnknown);
  return isMap(value) && Object.values(value).some(hasUnknown);
}
