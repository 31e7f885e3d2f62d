import {
  READ_ACTIONS,
  APPLIED_SERVICES,
  NAMED_SERVICES,
  PASSED_TO,
  PASSED_TO_INSTANCES,
  SERVICE_LINKED,
} from '../../modules/delivery/service-actions';
import { linkedServices } from '../../src/doctor/linked-roles';
import { environments, sharedWithDelivery as shared } from '../fixtures/car-retail';
import { changed, estateOf, stacksOf, type StackJson } from '../support/estate';
import { fixtureStacks } from '../support/estates';

/** The IAM name of the service that a type of resource belongs to, by how the type begins. */
const SERVICES: readonly (readonly [RegExp, string])[] = [
  [/^aws_acm_/, 'acm'],
  [/^aws_acmpca_/, 'acm-pca'],
  [/^aws_appautoscaling_/, 'application-autoscaling'],
  [/^aws_autoscaling_/, 'autoscaling'],
  [/^aws_chatbot_/, 'chatbot'],
  [/^aws_cloudfront_/, 'cloudfront'],
  [/^aws_cloudwatch_event_/, 'events'],
  [/^aws_cloudwatch_log_/, 'logs'],
  [/^aws_scheduler_/, 'scheduler'],
  [/^aws_sqs_/, 'sqs'],
  [/^aws_cloudwatch_/, 'cloudwatch'],
  [/^aws_(db|rds)_/, 'rds'],
  [/^aws_ecs_/, 'ecs'],
  [/^aws_elasticache_/, 'elasticache'],
  [/^aws_iam_/, 'iam'],
  [/^aws_kms_/, 'kms'],
  [/^aws_lb/, 'elasticloadbalancing'],
  [/^aws_networkfirewall_/, 'network-firewall'],
  [/^aws_route53_resolver_/, 'route53resolver'],
  [/^aws_route53_/, 'route53'],
  [/^aws_s3_/, 's3'],
  [/^aws_secretsmanager_/, 'secretsmanager'],
  [/^aws_service_discovery_/, 'servicediscovery'],
  [/^aws_sns_/, 'sns'],
  [/^aws_ssm_/, 'ssm'],
  [/^aws_wafv2_/, 'wafv2'],
  [
    /^aws_(default_|ec2_|eip|launch_template|flow_log|internet_gateway|nat_gateway|network_acl|route($|_table)|security_group|subnet|vpc)/,
    'ec2',
  ],
];
const serviceOf = (type: string) => SERVICES.find(([pattern]) => pattern.test(type))?.[1] ?? `${type}?`;

const inEnvironments = () => fixtureStacks().filter(({ place }) => place.scope in environments);
const services = (stacks: readonly StackJson[], kind: 'resource' | 'data') => [
  ...new Set(
    stacks
      .flatMap((stack) => Object.keys(stack[kind]))
      .filter((type) => type.startsWith('aws_'))
      .map(serviceOf),
  ),
];

