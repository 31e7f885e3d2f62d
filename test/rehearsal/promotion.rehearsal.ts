import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { environments, shared } from '../fixtures/car-retail';
import { changed, estateOf } from '../support/estate';
import { rehearse, type RehearsalResult } from './rehearsal';
import type { JsonObject } from './stack-document';
import { StandIn } from './stand-in';
import { synthesizeEstate } from './unprotected-estate';

const PRIMARY = 'prod-us-east-1-workload';
const STANDBY = 'prod-us-west-2-workload';

interface Change {
  readonly mode: string;
  readonly address: string;
  readonly change: { readonly actions: readonly string[] };
}

interface State {
  serial: number;
  resources: { type: string; name: string; instances: { attributes: Record<string, unknown> }[] }[];
}

let standIn: StandIn;
let folder: string;
let result: RehearsalResult;

beforeAll(async () => {
  standIn = await StandIn.start();
  folder = mkdtempSync(join(tmpdir(), 'promotion-'));
  result = await rehearse(synthesized('before', {}), standIn);
  expect(result.failures).toBe(0);
}, 240_000);

afterAll(async () => {
  await standIn.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** The stacks of prod with something else in its settings. */
function synthesized(name: string, change: object): string {
  const out = join(folder, name);
  const prod = changed(environments.prod, change);
  synthesizeEstate(estateOf({ environments: { ...environments, prod }, shared }), ['prod'], out);
  return out;
}

/** Writes into the state of a stack what the next refresh would find in AWS. */
function find(region: string, address: string, attributes: Record<string, unknown>): void {
  const key = `prod/${region}/workload.tfstate`;
  const [where = '', text = ''] = [...standIn.states()].find(([one]) => one.endsWith(key)) ?? [];
  const state = JSON.parse(text) as State;
  const [type, name] = address.split('.');
  const found = state.resources.find((one) => one.type === type && one.name === name);
  const instance = found?.instances[0];
  if (!instance) throw new Error(`no ${address} in ${key}`);
  Object.assign(instance.attributes, attributes);
  const { objects } = standIn.cloud;
  const bucket = where.slice(0, where.indexOf('/'));
  objects.put(
    objects.createBucket(bucket),
    key,
    Buffer.from(JSON.stringify({ ...state, serial: state.serial + 1 })),
  );
}

/** What a plan would do, with `no-op` left out. */
async function planned(id: string, out = join(folder, 'before')): Promise<string[]> {
  const stack = result.stacks.get(id);
  if (!stack) throw new Error(`no ${id}`);
  const text = readFileSync(join(out, 'stacks', id, 'cdk.tf.json'), 'utf8');
  stack.reconfigure(JSON.parse(text) as JsonObject);
  const { code, output } = await stack.plan();
  expect(code, output).toBe(0);
  const { resource_changes: changes = [] } = (await stack.showPlan()) as { resource_changes?: Change[] };
  return changes
    .filter(({ mode, change }) => mode === 'managed' && change.actions.join() !== 'no-op')
    .map(({ address, change }) => `${change.actions.join(' and ')} ${address}`)
    .sort();
}

describe('after a promotion in the standby region', () => {
  const cluster = 'aws_rds_cluster.databases_orders';
  const instance = 'aws_db_instance.databases_catalog';
  const arn = (region: string) => `arn:aws:rds:${region}:444444444444:cluster:prod-orders`;

  it('the plan is empty in both regions', async () => {
    find('us-west-2', cluster, { replication_source_identifier: '', source_region: '' });
    find('us-east-1', cluster, { replication_source_identifier: arn('us-west-2') });
    find('us-west-2', instance, { replicate_source_db: '' });
    expect(await planned(STANDBY)).toEqual([]);
    expect(await planned(PRIMARY)).toEqual([]);
  }, 60_000);

  it('the plan is empty also where the lost member was taken out of the global database', async () => {
    find('us-east-1', cluster, { global_cluster_identifier: '' });
    expect(await planned(PRIMARY)).toEqual([]);
  }, 60_000);

  it('the settings say it, and only what watches and scales changes', async () => {
    const out = synthesized('after', { databases: { orders: { primaryRegion: 'us-west-2' } } });
    const alarm = 'aws_cloudwatch_metric_alarm.databases_orders_alarms_';
    // a proxy is watched where the writer is
    const watch = (change: 'create' | 'delete') =>
      ['pool-full', 'writer-unavailable'].map(
        (name) => `${change} aws_cloudwatch_metric_alarm.databases_orders_proxy_alarms_${name}`,
      );
    const dashboard = 'update aws_cloudwatch_dashboard.dashboard';
    expect(await planned(PRIMARY, out)).toEqual([
      `create ${alarm}global-replication-lag`,
      'delete aws_appautoscaling_policy.databases_orders_reader-scaling',
      'delete aws_appautoscaling_target.databases_orders_reader-scaling',
      `delete ${alarm}replica-lag`,
      ...watch('delete'),
      dashboard,
    ]);
    expect(await planned(STANDBY, out)).toEqual([
      ...watch('create'),
      `delete ${alarm}global-replication-lag`,
      dashboard,
    ]);
  }, 60_000);
});
