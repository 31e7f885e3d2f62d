import { afterEach, beforeEach, expect, it } from 'vitest';
import { runApply } from '../../src/commands/apply';
import { runPlan } from '../../src/commands/plan';
import { DriverEstate, place, readsStateOf, type DrivenStack } from './driver-estate';

const FOUNDATION = place('foundation');
const WORKLOAD = place('workload');

let estate: DriverEstate;
beforeEach(async () => {
  estate = await DriverEstate.start();
});
afterEach(() => estate.stop());

const plan = async () => {
  await runPlan({ scope: 'dev' }, estate.surroundings);
  return estate.said();
};
const apply = async () => {
  await runApply({ scope: 'dev' }, estate.surroundings);
  return estate.said();
};

/** In two rounds. */
async function applyBoth(): Promise<void> {
  for (let round = 0; round < 2; round += 1) {
    await plan();
    await apply();
  }
}

/** A network with subnets, each of which is an output. */
const foundation = (subnets: Readonly<Record<string, string>>): DrivenStack => ({
  place: FOUNDATION,
  config: {
    resource: {
      aws_vpc: { network: { cidr_block: '10.0.0.0/16' } },
      aws_subnet: Object.fromEntries(
        Object.entries(subnets).map(([name, cidr_block]) => [
          name,
          { cidr_block, vpc_id: '${aws_vpc.network.id}' },
        ]),
      ),
    },
    output: Object.fromEntries(
      Object.keys(subnets).map((name) => [`subnet-${name}`, { value: `\${aws_subnet.${name}.id}` }]),
    ),
  },
});

/** Something in each of these subnets. */
const workload = (...subnets: readonly string[]): DrivenStack => ({
  place: WORKLOAD,
  after: ['dev-us-east-1-foundation'],
  config: {
    data: readsStateOf(FOUNDATION),
    resource: {
      aws_elasticache_subnet_group: {
        orders: {
          name: 'orders',
          subnet_ids: subnets.map(
            (name) => `\${data.terraform_remote_state.foundation.outputs.subnet-${name}}`,
          ),
        },
      },
    },
  },
});

it('a new environment takes a round for each layer, then nothing is left', async () => {
  await estate.write(foundation({ a: '10.0.0.0/24' }), workload('a'));
  expect((await plan())[1]).toBe('dev-us-east-1-workload    waiting for dev-us-east-1-foundation');
  await apply();
  expect((await plan())[1]).toMatch(/workload {4}planned: 1 to add/);
  await apply();
  expect(await plan()).toEqual([
    'dev-us-east-1-foundation  no changes',
    'dev-us-east-1-workload    no changes',
  ]);
});

it('what a downstream stack still uses goes after that stack does without it', async () => {
  await estate.write(foundation({ a: '10.0.0.0/24', b: '10.0.1.0/24' }), workload('a', 'b'));
  await applyBoth();
  await estate.write(foundation({ a: '10.0.0.0/24' }), workload('a'));
  expect((await plan()).slice(0, 2)).toEqual([
    'dev-us-east-1-workload    planned: 0 to add, 1 to change, 0 to replace, 0 to destroy',
    'dev-us-east-1-foundation  waiting for dev-us-east-1-workload (to be applied without aws_subnet.b)',
  ]);
  await apply();
  expect((await plan()).slice(0, 2)).toEqual([
    'dev-us-east-1-foundation  planned: 0 to add, 0 to change, 0 to replace, 1 to destroy',
    'dev-us-east-1-workload    no changes',
  ]);
  await apply();
  expect(estate.state(FOUNDATION)).toEqual(['aws_subnet.a', 'aws_vpc.network']);
  expect(await plan()).toEqual([
    'dev-us-east-1-foundation  no changes',
    'dev-us-east-1-workload    no changes',
  ]);
});

it('an output that changes is planned against once it has changed', async () => {
  await estate.write(foundation({ a: '10.0.0.0/24' }), workload('a'));
  await applyBoth();
  // another range is another subnet
  await estate.write(foundation({ a: '10.0.9.0/24' }), workload('a'));
  expect((await plan()).slice(0, 2)).toEqual([
    'dev-us-east-1-foundation  planned: 0 to add, 0 to change, 1 to replace, 0 to destroy',
    'dev-us-east-1-workload    waiting for dev-us-east-1-foundation (its output subnet-a will change)',
  ]);
});
