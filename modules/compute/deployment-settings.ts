import { z } from 'zod';
import type { Problem } from '../settings/capability-rules';
import { count } from '../settings/fields';
import type { ServiceSettings } from './service-settings';

/** How a new release takes over from the one before. */
export const deploymentSettings = z
  .strictObject({
    /**
     * `rolling` replaces tasks a few at a time. `blue-green`, for public services, starts a second set of tasks, lets
     * the load balancer send all callers there at once, and ends the first set after `bakeMinutes`, or goes back to it
     * when an alarm rings; a release pays for both sets as long as it takes. `to-blue-green` is still rolling, with
     * everything there for the other: a service that runs already is planned and applied with it first.
     * @default rolling
     */
    strategy: z.enum(['rolling', 'to-blue-green', 'blue-green']).default('rolling'),
    /** Minutes for which the old tasks stay after callers have gone to the new ones, 0 to 1440. @default 10 */
    bakeMinutes: count(0, 1440).optional(),
  })
  .prefault({});

export type DeploymentSettings = z.output<typeof deploymentSettings>;

/** Whether there are two sets of targets. */
export const hasTwoSets = ({ strategy }: DeploymentSettings): boolean => strategy !== 'rolling';

/** In the terms of ECS. Without a strategy ECS keeps the one that it has, and so one that was there before. */
export function ecsDeployment({ strategy, bakeMinutes = 10 }: DeploymentSettings) {
  if (strategy === 'rolling') return {};
  return {
    deploymentConfiguration:
      strategy === 'blue-green'
        ? { strategy: 'BLUE_GREEN', bakeTimeInMinutes: String(bakeMinutes) }
        : { strategy: 'ROLLING' },
  };
}

/** What turns over is the load balancer, and what it measures of one set of tasks says nothing of the other. */
export function deploymentProblems({ deployment, public: exposed, tasks }: ServiceSettings): Problem[] {
  const problems: Problem[] = [];
  if (hasTwoSets(deployment) && !exposed) {
    problems.push({
      path: ['deployment', 'strategy'],
      rule: 'be rolling for a service that is not public: there is no load balancer to turn over',
      remedy: 'take it out, or set public',
    });
  }
  if (hasTwoSets(deployment) && tasks?.scaleOn.requestsPerMinute !== undefined) {
    problems.push({
      path: ['tasks', 'scaleOn', 'requestsPerMinute'],
      rule: `not come with ${deployment.strategy}: requests are counted of one set of targets, and each release goes to the other`,
      remedy: 'take it out and scale on cpuPercent, or set deployment.strategy to rolling',
    });
  }
  if (deployment.strategy !== 'blue-green' && deployment.bakeMinutes !== undefined) {
    problems.push({
      path: ['deployment', 'bakeMinutes'],
      rule: 'come with the strategy blue-green',
      remedy: 'take it out, or set strategy',
    });
  }
  return problems;
}
