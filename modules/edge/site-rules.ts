import type { CapabilityRules, Problem, RuleContext } from '../settings/capability-rules';
import { EDGE_REGION, siteNames } from './site-names';
import type { SiteSettings } from './site-settings';

/** What the schema of a single value cannot say. */
export const siteRules: CapabilityRules<SiteSettings> = {
  problems(_name, settings, context) {
    return [
      ...placeProblems(context),
      ...hostProblems(settings, context),
      ...productionProblems(settings, context),
    ];
  },
  names(name, { accessLogs, deployers }, naming) {
    const names = siteNames(naming, name);
    return [
      { kind: 'bucket', name: names.bucket },
      { kind: 'edgeFunction', name: names.edge },
      ...(accessLogs ? [{ kind: 'logDelivery', name: names.edge } as const] : []),
      ...(deployers.length > 0 ? [{ kind: 'role', name: names.deployRole } as const] : []),
    ];
  },
};

/** Its alarms notify the topic of the region that CloudFront reports to, and its logs have the key of that region. */
function placeProblems({ regions }: RuleContext): Problem[] {
  if (regions.some(({ name }) => name === EDGE_REGION)) return [];
  return [
    {
      path: [],
      rule: `be in an environment that stands in ${EDGE_REGION}, where CloudFront reports to`,
      remedy: `add regions['${EDGE_REGION}'], be it as a standby, or take the site out`,
    },
  ];
}

function hostProblems({ hosts, tenants }: SiteSettings, { domain }: RuleContext): Problem[] {
  if (hosts.length > 0 === Boolean(tenants)) {
    return [
      {
        path: ['hosts'],
        rule: tenants ? 'not be said beside tenants' : 'name a host',
        remedy: tenants ? 'take one of the two out, or make two sites of it' : 'add one, or say tenants',
      },
    ];
  }
  if (domain === undefined) {
    return [
      {
        path: tenants ? ['tenants', 'domain'] : ['hosts'],
        rule: 'be below a domain of the environment, which has none',
        remedy: 'set domain, or take the site out',
      },
    ];
  }
  if (tenants && !tenants.domain.endsWith(`.${domain}`)) {
    return [
      {
        path: ['tenants', 'domain'],
        rule: `lie below ${domain}, whose zone proves to ACM that it is ours`,
        remedy: `write it like dealers.${domain}`,
      },
    ];
  }
  return hosts.flatMap((host, index) =>
    host === domain || host.split('.').slice(1).join('.') === domain
      ? []
      : [
          {
            path: ['hosts', index],
            rule: `be ${domain} or one label below it, which its certificate is for`,
            remedy: `write it like www.${domain}`,
          },
        ],
  );
}

function productionProblems({ firewall, accessLogs }: SiteSettings, { production }: RuleContext): Problem[] {
  if (!production) return [];
  return [
    ...(firewall
      ? []
      : [
          {
            path: ['firewall'],
            rule: 'be said in production',
            remedy: 'set it to {}: else anybody can run up requests, and their price',
          },
        ]),
    ...(accessLogs
      ? []
      : [
          {
            path: ['accessLogs'],
            rule: 'be true in production',
            remedy: 'take it out: an attack is often found only after months',
          },
        ]),
  ];
}
