import { createHash } from 'node:crypto';
import type { Naming } from '../naming/naming';

/** What a load balancer and its parts are called, one that is shared as well as a service's own. */
export const loadBalancerNames = (naming: Naming, name: string) => ({
  loadBalancer: naming.regional(name),
  securityGroup: naming.regional(`${name}-load-balancer`),
  alarms: naming.regional(`${name}-load-balancer`),
});

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateRule.html */
export const MOST_PRIORITY = 50_000;

/**
 * Priority of a service's rule on a load balancer that it shares: made of its name alone, so that no other service
 * moves it by coming or going. Which of two is asked first means nothing, as no two have the same host.
 */
export const priorityOf = (service: string): number =>
  (createHash('sha256').update(service).digest().readUInt32BE() % MOST_PRIORITY) + 1;
