import { valueAt, type Json } from '../merge';

/** What an entry is called in AWS, and in the variables of programs: as `formerName`, of settings that are unchecked. */
export function formerNameIn(merged: Json, kind: string, entry: string): string {
  const former = valueAt(merged, [kind, entry, 'renamedFrom']);
  return typeof former === 'string' ? former : entry;
}
