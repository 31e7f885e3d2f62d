import { z } from 'zod';
import { nameRules } from '../naming/name-rules';
import { count, distinct, isTakenByLanguage, TAKEN_BY_LANGUAGE } from '../settings/fields';
import { TASK_CPUS } from './task-sizes';

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

/** Name of an environment variable that a service may choose. */
const variable = z
  .string()
  .regex(
    /^[A-Za-z_][A-Za-z0-9_]*$/,
    'be named with letters, digits and underscores, not beginning with a digit; rename it',
  )
  .regex(
    /^(?!(DATABASE|CACHE|BUCKET)_)/,
    'not begin with DATABASE_, CACHE_ or BUCKET_, which uses sets; rename it',
  )
  .regex(
    /^(?!AWS_(ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN)$)/,
    'not be a credential of AWS; take it out, the role of the task gives permissions',
  );

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
  /** Seconds without a byte after which a connection is cut, 1 to 4000. @default 60 */
  idleTimeoutSeconds: count(1, 4000).default(60),
  /** Seconds that a task which is to stop may take to answer what it has accepted, 0 to 3600. @default 30 */
  drainSeconds: count(0, 3600).default(30),
  /** Seconds: an alarm rings when one answer in twenty takes longer. @default 1 */
  slowSeconds: z.number().positive().max(4000).default(1),
});

/** A container on Fargate, scaled by load. Without `public` nothing can call it. */
export const serviceSettings = z.strictObject({
  /** Repository in the shared registry. Which of its images runs is said by `make release`. */
  image: z
    .string()
    .max(nameRules.repository.maxLength)
    .regex(
      nameRules.repository.pattern,
      `be an ECR repository: ${nameRules.repository.letters}; leave out registry, tag and digest`,
    )
    .refine((name) => !isTakenByLanguage(name), { error: TAKEN_BY_LANGUAGE }),
  /** TCP port that the program listens on, 1024 to 65535: only root may open the others. */
  port: count(1024, 65535),
  /** CPU units of a task, 1024 to a vCPU: 256, 512, 1024, 2048, 4096, 8192 or 16384. */
  cpu: z.literal([...TASK_CPUS]),
  /** Memory of a task in MiB; Fargate offers 2 to 8 MiB with each CPU unit. */
  memoryMiB: z.int(),
  /** How many tasks run. At least 2 in production: one more than a zone may take away. */
  tasks: tasksFrom(1)
    .extend({
      /** Loads that more tasks are started above, and stopped well below. */
      scaleOn: z
        .strictObject({
          /** Average CPU of all tasks in percent, 10 to 95. @default 60 */
          cpuPercent: count(10, 95).default(60),
          /** Average memory of all tasks in percent, 10 to 95. @default 70 */
          memoryPercent: count(10, 95).default(70),
        })
        .prefault({}),
    })
    .superRefine(minAtMostMax),
  /** Lets the whole internet call it, through a load balancer. @default none */
  public: publicSettings.optional(),
  /** What ECS asks a task to know whether it is well. */
  healthCheck,
  /** Variables whose values live in Parameter Store; `make secrets` sets them. @default none */
  secrets: distinct(variable).default([]),
  /** Variables that are no secret. Those by which it finds what it uses are added. @default none */
  environment: z.record(variable, z.string()).default({}),
  /** User, or user:group, that the program runs as, in numbers and never root. @default 1000:1000 */
  user: z
    .string()
    .regex(
      /^[1-9]\d{0,9}(:[1-9]\d{0,9})?$/,
      'be a user or user:group in numbers, none of them 0; root is refused',
    )
    .default('1000:1000'),
  /**
   * Folders that the program may write to; all others are read-only. Each begins empty in each task. They
   * belong to root unless the image declares them as VOLUME and gives them to the user. @default none
   */
  writablePaths: distinct(
    z
      .string()
      .regex(
        /^(?!.*\/\.\.?(\/|$))(\/[\w.-]+)+$/,
        'be the full path of a folder below the root; write it like /var/cache/app',
      ),
  ).default([]),
  /** Seconds between the request to stop and the kill, 1 to 120. @default 30 */
  stopTimeoutSeconds: count(1, 120).default(30),
  /**
   * What the image was built for. `ARM64` costs a fifth less, but takes an image that was built for it, and
   * is missing from one zone of us-east-1 (use1-az3). @default X86_64, which images are for unless someone
   * says otherwise
   */
  architecture: z.enum(['X86_64', 'ARM64']).default('X86_64'),
  /** Replaces the command of the image. @default the image's own */
  command: z.array(z.string()).min(1).optional(),
  /** That it also stands in the standby region, and what is different there. @default only in the primary */
  standby: z
    .strictObject({
      /**
       * Tasks in the standby region. With `min: 0` none starts by itself: idle tasks show no load to scale
       * on, so that a failover has to raise it. Production takes 0 all the same, as the word for a cold standby:
       * images and settings are there, and tasks start in a minute or two. It refuses 1, which looks warm
       * and is lost with its zone. @default as in the primary
       */
      tasks: tasksFrom(0).superRefine(minAtMostMax).optional(),
    })
    .optional(),
});

export type ServiceSettings = z.output<typeof serviceSettings>;
export { serviceRules } from './service-rules';
