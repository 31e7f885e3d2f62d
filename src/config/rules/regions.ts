import { regionFacts, REGION_NAMES, type RegionName } from '../../../modules/network/regions';
import type { Draft } from '../check';
import { isMap, valueAt } from '../merge';

/** One region is the primary, every region is enabled, and zones are zones of their region. */
export function checkRegions({ merged, report }: Draft): void {
  const { regions } = merged;
  if (!isMap(regions)) return;
  const primaries = Object.keys(regions).filter((name) => valueAt(regions, [name, 'role']) === 'primary');
  if (primaries.length !== 1) {
    report({
      path: ['regions'],
      rule: 'have exactly one primary',
      value: primaries,
      remedy: 'give one region the role primary and the others standby',
    });
  }
  for (const [name, region] of Object.entries(regions)) {
    if (!isRegion(name)) continue;
    if (regionFacts(name).optIn && valueAt(region, ['enabled']) !== true) {
      report({
        path: ['regions', name],
        rule: 'be enabled in the account, which AWS leaves to you in this region',
        hideValue: true,
        remedy: 'enable it in the account settings, then set enabled: true',
      });
    }
    checkZones(name, valueAt(region, ['network', 'availabilityZones']));
  }

  function checkZones(region: RegionName, zones: unknown): void {
    const path = ['regions', region, 'network', 'availabilityZones'];
    const known = regionFacts(region).zones.length;
    if (typeof zones === 'number' && zones > known) {
      report({
        path,
        rule: `be at most ${known}, all that ${region} gives an account`,
        value: zones,
        remedy: 'lower it',
      });
    }
    if (!Array.isArray(zones)) return;
    if (new Set(zones).size !== zones.length) {
      report({ path, rule: 'name each zone once', value: zones, remedy: 'take the second one out' });
    }
    for (const [index, zone] of zones.entries()) {
      if (typeof zone === 'string' && new RegExp(`^${region}[a-z]$`).test(zone)) continue;
      report({
        path: [...path, index],
        rule: `be a zone of ${region}`,
        value: zone,
        remedy: `write it like ${region}a`,
      });
    }
  }
}

const isRegion = (name: string): name is RegionName => (REGION_NAMES as readonly string[]).includes(name);
