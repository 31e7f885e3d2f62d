import { valueAt, type Json } from '../merge';

/** What an entry was called before, the oldest name first, in settings that are unchecked. */
export function formerNamesIn(merged: Json, kind: string, entry: string): readonly string[] {
  const said = valueAt(merged, [kind, entry, 'renamedFrom']);
  const names: readonly unknown[] = Array.isArray(said) ? said : [said];
  return names.filter((one): one is string => typeof one === 'string');
}

/** What an entry is called in AWS, and in the variables of programs: as `formerName`, of settings that are unchecked. */
export const formerNameIn = (merged: Json, kind: string, entry: string): string =>
  formerNamesIn(merged, kind, entry)[0] ?? entry;
