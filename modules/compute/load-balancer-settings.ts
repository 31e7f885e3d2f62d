import { z } from 'zod';
import type { CapabilityRules } from '../settings/capability-rules';
import { count } from '../settings/fields';
import { standbyProblems } from '../settings/standby-problems';
import { loadBalancerNames } from './load-balancer-names';

/** Seconds without a byte after which a load balancer cuts a connection, 1 to 4000. */
export const idleTimeout = count(1, 4000).default(60);

/**
 * A load balancer that several services share, each by its host name. One costs about $18 a month and what passes through
 * it, which is what each service with one of its own pays.
 */
export const loadBalancerSettings = z.strictObject({
  /** Seconds without a byte after which a connection is cut, 1 to 4000. @default 60 */
  idleTimeoutSeconds: idleTimeout,
  /** That there is one in the standby region too. @default only in the primary */
  standby: z.strictObject({}).optional(),
});

export type LoadBalancerSettings = z.output<typeof loadBalancerSettings>;

export const loadBalancerRules: CapabilityRules<LoadBalancerSettings> = {
  problems(_name, settings, context) {
    return standbyProblems(settings, context);
  },
  names(name, _settings, naming) {
    const names = loadBalancerNames(naming, name);
    return [
      { kind: 'loadBalancer', name: names.loadBalancer },
      { kind: 'securityGroup', name: names.securityGroup },
    ];
  },
};
