import type { Problem, RuleContext } from '../settings/capability-rules';
import type { ServiceSettings } from './service-settings';
import { touch, touchesItself } from './task-schedule';

/** What has to be true of how many tasks run, and when. */
export const taskCountProblems = (settings: ServiceSettings, context: RuleContext): Problem[] => [
  ...taskProblems(settings, context),
  ...scalingProblems(settings),
  ...scheduleProblems(settings),
];

function taskProblems({ tasks, standby }: ServiceSettings, { production }: RuleContext): Problem[] {
  if (!production) return [];
  const problems: Problem[] = [];
  if (tasks && tasks.min < 2) {
    problems.push({
      path: ['tasks', 'min'],
      rule: 'be at least 2 in production',
      remedy: 'raise it, so that the loss of a zone leaves one',
    });
  }
  if (standby?.tasks?.min === 1) {
    problems.push({
      path: ['standby', 'tasks', 'min'],
      rule: 'be at least 2 in production, or 0 for a cold standby',
      remedy: 'raise it, so that the loss of a zone leaves one',
    });
  }
  return problems;
}

/** In any region, at any hour; of what ends by itself one runs at a time. */
export function mostTasks({ tasks, standby }: ServiceSettings): number {
  if (!tasks) return 1;
  const windows = Object.values(tasks.schedule?.windows ?? {});
  return Math.max(tasks.max, standby?.tasks?.max ?? 0, ...windows.map(({ max = 0 }) => max));
}

function scalingProblems({ tasks, public: exposed }: ServiceSettings): Problem[] {
  if (tasks?.scaleOn.requestsPerMinute === undefined || exposed) return [];
  return [
    {
      path: ['tasks', 'scaleOn', 'requestsPerMinute'],
      rule: 'be for a public service, since its load balancer counts the requests',
      remedy: 'take it out, or set public',
    },
  ];
}

function scheduleProblems({ tasks }: ServiceSettings): Problem[] {
  if (!tasks) return [];
  const windows = Object.entries(tasks.schedule?.windows ?? {});
  return windows.flatMap(([name, window], index) => {
    const path = ['tasks', 'schedule', 'windows', name];
    const { min, max = tasks.max } = window;
    const problems: Problem[] = [];
    if (min < tasks.min) {
      problems.push({
        path: [...path, 'min'],
        rule: `be at least tasks.min, ${tasks.min}`,
        remedy: 'raise it, or lower tasks.min: it holds outside of the windows',
      });
    }
    if (min > max) {
      problems.push({
        path: [...path, 'min'],
        rule: `be at most max, ${max}`,
        remedy: 'lower it, or set max of the window',
      });
    }
    if (touchesItself(window)) {
      problems.push({
        path: [...path, 'until'],
        rule: 'be before it begins again on the next day',
        remedy: 'leave a minute between, or change tasks.min for good',
      });
    }
    const other = windows.slice(0, index).find(([, earlier]) => touch(earlier, window));
    if (other) {
      problems.push({
        path,
        rule: `leave at least a minute to the window ${other[0]}`,
        remedy: 'change the hours of one, or make one of both',
      });
    }
    return problems;
  });
}
