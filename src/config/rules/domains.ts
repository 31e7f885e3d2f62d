import type { Draft } from '../check';
import { isMap, valueAt } from '../merge';

/** A domain has one owner: two zones of one name would both claim the delegation. */
export function checkDomains(drafts: readonly Draft[]): void {
  const owners = new Map<string, string>();
  for (const { name, merged, report } of drafts) {
    const domain = merged['domain'];
    if (typeof domain !== 'string') continue;
    const owner = owners.get(domain.toLowerCase());
    if (owner !== undefined) {
      report({
        path: ['domain'],
        rule: `not be the domain of ${owner} too`,
        value: domain,
        remedy: `delegate a domain of its own to ${name}`,
      });
    }
    owners.set(domain.toLowerCase(), owner ?? name);
  }
}

/** Two services that answer to one name would write the same record. */
export function checkHosts({ merged, report }: Draft): void {
  const owners = new Map<string, string>();
  for (const [name, service] of Object.entries(isMap(merged['services']) ? merged['services'] : {})) {
    const host = valueAt(service, ['public', 'host']);
    if (typeof host !== 'string') continue;
    const owner = owners.get(host.toLowerCase());
    if (owner !== undefined) {
      report({
        path: ['services', name, 'public', 'host'],
        rule: `not be the host of services.${owner} too`,
        value: host,
        remedy: 'choose another one',
      });
    }
    owners.set(host.toLowerCase(), owner ?? name);
  }
}
