import type { Draft } from '../check';
import { isMap, valueAt } from '../merge';

/**
 * The records of a public name are pairs over two regions: without its half in the standby, an AAAA record would go on
 * leading to a primary that is lost.
 */
export function checkIpv6({ merged, report }: Draft): void {
  const regions = Object.entries(isMap(merged['regions']) ? merged['regions'] : {});
  const services = Object.entries(isMap(merged['services']) ? merged['services'] : {});
  const paired = services.find(
    ([, one]) => isMap(valueAt(one, ['public'])) && isMap(valueAt(one, ['standby'])),
  );
  const primary = regions.find(([, region]) => valueAt(region, ['role']) === 'primary');
  const standbys = regions.filter(([, region]) => valueAt(region, ['role']) === 'standby');
  const target =
    standbys.length === 1
      ? standbys[0]
      : standbys.find(([, region]) => valueAt(region, ['failover']) === true);
  if (!paired || !primary || !target) return;
  const [ours, theirs] = [primary, target].map(([, region]) => valueAt(region, ['network', 'ipv6']) ?? false);
  if (ours === theirs) return;
  report({
    path: ['regions', target[0], 'network', 'ipv6'],
    rule: `be as in ${primary[0]} while public names fail over, as that of services.${paired[0]} does`,
    value: theirs,
    remedy: `set it to ${String(ours === true)}, or change it in both regions`,
  });
}
