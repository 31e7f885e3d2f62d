import type { Draft } from '../check';
import { isMap, valueAt } from '../merge';
import { whoGoesOutside } from './egress';

/** Ways to AWS's services that production refuses, and why. */
const NOT_IN_PRODUCTION: ReadonlyMap<unknown, string> = new Map([
  ['nat', 'nat lets services reach the whole internet'],
  ['one-az', 'with its zone one-az is lost for all'],
]);

/** How a VPC's applications get out must fit together, and production keeps its doors shut. */
export function checkTraffic({ merged, production, report, warn }: Draft): void {
  if (!isMap(merged['regions'])) return;
  for (const [region, settings] of Object.entries(merged['regions'])) {
    const path = ['regions', region, 'network'];
    const endpoints = valueAt(settings, ['network', 'endpoints']) ?? 'private';
    const nat = valueAt(settings, ['network', 'nat']) ?? 'none';
    if (endpoints === 'nat' && nat === 'none') {
      report({
        path: [...path, 'nat'],
        rule: 'be single or one-per-az where endpoints is nat',
        value: nat,
        remedy: `set nat, or set endpoints to ${production ? 'private' : 'one-az'}`,
      });
    }
    const danger = NOT_IN_PRODUCTION.get(endpoints);
    if (production && danger !== undefined) {
      report({
        path: [...path, 'endpoints'],
        rule: `be private in production: ${danger}`,
        value: endpoints,
        remedy: 'set it to private',
      });
    }
    if (production && nat === 'single') {
      report({
        path: [...path, 'nat'],
        rule: 'be none or one-per-az in production: with its zone a single gateway is lost for all',
        value: nat,
        remedy: 'set it to none, or to one-per-az',
      });
    }
    if (endpoints !== 'nat' && nat !== 'none' && whoGoesOutside(merged, region).length === 0) {
      warn({
        path: [...path, 'nat'],
        rule: 'be used by something',
        value: nat,
        remedy: 'it costs by the hour and no service may reach it: set it to none, or endpoints to nat',
      });
    }
  }
}
