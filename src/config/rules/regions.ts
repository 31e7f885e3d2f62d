import { regionFacts, REGION_NAMES, type RegionName } from '../../../modules/network/regions';
import type { Draft } from '../check';
import { isMap, valueAt, type Json } from '../merge';

/** One region is the primary, one takes over from it, every region is enabled, and zones are zones of their region. */
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
  checkFailover(regions);
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

  /** Public names fail over to one region: which one must not hang on the order in a file. */
  function checkFailover(all: Json): void {
    const standbys = Object.keys(all).filter((name) => valueAt(all, [name, 'role']) === 'standby');
    const chosen = Object.keys(all).filter((name) => valueAt(all, [name, 'failover']) === true);
    for (const name of chosen.filter((one) => !standbys.includes(one))) {
      report({
        path: ['regions', name, 'failover'],
        rule: 'be said of a standby region',
        value: true,
        remedy: 'take it out: the primary is what others take over from',
      });
    }
    if (chosen.length > 1 || (chosen.length === 0 && standbys.length > 1)) {
      report({
        path: ['regions'],
        rule: 'have one standby that takes over from the primary',
        value: chosen.length > 1 ? chosen : standbys,
        remedy: 'say failover: true in one of them, and in no other',
      });
    }
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
