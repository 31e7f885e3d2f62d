import { runApply } from '../../../src/commands/apply';
import { runPlan } from '../../../src/commands/plan';
import { runUsers } from '../../../src/commands/users';
import { RunError } from '../../../src/errors';
import { stateLocation } from '../../../src/terraform/state/state-store';
import { DriverWorld, place } from '../terraform/driver-world';
import { change } from '../terraform/stub-terraform';

const WORKLOAD = place('us-east-1', 'workload');
const ID = 'dev-us-east-1-workload';
const task = (name: string) => ({
  taskDefinition: name,
  cluster: 'dev-services',
  subnets: ['subnet-1'],
  securityGroup: 'sg-1',
  logGroup: `/dev/databases/${name}/users`,
});

let world: DriverWorld;
beforeEach(() => {
  world = new DriverWorld();
  world.buckets.add('dev-us-east-1-state-111122223333');
  world.stacks = [{ place: WORKLOAD, config: { output: { 'database-users': {} } } }];
});
afterEach(() => world.close());

/** What stands, as the state says it. */
function standing(...names: readonly string[]): void {
  const { bucket, key } = stateLocation(WORKLOAD);
  const value = Object.fromEntries(names.map((name) => [name, task(name)]));
  world.states.set(`${bucket}/${key}`, { serial: 1, outputs: { 'database-users': { value } } });
}

const users = () => runUsers({ scope: 'dev' }, world.surroundings);

describe('make users', () => {
  it('runs the task of each database with what the state says, and says what it did', async () => {
    standing('orders', 'users');
    for (const name of ['orders', 'users']) world.taskEnds.set(name, { exitCode: 0, reason: '' });
    world.taskLogs.set('orders', ['inventory (read): made']);
    await users();
    expect(world.started).toEqual([task('orders'), task('users')]);
    expect(world.said).toEqual([
      'users of orders  as declared',
      '  inventory (read): made',
      'users of users   as declared',
    ]);
  });

  it('says of which databases somebody else makes the users', async () => {
    world.stacks = [
      { place: WORKLOAD, config: { output: { 'database-users-by-hand': { value: ['legacy'] } } } },
    ];
    await users();
    expect(world.said).toEqual([
      'users of legacy are made by hand: it stood already, or writes in another region; docs/operations.md says how',
    ]);
  });

  it('says what the program said and why a task did not start, and fails after all have ended', async () => {
    standing('orders', 'parts', 'users');
    world.taskEnds.set('orders', { exitCode: 1, reason: 'Essential container in task exited' });
    world.taskEnds.set('parts', { exitCode: undefined, reason: 'CannotPullContainerError: no image' });
    world.taskEnds.set('users', { exitCode: 0, reason: '' });
    world.taskLogs.set('orders', ['error: user inventory must be one that was made here']);
    await expect(users()).rejects.toThrow(
      new RunError(
        'users of orders, users of parts must be made before services can sign in, and are not, see above; correct that, then run make users ENV=dev',
      ),
    );
    expect(world.said).toEqual([
      'users of orders  not made: the program ended with 1',
      '  error: user inventory must be one that was made here',
      'users of parts   not made: the task did not start: CannotPullContainerError: no image',
      'users of users   as declared',
    ]);
  });

  it('stops what takes longer than ten minutes', async () => {
    standing('orders');
    await expect(users()).rejects.toThrow(/^users of orders must be made/);
    expect(world.stopped).toEqual(['arn of orders']);
    expect(world.said).toEqual([
      'users of orders  not made within 10 minutes: the task was stopped, arn of orders',
    ]);
  });

  it('needs a stack that was applied', async () => {
    world.applied(WORKLOAD);
    await expect(users()).rejects.toThrow(
      new RunError(
        `${ID} must be applied before it can make users, got none of its tasks in the state; run make plan ENV=dev and make apply ENV=dev`,
      ),
    );
  });

  it('says so where there are none', async () => {
    world.stacks = [{ place: WORKLOAD }];
    await users();
    expect(world.said).toEqual(['no database of dev has users of services']);
  });
});

describe('an apply', () => {
  const planned = async (changes: readonly object[]) => {
    world.terraform.says({ [ID]: { changes } });
    await runPlan({ scope: 'dev' }, world.surroundings);
    world.lines.length = 0;
  };
  const apply = () => runApply({ scope: 'dev' }, world.surroundings);

  it.each([[[change('aws_vpc.network', 'create')]], [[]]])(
    'makes users at its end, also where nothing has changed: %#',
    async (changes) => {
      standing('orders');
      world.taskEnds.set('orders', { exitCode: 0, reason: '' });
      await planned(changes);
      await apply();
      expect(world.said.at(-1)).toBe('users of orders  as declared');
    },
  );

  it('that could not make them fails, and the next one makes up for it', async () => {
    standing('orders');
    world.taskEnds.set('orders', { exitCode: 1, reason: '' });
    await planned([change('aws_vpc.network', 'create')]);
    await expect(apply()).rejects.toThrow(/run make users ENV=dev$/);
    world.taskEnds.set('orders', { exitCode: 0, reason: '' });
    await apply();
    expect(world.said.at(-1)).toBe('users of orders  as declared');
  });

  it('makes none where the stack could not be applied', async () => {
    standing('orders');
    world.terraform.says({
      [ID]: { changes: [change('aws_vpc.network', 'create')], fails: { apply: 'no' } },
    });
    await runPlan({ scope: 'dev' }, world.surroundings);
    await expect(apply()).rejects.toThrow(RunError);
    expect(world.started).toEqual([]);
  });
});
