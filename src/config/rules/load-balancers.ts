import { MOST_PRIORITY, priorityOf } from '../../../modules/compute/load-balancer-names';
import type { Draft } from '../check';
import { isMap, valueAt } from '../merge';
import { formerNameIn, missingName } from './former-name';

/**
 * Of one load balancer, which AWS raises for nobody. Each service has a rule and one or two groups, so that the quota of 100 rules
 * is kept with it. https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
 */
const MOST_TARGET_GROUPS = 100;

/** Services answer on load balancers that there are, also in the standby, each with a priority of its own. */
export function checkLoadBalancers(draft: Draft): void {
  const { merged, report, warn } = draft;
  const known = Object.keys(isMap(merged['loadBalancers']) ? merged['loadBalancers'] : {});
  const owners = new Map<string, string>();
  const used = new Set<unknown>();
  const targetGroups = new Map<string, number>();
  for (const [service, settings] of Object.entries(isMap(merged['services']) ? merged['services'] : {})) {
    const name = valueAt(settings, ['public', 'loadBalancer']);
    used.add(name);
    if (typeof name === 'string') checkShared(service, settings, name);
    else if (valueAt(settings, ['public', 'priority']) !== undefined) {
      report({
        path: ['services', service, 'public', 'priority'],
        rule: 'come with loadBalancer, since a load balancer of its own has one rule',
        value: valueAt(settings, ['public', 'priority']),
        remedy: 'take it out, or name one of loadBalancers',
      });
    }
  }
  for (const [name, count] of targetGroups) {
    if (count <= MOST_TARGET_GROUPS) continue;
    report({
      path: ['loadBalancers', name],
      rule: `be shared by services with at most ${MOST_TARGET_GROUPS} target groups, and these have ${count}: two of each with blue/green`,
      hideValue: true,
      remedy: 'let some of them name another of loadBalancers',
    });
  }
  for (const name of known.filter((one) => !used.has(one))) {
    // whoever names it hears of it at public.host
    if (merged['domain'] === undefined) {
      report({
        path: ['loadBalancers', name],
        rule: 'come with a domain of the environment, which its certificate is for',
        hideValue: true,
        remedy: 'set domain, or take it out',
      });
    }
    warn({
      path: ['loadBalancers', name],
      rule: 'be used by a service',
      hideValue: true,
      remedy: 'name it in public.loadBalancer of a service, or remove it: it costs by the hour',
    });
  }

  function checkShared(service: string, settings: unknown, name: string): void {
    const path = ['services', service, 'public', 'loadBalancer'];
    if (!known.includes(name)) {
      report({
        path,
        rule: 'name one of loadBalancers',
        value: name,
        remedy: missingName(merged, 'loadBalancers', name, known),
      });
      return;
    }
    const strategy = valueAt(settings, ['deployment', 'strategy']) ?? 'rolling';
    targetGroups.set(name, (targetGroups.get(name) ?? 0) + (strategy === 'rolling' ? 1 : 2));
    if (valueAt(settings, ['standby']) && !valueAt(merged, ['loadBalancers', name, 'standby'])) {
      report({
        path,
        rule: `stand in the standby region too, as services.${service}.standby says of the service`,
        value: name,
        remedy: `give loadBalancers.${name} a standby, or take that of the service away`,
      });
    }
    const idle = valueAt(settings, ['public', 'idleTimeoutSeconds']);
    if (idle !== undefined) {
      report({
        path: ['services', service, 'public', 'idleTimeoutSeconds'],
        rule: `be said of the load balancer, which others of loadBalancers.${name} share`,
        value: idle,
        remedy: `set loadBalancers.${name}.idleTimeoutSeconds`,
      });
    }
    checkPriority(service, settings, name);
  }

  function checkPriority(service: string, settings: unknown, name: string): void {
    const said = valueAt(settings, ['public', 'priority']);
    const priority = typeof said === 'number' ? said : priorityOf(formerNameIn(merged, 'services', service));
    const owner = owners.get(`${name} ${priority}`);
    owners.set(`${name} ${priority}`, owner ?? service);
    if (owner === undefined) return;
    report({
      path: ['services', service, 'public', 'priority'],
      rule: `not be that of services.${owner} on loadBalancers.${name}`,
      value: priority,
      remedy: `set another one, 1 to ${MOST_PRIORITY}`,
    });
  }
}
