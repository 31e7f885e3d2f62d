import { isMap, valueAt } from '../merge';
import type { Draft } from '../check';

/**
 * The block is the account's in a region, and its exclusion the VPC's: only where the account has one VPC of ours there can
 * one stack make them in the order in which nobody is cut off.
 */
export function checkBlockPublicAccess(drafts: readonly Draft[]): void {
  const places = drafts.flatMap((draft) => {
    const { account, regions } = draft.merged;
    return (isMap(regions) ? Object.keys(regions) : []).map((region) => ({
      draft,
      region,
      place: `${String(account)} ${region}`,
      mode: valueAt(draft.merged, ['regions', region, 'network', 'blockPublicAccess']),
    }));
  });
  for (const { draft, region, place, mode } of places) {
    const other = places.find((one) => one.place === place && one.draft !== draft);
    if (!other || mode === undefined || mode === 'off') continue;
    draft.report({
      path: ['regions', region, 'network', 'blockPublicAccess'],
      rule: `be off in a region where another environment of the account stands, and ${other.draft.name} does`,
      value: mode,
      remedy:
        'take it out, or give the environment an account of its own: its block would cut the other one off',
    });
  }
}
