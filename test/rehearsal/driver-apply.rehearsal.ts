import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runApply } from '../../src/commands/apply';
import { runDestroy } from '../../src/commands/destroy';
import { runPlan } from '../../src/commands/plan';
import { RefusedError } from '../../src/errors';
import { DriverEstate, place, readsStateOf, type DrivenStack } from './driver-estate';

const FOUNDATION = place('foundation');
const WORKLOAD = place('workload');

let estate: DriverEstate;
beforeEach(async () => {
  estate = await DriverEstate.start();
});
afterEach(() => estate.stop());

const plan = () => runPlan({ scope: 'dev' }, estate.surroundings);
const apply = () => runApply({ scope: 'dev' }, estate.surroundings);
const destroy = (confirm?: string) => runDestroy({ scope: 'dev', confirm }, estate.surroundings);

const foundation = (tag: string): DrivenStack => ({
  place: FOUNDATION,
  config: {
    resource: { aws_vpc: { network: { cidr_block: '10.0.0.0/16', tags: { Name: tag } } } },
    output: { vpc: { value: '${aws_vpc.network.id}' } },
  },
});
const workload = (tag: string, more: object = {}): DrivenStack => ({
  place: WORKLOAD,
  after: ['dev-us-east-1-foundation'],
  config: {
    data: readsStateOf(FOUNDATION),
    resource: {
      aws_subnet: {
        a: {
          cidr_block: '10.0.0.0/24',
          vpc_id: '${data.terraform_remote_state.foundation.outputs.vpc}',
          tags: { Name: tag },
        },
      },
      ...more,
    },
  },
});

/** Everything applied, in two rounds. */
async function applied(): Promise<void> {
  await estate.write(foundation('one'), workload('one'));
  for (let round = 0; round < 2; round += 1) {
    await plan();
    await apply();
  }
  estate.said();
}

describe('an apply', () => {
  beforeEach(applied);

  it('goes on downstream after it has moved the state of the stack upstream, whose outputs have stayed', async () => {
    await estate.write(foundation('two'), workload('two'));
    await plan();
    await apply();
    expect(estate.said().slice(-2)).toEqual([
      'dev-us-east-1-foundation  applied: 0 added, 1 changed, 0 replaced, 0 destroyed',
      'dev-us-east-1-workload    applied: 0 added, 1 changed, 0 replaced, 0 destroyed',
    ]);
  });

  it('refuses plans of states that somebody has moved', async () => {
    await estate.write(foundation('two'), workload('two'));
    await plan();
    await estate.bySomebodyElse(async () => {
      await plan();
      await apply();
    });
    await expect(apply()).rejects.toThrow(RefusedError);
    await expect(apply()).rejects.toThrow(
      /^dev-us-east-1-foundation: its state must be as it was planned with/,
    );
  });

  it('applies on another machine, which gets the plans and nothing else', async () => {
    estate.env = { PLAN_KEY: Buffer.alloc(32, 7).toString('base64') };
    await estate.write(foundation('two'), workload('two'));
    await plan();
    await estate.onAnotherMachine(apply);
    expect(estate.said().slice(-2)).toEqual([
      'dev-us-east-1-foundation  applied: 0 added, 1 changed, 0 replaced, 0 destroyed',
      'dev-us-east-1-workload    applied: 0 added, 1 changed, 0 replaced, 0 destroyed',
    ]);
  });

  it('applies a plan that lay encrypted', async () => {
    estate.env = { PLAN_KEY: Buffer.alloc(32, 7).toString('base64') };
    await estate.write(foundation('two'), workload('one'));
    await plan();
    await apply();
    expect(estate.said().at(-2)).toContain('applied: 0 added, 1 changed');
  });
});

describe('a destruction', () => {
  it('goes downstream first, and leaves nothing', async () => {
    await applied();
    await destroy();
    expect(estate.state(WORKLOAD)).toEqual(['aws_subnet.a']);
    await destroy('dev');
    expect(estate.said().slice(-2)).toEqual([
      'dev-us-east-1-workload    applied: 0 added, 0 changed, 0 replaced, 1 destroyed',
      'dev-us-east-1-foundation  applied: 0 added, 0 changed, 0 replaced, 1 destroyed',
    ]);
    expect([...estate.state(WORKLOAD), ...estate.state(FOUNDATION)]).toEqual([]);
    await destroy();
    expect(estate.said()).toEqual(['nothing of dev stands, nothing to destroy']);
  });

  it('does not begin while something is protected', async () => {
    const cluster = {
      cluster_identifier: 'orders',
      engine: 'aurora-mysql',
      master_username: 'admin',
      manage_master_user_password: true,
      deletion_protection: true,
      skip_final_snapshot: true,
    };
    await estate.write(
      foundation('one'),
      workload('one', { aws_rds_cluster: { databases_orders: cluster } }),
    );
    for (let round = 0; round < 2; round += 1) {
      await plan();
      await apply();
    }
    await expect(destroy()).rejects.toThrow(/aws_rds_cluster\.databases_orders must not be protected/);
  });
});
