import type { Draft } from '../check';

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
