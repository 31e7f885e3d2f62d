import { cacheUser, replicationGroupNames } from '../../../modules/cache/replication-group-names';
import { brokenNameRule } from '../../../modules/naming/name-rules';
import { Naming } from '../../../modules/naming/naming';
import type { Draft } from '../check';
import { isMap, valueAt } from '../merge';
import { formerNameIn, sharesName } from './former-name';
import { isEnvironmentName } from './environment-name';

/** Each service has a user of its own in each cache, whose name is made of both and has a limit of its own. */
export function checkCacheUsers({ name, merged, report }: Draft): void {
  if (!isMap(merged['services']) || !isEnvironmentName(name)) return;
  const naming = new Naming({ environment: name, account: '', region: '' });
  const formerOf = (kind: string, entry: string) => formerNameIn(merged, kind, entry);
  const owners = defaultUsers();
  for (const [service, settings] of Object.entries(merged['services'])) {
    if (sharesName(merged, 'services', service)) continue;
    const caches = valueAt(settings, ['uses', 'caches']);
    for (const [index, cache] of (Array.isArray(caches) ? caches : []).entries()) {
      const user = cacheUser(naming, formerOf('caches', String(cache)), formerOf('services', service));
      const owner = owners.get(user.name);
      owners.set(user.name, owner ?? `services.${service}`);
      const isTaken = owner !== undefined && owner !== `services.${service}`;
      const rule =
        brokenNameRule(user) ??
        (isTaken ? `not make the cache user id "${user.name}", which ${owner} makes too` : undefined);
      if (rule === undefined) continue;
      report({
        path: ['services', service, 'uses', 'caches', index],
        rule,
        hideValue: true,
        remedy: 'choose another name for the service or the cache',
      });
    }
  }

  /** Who makes which user id before any service does: Redis OSS wants a user `default` for each cache. */
  function defaultUsers(): Map<string, string> {
    const caches = Object.entries(isMap(merged['caches']) ? merged['caches'] : {});
    return new Map(
      caches
        .filter(([, cache]) => valueAt(cache, ['engine']) === 'redis')
        .map(([cache]) => [
          replicationGroupNames(naming, formerOf('caches', cache)).defaultUser,
          `caches.${cache}`,
        ]),
    );
  }
}
