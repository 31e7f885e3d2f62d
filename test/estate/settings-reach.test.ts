import { sharedSchema } from '../../src/config/schema';
import { buildBootstrap } from '../../src/stacks/bootstrap-stack';
import type { BaseStack } from '../../src/stacks/base-stack';
import { accountRegions } from '../../src/topology';
import { environments, shared } from '../fixtures/car-retail';
import { estateOf, stacksOf, type StackJson } from '../support/estate';
import { everyEstate, fixture, fixtureStacks } from '../support/estates';
import { testApp } from '../support/harness';

/** What the stacks say about one thing, each answer once. */
const said = (
  stacks: readonly StackJson[],
  ask: (body: Record<string, unknown>, type: string) => unknown,
) => [
  ...new Set(
    stacks.flatMap(({ resource }) =>
      Object.entries(resource).flatMap(([type, named]) =>
        Object.values(named)
          .map((body) => ask(body, type))
          .filter((answer) => answer !== undefined),
      ),
    ),
  ),
];
const preventDestroy = ({ lifecycle }: Record<string, unknown>) =>
  (lifecycle as { prevent_destroy?: boolean } | undefined)?.prevent_destroy;
const of = (stacks: readonly StackJson[], scope: string, layers: RegExp) =>
  stacks.filter(({ place }) => place.scope === scope && layers.test(place.layer));

describe.each(everyEstate)('the settings of $name', ({ estate, stacks }) => {
  test('tag every stack of an environment, and what all share', () => {
    const owners = [
      ...estate.environments.map(({ name, settings }) => [name, settings.tags] as const),
      ...(estate.shared ? [['shared', estate.shared.tags] as const] : []),
    ];
    for (const [scope, tags] of owners) {
      for (const { id, provider } of of(stacks(), scope, /./)) {
        const [defaults] = provider['aws']?.[0]?.['default_tags'] as { tags: object }[];
        expect(defaults?.tags, id).toMatchObject(tags);
      }
    }
  });

  test('protect keys, logs and the domain, or do not', () => {
    for (const { name, settings } of estate.environments) {
      const found = of(stacks(), name, /^(foundation|names)$/);
      expect(said(found, preventDestroy), name).toEqual([settings.protection]);
    }
  });

  test('say how long logs are kept', () => {
    for (const { name, settings } of estate.environments) {
      const objects = said(of(stacks(), name, /^foundation$/), (body, type) =>
        type === 'aws_s3_bucket_lifecycle_configuration' ? JSON.stringify(body['rule']) : undefined,
      );
      expect(objects, name).toHaveLength(1);
      expect(objects[0], name).toContain(`"expiration":[{"days":${settings.logRetentionDays}}]`);
    }
  });
});

describe('the settings of the fixture', () => {
  test('protect one environment and not another, so that comparing means something', () => {
    const types = (id: string) =>
      said(
        fixtureStacks().filter((stack) => stack.id.startsWith(id)),
        (body, type) => (preventDestroy(body) === true ? type : undefined),
      ).sort();
    expect(types('prod-')).toEqual([
      'aws_db_instance',
      'aws_elasticache_replication_group',
      'aws_kms_key',
      'aws_rds_cluster',
      'aws_rds_global_cluster',
      'aws_route53_zone',
      'aws_s3_bucket',
      'aws_sqs_queue',
    ]);
    expect(types('qa-')).toEqual([]);
  });

  test.each([true, false])('protect the registry where they say so: %s', (protection) => {
    const file = { environments, shared: { ...shared, protection } };
    const registry = stacksOf(estateOf(file), ['shared']);
    expect(said(registry, (body, type) => `${type} ${preventDestroy(body)}`)).toEqual(
      expect.arrayContaining([`aws_kms_key ${protection}`, `aws_ecr_repository ${protection}`]),
    );
    expect(said(registry, preventDestroy)).toEqual([protection]);
    expect(sharedSchema.parse(shared).protection).toBe(true);
  });

  test('give each log of an environment its days', () => {
    const days = (scope: string) =>
      said(of(fixtureStacks(), scope, /^(foundation|workload)$/), (body, type) =>
        type === 'aws_cloudwatch_log_group' && !String(body['name']).includes('containerinsights')
          ? body['retention_in_days']
          : undefined,
      );
    expect([days('qa'), days('prod')]).toEqual([[14], [365]]);
  });

  test('put subnets into the first zones of a region, as many as they say', () => {
    const zones = (scope: string) =>
      said(
        fixtureStacks().filter(({ id }) => id === `${scope}-us-east-1-foundation`),
        (body, type) => (type === 'aws_subnet' ? body['availability_zone'] : undefined),
      );
    expect(zones('qa')).toEqual(['us-east-1a', 'us-east-1b']);
    expect(zones('prod')).toEqual(['us-east-1a', 'us-east-1b', 'us-east-1c']);
  });

  test('let services pull from the registry of their own region', () => {
    const image = (region: string) =>
      said(
        fixtureStacks().filter(({ id }) => id === `prod-${region}-workload`),
        (body, type) =>
          type === 'aws_ecs_task_definition'
            ? /dkr\.ecr\.([\w-]+)\./.exec(String(body['container_definitions']))?.[1]
            : undefined,
      );
    expect([image('us-east-1'), image('us-west-2')]).toEqual([['us-east-1'], ['us-west-2']]);
  });

  test.each(['dev', 'shared'])('tag the state buckets of %s', (scope) => {
    const estate = estateOf(fixture);
    const app = testApp();
    buildBootstrap(app, estate, scope, accountRegions(estate));
    const places = app.node.children.map((stack) => (stack as BaseStack).place);
    expect(places.map(({ region, tags }) => [region, tags])).toEqual([
      ['us-east-1', { Project: 'car-retail' }],
      ['us-west-2', { Project: 'car-retail' }],
    ]);
  });
});
