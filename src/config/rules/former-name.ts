import type { Draft } from '../check';
import { isMap, valueAt, type Json } from '../merge';
import { didYouMean } from '../problem';

/** What an entry was called before, the oldest name first, in settings that are unchecked. */
export function formerNamesIn(merged: Json, kind: string, entry: string): readonly string[] {
  const said = valueAt(merged, [kind, entry, 'renamedFrom']);
  const names: readonly unknown[] = Array.isArray(said) ? said : [said];
  return names.filter((one): one is string => typeof one === 'string');
}

/** What an entry is called in AWS, and in the variables of programs: as `formerName`, of settings that are unchecked. */
export const formerNameIn = (merged: Json, kind: string, entry: string): string =>
  formerNamesIn(merged, kind, entry)[0] ?? entry;

/** Whether an entry before it has the same name in AWS, which `renamedFrom` is refused for: all else follows from that. */
export function sharesName(merged: Json, kind: string, entry: string): boolean {
  const names = Object.keys(isMap(merged[kind]) ? merged[kind] : {});
  const made = formerNameIn(merged, kind, entry);
  return names.slice(0, names.indexOf(entry)).some((one) => formerNameIn(merged, kind, one) === made);
}

/** What to do about a name that no entry has: who still says one from before a rename is told the present one. */
export function missingName(merged: Json, kind: string, name: string, known: readonly string[]): string {
  const entries = Object.keys(isMap(merged[kind]) ? merged[kind] : {});
  const now = entries.find((entry) => entry !== name && formerNamesIn(merged, kind, entry).includes(name));
  return now === undefined ? didYouMean(name, known) : `it is called "${now}" now`;
}

/**
 * Names that an environment still changes though its blueprint has given them up, with what they are called now: what it says
 * of them is an entry of its own, without most of what one needs.
 */
export function outdatedNames(
  { file, merged }: Pick<Draft, 'file' | 'merged'>,
  kind: string,
): Map<string, string> {
  const blueprint = isMap(file) && isMap(file.blueprint) ? file.blueprint : {};
  const entries = Object.keys(isMap(blueprint[kind]) ? blueprint[kind] : {});
  return new Map(
    entries.flatMap((now) =>
      formerNamesIn(blueprint, kind, now)
        .filter((former) => !entries.includes(former) && valueAt(merged, [kind, former]) !== undefined)
        .map((former): [string, string] => [former, now]),
    ),
  );
}
