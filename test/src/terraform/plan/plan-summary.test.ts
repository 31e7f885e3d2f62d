import { addressesIn, refusedLosses } from '../../../../src/terraform/plan/destroy-gate';
import type { ResourceChange } from '../../../../src/terraform/plan/plan-json';
import { countsText, importTexts, lossLines, summaryOf } from '../../../../src/terraform/plan/plan-summary';
import { isStateful } from '../../../../src/terraform/plan/stateful-types';
import { change } from '../stub-terraform';

const summarize = (...changes: readonly ResourceChange[]) => summaryOf({ resource_changes: changes });

describe('the summary of a plan', () => {
  it('counts what is added, changed, replaced and destroyed, and nothing else', () => {
    const summary = summarize(
      change('aws_vpc.a', 'create'),
      change('aws_vpc.b', 'create'),
      change('aws_subnet.a', 'update'),
      change('aws_route.a', 'delete', 'create'),
      change('aws_route.b', 'create', 'delete'),
      change('aws_route.c', 'delete'),
      change('aws_route.d', 'no-op'),
      change('aws_route.e', 'forget'),
      change('data.aws_vpc.a', 'read'),
    );
    expect(countsText(summary)).toBe('2 to add, 1 to change, 2 to replace, 1 to destroy, 1 to forget');
    expect(countsText(summary, 'done')).toBe('2 added, 1 changed, 2 replaced, 1 destroyed, 1 forgotten');
  });

  it('counts what is put in the place of something forgotten as replaced', () => {
    expect(summarize(change('aws_route.a', 'create', 'forget')).replace).toBe(1);
  });

  it('is empty for a plan without resources', () => {
    expect(summaryOf({})).toEqual({ add: 0, change: 0, replace: 0, destroy: 0, losses: [] });
  });

  it('counts what is taken over, and of it only what changes in AWS', () => {
    const imported = (address: string, before: object, after: object, ...actions: string[]) => ({
      ...change(address, ...actions),
      change: { actions, before, after, after_unknown: { arn: false }, importing: { id: 'shop' } },
    });
    const summary = summarize(
      imported('aws_s3_bucket.b', { force_destroy: null }, { force_destroy: false }, 'update'),
      imported('aws_s3_bucket.a', { x: 1 }, { x: 1 }, 'no-op'),
      imported('aws_s3_bucket.c', { bucket: 'y', x: 1 }, { bucket: 'z', x: 1 }, 'update'),
      imported('aws_route.d', { z: 1 }, { z: 2 }, 'delete', 'create'),
    );
    expect(countsText(summary)).toBe('4 to import, 0 to add, 1 to change, 1 to replace, 0 to destroy');
    expect(countsText(summary, 'done')).toContain('4 imported, 0 added');
    expect(importTexts([{ id: 'dev', summary }]).map(({ address, text }) => `${address} ${text}`)).toEqual([
      'aws_route.d shop in dev, changes z',
      'aws_s3_bucket.a shop in dev, changes nothing',
      'aws_s3_bucket.b shop in dev, changes nothing',
      'aws_s3_bucket.c shop in dev, changes bucket',
    ]);
    // what is not ours yet is not ours to throw away
    expect(refusedLosses([{ id: 'dev', summary }], [], 'make apply ALLOW_DESTROY=')).toHaveLength(1);
  });

  it('names what goes, stateful resources first, then by address', () => {
    expect(
      summarize(
        change('aws_route.z', 'delete'),
        change('aws_s3_bucket.media', 'delete', 'create'),
        change('aws_route.a', 'delete'),
        change('aws_rds_cluster.databases_orders', 'delete'),
      ).losses,
    ).toEqual([
      { address: 'aws_rds_cluster.databases_orders', how: 'destroy', stateful: true },
      { address: 'aws_s3_bucket.media', how: 'replace', stateful: true },
      { address: 'aws_route.a', how: 'destroy', stateful: false },
      { address: 'aws_route.z', how: 'destroy', stateful: false },
    ]);
  });

  it('says of a left-over instance that it is one', () => {
    expect(summarize({ ...change('aws_vpc.a', 'delete'), deposed: '4711' }).losses).toEqual([
      { address: 'aws_vpc.a (deposed 4711)', how: 'destroy', stateful: false },
    ]);
  });

  it('says what forces a replacement, without any value, and which setting leads there', () => {
    const replaced = {
      ...change('aws_db_instance.databases_orders', 'delete', 'create'),
      change: {
        actions: ['delete', 'create'],
        before: { engine: 'secret-value' },
        replace_paths: [['engine'], ['tags', 'secret-key'], ['engine']],
      },
    };
    const tainted = {
      ...change('aws_route.a', 'delete', 'create'),
      action_reason: 'replace_because_tainted',
    };
    const plan = { resource_changes: [replaced, tainted] };
    const summary = summaryOf(plan, (address, attribute) =>
      attribute === 'engine' ? `setting of ${address}` : undefined,
    );
    expect(lossLines([{ id: 'east', summary }])).toEqual([
      '  replace aws_db_instance.databases_orders in east, forced by engine (setting setting of aws_db_instance.databases_orders), tags, stateful',
      '  replace aws_route.a in east, forced by being marked as tainted',
    ]);
    expect(JSON.stringify(summary)).not.toContain('secret');
  });

  it('puts the stateful resources of all stacks before the others', () => {
    const east = summarize(change('aws_route.a', 'delete'), change('aws_s3_bucket.media', 'delete'));
    const west = summarize(change('aws_kms_key.data', 'delete', 'create'));
    expect(
      lossLines([
        { id: 'east', summary: east },
        { id: 'west', summary: west },
      ]),
    ).toEqual([
      '  destroy aws_s3_bucket.media in east, stateful',
      '  replace aws_kms_key.data in west, stateful',
      '  destroy aws_route.a in east',
    ]);
  });
});

