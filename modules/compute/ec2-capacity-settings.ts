import { z } from 'zod';
import type { CapabilityRules, Problem } from '../settings/capability-rules';
import { count } from '../settings/fields';
import { standbyProblems } from '../settings/standby-problems';
import { capacityNames } from './ec2-capacity-names';
import { instanceType } from './instance-type';

/** What an Auto Scaling group may hold is a matter of quotas; more than this is a mistake. */
const MOST_INSTANCES = 500;

const numbers = {
  /** Instances that run at least. With 0 the first task waits for an instance, a few minutes. */
  min: count(0, MOST_INSTANCES),
  /** Instances that run at most. */
  max: count(1, MOST_INSTANCES),
};

const scaledByEcs = z.undefined({
  error:
    'not be set, since ECS starts and stops instances as its tasks need them; take it out, and change min, max or targetPercent',
});

/** EC2 instances that services can run on instead of Fargate: an Auto Scaling group that ECS scales by itself. */
export const ec2CapacitySettings = z.strictObject({
  /** What instances are, such as `m7g.large`. It decides what images have to be built for. */
  instanceType,
  ...numbers,
  /**
   * How full ECS keeps the instances, in percent, 50 to 100. What is left over is where new tasks start at once.
   * @default 100, with no instance that waits for tasks
   */
  targetPercent: count(50, 100).default(100),
  /** GiB of the volume of each instance, which holds system, images and what tasks write: 30 to 1000. @default 30 */
  volumeGiB: count(30, 1000).default(30),
  /** Not there: a second opinion about the number of instances would fight with that of ECS. */
  scaleOn: scaledByEcs.optional(),
  /** That it also stands in the standby region, and what is different there. @default only in the primary */
  standby: z.strictObject(numbers).partial().optional(),
});

export type Ec2CapacitySettings = z.output<typeof ec2CapacitySettings>;

export const ec2CapacityRules: CapabilityRules<Ec2CapacitySettings> = {
  problems(_name, settings, context) {
    const { min, max, standby } = settings;
    return [
      ...orderProblems([], min, max),
      ...(standby ? orderProblems(['standby'], standby.min ?? min, standby.max ?? max) : []),
      ...(context.production && min === 1 ? [oneInstance(['min'])] : []),
      ...(context.production && standby?.min === 1 ? [oneInstance(['standby', 'min'])] : []),
      ...standbyProblems(settings, context),
    ];
  },
  names(name, _settings, naming) {
    const names = capacityNames(naming, name);
    return [
      { kind: 'capacityProvider', name: names.provider },
      { kind: 'role', name: names.role },
      { kind: 'securityGroup', name: names.securityGroup },
    ];
  },
};

const orderProblems = (path: string[], min: number, max: number): Problem[] =>
  min <= max ? [] : [{ path: [...path, 'min'], rule: `be at most max, ${max}`, remedy: 'swap the two' }];

const oneInstance = (path: string[]): Problem => ({
  path,
  rule: 'be 0 or at least 2 in production',
  remedy: 'raise it, so that the loss of a zone leaves one, or set 0 to start with the first task',
});
