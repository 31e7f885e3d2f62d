import type { Draft } from '../check';
import { isMap, valueAt } from '../merge';

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
        remedy: 'set nat, or set endpoints to one-az',
      });
    }
    if (endpoints === 'nat' && production) {
      report({
        path: [...path, 'endpoints'],
        rule: 'be private or one-az in production, since nat lets services reach the whole internet',
        value: endpoints,
        remedy: 'set it to private',
      });
    }
    if (endpoints !== 'nat' && nat !== 'none') {
      warn({
        path: [...path, 'nat'],
        rule: 'be used by something',
        value: nat,
        remedy: 'it costs by the hour and no service may reach it: set it to none, or endpoints to nat',
      });
    }
  }
}
