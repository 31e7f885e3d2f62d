import { z } from 'zod';
import type { Naming } from '../naming/naming';
import type { Problem } from '../settings/capability-rules';
import { count, entryName } from '../settings/fields';
import { capacityNames } from './ec2-capacity-names';

/** Where tasks run. */
export const capacityChoice = z
  .strictObject({
    /**
     * Percent of the tasks beyond `onDemandTasks` that run on Fargate Spot, 1 to 100: at about a third of the price, on
     * what AWS has left over. It takes tasks away with two minutes' notice, of which `stopTimeoutSeconds` count for
     * the program. @default none
     */
    spotPercent: count(1, 100).optional(),
    /** Tasks that come first and never run on Spot. @default as many as run at least; none of a job */
    onDemandTasks: count(0, 5000).optional(),
    /** Name in `capacity`: on these EC2 instances. @default on Fargate */
    ec2: entryName.optional(),
  })
  .prefault({});

export type CapacityChoice = z.output<typeof capacityChoice>;

/** One entry of a capacity provider strategy, in ECS's terms. */
export interface Share {
  readonly capacityProvider: string;
  readonly weight: number;
  readonly base?: number;
}

/** @param fewest tasks that run at least, which are not put at risk unless the settings say so */
export function capacityStrategy(naming: Naming, choice: CapacityChoice, fewest: number): readonly Share[] {
  const { spotPercent = 0, onDemandTasks = fewest, ec2 } = choice;
  if (ec2 !== undefined) return [{ capacityProvider: capacityNames(naming, ec2).provider, weight: 1 }];
  if (spotPercent === 0) return [{ capacityProvider: 'FARGATE', weight: 1 }];
  const spot = { capacityProvider: 'FARGATE_SPOT', weight: spotPercent * 10 };
  if (spotPercent === 100 && onDemandTasks === 0) return [spot];
  return [
    {
      capacityProvider: 'FARGATE',
      // what has the weight 0 gets no tasks, not even its base
      weight: Math.max(1, (100 - spotPercent) * 10),
      ...(onDemandTasks > 0 && { base: onDemandTasks }),
    },
    spot,
  ];
}

/**
 * @param fewest tasks that production keeps at least on capacity that AWS does not take away
 * @param most tasks that there ever are
 */
export function capacityProblems(choice: CapacityChoice, fewest: number, most: number): Problem[] {
  const { spotPercent, onDemandTasks, ec2 } = choice;
  const problems: Problem[] = [];
  for (const key of ['spotPercent', 'onDemandTasks'] as const) {
    if (ec2 === undefined || choice[key] === undefined) continue;
    problems.push({
      path: ['capacity', key],
      rule: 'be for tasks on Fargate, and these run on ec2',
      remedy: 'take one of the two out',
    });
  }
  if (spotPercent !== undefined && onDemandTasks !== undefined && onDemandTasks < fewest) {
    problems.push({
      path: ['capacity', 'onDemandTasks'],
      rule: `be at least ${fewest} in production`,
      remedy: 'raise it: AWS may take all tasks on Spot at once',
    });
  }
  if (spotPercent !== undefined && onDemandTasks !== undefined && onDemandTasks > most) {
    problems.push({
      path: ['capacity', 'onDemandTasks'],
      rule: `be at most ${most}, as many tasks as there ever are`,
      remedy: 'lower it, or take capacity out: none of them would run on Spot',
    });
  }
  if (onDemandTasks !== undefined && spotPercent === undefined && ec2 === undefined) {
    problems.push({
      path: ['capacity', 'onDemandTasks'],
      rule: 'come with spotPercent, without which all tasks are on demand',
      remedy: 'take it out, or set spotPercent',
    });
  }
  return problems;
}
