import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mergeFile } from '../../src/config/check';
import type { EnvironmentFile } from '../../src/config/define';
import type { Json } from '../../src/config/merge';
import { environments, shared } from '../fixtures/car-retail';
import { estateOf } from '../support/estate';
import { emptied, leaving, NEW_NAMES, renamed } from '../support/life-cycle';
import { rehearse } from './rehearsal';
import type { RehearsedStack } from './rehearsed-stack';
import type { JsonObject } from './stack-document';
import { StandIn } from './stand-in';
import { synthesizeEstate } from './unprotected-estate';

const WORKLOAD = 'prod-us-east-1-workload';
const { prod } = environments;

type Settings = Record<string, Record<string, Json>>;

/** The database of orders under another name, with all that it had before. */
function renamedAgain(settings: Settings, name: string, before: readonly string[]): Settings {
  const { purchases, ...databases } = settings['databases'] ?? {};
  const services = Object.entries(settings['services'] ?? {}).map(([service, entry]) => [
    service,
    JSON.parse(JSON.stringify(entry).replaceAll('"purchases"', `"${name}"`)) as Json,
  ]);
  return {
    ...settings,
    databases: { ...databases, [name]: { ...purchases, renamedFrom: [...before] } },
    services: Object.fromEntries(services) as Record<string, Json>,
  };
}

/** Everything by its first name again. */
function undone(file: EnvironmentFile): EnvironmentFile {
  const overrides = structuredClone(mergeFile(file)) as Settings;
  for (const [kind, names] of Object.entries(NEW_NAMES))
    for (const [name, other] of Object.entries(names)) {
      const entry = overrides[kind]?.[name];
      if (entry) entry['renamedFrom'] = [name, other, ...(other === 'purchases' ? ['sales'] : [])];
    }
  return { blueprint: {}, overrides };
}

interface Change {
  readonly address: string;
  readonly previous_address?: string;
  readonly change: { readonly actions: readonly string[] };
}

let standIn: StandIn;
let folder: string;
let workload: RehearsedStack;

beforeAll(async () => {
  standIn = await StandIn.start();
  folder = mkdtempSync(join(tmpdir(), 'life-cycle-'));
  synthesized(prod);
  const { stacks, failures } = await rehearse(join(folder, 'now'), standIn, {
    only: ['prod-global-names', 'prod-us-east-1-foundation', WORKLOAD],
  });
  expect(failures).toBe(0);
  workload = stacks.get(WORKLOAD) as RehearsedStack;
}, 180_000);

afterAll(async () => {
  await standIn.stop();
  rmSync(folder, { recursive: true, force: true });
});

function synthesized(file: EnvironmentFile): JsonObject {
  const out = join(folder, 'now');
  synthesizeEstate(estateOf({ environments: { prod: file }, shared }), ['prod'], out);
  return JSON.parse(readFileSync(join(out, 'stacks', WORKLOAD, 'cdk.tf.json'), 'utf8')) as JsonObject;
}

/** What a plan of this configuration does to what stands. */
async function planOf(configuration: JsonObject): Promise<readonly Change[]> {
  workload.reconfigure(configuration);
  const plan = await workload.plan();
  expect(plan.code, plan.output).toBe(0);
  const { resource_changes: changes = [] } = (await workload.showPlan()) as { resource_changes?: Change[] };
  return changes;
}

const actionsIn = (changes: readonly Change[]) => [
  ...new Set(changes.flatMap(({ change }) => change.actions)),
];

describe('what stands', () => {
  it('moves to its new addresses after a rename, and nothing about it changes', async () => {
    const changes = await planOf(synthesized(renamed(prod)));
    expect(actionsIn(changes)).toEqual(['no-op']);
    const moved = changes.filter((change) => change.previous_address !== undefined);
    expect(moved.map(({ previous_address }) => previous_address)).toContain(
      'aws_rds_cluster.databases_orders',
    );
    expect(moved.length).toBeGreaterThan(50);
  }, 60_000);

  it('moves on after a second rename, and comes back when that is undone', async () => {
    const first = renamed(prod);
    const names = (path: string, ...said: string[]) =>
      ({ ...first, overrides: renamedAgain(first.overrides as Settings, path, said) }) as EnvironmentFile;
    const apply = async (file: EnvironmentFile) => {
      expect(actionsIn(await planOf(synthesized(file)))).toEqual(['no-op']);
      const applied = await workload.apply();
      expect(applied.code, applied.output).toBe(0);
    };
    await apply(first);
    await apply(names('sales', 'orders', 'purchases'));
    await apply(undone(prod));
    // what stands is as if nothing had ever been renamed
    await apply(prod);
  }, 120_000);

  it('would be destroyed without these moves, as nothing protects what is no longer in the code', async () => {
    const anew = synthesized(renamed(prod));
    delete anew['moved'];
    const changes = await planOf(anew);
    const cluster = changes.find(({ address }) => address === 'aws_rds_cluster.databases_orders');
    expect(cluster?.change.actions).toEqual(['delete']);
  }, 60_000);

  it('gives its protection up when it is decommissioned, and can then be removed', async () => {
    expect(actionsIn(await planOf(synthesized(leaving(prod)))).toSorted()).toEqual(['no-op', 'update']);
    const released = await workload.apply();
    expect(released.code, released.output).toBe(0);
    const gone = await planOf(synthesized(emptied(prod)));
    expect(gone.some(({ address }) => address === 'aws_rds_cluster.databases_orders')).toBe(true);
    expect(actionsIn(gone.filter(({ address }) => /^aws_(rds|s3|elasticache|lb|ecs)/.test(address)))).toEqual(
      ['delete'],
    );
    const removed = await workload.apply();
    expect(removed.code, removed.output).toBe(0);
    // it shows what the network refuses, whatever else stands
    expect(workload.resourceCount()).toBe(1);
    expect(workload.state()).toContain('"aws_cloudwatch_dashboard"');
  }, 120_000);
});
