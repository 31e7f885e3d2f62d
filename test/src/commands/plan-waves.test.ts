import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runPlan } from '../../../src/commands/plan';
import { RefusedError, RunError } from '../../../src/errors';
import { DriverWorld, place } from '../terraform/driver-world';
import { change } from '../terraform/stub-terraform';

const FOUNDATION = place('us-east-1', 'foundation');
const WORKLOAD = place('us-east-1', 'workload');
const WEST = place('us-west-2', 'foundation');
const EAST_BUCKET = 'dev-us-east-1-state-111122223333';

/** Reads an output of the foundation. */
const readsVpc = {
  data: {
    terraform_remote_state: {
      foundation: {
        config: { bucket: EAST_BUCKET, key: 'dev/us-east-1/foundation.tfstate', region: 'us-east-1' },
      },
    },
  },
  resource: { aws_x: { y: { z: '${data.terraform_remote_state.foundation.outputs.vpc-id}' } } },
};
const added = { changes: [change('aws_vpc.network', 'create')] };

let world: DriverWorld;
beforeEach(() => {
  world = new DriverWorld();
  world.buckets.add(EAST_BUCKET).add('dev-us-west-2-state-111122223333');
});
afterEach(() => world.close());

const plan = (options: object = {}) => runPlan({ scope: 'dev', ...options }, world.surroundings);

describe('waves', () => {
  const EAST = 'dev-us-east-1-foundation';
  const removing = {
    changes: [
      { ...change('aws_subnet.old', 'delete'), change: { actions: ['delete'], before: { id: 'subnet-1' } } },
    ],
  };
  beforeEach(() => {
    world.stacks = [{ place: FOUNDATION }, { place: WORKLOAD, after: [EAST], config: readsVpc }];
    world.applied(FOUNDATION, ['vpc-id']);
  });

  it('do not plan against an output that is not there yet', async () => {
    world.stacks = [{ place: WORKLOAD, config: readsVpc }];
    world.applied(FOUNDATION, ['other']);
    await plan();
    expect(world.said[0]).toBe(
      'dev-us-east-1-workload  waiting for dev-us-east-1-foundation (its output vpc-id)',
    );
    world.applied(FOUNDATION, ['vpc-id']);
    world.lines.length = 0;
    await plan();
    expect(world.said).toEqual(['dev-us-east-1-workload  no changes']);
  });

  it('do not plan against an output that will change', async () => {
    world.terraform.says({ [EAST]: { outputs: { 'vpc-id': { actions: ['update'] } } } });
    await plan();
    expect(world.said.slice(0, 2)).toEqual([
      'dev-us-east-1-foundation  planned: 0 to add, 0 to change, 0 to replace, 0 to destroy',
      'dev-us-east-1-workload    waiting for dev-us-east-1-foundation (its output vpc-id will change)',
    ]);
  });

  it('do not plan against the outputs of a stack that could not be planned', async () => {
    world.terraform.says({ [EAST]: { fails: { plan: 'Error: no such thing' } } });
    await expect(plan()).rejects.toThrow(RunError);
    expect(world.said.at(-2)).toBe('dev-us-east-1-workload    waiting for dev-us-east-1-foundation');
  });

  it('apply downstream first what takes away a thing that is still used, and keep no plan of what waits', async () => {
    world.applied(WORKLOAD, [], ['subnet-1']);
    world.terraform.says({ [EAST]: removing, 'dev-us-east-1-workload': added });
    await plan();
    expect(world.said).toEqual([
      'dev-us-east-1-workload    planned: 1 to add, 0 to change, 0 to replace, 0 to destroy',
      'dev-us-east-1-foundation  waiting for dev-us-east-1-workload (to be applied without aws_subnet.old)',
      '1 of 2 stacks to apply: make apply ENV=dev',
      '1 stack waits: plan and apply again until none waits',
    ]);
    expect(existsSync(join(world.workFolder, 'terraform', EAST, 'tfplan'))).toBe(false);
  });

  it('let it go once the other has nothing to change any more', async () => {
    world.applied(WORKLOAD, [], ['subnet-1']);
    world.terraform.says({ [EAST]: removing });
    await plan();
    expect(world.said.slice(0, 2)).toEqual([
      'dev-us-east-1-foundation  planned: 0 to add, 0 to change, 0 to replace, 1 to destroy',
      'dev-us-east-1-workload    no changes',
    ]);
  });

  it('are refused where two stacks wait for each other', async () => {
    world.applied(FOUNDATION, ['other']);
    world.applied(WORKLOAD, [], ['subnet-1']);
    world.terraform.says({ [EAST]: removing });
    await expect(plan()).rejects.toThrow(RefusedError);
  });
});

describe('jobs', () => {
  it('need as much memory as a reader would write', async () => {
    world.stacks = [{ place: FOUNDATION }];
    world.availableMemory = 1024 ** 3;
    world.env = { JOBS: '3' };
    await plan();
    expect(world.said[0]).toContain('JOBS=3 needs 2.1 GB of memory');
  });

  it('are no more than fit into memory', async () => {
    world.stacks = [FOUNDATION, WEST].map((one) => ({ place: one }));
    world.availableMemory = 1024 ** 3;
    world.terraform.says({ 'dev-us-east-1-foundation': { takes: { plan: 0.2 } } });
    await plan();
    expect(world.said[0]).toBe(
      'warning: JOBS=4 needs 2.8 GB of memory, which is not free; running 1 at once',
    );
    expect(world.terraform.history.slice(0, 4).at(-1)).toBe('end plan dev-us-east-1-foundation');
  });
});
