import { contains, overlaps } from '../../../modules/network/address-plan';
import { networkSettings } from '../../../modules/network/network-settings';
import type { Draft } from '../check';
import { isMap, valueAt } from '../merge';

const TIERS = ['public', 'application', 'data'] as const;

/** An existing VPC has no address plan of ours: its subnets are said, one for each tier and zone. */
export function checkExistingNetworks({ merged, report }: Draft): void {
  const { regions } = merged;
  for (const region of isMap(regions) ? Object.keys(regions) : []) {
    const path = ['regions', region, 'network'];
    const network = networkSettings.safeParse(valueAt(merged, path)).data;
    if (!network?.existing) continue;
    const { availabilityZones: zones, cidr, nat, ipv6, existing } = network;
    const say = (below: readonly string[], rule: string, value: unknown, remedy: string) => {
      report({ path: [...path, ...below], rule, value, remedy });
    };
    if (nat !== 'none') {
      say(['nat'], 'be none in an existing VPC', nat, 'take it out: the VPC keeps the gateways that it has');
    }
    if (ipv6) {
      say(
        ['ipv6'],
        'be false in an existing VPC',
        ipv6,
        'take it out: its subnets and routes are left alone',
      );
    }
    if (typeof zones === 'number') {
      const rule = 'be a list of zones in an existing VPC';
      say(['availabilityZones'], rule, zones, `write it like ['${region}a', '${region}b']`);
      continue;
    }
    const seen: { readonly at: string; readonly range: string }[] = [];
    for (const tier of TIERS) {
      const at = ['existing', 'subnets', tier];
      const named = Object.keys(existing.subnets[tier]);
      if ([...named].sort().join() !== [...zones].sort().join()) {
        say(
          at,
          `have one subnet in each of ${zones.join(', ')}`,
          named,
          'name these, or change availabilityZones',
        );
        continue;
      }
      for (const [zone, { cidr: range }] of Object.entries(existing.subnets[tier])) {
        const place = [...at, zone, 'cidr'];
        if (!contains(cidr, range)) {
          say(place, `lie in ${cidr}, the range of the VPC`, range, 'correct one of the two');
        }
        const other = seen.find((one) => overlaps(one.range, range));
        if (other) say(place, `not overlap ${other.range} of ${other.at}`, range, 'name another subnet');
        seen.push({ at: `${tier}.${zone}`, range });
      }
    }
  }
}
