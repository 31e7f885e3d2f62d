import { regionFacts, REGION_NAMES } from '../../../modules/network/regions';
import type { Draft } from '../check';
import { isMap, valueAt } from '../merge';

/** Zones that are named exist. What is no zone of the region at all is another rule's to say. */
export function checkZones({ merged, report }: Draft): void {
  const { regions } = merged;
  if (!isMap(regions)) return;
  for (const region of REGION_NAMES) {
    const path = ['regions', region, 'network', 'availabilityZones'];
    const named = valueAt(merged, path);
    const { zones, otherZones = [] } = regionFacts(region);
    const known = [...zones, ...otherZones].sort();
    for (const [index, zone] of (Array.isArray(named) ? named : []).entries()) {
      const letter = typeof zone === 'string' ? new RegExp(`^${region}([a-z])$`).exec(zone)?.[1] : undefined;
      if (letter === undefined || known.includes(letter)) continue;
      report({
        path: [...path, index],
        rule: `be a zone that ${region} has: ${known.map((one) => region + one).join(', ')}`,
        value: zone,
        remedy: 'choose one of them, or add what is new to modules/network/regions.ts',
      });
    }
  }
}