describe('stateful', () => {
  it.each([
    'aws_db_instance',
    'aws_dynamodb_table',
    'aws_ecr_repository',
    'aws_efs_file_system',
    'aws_elasticache_replication_group',
    'aws_kms_key',
    'aws_rds_cluster',
    'aws_rds_cluster_instance',
    'aws_rds_global_cluster',
    'aws_route53_zone',
    'aws_s3_bucket',
    'aws_secretsmanager_secret',
    'aws_sqs_queue',
  ])('is %s', (type) => {
    expect(isStateful(type)).toBe(true);
  });

  it.each(['aws_security_group', 'aws_s3_bucket_policy', 'aws_ecs_service', 'aws_kms_alias'])(
    'is not %s',
    (type) => {
      expect(isStateful(type)).toBe(false);
    },
  );
});

describe('the gate before destruction', () => {
  const plans = [
    {
      id: 'dev-us-east-1-workload',
      summary: summarize(
        change('aws_rds_cluster.databases_orders', 'delete'),
        change('aws_s3_bucket.media', 'delete', 'create'),
        change('aws_route.a', 'delete'),
      ),
    },
  ];
  const refused = (...allowed: readonly string[]) =>
    refusedLosses(plans, allowed, 'make apply ENV=dev ALLOW_DESTROY=');

  it('refuses each stateful resource that would go, and says how to allow it', () => {
    expect(refused()).toEqual([
      'dev-us-east-1-workload: aws_rds_cluster.databases_orders must not be destroyed, as its data goes with it, got a plan that does; change the settings back, or name it',
      'dev-us-east-1-workload: aws_s3_bucket.media must not be replaced, as its data goes with it, got a plan that does; change the settings back, or name it',
      "to let all of these go: make apply ENV=dev ALLOW_DESTROY='aws_rds_cluster.databases_orders,aws_s3_bucket.media'",
    ]);
    expect(refused('aws_rds_cluster.databases_orders')).toEqual([
      "dev-us-east-1-workload: aws_s3_bucket.media must not be replaced, as its data goes with it, got a plan that does; change the settings back, or name it: make apply ENV=dev ALLOW_DESTROY='aws_s3_bucket.media'",
    ]);
  });

  it.each([
    [undefined, []],
    [['aws_s3_bucket.media'], ['aws_s3_bucket.media']],
    [['aws_s3_bucket.media,aws_kms_key.data'], ['aws_s3_bucket.media', 'aws_kms_key.data']],
    [[' aws_s3_bucket.media aws_kms_key.data, '], ['aws_s3_bucket.media', 'aws_kms_key.data']],
    [
      ['dev-us-east-1-workload/aws_s3_bucket.media', 'aws_kms_key.data'],
      ['dev-us-east-1-workload/aws_s3_bucket.media', 'aws_kms_key.data'],
    ],
    [
      ['aws_s3_bucket.media (deposed 1a2b) aws_kms_key.data'],
      ['aws_s3_bucket.media (deposed 1a2b)', 'aws_kms_key.data'],
    ],
  ])('reads the addresses in %j', (said, addresses) => {
    expect(addressesIn(said)).toEqual(addresses);
  });

  it('lets pass what was named, by address or by stack and address', () => {
    expect(refused('aws_rds_cluster.databases_orders', 'dev-us-east-1-workload/aws_s3_bucket.media')).toEqual(
      [],
    );
  });

  it('does not take the name of another stack, or a part of an address', () => {
    expect(refused('dev-us-west-2-workload/aws_s3_bucket.media', 'aws_rds_cluster', 'media')).toHaveLength(3);
  });
});
