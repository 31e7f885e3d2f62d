import type { RegionRole } from './estate';
import { mapValues } from './map-values';
import { merge } from './merge';

/** What an entry says of where it stands. */
export interface Standing {
  readonly standby?: object | undefined;
  readonly decommission: boolean;
}

/**
 * In the primary everything stands; in a standby what has a `standby`, changed as that says. What exists already does so
 * in one region.
 */
export function standing<T extends Standing>(
  entries: Record<string, T>,
  role: RegionRole,
): Record<string, T> {
  if (role === 'primary') return entries;
  const here = Object.entries(entries).filter(([, entry]) => entry.standby);
  return Object.fromEntries(
    here.map(([name, entry]) => [name, merge(merge(entry, { existing: null }), entry.standby) as T]),
  );
}

/** Whatever stands where all of it is about to go is about to go. */
export const leaving = <T extends Standing>(
  entries: Record<string, T>,
  decommission: boolean,
): Record<string, T> =>
  decommission ? mapValues(entries, (entry) => ({ ...entry, decommission })) : entries;
