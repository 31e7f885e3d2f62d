import { z } from 'zod';
import { count, entryName } from '../settings/fields';
import { containerSettings } from './container-settings';
import { deploymentSettings } from './deployment-settings';
import { MOST_PRIORITY } from './load-balancer-names';
import { idleTimeout } from './load-balancer-settings';
import { runSettings } from './run-settings';
import { taskSchedule } from './task-schedule';
import { tracingSettings } from './tracing-settings';

/** Application Auto Scaling takes more, but an ECS service runs at most 5,000 tasks. */
const MOST_TASKS = 5000;

/** Least and most tasks; `fewest` is what `min` may be at least. */
const tasksFrom = (fewest: number) =>
  z.strictObject({
    /** Tasks that run at least. */
    min: count(fewest, MOST_TASKS),
    /** Tasks that run at most. */
    max: count(fewest, MOST_TASKS),
  });

function minAtMostMax(tasks: { min: number; max: number }, context: z.RefinementCtx): void {
  if (tasks.min <= tasks.max) return;
  context.addIssue({
    code: 'custom',
    path: ['min'],
    message: `be at most max, ${tasks.max}; swap the two`,
  });
}

const messages = count(1, 1_000_000);

const healthCheck = z
  .strictObject({
    /**
     * What ECS runs inside of the container, healthy if it exits with 0: `['CMD', 'bin/healthy']`, or
     * `['CMD-SHELL', 'wget -qO- localhost:8080/health']`. A public service is also asked by its load
     * balancer. @default none
     */
    command: z
      .array(z.string())
      .min(2)
      .refine(([first]) => first === 'CMD' || first === 'CMD-SHELL', {
        error: 'begin with CMD or CMD-SHELL; write it like [CMD-SHELL, wget -qO- localhost:8080/health]',
      })
      .optional(),
    /** Seconds between two checks, 5 to 300. @default 15 */
    intervalSeconds: count(5, 300).default(15),
    /** Seconds until a check has failed, 2 to 60, below intervalSeconds. @default 5 */
    timeoutSeconds: count(2, 60).default(5),
    /** Failures in a row that make a task unhealthy, 2 to 10. @default 3 */
    failures: count(2, 10).default(3),
    /** Seconds after its start in which failures of a task do not count, 0 to 300. @default 60 */
    gracePeriodSeconds: count(0, 300).default(60),
  })
  .superRefine(({ timeoutSeconds, intervalSeconds }, context) => {
    if (timeoutSeconds < intervalSeconds) return;
    context.addIssue({
      code: 'custom',
      path: ['timeoutSeconds'],
      message: `be below intervalSeconds, ${intervalSeconds}; lower it`,
    });
  })
  .prefault({});

const publicSettings = z.strictObject({
  /** Name that customers call: the environment's domain, or one label below it. */
  host: z
    .string()
    .max(253)
    .regex(
      /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/,
      'be a host name in small letters; write it like shop.example.com',
    ),
  /** Path that answers 200 while a task is fit to serve. @default /health */
  healthPath: z
    .string()
    .max(1024)
    .regex(/^\/[\w./?&=%~@:+-]*$/, 'be a path; write it like /health')
    .default('/health'),
  /**
   * Name in `loadBalancers`: it answers there beside other services, by its host name. One of its own stands apart from
   * all others, and costs about $18 a month more. @default one of its own
   */
  loadBalancer: entryName.optional(),
  /**
   * Priority of its rule on a load balancer that it shares, 1 to 50000. No two services of one have the same.
   * @default made of the name of the service, so that nobody else changes it
   */
  priority: count(1, MOST_PRIORITY).optional(),
  /** Seconds without a byte after which its own load balancer cuts a connection, 1 to 4000. @default 60 */
  idleTimeoutSeconds: idleTimeout,
  /** Seconds that a task which is to stop may take to answer what it has accepted, 0 to 3600. @default 30 */
  drainSeconds: count(0, 3600).default(30),
  /** Seconds, 0.001 to 4000: an alarm rings when one answer in twenty takes longer. @default 1 */
  slowSeconds: z.number().min(0.001).max(4000).default(1),
});

