import type { Problem, RuleContext, UsableRules } from '../settings/capability-rules';
import { standbyProblems } from '../settings/standby-problems';
import { capacityProblems } from './capacity-strategy';
import { deploymentProblems, hasTwoSets } from './deployment-settings';
import { loadBalancerNames } from './load-balancer-names';
import { serviceVariables } from './service-calls';
import { USERS_IMAGE } from '../database/users-image';
import { isProxysName } from '../egress/proxy-names';
import { serviceNames } from './service-names';
import type { ServiceSettings } from './service-settings';
import { touch, touchesItself } from './task-schedule';
import { isTaskSize, memoryInWords } from './task-sizes';
import { COLLECTOR_IMAGE } from './trace-collector';
import { tracingProblems } from './tracing-settings';

/** What the schema of a single value cannot say. */
export const serviceRules: UsableRules<ServiceSettings> = {
  problems(name, settings, context) {
    return [
      ...nameProblems(name),
      ...sizeProblems(settings),
      ...runProblems(settings),
      ...taskProblems(settings, context),
      ...scalingProblems(settings),
      ...capacityProblems(
        settings.capacity,
        context.production && settings.tasks ? 2 : 0,
        mostTasks(settings),
      ),
      ...deploymentProblems(settings),
      ...scheduleProblems(settings),
      ...portProblems(settings),
      ...hostProblems(settings, context),
      ...callProblems(settings),
      ...variableProblems(settings),
      ...tracingProblems(settings),
      ...standbyProblems(settings, context),
    ];
  },
  names(name, settings, naming) {
    const names = serviceNames(naming, name);
    const balancer = loadBalancerNames(naming, name);
    return [
      { kind: 'ecsService', name: names.service },
      { kind: 'role', name: names.taskRole },
      { kind: 'role', name: names.executionRole },
      { kind: 'securityGroup', name: names.securityGroup },
      ...(settings.runs === undefined
        ? []
        : ([
            { kind: 'role', name: names.schedulerRole },
            { kind: 'queue', name: names.failures },
            { kind: 'schedule', name: names.service },
          ] as const)),
      ...(settings.public && settings.public.loadBalancer === undefined
        ? ([
            { kind: 'loadBalancer', name: balancer.loadBalancer },
            { kind: 'targetGroup', name: names.targetGroup },
            { kind: 'securityGroup', name: balancer.securityGroup },
          ] as const)
        : []),
      ...(settings.public?.loadBalancer === undefined
        ? []
        : ([{ kind: 'targetGroup', name: names.sharedTargetGroup }] as const)),
      ...(settings.public && hasTwoSets(settings.deployment)
        ? ([
            { kind: 'role', name: names.deploymentRole },
            {
              kind: 'targetGroup',
              name:
                settings.public.loadBalancer === undefined
                  ? names.alternateTargetGroup
                  : names.sharedAlternateTargetGroup,
            },
          ] as const)
        : []),
    ];
  },
  variables(name) {
    return Object.keys(serviceVariables(name, 0));
  },
};

const OWN_PROGRAMS: ReadonlyMap<string, string> = new Map([
  [USERS_IMAGE, 'the program that makes the users of databases'],
  [COLLECTOR_IMAGE, 'what collects traces'],
]);

/** Its release, or what it is called in AWS, would be that of a program of ours. */
function nameProblems(name: string): Problem[] {
  if (isProxysName(name)) {
    const rule = 'not end with egress-proxy, as proxies to the outside are called';
    return [{ path: [], rule, remedy: 'rename it' }];
  }
  const what = OWN_PROGRAMS.get(name);
  if (what === undefined) return [];
  return [{ path: [], rule: `not be named ${name}, which is ${what}`, remedy: 'rename it' }];
}

function sizeProblems({ cpu, memoryMiB }: ServiceSettings): Problem[] {
  if (isTaskSize(cpu, memoryMiB)) return [];
  return [
    {
      path: ['memoryMiB'],
      rule: `be ${memoryInWords(cpu)} with cpu ${cpu}`,
      remedy: 'choose one of these, or another cpu',
    },
  ];
}

/** It keeps running, or it ends by itself, and then nobody calls it. */
function runProblems(settings: ServiceSettings): Problem[] {
  const { tasks, runs } = settings;
  if (runs === undefined) {
    const remedy = 'say how many tasks run, or in runs when one does';
    return tasks ? [] : [{ path: ['tasks'], rule: 'be said of what keeps running', remedy }];
  }
  return (['tasks', 'port', 'public', 'standby'] as const)
    .filter((key) => settings[key] !== undefined)
    .map((key) => ({
      path: [key],
      rule: 'not come with runs: it starts in the primary alone, ends by itself, and nobody calls it',
      remedy: 'take one of the two out',
    }));
}

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
function mostTasks({ tasks, standby }: ServiceSettings): number {
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

function portProblems({ port, public: exposed }: ServiceSettings): Problem[] {
  if (!exposed || port !== undefined) return [];
  return [
    {
      path: ['port'],
      rule: 'be said of a public service',
      remedy: 'set it to the port that the program listens on, or take public out',
    },
  ];
}

/** The certificate is for the domain and `*.domain`, and a wildcard stands for exactly one label. */
function hostProblems({ public: exposed }: ServiceSettings, { domain }: RuleContext): Problem[] {
  if (!exposed) return [];
  const path = ['public', 'host'];
  if (domain === undefined) {
    return [
      {
        path,
        rule: 'be below a domain of the environment, which has none',
        remedy: 'set domain, or take public out',
      },
    ];
  }
  const [, ...parent] = exposed.host.split('.');
  if (exposed.host === domain || parent.join('.') === domain) return [];
  return [
    {
      path,
      rule: `be ${domain} or one label below it, which its certificate is for`,
      remedy: `write it like shop.${domain}`,
    },
  ];
}

/** The proxy beside it answers by TLS on its port, whoever asks. */
function callProblems({ calls, public: exposed }: ServiceSettings): Problem[] {
  if (calls === 'http' || !exposed) return [];
  return [
    {
      path: ['calls'],
      rule: 'be http for a public service: its load balancer speaks HTTP with its tasks',
      remedy: 'take it out, or take public out',
    },
  ];
}

function variableProblems({ environment, secrets }: ServiceSettings): Problem[] {
  return secrets
    .filter((name) => Object.hasOwn(environment, name))
    .map((name) => ({
      path: ['environment', name],
      rule: 'not be in secrets as well',
      remedy: 'take it out of one of the two',
    }));
}
