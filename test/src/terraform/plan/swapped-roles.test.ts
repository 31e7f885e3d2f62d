import { runPlan } from '../../../../src/commands/plan';
import { RefusedError } from '../../../../src/errors';
import { stateLocation } from '../../../../src/terraform/state/state-store';
import { DriverWorld, place } from '../driver-world';

const EAST = place('us-east-1', 'workload');
const WEST = place('us-west-2', 'workload');
const declares = { resource: { aws_rds_global_cluster: { databases_orders_global: {} } } };

let world: DriverWorld;
beforeEach(() => {
  world = new DriverWorld();
  world.buckets.add('dev-us-east-1-state-111122223333').add('dev-us-west-2-state-111122223333');
});
afterEach(() => world.close());

const plan = (options: object = {}) => runPlan({ scope: 'dev', ...options }, world.surroundings);

function holdsGlobalDatabase(stack: typeof EAST): void {
  const { bucket, key } = stateLocation(stack);
  const resource = { mode: 'managed', type: 'aws_rds_global_cluster', name: 'databases_orders_global' };
  world.states.set(`${bucket}/${key}`, {
    lineage: 'a',
    serial: 1,
    resources: [{ ...resource, instances: [{}] }],
  });
}

it('a global database that the other region holds is not made again, nor destroyed there', async () => {
  world.stacks = [{ place: WEST, config: declares }, { place: EAST }];
  holdsGlobalDatabase(EAST);
  await expect(plan()).rejects.toThrow(
    new RefusedError(
      'dev-us-west-2-workload: aws_rds_global_cluster.databases_orders_global must stay in us-east-1, where it is, got it in us-west-2; give the two regions their roles back, and let primaryRegion of databases.orders say which one writes',
    ),
  );
  expect(world.terraform.calls).toEqual([]);
});

it('one region alone is refused as well', async () => {
  world.stacks = [{ place: WEST, config: declares }, { place: EAST }];
  holdsGlobalDatabase(EAST);
  await expect(plan({ region: 'us-west-2' })).rejects.toThrow('must stay in us-east-1');
});

it('one that is where it was, or is new, is planned', async () => {
  world.stacks = [{ place: EAST, config: declares }, { place: WEST }];
  await plan();
  holdsGlobalDatabase(EAST);
  await plan();
  expect(world.terraform.steps.filter((step) => step === 'plan dev-us-east-1-workload')).toHaveLength(2);
});

it('a standby is planned while the region with the global database does not answer', async () => {
  world.stacks = [{ place: EAST, config: declares }, { place: WEST }];
  world.lost.set('us-east-1', new Error('gone'));
  await plan({ region: 'us-west-2' });
  expect(world.terraform.steps).toContain('plan dev-us-west-2-workload');
});