/** A container that keeps running, scaled by load. Whom neither `public` nor `uses` of a service opens nothing can call. */
export const serviceSettings = z.strictObject({
  ...containerSettings,
  /**
   * TCP port that the program listens on, 1024 to 65535: only root may open the others. What services in `uses` call
   * speaks HTTP on it. @default none: a worker, which nothing calls
   */
  port: count(1024, 65535).optional(),
  /**
   * How many tasks run. At least 2 in production: one more than a zone may take away. @default none: what has `runs`
   */
  tasks: tasksFrom(1)
    .extend({
      /** Loads that more tasks are started above, and stopped well below. */
      scaleOn: z
        .strictObject({
          /** Average CPU of all tasks in percent, 10 to 95. @default 60 */
          cpuPercent: count(10, 95).default(60),
          /** Average memory of all tasks in percent, 10 to 95. @default 70 */
          memoryPercent: count(10, 95).default(70),
          /**
           * Requests that the load balancer sends to one task in a minute, on average over the tasks. For public
           * services. @default not looked at
           */
          requestsPerMinute: count(1, 1_000_000).optional(),
          /**
           * Megabytes (of 1,000,000 bytes) that one task receives and sends in a second, both added, on average over
           * the tasks: 0.1 to 3000. The total of a service says nothing about its tasks, and would never come back
           * down to a target, however many there are. @default not looked at
           */
          networkMBps: z.number().min(0.1).max(3000).optional(),
          /**
           * Messages that wait in a queue for each task that runs, 1 to 1000000: as many as one task works off in the time
           * that a message may wait. A number is for the one queue that the service receives from, `{ prices: 100 }` names
           * them. A task that is stopped has stopTimeoutSeconds for what it holds, which goes back into the queue after
           * visibilityTimeoutSeconds if that was too short. @default not looked at
           */
          messagesPerTask: z
            .union([messages, z.record(entryName, messages)], {
              error: 'be 1 to 1000000 messages, or messages by queue; write it like 100 or { prices: 100 }',
            })
            .optional(),
        })
        .prefault({}),
      /**
       * Hours of the week with other numbers of tasks; outside of them `min` and `max` hold. While there are such
       * hours, a change of `min` and `max` takes effect with the next end of one. @default none
       */
      schedule: taskSchedule(MOST_TASKS).optional(),
      /**
       * Learns from two weeks of CPU when load comes, and starts tasks before it does; what comes unforeseen is left
       * to `scaleOn`. `forecast-only` shows in CloudWatch what it would do. @default off
       */
      predictive: z.enum(['off', 'forecast-only', 'forecast-and-scale']).default('off'),
    })
    .superRefine(minAtMostMax)
    .optional(),
  /**
   * Instead of `tasks`: a task that ends by itself, started at its times, or `by-hand` as docs/operations.md says. What
   * fails goes to a queue, and rings. @default it keeps running
   */
  runs: runSettings.optional(),
  /** Lets the whole internet call it, through a load balancer. @default none */
  public: publicSettings.optional(),
  /**
   * How other services call it: `http`, or `tls` between the proxies beside them, where programs still speak HTTP. A
   * certificate authority costs $50 a month in each region that has such a service, and each certificate $0.058 every five
   * days (https://aws.amazon.com/private-ca/pricing/). Not for public services, with whose tasks a load balancer speaks HTTP,
   * and on one that runs already as docs/operations.md says. @default http
   */
  calls: z.enum(['http', 'tls']).default('http'),
  /** How a new release takes over from the one before. */
  deployment: deploymentSettings,
  /**
   * Sends traces of OpenTelemetry to X-Ray, by a collector beside the program, which finds it by OTEL_EXPORTER_OTLP_ENDPOINT
   * and the other variables of the SDKs. The endpoint of X-Ray costs about $7.30 a month in each zone where `endpoints` makes
   * one. @default none
   */
  tracing: tracingSettings.optional(),
  /** What ECS asks a task to know whether it is well. */
  healthCheck,
  /** That it also stands in the standby region, and what is different there. @default only in the primary */
  standby: z
    .strictObject({
      /**
       * Tasks in the standby region. With `min: 0` none starts by itself: idle tasks show no load to scale
       * on, so that a failover has to raise it. Production takes 0 all the same, as the word for a cold standby:
       * images and settings are there, and tasks start in a minute or two. It refuses 1, which looks warm
       * and is lost with its zone. `schedule` and `predictive` stay in the primary then. @default all as in the primary
       */
      tasks: tasksFrom(0)
        .superRefine(minAtMostMax)
        // its hours have numbers that are meant for the primary
        .transform((tasks) => ({ ...tasks, schedule: null, predictive: 'off' as const }))
        .optional(),
    })
    .optional(),
});

export type ServiceSettings = z.output<typeof serviceSettings>;
/** Of a service that keeps running. */
export type Tasks = NonNullable<ServiceSettings['tasks']>;
export { serviceRules } from './service-rules';
