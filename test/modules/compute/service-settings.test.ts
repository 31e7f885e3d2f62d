import { z } from 'zod';
import { serviceRules, serviceSettings } from '../../../modules/compute/service-settings';
import type { RuleContext } from '../../../modules/settings/capability-rules';
import { naming } from '../../support/harness';
import { minimal, onTheInternet, type SettingsInput } from './service-under-test';

const parse = (change: object = {}) => serviceSettings.parse({ ...minimal, ...change });

/** `path: message` for what is said in our words, `path: code` for what zod sees by itself. */
function refusals(change: object): string[] {
  const { error } = serviceSettings.safeParse({ ...minimal, ...change });
  return (error?.issues ?? []).map((issue) => {
    const inner = issue.code === 'invalid_key' ? (issue.issues[0]?.message ?? '') : undefined;
    const own = ['custom', 'invalid_format'].includes(issue.code) ? issue.message : issue.code;
    return `${issue.path.join('.')}: ${inner ?? own}`;
  });
}

describe('settings of a service', () => {
  test('have these defaults', () => {
    expect(parse(onTheInternet)).toEqual({
      image: 'team/inventory',
      port: 8080,
      cpu: 256,
      memoryMiB: 512,
      capacity: {},
      tasks: { min: 2, max: 6, scaleOn: { cpuPercent: 60, memoryPercent: 70 }, predictive: 'off' },
      public: {
        host: 'inventory.test.example.com',
        healthPath: '/health',
        idleTimeoutSeconds: 60,
        drainSeconds: 30,
        slowSeconds: 1,
      },
      calls: 'http',
      deployment: { strategy: 'rolling' },
      healthCheck: { intervalSeconds: 15, timeoutSeconds: 5, failures: 3, gracePeriodSeconds: 60 },
      secrets: [],
      environment: {},
      user: '1000:1000',
      writablePaths: [],
      stopTimeoutSeconds: 30,
      architecture: 'X86_64',
    });
  });

  test('are private, stand in the primary alone and keep the command of the image unless they say otherwise', () => {
    const settings = parse();
    expect(settings.public).toBeUndefined();
    expect(settings.standby).toBeUndefined();
    expect(settings.command).toBeUndefined();
    expect(settings.healthCheck.command).toBeUndefined();
  });

  test.each(['image', 'cpu', 'memoryMiB'])('cannot leave out %s', (key) => {
    expect(refusals({ [key]: undefined })).toHaveLength(1);
  });

  test('refuse unknown keys everywhere', () => {
    expect(
      refusals({
        colour: 'red',
        tasks: { min: 1, max: 1, desired: 1, scaleOn: { requests: 1 } },
        public: { ...onTheInternet.public, path: '/' },
        healthCheck: { retries: 1 },
        standby: { cpu: 256 },
      }),
    ).toEqual([
      'tasks.scaleOn: unrecognized_keys',
      'tasks: unrecognized_keys',
      'public: unrecognized_keys',
      'healthCheck: unrecognized_keys',
      'standby: unrecognized_keys',
      ': unrecognized_keys',
    ]);
  });

  test('can be extended with what a service uses', () => {
    const extended = serviceSettings.extend({ uses: z.string() });
    expect(extended.parse({ ...minimal, uses: 'x' }).uses).toBe('x');
  });

  test.each<[string, object, string[]]>([
    ['a port that only root may open', { port: 1023 }, ['port: too_small']],
    ['a port that does not exist', { port: 65536 }, ['port: too_big']],
    ['a CPU size that Fargate does not have', { cpu: 300 }, ['cpu: invalid_value']],
    ['half a MiB', { memoryMiB: 512.5 }, ['memoryMiB: invalid_type']],
    ['no task at all in the primary', { tasks: { min: 0, max: 1 } }, ['tasks.min: too_small']],
    ['more tasks than ECS runs', { tasks: { min: 1, max: 5001 } }, ['tasks.max: too_big']],
    [
      'a target that is never reached',
      { tasks: { min: 1, max: 2, scaleOn: { cpuPercent: 96, memoryPercent: 9 } } },
      ['tasks.scaleOn.cpuPercent: too_big', 'tasks.scaleOn.memoryPercent: too_small'],
    ],
    ['min above max', { tasks: { min: 3, max: 2 } }, ['tasks.min: be at most max, 2; swap the two']],
    [
      'min above max in the standby region',
      { standby: { tasks: { min: 3, max: 2 } } },
      ['standby.tasks.min: be at most max, 2; swap the two'],
    ],
    [
      'an image with its tag',
      { image: 'inventory:latest' },
      [
        'image: be an ECR repository: lower-case letters, digits and single ._-/ between them; leave out registry, tag and digest',
      ],
    ],
    ['an image of 257 characters', { image: 'a'.repeat(257) }, ['image: too_big']],
    [
      'a host in capitals',
      { public: { host: 'Shop.example.com' } },
      ['public.host: be a host name in small letters; write it like shop.example.com'],
    ],
    [
      'a host with a path',
      { public: { host: 'shop.example.com/x' } },
      ['public.host: be a host name in small letters; write it like shop.example.com'],
    ],
    [
      'a health path that is none',
      { public: { ...onTheInternet.public, healthPath: 'health' } },
      ['public.healthPath: be a path; write it like /health'],
    ],
    [
      'times that a load balancer does not take',
      { public: { ...onTheInternet.public, idleTimeoutSeconds: 4001, drainSeconds: 3601, slowSeconds: 0 } },
      ['public.idleTimeoutSeconds: too_big', 'public.drainSeconds: too_big', 'public.slowSeconds: too_small'],
    ],
    [
      'a check that takes as long as the time between two',
      { healthCheck: { intervalSeconds: 10, timeoutSeconds: 10 } },
      ['healthCheck.timeoutSeconds: be below intervalSeconds, 10; lower it'],
    ],
    [
      'checks that only ECS or only a load balancer would take',
      { healthCheck: { intervalSeconds: 4, timeoutSeconds: 1, failures: 11, gracePeriodSeconds: 301 } },
      [
        'healthCheck.intervalSeconds: too_small',
        'healthCheck.timeoutSeconds: too_small',
        'healthCheck.failures: too_big',
        'healthCheck.gracePeriodSeconds: too_big',
      ],
    ],
    [
      'a check that does not say how it is run',
      { healthCheck: { command: ['curl', 'localhost'] } },
      [
        'healthCheck.command: begin with CMD or CMD-SHELL; write it like [CMD-SHELL, wget -qO- localhost:8080/health]',
      ],
    ],
    ['a check without a command', { healthCheck: { command: ['CMD'] } }, ['healthCheck.command: too_small']],
    [
      'names and paths that are too long',
      { public: { host: `${'a.'.repeat(126)}com`, healthPath: `/${'a'.repeat(1024)}` } },
      ['public.host: too_big', 'public.healthPath: too_big'],
    ],
    [
      'the same secret twice',
      { secrets: ['A', 'B', 'A'] },
      ['secrets.2: be in the list once; take the second one out'],
    ],
    [
      'a secret that no variable can be named like',
      { secrets: ['MY-KEY'] },
      ['secrets.0: be named with letters, digits and underscores, not beginning with a digit; rename it'],
    ],
    [
      'variables that uses sets',
      { secrets: ['DATABASE_PASSWORD'], environment: { CACHE_HOST: 'x', BUCKET_NAME: 'x' } },
      [
        'secrets.0: not begin with DATABASE_, CACHE_, BUCKET_, QUEUE_ or SERVICE_, which uses sets; rename it',
        'environment.CACHE_HOST: not begin with DATABASE_, CACHE_, BUCKET_, QUEUE_ or SERVICE_, which uses sets; rename it',
        'environment.BUCKET_NAME: not begin with DATABASE_, CACHE_, BUCKET_, QUEUE_ or SERVICE_, which uses sets; rename it',
      ],
    ],
    [
      'credentials of AWS',
      { secrets: ['AWS_SECRET_ACCESS_KEY'], environment: { AWS_ACCESS_KEY_ID: 'x' } },
      [
        'secrets.0: not be a credential of AWS; take it out, the role of the task gives permissions',
        'environment.AWS_ACCESS_KEY_ID: not be a credential of AWS; take it out, the role of the task gives permissions',
      ],
    ],
    ...['0', '0:0', '1000:0', '0:1000', 'root', '00', '1000:'].map((user): [string, object, string[]] => [
      `the user ${user}`,
      { user },
      ['user: be a user or user:group in numbers, none of them 0; root is refused'],
    ]),
    ...['/', 'tmp', '/tmp/', '/a/../etc', '/a/.', '//', '/a b'].map((path): [string, object, string[]] => [
      `${path} as a folder to write to`,
      { writablePaths: [path] },
      ['writablePaths.0: be the full path of a folder below the root; write it like /var/cache/app'],
    ]),
    [
      'the same folder twice',
      { writablePaths: ['/tmp', '/tmp'] },
      ['writablePaths.1: be in the list once; take the second one out'],
    ],
    [
      'a longer time to stop than Fargate gives',
      { stopTimeoutSeconds: 121 },
      ['stopTimeoutSeconds: too_big'],
    ],
    ['another architecture', { architecture: 'RISCV' }, ['architecture: invalid_value']],
    ['an empty command', { command: [] }, ['command: too_small']],
  ])('refuse %s', (_what, change, expected) => {
    expect(refusals(change)).toEqual(expected);
  });

  test.each<[string, Partial<SettingsInput>]>([
    ['the user alone', { user: '65534' }],
    ['hidden folders and dots in names', { writablePaths: ['/home/app/.cache', '/v1.2..3'] }],
    ['no task in the standby region', { standby: { tasks: { min: 0, max: 0 } } }],
    ['a standby like the primary', { standby: {} }],
    ['variables that only resemble those of uses', { environment: { DATABASES: 'x', AWS_REGION: 'x' } }],
    ['fractions of a second', { public: { ...onTheInternet.public, slowSeconds: 0.25 } }],
    ['a check by the program itself', { healthCheck: { command: ['CMD', 'healthy'] } }],
  ])('allow %s', (_what, change) => {
    expect(refusals(change)).toEqual([]);
  });
});

