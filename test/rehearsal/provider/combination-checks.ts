import { rulesOfType, type TypeRules } from '../models/provider-rules';
import type { Problem } from '../protocol/requests';
import { isMap, isUnknown, mapsIn, type Value, type ValueMap } from '../protocol/values';
import type { Block } from '../schema/provider-schema';

type Rules = Required<TypeRules>;

/** Arguments that exclude or need each other, refused as the provider refuses them. */
export function checkCombinations(type: string, block: Block, config: ValueMap): Problem[] {
  const rules = rulesOfType(type);
  return [
    ...rules.conflicts.flatMap((pair) => conflict(pair, config)),
    ...rules.exactlyOne.flatMap((group) => exactlyOne(group, config)),
    ...rules.atLeastOne.flatMap((group) => atLeastOne(group, config)),
    ...[...rules.requires, ...versionsOfSecrets(block, rules)].flatMap((group) => requires(group, config)),
  ];
}

function conflict(pair: readonly [string, string], config: ValueMap): Problem[] {
  const { names, objects, path } = within(pair, config);
  const [first = '', second = ''] = names;
  const isBroken = objects.some((each) => isGiven(at(each, first)) && isGiven(at(each, second)));
  if (!isBroken) return [];
  return [
    {
      summary: 'Conflicting configuration arguments',
      detail: `"${pair[1]}": conflicts with ${pair[0]}`,
      path: path(second),
    },
  ];
}

function exactlyOne(group: readonly string[], config: ValueMap): Problem[] {
  const { names, objects, path } = within(group, config);
  const summary = 'Invalid combination of arguments';
  for (const object of objects.filter((each) => hasParent(each, names[0]))) {
    const given = names.filter((name) => isGiven(at(object, name)));
    if (given.length > 1) {
      const detail = `"${given[0]}": only one of \`${group.join(',')}\` can be specified, but \`${given.join(',')}\` were specified.`;
      return [{ summary, detail, path: path(given[0] ?? '') }];
    }
    const mayCome = names.some((name) => hasUnknownAt(object, name));
    if (given.length === 0 && !mayCome) {
      return [
        { summary, detail: `"${group[0]}": one of \`${group.join(',')}\` must be specified`, path: path('') },
      ];
    }
  }
  return [];
}

function atLeastOne(group: readonly string[], config: ValueMap): Problem[] {
  const { names, objects, path } = within(group, config);
  const isBroken = objects.some(
    (each) =>
      hasParent(each, names[0]) && !names.some((name) => isGiven(at(each, name)) || hasUnknownAt(each, name)),
  );
  if (!isBroken) return [];
  const detail = `"${group[0]}": one of \`${group.join(',')}\` must be specified`;
  return [{ summary: 'Missing required argument', detail, path: path('') }];
}

function requires(group: readonly string[], config: ValueMap): Problem[] {
  const { names, objects, path } = within(group, config);
  const [first = '', ...others] = names;
  const isBroken = objects.some(
    (each) =>
      isGiven(at(each, first)) &&
      others.some((name) => !isGiven(at(each, name)) && !hasUnknownAt(each, name)),
  );
  if (!isBroken) return [];
  const detail = `"${group[0]}": all of \`${[...group].sort().join(',')}\` must be specified`;
  return [{ summary: 'Missing required argument', detail, path: path(first) }];
}

/** A version without the value that it is the version of writes nothing. */
function versionsOfSecrets(block: Block, { requires: known }: Rules): string[][] {
  return Object.entries(block.attributes)
    .filter(([name, { writeOnly }]) => writeOnly && block.attributes[`${name}_version`])
    .map(([name]) => [`${name}_version`, name])
    .filter(([version]) => !known.some(([first]) => first === version));
}

/** The blocks in which a group has to hold, and its names seen from there. */
function within(group: readonly string[], config: ValueMap) {
  const shared = sharedBlocks(group);
  const objects = shared.reduce<ValueMap[]>(
    (outer, step) => outer.flatMap((each) => mapsIn(each[step])),
    [config],
  );
  const names = group.map((path) => path.split('.').slice(shared.length).join('.'));
  const [outermost] = shared;
  const path = (name: string): string[] => {
    const first = outermost ?? name.split('.')[0] ?? '';
    return first === '' ? [] : [first];
  };
  return { names, objects, path };
}

/** The blocks that all of a group's paths go through. */
function sharedBlocks(group: readonly string[]): string[] {
  const [first = '', ...others] = group;
  const blocks = first.split('.').slice(0, -1);
  const differs = blocks.findIndex((_step, index) => {
    const start = `${blocks.slice(0, index + 1).join('.')}.`;
    return others.some((other) => !other.startsWith(start));
  });
  return differs < 0 ? blocks : blocks.slice(0, differs);
}

/** A block that is left out says nothing about what has to be in it. */
function hasParent(object: ValueMap, path = ''): boolean {
  const parent = path.split('.').slice(0, -1).join('.');
  return parent === '' || isGiven(at(object, parent));
}

/** What stands at a path; of several blocks the first one, as the provider looks at no other. */
function at(object: ValueMap, path: string): Value {
  let value: Value = object;
  for (const step of path.split('.')) {
    if (Array.isArray(value)) value = value[0] ?? null;
    value = isMap(value) ? (value[step] ?? null) : null;
  }
  return value;
}

/** Whatever is written counts, also `false`; blocks that are left out come as an empty list. */
function isGiven(value: Value): boolean {
  if (value === null || isUnknown(value)) return false;
  return !Array.isArray(value) || value.length > 0;
}

function hasUnknownAt(object: ValueMap, path: string): boolean {
  return isUnknown(at(object, path));
}
