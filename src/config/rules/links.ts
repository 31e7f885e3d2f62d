import type { Draft } from '../check';
import { isMap, valueAt } from '../merge';

/** What is linked has two ends of our own making, and reads cross over only where there is a way. */
export function checkLinks({ merged, report }: Draft): void {
  const kind = merged['interRegion'] ?? 'none';
  const regions = Object.entries(isMap(merged['regions']) ? merged['regions'] : {});
  if (kind !== 'none') {
    if (!regions.some(([, region]) => valueAt(region, ['role']) === 'standby')) {
      report({
        path: ['interRegion'],
        rule: 'be none without a standby region',
        value: kind,
        remedy: 'add a region with the role standby, or take interRegion out',
      });
    }
    const stands = regions.filter(([, region]) => valueAt(region, ['network', 'existing']) !== undefined);
    for (const [name] of stands) {
      report({
        path: ['interRegion'],
        rule: `be none with an existing VPC, as in ${name}`,
        value: kind,
        remedy: 'take it out: the routes and network ACLs of that VPC are left alone',
      });
    }
  }
  for (const [name, database] of Object.entries(isMap(merged['databases']) ? merged['databases'] : {})) {
    if (valueAt(database, ['crossRegionReads']) !== true) continue;
    const say = (rule: string, remedy: string) => {
      report({ path: ['databases', name, 'crossRegionReads'], rule, value: true, remedy });
    };
    if (kind === 'none') {
      say('be false while interRegion is none', "set interRegion: 'peering', or take crossRegionReads out");
    }
    if (!isMap(valueAt(database, ['standby']))) {
      say(
        'be said of a database that stands in a standby region',
        'give it a standby, of Aurora before its first apply, or take this out',
      );
    }
  }
}