describe('the roles of the pipeline', () => {
  test('know every service that an environment holds resources of', () => {
    const stacks = inEnvironments();
    const readable = Object.keys(READ_ACTIONS);
    const changeable = [...APPLIED_SERVICES, ...NAMED_SERVICES];
    const read = [...services(stacks, 'resource'), ...services(stacks, 'data')];
    expect(read.filter((service) => !readable.includes(service))).toEqual([]);
    expect(services(stacks, 'resource').filter((service) => !changeable.includes(service))).toEqual([]);
  });

  test('pass roles to the services that the roles are for, and to no other', () => {
    const trusted = inEnvironments().flatMap(({ resource }) =>
      Object.values(resource['aws_iam_role'] ?? {}).flatMap(
        (role) =>
          // a role that other roles take is passed to nobody
          (
            JSON.parse(String(role['assume_role_policy'])) as {
              Statement: [{ Principal: { Service?: string | string[] } }];
            }
          ).Statement[0].Principal.Service ?? [],
      ),
    );
    // a person starts those jobs
    const byHand = 'batchoperations.s3.amazonaws.com';
    expect([...new Set(trusted)].filter((service) => service !== byHand).sort()).toEqual(
      [...PASSED_TO, PASSED_TO_INSTANCES].sort(),
    );
  });

  test('may have the service-linked roles made that doctor looks for, and no other', () => {
    const held = inEnvironments().map(({ id, place, resource, data }) => ({
      id,
      place,
      text: '',
      config: { terraform: {}, resource, data },
    }));
    expect([...linkedServices(held).keys()]).toEqual([...SERVICE_LINKED].sort());
  });

  test('come with a boundary that every role of every stack of an environment has', () => {
    const rolesOf = (stacks: readonly StackJson[]) =>
      stacks.flatMap(({ id, place, resource }) =>
        Object.entries(resource['aws_iam_role'] ?? {}).map(([name, role]) => ({ id, place, name, role })),
      );
    const bounded = rolesOf(inEnvironments());
    expect(bounded.length).toBeGreaterThan(0);
    for (const { id, place, name, role } of bounded) {
      const arn = `arn:aws:iam::${place.account}:policy/delivery/${place.scope}-boundary`;
      expect(role['permissions_boundary'], `${id} ${name}`).toBe(arn);
    }
    const policies = fixtureStacks().flatMap(({ place, resource }) =>
      Object.values(resource['aws_iam_policy'] ?? {})
        .filter(({ name }) => String(name).endsWith('-boundary'))
        .map(({ path, name }) => `arn:aws:iam::${place.account}:policy${String(path)}${String(name)}`),
    );
    const named = bounded.map(({ role }) => String(role['permissions_boundary']));
    expect([...new Set(named)].sort()).toEqual(policies.sort());

    const alone = estateOf({ environments, shared: { account: shared.account, region: shared.region } });
    for (const { role } of rolesOf(stacksOf(alone))) expect(role).not.toHaveProperty('permissions_boundary');
  });

  test('come with a boundary that allows what the roles of the environment are given', () => {
    type Policy = { Statement: { Effect: string; Action: string | string[] }[] };
    const actionsOf = (effect: string, policies: readonly unknown[]) =>
      policies
        .flatMap((policy) => (JSON.parse(String(policy)) as Policy).Statement)
        .filter(({ Effect }) => Effect === effect)
        .flatMap(({ Action }) => Action);
    for (const scope of Object.keys(environments)) {
      const policiesOf = (type: string, isMeant: (stack: StackJson) => boolean) =>
        fixtureStacks()
          .filter(isMeant)
          .flatMap(({ resource }) => Object.values(resource[type] ?? {}))
          .filter(({ name }) => !String(name).endsWith('-read'))
          .map(({ policy }) => policy);
      const given = actionsOf(
        'Allow',
        policiesOf('aws_iam_role_policy', ({ place }) => place.scope === scope),
      );
      const allowed = actionsOf(
        'Allow',
        policiesOf('aws_iam_policy', ({ place }) => place.layer === `delivery-${scope}`),
      );
      expect(given.length).toBeGreaterThan(0);
      const isAllowed = (action: string) =>
        allowed.some((pattern) => new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(action));
      const missing = [...new Set(given)].filter((action) => !isAllowed(action));
      expect(missing).toEqual([]);
    }
  });

  test('may read master passwords exactly where stacks hold some', () => {
    const uses = { databases: ['orders'] };
    const { blueprint, overrides } = changed(environments.qa, { services: { inventory: { uses } } });
    const qa = { blueprint, overrides: { ...overrides, databases: { catalog: null } } };
    const stacks = stacksOf(estateOf({ environments: { ...environments, qa }, shared }));
    const holds = (name: string) =>
      stacks.some(
        ({ place, resource }) => place.scope === name && resource['aws_secretsmanager_secret_version'],
      );
    const reads = (name: string) =>
      stacks.some(
        ({ place, resource }) =>
          place.layer === `delivery-${name}` &&
          resource['aws_iam_role_policy']?.['delivery_plan_read-master-passwords'],
      );
    const names = Object.keys(environments);
    expect(names.filter(holds)).toEqual(['dev', 'beta', 'prod']);
    expect(names.map((name) => [name, reads(name)])).toEqual(names.map((name) => [name, holds(name)]));
  });

  test('belong to the account, so that no apply of an environment touches them', () => {
    const delivery = fixtureStacks().filter(({ place }) => place.layer.startsWith('delivery'));
    expect(delivery.map(({ id, dependencies }) => [id, dependencies])).toEqual([
      ['account-111111111111-global-delivery-dev', []],
      ['account-222222222222-global-delivery-qa', []],
      ['account-333333333333-global-delivery-beta', []],
      ['account-444444444444-global-delivery-prod', []],
    ]);
  });

  test('of one environment do not change when another one comes into its account', () => {
    const { dev } = environments;
    const regions = {
      'us-east-1': { network: { cidr: '10.90.0.0/16' } },
      'us-west-2': { network: { cidr: '10.91.0.0/16' } },
    };
    const services = { inventory: { public: { host: 'inventory.stage.example.com' } } };
    const stage = changed(dev, { domain: 'stage.example.com', regions, services });
    const after = stacksOf(estateOf({ environments: { ...environments, stage }, shared }), [
      'account-111111111111',
    ]);
    const before = fixtureStacks().filter(({ place }) => place.scope === 'account-111111111111');
    expect(after.map(({ id }) => id)).toContain('account-111111111111-global-delivery-stage');
    for (const { id, text } of before) expect(after.find((stack) => stack.id === id)?.text, id).toBe(text);
  });

  test('are none where nobody says who plans and applies', () => {
    const without = { account: shared.account, region: shared.region };
    const stacks = stacksOf(estateOf({ environments, shared: without }));
    expect(stacks.filter(({ place }) => place.layer.startsWith('delivery'))).toEqual([]);
  });
});
