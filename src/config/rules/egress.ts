import {
  outsideNames,
  ROOM_FOR_NAMES,
  type OutsideSettings,
} from '../../../modules/network/outside-settings';
import type { Draft } from '../check';
import { isMap, valueAt, type Json } from '../merge';
import { capabilitySchemas } from '../schema';
import { namesIn } from './uses';

/** The rest is for what comes before the limit can be raised: that makes another group, while the old one is in use. */
const FULL = 0.8;

/** What all services name together must fit into one group of rules, and one list of domains. */
export function checkOutsideNames({ merged, report }: Draft): void {
  const entries = Object.entries(isMap(merged['outside']) ? merged['outside'] : {});
  const settings = entries.flatMap(([name, entry]): OutsideSettings[] => {
    const parsed = capabilitySchemas.outside.safeParse({ [name]: entry }).data;
    return Object.values(parsed ?? {});
  });
  const { https, http } = outsideNames(settings);
  const most = ROOM_FOR_NAMES * FULL;
  const count = new Set([...https, ...http]).size;
  if (count <= most) return;
  report({
    path: ['outside'],
    rule: `make at most ${most} names: the firewall has room for ${ROOM_FOR_NAMES}`,
    value: count,
    remedy: 'name domains with *. instead of each of their hosts',
  });
}

/** A region's `egress` must fit what its services name outside: nobody gets out who should not, or finds no way. */
export function checkEgress({ merged, production, report, warn }: Draft): void {
  if (!isMap(merged['regions'])) return;
  for (const region of Object.keys(merged['regions'])) {
    const said = (setting: string): unknown => valueAt(merged, ['regions', region, 'network', setting]);
    const path = (setting: string) => ['regions', region, 'network', setting];
    const egress = said('egress') ?? 'none';
    // a VPC that stands already has its own routes, which are left alone
    const stands = said('existing') !== undefined;
    const goOutside = whoGoesOutside(merged, region);
    const who = goOutside.map((service) => `services.${service}`).join(', ');
    if (goOutside.length > 0 && egress === 'none') {
      report({
        path: path('egress'),
        rule: `be ${stands ? 'dns-firewall or proxy' : production ? 'firewall or proxy' : 'dns-firewall, firewall or proxy'} where services name something outside, as ${who} does here`,
        value: egress,
        remedy: 'set it, or take uses.outside out',
      });
    } else if (goOutside.length > 0 && (said('nat') ?? 'none') === 'none' && !stands) {
      report({
        path: path('nat'),
        rule: `be ${production ? 'one-per-az' : 'single or one-per-az'} where services name something outside, as ${who} does here`,
        value: said('nat') ?? 'none',
        remedy: 'set it: there is no other way out',
      });
    }
    if (production && goOutside.length > 0 && egress === 'dns-firewall' && !stands) {
      report({
        path: path('egress'),
        rule: `be firewall or proxy in production where services name something outside, as ${who} does here`,
        value: egress,
        remedy: 'set it to one of them: dns-firewall stops nobody who has an address already',
      });
    }
    if (egress === 'firewall' && stands) {
      report({
        path: path('egress'),
        rule: 'be none, dns-firewall or proxy in a VPC that stands already, whose routes are left alone',
        value: egress,
        remedy: 'set it to dns-firewall; who holds connections there is up to what stands on its way out',
      });
    }
    if ((egress === 'firewall' || egress === 'proxy') && said('endpoints') === 'nat') {
      report({
        path: path('endpoints'),
        rule: `be private or one-az where egress is ${egress}, which lets only declared names pass`,
        value: 'nat',
        remedy: `set it to ${production ? 'private' : 'one-az'}, or egress to dns-firewall`,
      });
    }
    if (egress === 'firewall' && goOutside.length === 0) {
      warn({
        path: path('egress'),
        rule: 'have something to let pass',
        value: egress,
        remedy:
          'it costs by the hour and no service names anything outside here: set it to dns-firewall or none',
      });
    }
  }
}

/** Services that stand in a region and name something outside. */
export function whoGoesOutside(merged: Json, region: string): string[] {
  const isStandby = valueAt(merged, ['regions', region, 'role']) === 'standby';
  const services = Object.entries(isMap(merged['services']) ? merged['services'] : {});
  return services
    .filter(([, service]) => !isStandby || isMap(valueAt(service, ['standby'])))
    .filter(([, service]) => namesIn(valueAt(service, ['uses', 'outside'])).length > 0)
    .map(([name]) => name);
}
