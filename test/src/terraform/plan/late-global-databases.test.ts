import { runPlan } from '../../../../src/commands/plan';
import { RefusedError } from '../../../../src/errors';
import { stateLocation } from '../../../../src/terraform/state/state-store';
import { DriverWorld, place } from '../driver-world';

const EAST = place('us-east-1', 'workload');
const GLOBAL = 'aws_rds_global_cluster';
const CLUSTER = 'aws_rds_cluster';
const declares = {
  resource: { [GLOBAL]: { databases_orders: {} }, [CLUSTER]: { databases_orders: {}, databases_users: {} } },
};

let world: DriverWorld;
beforeEach(() => {
  world = new DriverWorld();
  world.buckets.add('dev-us-east-1-state-111122223333');
  world.stacks = [{ place: EAST, config: declares }];
});
afterEach(() => world.close());

const plan = () => runPlan({ scope: 'dev' }, world.surroundings);

function holds(...resources: readonly (readonly [type: string, name: string])[]): void {
  const { bucket, key } = stateLocation(EAST);
  world.states.set(`${bucket}/${key}`, {
    lineage: 'a',
    serial: 1,
    resources: resources.map(([type, name]) => ({ mode: 'managed', type, name, instances: [{}] })),
  });
}

test('a cluster that stands alone is not given a standby', async () => {
  holds([CLUSTER, 'databases_orders'], [CLUSTER, 'databases_users']);
  await expect(plan()).rejects.toThrow(
    new RefusedError(
      'dev-us-east-1-workload: databases.orders.standby must stay as it was when the cluster was made, got one for a cluster without a global database; take it out, or make a new database with it and move the data (docs/changes.md)',
    ),
  );
  expect(world.terraform.calls).toEqual([]);
});

test.each([
  ['is new', [[CLUSTER, 'databases_users']]],
  [
    'has had it from the beginning',
    [
      [GLOBAL, 'databases_orders'],
      [CLUSTER, 'databases_orders'],
    ],
  ],
] as const)('one that %s is planned', async (_what, resources) => {
  holds(...resources);
  await plan();
  expect(world.terraform.steps).toContain('plan dev-us-east-1-workload');
});
