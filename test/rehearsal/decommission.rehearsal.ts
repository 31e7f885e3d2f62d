import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EnvironmentFile } from '../../src/config/define';
import { environments, shared, unlinkedProd } from '../fixtures/car-retail';
import { changed, estateOf } from '../support/estate';
import { withoutStandby } from '../support/without';
import { rehearse } from './rehearsal';
import type { RehearsedStack } from './rehearsed-stack';
import type { JsonObject } from './stack-document';
import { destroyStack } from './stack-phases';
import { StandIn } from './stand-in';
import { synthesizeEstate } from './unprotected-estate';

const WEST = ['prod-us-west-2-workload', 'prod-us-west-2-foundation'];
const EAST = ['prod-us-east-1-workload', 'prod-us-east-1-foundation'];
const SITES = 'prod-us-east-1-edge';
const LINKS = 'prod-global-links';
const { prod } = environments;
/** In the order in which a plan of the environment has them. */
const ALL = [EAST[1] ?? '', WEST[1] ?? '', LINKS, EAST[0] ?? '', WEST[0] ?? ''];
/**
 * What goes with the link that ends: its two ends, routes, names, and what lets reads of the other region pass. Tasks that read
 * there start anew.
 */
const OF_LINKS =
  /^(delete,create aws_ecs_task_definition\.services_(indexer|inventory)$|delete aws_(cloudwatch_metric_alarm|route|route53_health_check|route53_record|route53_zone_association|vpc_peering_connection(_accepter)?|iam_role_policy|vpc_security_group_(in|e)gress_rule)\.(links|databases_orders_(alarms_silent|readers_last)|.*(cross-region|elsewhere|published)))/;

const regionGoing = changed(prod, { regions: { 'us-west-2': { decommission: true } } });
const regionGone = changed(changed(prod, unlinkedProd), {
  regions: { 'us-west-2': null },
  ...withoutStandby(prod),
});

let standIn: StandIn;
let folder: string;
let stacks: ReadonlyMap<string, RehearsedStack>;

beforeAll(async () => {
  standIn = await StandIn.start();
  folder = mkdtempSync(join(tmpdir(), 'decommission-'));
  synthesized(prod);
  const rehearsed = await rehearse(folder, standIn);
  expect(rehearsed.failures).toBe(0);
  ({ stacks } = rehearsed);
}, 240_000);

afterAll(async () => {
  await standIn.stop();
  rmSync(folder, { recursive: true, force: true });
});

const synthesized = (file: EnvironmentFile) =>
  synthesizeEstate(estateOf({ environments: { prod: file }, shared }), ['prod'], folder);

const stack = (id: string) => stacks.get(id) as RehearsedStack;

/** Plans and applies what the settings now say of some stacks. @returns what is done to which resource */
async function applied(file: EnvironmentFile, ids: readonly string[]): Promise<readonly string[]> {
  synthesized(file);
  const done: string[] = [];
  for (const id of ids) {
    const text = readFileSync(join(folder, 'stacks', id, 'cdk.tf.json'), 'utf8');
    stack(id).reconfigure(JSON.parse(text) as JsonObject);
    const plan = await stack(id).plan();
    expect(plan.code, plan.output).toBe(0);
    const { resource_changes: changes = [] } = (await stack(id).showPlan()) as {
      resource_changes?: { address: string; mode: string; change: { actions: string[] } }[];
    };
    const apply = await stack(id).apply();
    expect(apply.code, apply.output).toBe(0);
    for (const { address, mode, change } of changes)
      if (mode === 'managed' && !change.actions.includes('no-op'))
        done.push(`${change.actions.join()} ${address}`);
  }
  return done;
}

async function destroyed(ids: readonly string[]): Promise<readonly string[]> {
  const statuses: string[] = [];
  for (const id of ids) {
    const { status, details } = await destroyStack(stack(id), { mayStay: true });
    expect(details).toBeUndefined();
    statuses.push(status);
  }
  return statuses;
}

describe('a protected environment', () => {
  it('keeps a region until that says that it goes, and then lets all of it go', async () => {
    const count = stack(WEST[1] ?? '').resourceCount();
    expect(await destroyed(WEST.slice(1))).toEqual(['protected']);
    expect(stack(WEST[1] ?? '').resourceCount()).toBe(count);
    expect(stack(LINKS).resourceCount()).toBeGreaterThan(0);
    const done = await applied(regionGoing, ALL);
    const others = done.filter((one) => !OF_LINKS.test(one));
    expect(others.filter((one) => !one.startsWith('update '))).toEqual([]);
    expect(stack(LINKS).resourceCount()).toBe(0);
    expect(await destroyed(WEST)).toEqual(['ok', 'ok']);
    expect(WEST.map((id) => stack(id).resourceCount())).toEqual([0, 0]);
  }, 180_000);

  it('goes on with one region: its global database ends, and the cluster stays', async () => {
    const done = await applied(regionGone, EAST);
    expect(done).toContain('delete aws_rds_global_cluster.databases_orders');
    expect(done).toContain('update aws_rds_cluster.databases_orders');
    expect(done.filter((one) => /^(create|delete).*aws_(rds_cluster|kms_key|s3_bucket)\./.test(one))).toEqual(
      [],
    );
  }, 120_000);

  it('lets everything go once the environment says so', async () => {
    expect(await destroyed(['prod-global-names'])).toEqual(['protected']);
    await applied(changed(regionGone, { decommission: true }), [SITES, ...EAST]);
    // its state is still where the region was that took over
    const names = stack('prod-global-names');
    await applied(changed(prod, { decommission: true }), ['prod-global-names']);
    expect(await destroyed([SITES, ...EAST, 'prod-global-names'])).toEqual(['ok', 'ok', 'ok', 'ok']);
    expect([stack(SITES), ...EAST.map(stack), names].map((one) => one.resourceCount())).toEqual([0, 0, 0, 0]);
  }, 180_000);
});
