import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Handovers } from '../../src/stacks/handovers';
import { importIdOf, isImportable } from '../../src/terraform/plan/import-ids';
import { parseState } from '../../src/terraform/state/state-json';
import { environments, shared } from '../fixtures/car-retail';
import { estateOf } from '../support/estate';
import { rehearse } from './rehearsal';
import type { RehearsedStack } from './rehearsed-stack';
import type { JsonObject } from './stack-document';
import { StandIn } from './stand-in';
import { synthesizeEstate } from './unprotected-estate';

const FILE = 'environments/moves.json';

let standIn: StandIn;
let folder: string;
let stacks: ReadonlyMap<string, RehearsedStack>;

beforeAll(async () => {
  standIn = await StandIn.start();
  folder = mkdtempSync(join(tmpdir(), 'move-'));
  synthesizeEstate(estateOf({ environments, shared }), ['prod', 'account-444444444444'], folder);
  const rehearsed = await rehearse(folder, standIn);
  expect(rehearsed.failures).toBe(0);
  ({ stacks } = rehearsed);
}, 240_000);

afterAll(async () => {
  await standIn.stop();
  rmSync(folder, { recursive: true, force: true });
});

interface Resource {
  readonly address: string;
  readonly type: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** What a state holds. */
const resourcesIn = (state = '{}'): readonly Resource[] =>
  (parseState(state).resources ?? [])
    .filter(({ mode }) => mode === 'managed')
    .map(({ type = '', name, instances = [] }) => ({
      address: `${type}.${name}`,
      type,
      attributes: instances[0]?.attributes ?? {},
    }));
const identities = (resources: readonly Resource[]) =>
  resources.map(({ address, attributes }) => `${address} ${String(attributes['id'])}`).sort();

async function planned(stack: RehearsedStack): Promise<Readonly<Record<string, readonly string[]>>> {
  const plan = await stack.plan();
  expect(plan.code, plan.output).toBe(0);
  const { resource_changes: changes = [] } = (await stack.showPlan()) as {
    resource_changes?: { address: string; mode: string; change: { actions: string[]; importing?: object } }[];
  };
  const found: Record<string, string[]> = {};
  for (const { address, mode, change } of changes.filter((one) => one.mode === 'managed')) {
    expect(mode).toBe('managed');
    const how = `${change.importing ? 'import ' : ''}${change.actions.join()}`;
    (found[how] ??= []).push(address);
  }
  return found;
}

async function applied(stack: RehearsedStack): Promise<void> {
  const apply = await stack.apply();
  expect(apply.code, apply.output).toBe(0);
}

describe.each(['prod-us-east-1-workload', 'prod-us-east-1-foundation', 'prod-global-names'])(
  'everything in %s',
  (id) => {
    it('goes on in another state, as what it is, and nothing of it is made anew', async () => {
      const old = stacks.get(id) as RehearsedStack;
      const text = readFileSync(join(folder, 'stacks', id, 'cdk.tf.json'), 'utf8');
      const before = resourcesIn(old.state());
      const movable = before.filter(({ type }) => isImportable(type));
      const [taking, leaving] = [new Handovers(), new Handovers()];
      const state = { bucket: 'any', key: 'any', region: 'us-east-1' };
      for (const { address, type, attributes } of movable) {
        const importId = importIdOf(type, attributes);
        expect(importId, address).toBeDefined();
        taking.add(FILE, { takes: address, id: importId ?? '' });
        leaving.add(FILE, { leaves: address, for: { stack: 'new', address, ...state } });
      }
      const there = JSON.parse(
        text
          .replaceAll('.tfstate"', '-moved.tfstate"')
          .replaceAll('foundation-moved.tfstate"', 'foundation.tfstate"'),
      ) as JsonObject;
      const backend = (there['terraform'] as { backend: { s3: { key: string } } }).backend.s3;
      backend.key = `moved/${id}.tfstate`;
      const now = standIn.writeStack(`${id}-moved`, taking.addTo(there, 'new') as JsonObject);
      const init = await now.init();
      expect(init.code, init.output).toBe(0);
      const taken = await planned(now);
      const rest = before.filter((one) => !movable.includes(one)).map(({ address }) => address);
      // what no reading tells is written anew; nothing is replaced
      const arrived = ['import no-op', 'import update'].flatMap((how) => taken[how] ?? []);
      expect(arrived.toSorted()).toEqual(movable.map(({ address }) => address).sort());
      expect(Object.keys(taken).filter((how) => !how.startsWith('import '))).toEqual(
        rest.length > 0 ? ['create'] : [],
      );
      expect(taken['create'] ?? []).toEqual(rest);
      await applied(now);
      // both hold it by now: whoever is killed here goes on from here
      expect(
        identities(resourcesIn(now.state())).filter(
          (one) => !rest.some((address) => one.startsWith(`${address} `)),
        ),
      ).toEqual(identities(movable));
      const { terraform, provider } = JSON.parse(text) as JsonObject;
      const empty = { terraform, provider };
      old.reconfigure(leaving.addTo(empty, id) as JsonObject);
      const left = await planned(old);
      expect(Object.keys(left).sort()).toEqual([...(rest.length > 0 ? ['delete'] : []), 'forget']);
      await applied(old);
      expect(old.resourceCount()).toBe(0);
      expect(await planned(now)).toEqual({ 'no-op': expect.arrayContaining([]) as unknown });
    }, 120_000);
  },
);
