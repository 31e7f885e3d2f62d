import { rulesOfType } from '../models/provider-rules';
import { fingerprint, isMap, type Value, type ValueMap } from '../protocol/values';
import type { Block } from '../schema/provider-schema';

/** Of every type: what stands in another region is another resource. */
const REPLACES_EVERYWHERE = ['region'];

/**
 * The arguments and blocks, named as the resource has them, whose change makes AWS replace the resource. Of an
 * argument inside of a block, the block is named.
 */
export function whatReplaces(type: string, block: Block, prior: ValueMap, planned: ValueMap): string[] {
  const paths = [...REPLACES_EVERYWHERE, ...rulesOfType(type).replaces].map((path) => path.split('.'));
  const changed = paths.filter((path) => differs(block, path, prior, planned));
  return [...new Set(changed.map(([name = '']) => name))];
}

function differs(block: Block, path: readonly string[], prior: ValueMap, planned: ValueMap): boolean {
  const before = valuesAt(prior, path);
  const after = valuesAt(planned, path);
  // of a block that is made anew only if there are more or fewer of it, what is inside is said of each argument
  if (isBlock(block, path)) return before.length !== after.length;
  return printed(before) !== printed(after);
}

/** Every value at a path, through all blocks on the way; none where nothing is written. */
function valuesAt(value: Value | undefined, [step, ...rest]: readonly string[]): Value[] {
  if (Array.isArray(value) && step !== undefined)
    return value.flatMap((each) => valuesAt(each, [step, ...rest]));
  if (step !== undefined) return isMap(value) ? valuesAt(value[step], rest) : [];
  if (value === undefined || value === null) return [];
  return Array.isArray(value) && value.every(isMap) ? value : [value];
}

/** Blocks may stand in a set, which has no order. */
function printed(values: readonly Value[]): string {
  return values.map(fingerprint).sort().join('\n');
}

function isBlock(block: Block, [step = '', ...rest]: readonly string[]): boolean {
  const nested = block.blocks[step];
  if (!nested) return false;
  return rest.length === 0 || isBlock(nested.block, rest);
}
