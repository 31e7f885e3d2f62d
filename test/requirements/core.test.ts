import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Testing } from 'cdktf';
import { Address4 } from 'ip-address';
import { StateBucket } from '../../modules/state/state-bucket';
import { PROJECT_FOLDER } from '../../src/config/load';
import { synthesize } from '../../src/synth';
import { ACCOUNT, REGION, testStack } from '../support/harness';
import { statementsOf } from '../support/statements';
import { bodiesOf, only, PROD, resourcesOf, someOf, STANDBY, stacksOf } from './look';
import { test } from './requirement-test';

/** Rows of the design card. */
describe('the core', () => {
  test('C1: four environments stand in two regions each, in VPCs that do not overlap', () => {
    const vpcs = resourcesOf('aws_vpc');
    expect([...vpcs.keys()]).toEqual(
      ['dev', 'qa', 'beta', 'prod'].flatMap((environment) =>
        ['us-east-1', 'us-west-2'].map((region) => `${environment}-${region}-foundation: network`),
      ),
    );
    const ranges = [...vpcs.values()].map(({ cidr_block }) => new Address4(String(cidr_block)));
    for (const one of ranges)
      expect(ranges.filter((other) => one.isInSubnet(other) || other.isInSubnet(one))).toEqual([one]);
    for (const [name, { cidr_block }] of vpcs) {
      const range = new Address4(String(cidr_block));
      const stack = new RegExp(`^${name.split(': ')[0]}$`);
      for (const subnet of someOf('aws_subnet', stack))
        expect(new Address4(String(subnet['cidr_block'])).isInSubnet(range)).toBe(true);
    }
  });

  test('C2: Aurora has readers in other zones, and a cluster that follows in the other region', () => {
    const zones = [...resourcesOf('aws_rds_cluster_instance', PROD)]
      .filter(([name]) => name.includes('databases_orders_'))
      .map(([, { availability_zone: zone }]) => zone);
    expect(new Set(zones).size).toBeGreaterThan(1);
    const global = only(resourcesOf('aws_rds_global_cluster', PROD).values());
    const follower = resourcesOf('aws_rds_cluster', STANDBY).get('prod-us-west-2-workload: databases_orders');
    expect(follower).toMatchObject({
      global_cluster_identifier: global['global_cluster_identifier'],
      source_region: 'us-east-1',
    });
    expect(bodiesOf('aws_rds_cluster_instance', STANDBY)).not.toEqual([]);
  });

  test('C3: a cache fails over to another zone in production, and need not in dev', () => {
    expect(only(bodiesOf('aws_elasticache_replication_group', PROD))).toMatchObject({
      automatic_failover_enabled: true,
      multi_az_enabled: true,
      num_cache_clusters: 3,
    });
    expect(only(bodiesOf('aws_elasticache_replication_group', /^dev-us-east-1/))).toMatchObject({
      automatic_failover_enabled: false,
      num_cache_clusters: 1,
    });
  });

  test('C4: every service scales, and so do the instances that services run on', () => {
    expect(
      bodiesOf('aws_appautoscaling_target', PROD).filter(({ service_namespace: of }) => of === 'ecs'),
    ).toHaveLength(bodiesOf('aws_ecs_service', PROD).length);
    only(bodiesOf('aws_ecs_cluster', PROD));
    expect(only(bodiesOf('aws_ecs_capacity_provider', PROD))['auto_scaling_group_provider']).toMatchObject({
      managed_scaling: { status: 'ENABLED' },
      managed_termination_protection: 'ENABLED',
    });
    const backlog = resourcesOf('aws_appautoscaling_policy', PROD).get(
      'prod-us-east-1-workload: services_indexer_scaling_queues-price-changes',
    );
    expect(JSON.stringify(backlog)).toContain('ApproximateNumberOfMessagesVisible');
    // and shows where the time of a request goes
    expect([...resourcesOf('aws_iam_role_policy', PROD).keys()]).toContainEqual(
      expect.stringMatching(/_send-traces$/),
    );
  });

  test('C5: objects go to a Glacier class', () => {
    const [rule] = only(bodiesOf('aws_s3_bucket_lifecycle_configuration', PROD))['rule'] as object[];
    expect(rule).toMatchObject({
      status: 'Enabled',
      transition: [{ days: 180, storage_class: 'GLACIER_IR' }],
    });
  });

  test('C6: every key is rotated, and used only by IAM of its account and through named services', () => {
    const keys = bodiesOf('aws_kms_key');
    expect(keys.length).toBeGreaterThan(8);
    for (const { enable_key_rotation, policy } of keys) {
      expect(enable_key_rotation).toBe(true);
      const users = statementsOf(policy).filter(({ Action }) => [Action].flat().includes('kms:Decrypt'));
      for (const statement of users) {
        expect(Object.keys(statement['Condition'] ?? {})).not.toEqual([]);
      }
    }
  });

  test('C7: every state lies encrypted and locked in the bucket of its scope and region', () => {
    for (const { terraform } of stacksOf(/./))
      expect((terraform['backend'] as { s3: object }).s3).toMatchObject({
        encrypt: true,
        use_lockfile: true,
      });
  });

  test('C8: synth writes what terraform reads, for the environment that was asked for', async () => {
    const out = join(mkdtempSync(join(tmpdir(), 'requirements-')), 'out');
    const { stacks } = await synthesize({ example: 'minimal', environments: ['test'], out });
    expect(stacks.map(({ id }) => id)).toContain('test-us-east-1-workload');
    for (const { id, folder } of stacks) {
      const json = JSON.parse(readFileSync(join(folder, 'cdk.tf.json'), 'utf8')) as object;
      expect(json).toMatchObject({ terraform: { backend: {} } });
      // nobody is told in a chat, and the stack stands empty
      if (id !== 'test-global-alerts') expect(json).toMatchObject({ resource: {} });
    }
    rmSync(dirname(out), { recursive: true });
  });

  test('C9: the pipeline plans an environment, asks a person, and only then applies it', () => {
    const pipeline = readFileSync(join(PROJECT_FOLDER, 'Jenkinsfile'), 'utf8');
    const promotion = readFileSync(join(PROJECT_FOLDER, 'jenkins/vars/promoteEnvironments.groovy'), 'utf8');
    expect(pipeline.indexOf('planEnvironments(')).toBeGreaterThan(0);
    expect(pipeline.indexOf('promoteEnvironments(')).toBeGreaterThan(pipeline.indexOf('planEnvironments('));
    const asked = promotion.indexOf('ask(cell, planned)');
    expect(asked).toBeGreaterThan(0);
    expect(promotion.indexOf('apply(cell')).toBeGreaterThan(asked);
  });

  test('C10: a construct is asserted on what Testing.synth makes of it', () => {
    const stack = testStack();
    new StateBucket(stack, 'State', {
      bucketName: 'test-state',
      keyName: 'test-state',
      account: ACCOUNT,
      region: REGION,
    });
    const has = Testing.toHaveResourceWithProperties(Testing.synth(stack), 'aws_s3_bucket_versioning', {
      versioning_configuration: { status: 'Enabled' },
    });
    expect(has).toBe(true);
  });

  test('C11: these are at the top', () => {
    const there = readdirSync(PROJECT_FOLDER);
    for (const name of [
      'src',
      'environments',
      'modules',
      'test',
      'cdktf.json',
      'package.json',
      'tsconfig.json',
      'Makefile',
    ])
      expect(there).toContain(name);
    expect(existsSync(join(PROJECT_FOLDER, 'src/main.ts'))).toBe(true);
  });
});
