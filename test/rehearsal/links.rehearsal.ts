import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { environments, shared } from '../fixtures/car-retail';
import { changed, estateOf } from '../support/estate';
import { rehearse } from './rehearsal';
import type { RehearsedStack } from './rehearsed-stack';
import type { JsonObject } from './stack-document';
import { StandIn } from './stand-in';
import { synthesizeEstate } from './unprotected-estate';

const LINKS = 'beta-global-links';
const FOUNDATIONS = ['beta-us-east-1-foundation', 'beta-us-west-2-foundation'];
const PEERING = ['aws_vpc_peering_connection', 'aws_vpc_peering_connection_accepter'];

let standIn: StandIn;
let folder: string;
let stacks: ReadonlyMap<string, RehearsedStack>;

beforeAll(async () => {
  standIn = await StandIn.start();
  folder = mkdtempSync(join(tmpdir(), 'links-'));
  synthesized('peering');
  const rehearsed = await rehearse(folder, standIn, { only: [LINKS] });
  expect(rehearsed.failures).toBe(0);
  ({ stacks } = rehearsed);
}, 120_000);

afterAll(async () => {
  await standIn.stop();
  rmSync(folder, { recursive: true, force: true });
});

function synthesized(interRegion: string): void {
  const beta = changed(environments.beta, { interRegion });
  synthesizeEstate(estateOf({ environments: { beta }, shared }), ['beta'], folder);
}

const stack = (id: string) => stacks.get(id) as RehearsedStack;

async function planned(id: string): Promise<void> {
  const text = readFileSync(join(folder, 'stacks', id, 'cdk.tf.json'), 'utf8');
  stack(id).reconfigure(JSON.parse(text) as JsonObject);
  const plan = await stack(id).plan();
  expect(plan.code, plan.output).toBe(0);
}

async function applied(id: string): Promise<void> {
  const apply = await stack(id).apply();
  expect(apply.code, apply.output).toBe(0);
}

/** Plans and applies another link. @returns what is done to which type, and the types in the order in which it was done */
async function linkedBy(interRegion: string) {
  synthesized(interRegion);
  // foundations say by their outputs what a link needs of them
  for (const id of FOUNDATIONS) {
    await planned(id);
    await applied(id);
  }
  await planned(LINKS);
  const { resource_changes: changes = [] } = (await stack(LINKS).showPlan()) as {
    resource_changes?: { type: string; mode: string; change: { actions: string[] } }[];
  };
  const order: string[] = [];
  standIn.cloud.afterChange = (type) => void order.push(type);
  await applied(LINKS);
  const again = await stack(LINKS).planAgain();
  expect(again.code, again.output).toBe(0);
  const done = changes
    .filter(({ mode, change }) => mode === 'managed' && !change.actions.includes('no-op'))
    .map(({ type, change }) => `${change.actions.join()} ${type}`);
  return { done: new Set(done), order };
}

const GATEWAYS = [
  '',
  '_peering_attachment',
  '_peering_attachment_accepter',
  '_route',
  '_route_table',
  '_route_table_association',
  '_vpc_attachment',
].map((type) => `aws_ec2_transit_gateway${type}`);
const ROUTED = [...GATEWAYS, 'aws_cloudwatch_dashboard', 'aws_cloudwatch_metric_alarm'];

describe('what links the regions of an environment', () => {
  it('changes from a peering to transit gateways: routes in place, and before the peering goes', async () => {
    const { done, order } = await linkedBy('transit-gateway');
    expect(done).toEqual(
      new Set([
        'update aws_route',
        ...ROUTED.map((type) => `create ${type}`),
        ...PEERING.map((type) => `delete ${type}`),
      ]),
    );
    const firstOfPeering = Math.min(...PEERING.map((type) => order.indexOf(type)));
    expect(order.lastIndexOf('aws_route')).toBeLessThan(firstOfPeering);
  }, 60_000);

  it('and back: routes in place, once the peering is accepted', async () => {
    const { done, order } = await linkedBy('peering');
    expect(done).toEqual(
      new Set([
        'update aws_route',
        ...ROUTED.map((type) => `delete ${type}`),
        ...PEERING.map((type) => `create ${type}`),
      ]),
    );
    expect(order.indexOf('aws_route')).toBeGreaterThan(order.indexOf(PEERING[1] ?? ''));
  }, 60_000);

  it('goes', async () => {
    const { done } = await linkedBy('none');
    expect([...done].filter((one) => !one.startsWith('delete'))).toEqual([]);
    expect(stack(LINKS).resourceCount()).toBe(0);
  }, 60_000);
});
