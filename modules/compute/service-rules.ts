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
import { mostTasks, taskCountProblems } from './task-count-rules';
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
      ...taskCountProblems(settings, context),
      ...capacityProblems(
        settings.capacity,
        context.production && settings.tasks ? 2 : 0,
        mostTasks(settings),
      ),
      ...deploymentProblems(settings),
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