const context: RuleContext = {
  production: false,
  domain: 'test.example.com',
  regions: [
    { name: 'us-east-1', role: 'primary' },
    { name: 'us-west-2', role: 'standby' },
  ],
};
const problems = (change: Partial<SettingsInput>, inContext: Partial<RuleContext> = {}) =>
  serviceRules.problems('inventory', parse(change), { ...context, ...inContext });

describe('rules of a service', () => {
  test('have nothing against a small one', () => {
    expect(problems({})).toEqual([]);
    expect(problems({ ...onTheInternet, standby: {} }, { production: true })).toEqual([]);
  });

  test('refuse memory that Fargate does not offer with the CPU', () => {
    expect(problems({ cpu: 1024, memoryMiB: 1024 })).toEqual([
      {
        path: ['memoryMiB'],
        rule: 'be 2048 to 8192 in steps of 1024 with cpu 1024',
        remedy: 'choose one of these, or another cpu',
      },
    ]);
  });

  test('refuse a single task in production only', () => {
    const one = { tasks: { min: 1, max: 6 } };
    expect(problems(one)).toEqual([]);
    expect(problems(one, { production: true })).toEqual([
      {
        path: ['tasks', 'min'],
        rule: 'be at least 2 in production',
        remedy: 'raise it, so that the loss of a zone leaves one',
      },
    ]);
  });

  test('let a service be public under the domain or one label below', () => {
    expect(problems({ public: { host: 'test.example.com' } })).toEqual([]);
    expect(problems({ public: { host: 'shop.test.example.com' } })).toEqual([]);
  });

  test.each(['a.shop.test.example.com', 'shop.example.com', 'example.com', 'xtest.example.com'])(
    'refuse the host %s, which the certificate is not for',
    (host) => {
      expect(problems({ public: { host } })).toEqual([
        {
          path: ['public', 'host'],
          rule: 'be test.example.com or one label below it, which its certificate is for',
          remedy: 'write it like shop.test.example.com',
        },
      ]);
    },
  );

  test('refuse a public service in an environment without a domain', () => {
    expect(problems(onTheInternet, { domain: undefined })).toEqual([
      {
        path: ['public', 'host'],
        rule: 'be below a domain of the environment, which has none',
        remedy: 'set domain, or take public out',
      },
    ]);
  });

  test('refuse a variable that is a secret too', () => {
    expect(problems({ secrets: ['A', 'B'], environment: { B: 'x', C: 'x' } })).toEqual([
      {
        path: ['environment', 'B'],
        rule: 'not be in secrets as well',
        remedy: 'take it out of one of the two',
      },
    ]);
  });

  test('refuse a standby where there is no standby region', () => {
    expect(problems({ standby: {} }, { regions: [{ name: 'us-east-1', role: 'primary' }] })).toEqual([
      {
        path: ['standby'],
        rule: 'stand in a standby region, and the environment has none',
        remedy: 'add a region with the role standby, or take standby out',
      },
    ]);
  });

  test('name everything that a private service asks AWS for', () => {
    expect(serviceRules.names('inventory', parse(), naming)).toEqual([
      { kind: 'ecsService', name: 'test-inventory' },
      { kind: 'role', name: 'test-inventory-task-us-east-1' },
      { kind: 'role', name: 'test-inventory-execution-us-east-1' },
      { kind: 'securityGroup', name: 'test-inventory-service' },
    ]);
  });

  test('name what a public service asks AWS for besides', () => {
    expect(serviceRules.names('inventory', parse(onTheInternet), naming).slice(4)).toEqual([
      { kind: 'loadBalancer', name: 'test-inventory' },
      { kind: 'targetGroup', name: 'test-inventory' },
      { kind: 'securityGroup', name: 'test-inventory-load-balancer' },
    ]);
  });
});
