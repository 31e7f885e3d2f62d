import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runApply } from '../../../src/commands/apply';
import { runPlan } from '../../../src/commands/plan';
import { RefusedError } from '../../../src/errors';
import { DriverWorld, place } from '../terraform/driver-world';
import { change, type StubStack } from '../terraform/stub-terraform';

const FOUNDATION = place('us-east-1', 'foundation');
const WORKLOAD = place('us-east-1', 'workload');
const EAST = 'dev-us-east-1-foundation';
const APPS = 'dev-us-east-1-workload';
const BUCKET = 'dev-us-east-1-state-111122223333';
const added: StubStack = { changes: [change('aws_vpc.network', 'create')] };
const location = { bucket: BUCKET, key: 'dev/us-east-1/foundation.tfstate', region: 'us-east-1' };

const SECRET = 'us-east-1 /dev/api/KEY';

let world: DriverWorld;
beforeEach(() => {
  world = new DriverWorld();
  world.buckets.add(BUCKET);
  world.parameters.set(SECRET, 'x');
  const definitions = [{ valueFrom: 'arn:aws:ssm:us-east-1:111122223333:parameter/dev/api/KEY' }];
  const config = {
    data: { terraform_remote_state: { foundation: { config: location } } },
    resource: {
      aws_x: { y: { z: '${data.terraform_remote_state.foundation.outputs.vpc-id}' } },
      aws_ecs_task_definition: { api: { container_definitions: JSON.stringify(definitions) } },
    },
  };
  world.stacks = [{ place: FOUNDATION }, { place: WORKLOAD, after: [EAST], config }];
  world.applied(FOUNDATION, ['vpc-id']);
  world.applied(WORKLOAD);
  world.terraform.says({ [EAST]: added, [APPS]: added });
});
afterEach(() => world.close());

const plan = async () => {
  await runPlan({ scope: 'dev' }, world.surroundings);
  world.lines.length = 0;
};
const apply = () => runApply({ scope: 'dev', jobs: '1' }, world.surroundings);
const steps = () => world.terraform.steps.filter((step) => step.startsWith('apply'));
const planFile = (id: string) => join(world.workFolder, 'terraform', id, 'tfplan');

describe('a saved plan is refused', () => {
  beforeEach(plan);
  it.each<{ title: string; move: () => void; lines: readonly string[] }>([
    {
      title: 'if another commit is checked out',
      move: () => (world.revision = { commit: 'b'.repeat(40), dirty: false }),
      lines: [EAST, APPS].map(
        (id) =>
          `${id}: the commit must be as it was planned with, aaaaaaaaaaaa, got bbbbbbbbbbbb; run make plan ENV=dev`,
      ),
    },
    {
      title: 'if its own state has moved',
      move: () => world.applied(WORKLOAD),
      lines: [
        `${APPS}: its state must be as it was planned with, serial 1, got serial 2; run make plan ENV=dev`,
      ],
    },
    {
      title: 'if a state that it reads has moved',
      move: () => world.applied(FOUNDATION, ['vpc-id']),
      lines: [
        `${EAST}: its state must be as it was planned with, serial 1, got serial 2; run make plan ENV=dev`,
        `${APPS}: the state of ${EAST} must be as it was planned with, serial 1, got serial 2; run make plan ENV=dev`,
      ],
    },
    {
      title: 'if a secret that its tasks start with has gone',
      move: () => void world.parameters.delete(SECRET),
      lines: [
        'parameter /dev/api/KEY must be in us-east-1 before a plan, got none; run make secrets ENV=dev SERVICE=api NAME=KEY',
      ],
    },
    {
      title: 'if a secret is now in clear',
      move: () => void world.unfit.set(SECRET, { type: 'String' }),
      lines: [
        'parameter /dev/api/KEY in us-east-1 must be a SecureString by alias/dev-parameters, got String; delete it there, then run make secrets ENV=dev SERVICE=api NAME=KEY',
      ],
    },
    {
      title: 'after a day, and is gone then',
      move: () => (world.now = new Date('2026-01-02T00:00:01Z')),
      lines: [EAST, APPS].map(
        (id) =>
          `${id}: the saved plan must be at most 24 hours old, got one of 2026-01-01T00:00:00.000Z, which is removed; run make plan ENV=dev`,
      ),
    },
  ])('$title', async ({ move, lines }) => {
    move();
    await expect(apply()).rejects.toThrow(new RefusedError(lines.join('\n')));
    expect(steps()).toEqual([]);
    expect(existsSync(planFile(EAST))).toBe(!lines[0]?.includes('which is removed'));
  });
});

describe('an apply upstream in the same run', () => {
  /** What the first apply leaves, seen by whoever reads that state next. */
  const leaves = (value: string) => {
    let isDone = false;
    world.onStateRead = () => {
      if (isDone || !steps().includes(`apply ${EAST}`)) return;
      isDone = true;
      world.states.set(`${BUCKET}/${location.key}`, {
        lineage: EAST,
        serial: 2,
        resources: [{}],
        outputs: { 'vpc-id': { value } },
      });
    };
  };

  it('may move the state that a stack reads, if the outputs stay', async () => {
    await plan();
    leaves('a value');
    await apply();
    expect(steps()).toEqual([`apply ${EAST}`, `apply ${APPS}`]);
  });

  it('stops a stack if it changes an output that this one reads', async () => {
    await plan();
    leaves('another value');
    await expect(apply()).rejects.toThrow(
      new RefusedError(
        `${APPS}: output vpc-id of ${EAST} must be as it was planned with, one value, got another one; run make plan ENV=dev`,
      ),
    );
    expect(steps()).toEqual([`apply ${EAST}`]);
    expect(world.said.at(-2)).toBe(`${APPS}    refused`);
  });

  it('counts as our own also when the rest is applied later', async () => {
    await plan();
    leaves('a value');
    // what a run that is killed before the second stack leaves
    const kept = readFileSync(join(world.workFolder, 'terraform', APPS, 'plan.json'));
    const keptPlan = readFileSync(planFile(APPS));
    await apply();
    writeFileSync(join(world.workFolder, 'terraform', APPS, 'plan.json'), kept);
    writeFileSync(planFile(APPS), keptPlan);
    await apply();
    expect(steps()).toEqual([`apply ${EAST}`, `apply ${APPS}`, `apply ${APPS}`]);
  });
});

describe('with PLAN_KEY', () => {
  beforeEach(() => (world.env = { PLAN_KEY: Buffer.alloc(32, 7).toString('base64') }));

  it('plans lie encrypted, and are applied', async () => {
    await plan();
    expect(readFileSync(planFile(EAST), 'latin1')).not.toContain('secret');
    await apply();
    expect(steps()).toHaveLength(2);
    expect(existsSync(join(world.workFolder, 'terraform', EAST, 'tfplan.used'))).toBe(false);
  });

  it('a record that was changed beside its plan is refused', async () => {
    await plan();
    const file = join(world.workFolder, 'terraform', EAST, 'plan.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace('"add": 1', '"add": 0'));
    await expect(apply()).rejects.toThrow(RefusedError);
    expect(steps()).toEqual([]);
  });
});

it('without a key, plans are as Terraform writes them', async () => {
  await plan();
  expect(readFileSync(planFile(EAST), 'latin1')).toContain('secret');
});
