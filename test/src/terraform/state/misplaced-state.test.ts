import { runPlan } from '../../../../src/commands/plan';
import { RefusedError, RunError } from '../../../../src/errors';
import { DriverWorld, place } from '../driver-world';

const NAMES = place('us-west-2', 'names', { global: true });
const OLD_NAMES = place('us-east-1', 'names', { global: true });

let world: DriverWorld;
beforeEach(() => {
  world = new DriverWorld();
  world.buckets.add('dev-us-east-1-state-111122223333').add('dev-us-west-2-state-111122223333');
  world.stacks = [{ place: NAMES }, { place: place('us-east-1', 'foundation') }];
});
afterEach(() => world.close());

const plan = () => runPlan({ scope: 'dev' }, world.surroundings);

it('a state that has stayed in the primary is not planned again from nothing', async () => {
  world.applied(OLD_NAMES);
  await expect(plan()).rejects.toThrow(
    new RefusedError(
      'dev-global-names: its state must be in dev-us-west-2-state-111122223333, as us-west-2 is now the region of what the environment has once, got it in dev-us-east-1-state-111122223333; copy it: aws s3 cp s3://dev-us-east-1-state-111122223333/dev/global/names.tfstate s3://dev-us-west-2-state-111122223333/dev/global/names.tfstate --source-region us-east-1 --region us-west-2 --sse aws:kms --sse-kms-key-id arn:aws:kms:us-west-2:111122223333:alias/dev-state; then run make plan ENV=dev',
    ),
  );
  expect(world.terraform.calls).toEqual([]);
});

it('one that has been copied is planned, whatever else still lies there', async () => {
  world.applied(OLD_NAMES);
  world.applied(NAMES);
  await plan();
  expect(world.terraform.steps).toContain('plan dev-global-names');
});

it('a new one is planned', async () => {
  await plan();
  expect(world.terraform.steps).toContain('plan dev-global-names');
});

it('one in a region that was taken out of the settings is not planned again either', async () => {
  world.stacks = [{ place: OLD_NAMES }, { place: place('us-east-1', 'foundation') }];
  world.applied(NAMES);
  await expect(plan()).rejects.toThrow(
    'got it in dev-us-west-2-state-111122223333; copy it: aws s3 cp s3://dev-us-west-2-state-111122223333/',
  );
  expect(world.terraform.calls).toEqual([]);
});

it('a region that is in no setting, and does not answer, keeps nobody from planning', async () => {
  world.lost.set('eu-north-1', new RunError('access denied'));
  await plan();
  expect(world.terraform.steps).toContain('plan dev-global-names');
});
