import type { Draft } from '../check';
import { MOST_SAID_WITH_ZONE } from '../../../modules/settings/tags';
import { isMap, valueAt, type Json } from '../merge';

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

/** Two that answer to one name would write the same record. */
export function checkHosts({ merged, report }: Draft): void {
  const owners = new Map<string, string>();
  for (const { entry, path, host } of publicNames(merged)) {
    const owner = owners.get(host.toLowerCase());
    if (owner !== undefined) {
      report({
        path,
        rule: `not be the host of ${owner} too`,
        value: saidAs(host),
        remedy: 'choose another one',
      });
    }
    owners.set(host.toLowerCase(), owner ?? entry);
  }
}

/** What an environment answers to lies in no other one's domain, unless that is the parent of its own. */
export function checkForeignHosts(drafts: readonly Draft[]): void {
  for (const { name, merged, report } of drafts) {
    const own = domainOf(merged);
    for (const { path, host } of publicNames(merged)) {
      for (const other of drafts) {
        const domain = domainOf(other.merged);
        if (other.name === name || domain === undefined || !isIn(host.toLowerCase(), domain)) continue;
        if (own !== undefined && isIn(own, domain)) continue;
        report({
          path,
          rule: `not lie in ${domain}, which is delegated to ${other.name}`,
          value: saidAs(host),
          remedy: 'choose another one',
        });
      }
    }
  }
}

interface PublicName {
  /** Whose it is, e.g. `services.inventory`. */
  readonly entry: string;
  /** Where the settings say it. */
  readonly path: readonly (string | number)[];
  readonly host: string;
}

/** What the world calls an environment by: services, then sites. Tenants of a site are the names below one of theirs. */
function publicNames(merged: Json): PublicName[] {
  const said = (kind: string, at: readonly (string | number)[]): PublicName[] =>
    Object.keys(entriesIn(merged, kind)).flatMap((name) => {
      const path = [kind, name, ...at];
      const value = valueAt(merged, path);
      const list: readonly unknown[] = Array.isArray(value) ? value : [value];
      return list.flatMap((host, index) =>
        typeof host === 'string'
          ? [{ entry: `${kind}.${name}`, path: Array.isArray(value) ? [...path, index] : path, host }]
          : [],
      );
    });
  return [
    ...said('services', ['public', 'host']),
    ...said('sites', ['hosts']),
    ...said('sites', ['tenants', 'domain']).map((one) => ({ ...one, host: `*.${one.host}` })),
  ];
}

/** Tenants are said by the domain above them. */
const saidAs = (host: string) => host.replace(/^\*\./, '');

function entriesIn(merged: Json, kind: string): Json {
  const entries = merged[kind];
  return isMap(entries) ? entries : {};
}

/** A hosted zone takes fewer tags than anything else. */
export function checkZoneTags({ merged, report }: Draft): void {
  const tags = merged['tags'];
  if (domainOf(merged) === undefined || !isMap(tags)) return;
  if (Object.keys(tags).length <= MOST_SAID_WITH_ZONE) return;
  report({
    path: ['tags'],
    rule: `be at most ${MOST_SAID_WITH_ZONE} with a domain, since a hosted zone takes 10 with our own`,
    value: Object.keys(tags).length,
    remedy: 'take some out',
  });
}

function domainOf(merged: Json): string | undefined {
  const domain = merged['domain'];
  return typeof domain === 'string' ? domain.toLowerCase() : undefined;
}

const isIn = (name: string, domain: string) => name === domain || name.endsWith(`.${domain}`);
