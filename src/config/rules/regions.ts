import { regionFacts, REGION_NAMES, type RegionName } from '../../../modules/network/regions';
import type { Draft } from '../check';
import { isMap, valueAt, type Json } from '../merge';

/** One region is the primary, one takes over from it, every region is enabled, and zones are zones of their region. */
export function checkRegions({ merged, report, warn }: Draft): void {
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
  checkDecommission(regions);
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

  /** The others stand on the primary: their databases follow it. */
  function checkDecommission(all: Json): void {
    const says = (name: string, key: string) => valueAt(all, [name, key]);
    for (const name of Object.keys(all).filter((one) => says(one, 'decommission') === true)) {
      const path = ['regions', name, 'decommission'];
      if (says(name, 'role') === 'primary') {
        report({
          path,
          rule: 'be said of a standby region',
          value: true,
          remedy: 'to take everything down, say decommission: true in the environment instead',
        });
        continue;
      }
      const others = Object.keys(all).filter(
        (one) => one !== name && says(one, 'role') === 'standby' && says(one, 'decommission') !== true,
      );
      if (says(name, 'failover') === true && others.length > 0) {
        report({
          path,
          rule: `not be said of the standby that takes over, while there is ${others.join(', ')}`,
          value: true,
          remedy: `move failover: true to ${others[0]} first, and apply that`,
        });
      } else if (others.length === 0 && merged['decommission'] !== true && hasPublicService(merged)) {
        warn({
          path,
          rule: 'leave a standby for public names to fail over to',
          value: true,
          remedy: 'add another one first, or they answer from the primary alone',
        });
      }
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

const hasPublicService = ({ services }: Json): boolean =>
  isMap(services) &&
  Object.values(services).some((one) => isMap(one) && isMap(one['public']) && isMap(one['standby']));

const isRegion = (name: string): name is RegionName => (REGION_NAMES as readonly string[]).includes(name);
