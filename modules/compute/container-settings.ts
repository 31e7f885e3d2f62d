import { z } from 'zod';
import { nameRules } from '../naming/name-rules';
import { count, distinct, isTakenByLanguage, TAKEN_BY_LANGUAGE } from '../settings/fields';
import { capacityChoice } from './capacity-strategy';
import { TASK_CPUS } from './task-sizes';

/** Name of an environment variable that a service may choose. */
const variable = z
  .string()
  .regex(
    /^[A-Za-z_][A-Za-z0-9_]*$/,
    'be named with letters, digits and underscores, not beginning with a digit; rename it',
  )
  .regex(
    /^(?!(DATABASE|CACHE|BUCKET|QUEUE|SERVICE)_)/,
    'not begin with DATABASE_, CACHE_, BUCKET_, QUEUE_ or SERVICE_, which uses sets; rename it',
  )
  .regex(
    /^(?!AWS_(ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN)$)/,
    'not be a credential of AWS; take it out, the role of the task gives permissions',
  );

/** What everything that runs in a container says of it. */
export const containerSettings = {
  /** Repository in the shared registry. Which of its images runs is said by `make release`. */
  image: z
    .string()
    .max(nameRules.repository.maxLength)
    .regex(
      nameRules.repository.pattern,
      `be an ECR repository: ${nameRules.repository.letters}; leave out registry, tag and digest`,
    )
    .refine((name) => !isTakenByLanguage(name), { error: TAKEN_BY_LANGUAGE }),
  /** CPU units of a task, 1024 to a vCPU: 256, 512, 1024, 2048, 4096, 8192 or 16384. */
  cpu: z.literal([...TASK_CPUS]),
  /** Memory of a task in MiB; Fargate offers 2 to 8 MiB with each CPU unit. */
  memoryMiB: z.int(),
  /** Where it runs. @default on Fargate */
  capacity: capacityChoice,
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
};

export type ContainerSettings = z.output<z.ZodObject<typeof containerSettings>>;
