import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runApply } from '../../../src/commands/apply';
import { runPlan } from '../../../src/commands/plan';
import { RefusedError, RunError } from '../../../src/errors';
import { DriverWorld, place } from '../terraform/driver-world';
import { change, type StubStack } from '../terraform/stub-terraform';

const FOUNDATION = place('us-east-1', 'foundation');
const WORKLOAD = place('us-east-1', 'workload');
const WEST = place('us-west-2', 'foundation');
const EAST = 'dev-us-east-1-foundation';

let world: DriverWorld;
beforeEach(() => {
  world = new DriverWorld();
  world.buckets.add('dev-us-east-1-state-111122223333').add('dev-us-west-2-state-111122223333');
  world.stacks = [{ place: FOUNDATION }, { place: WORKLOAD, after: [EAST] }, { place: WEST }];
  world.applied(FOUNDATION);
});
afterEach(() => world.close());

const added: StubStack = { changes: [change('aws_vpc.network', 'create')] };
const apply = (options: object = {}) => runApply({ scope: 'dev', ...options }, world.surroundings);
const applied = () => world.terraform.steps.filter((step) => step.startsWith('apply'));

/** Plans with the given table, and forgets what was said. */
async function plan(stacks: Readonly<Record<string, StubStack>>): Promise<void> {
  world.terraform.says(stacks);
  await runPlan({ scope: 'dev' }, world.surroundings);
  world.lines.length = 0;
}
const planAll = () =>
  plan({ [EAST]: added, 'dev-us-east-1-workload': added, 'dev-us-west-2-foundation': added });

describe('an apply', () => {
  it('applies the saved plans, upstream first, and uses them up', async () => {
    await planAll();
    await apply({ jobs: '1' });
    expect(world.said).toEqual([
      'dev-us-east-1-foundation  applied: 1 added, 0 changed, 0 replaced, 0 destroyed',
      'dev-us-east-1-workload    applied: 1 added, 0 changed, 0 replaced, 0 destroyed',
      'dev-us-west-2-foundation  applied: 1 added, 0 changed, 0 replaced, 0 destroyed',
    ]);
    expect(world.terraform.calls.at(-1)?.args).toEqual([
      'apply',
      '-no-color',
      '-input=false',
      '-lock-timeout=60s',
      'tfplan.used',
    ]);
    for (const file of ['tfplan', 'tfplan.used']) {
      expect(existsSync(join(world.workFolder, 'terraform', EAST, file))).toBe(false);
    }
  });

  it('goes on where an earlier one ended', async () => {
    await planAll();
    await apply();
    world.lines.length = 0;
    await apply({ jobs: '1' });
    expect(world.said).toEqual([
      'dev-us-east-1-foundation  applied before',
      'dev-us-east-1-workload    applied before',
      'dev-us-west-2-foundation  applied before',
    ]);
    expect(applied()).toHaveLength(3);
  });

  it('does not initialize again what the plan has initialized here', async () => {
    await planAll();
    await apply();
    expect(world.terraform.steps.filter((step) => step.startsWith('init'))).toHaveLength(3);
  });

  it('does nothing where nothing changes', async () => {
    await plan({});
    await apply({ jobs: '1' });
    expect(world.said[0]).toBe('dev-us-east-1-foundation  no changes');
    expect(applied()).toEqual([]);
  });

  it('says what waits, which is no failure', async () => {
    world.states.clear();
    await plan({ [EAST]: added });
    await apply({ jobs: '1' });
    expect(world.said).toEqual([
      'dev-us-east-1-foundation  applied: 1 added, 0 changed, 0 replaced, 0 destroyed',
      'dev-us-east-1-workload    waiting for dev-us-east-1-foundation',
      'dev-us-west-2-foundation  no changes',
      '1 stack waits: plan and apply again until none waits',
    ]);
  });

  it('applies only the stacks of a region that is named', async () => {
    await planAll();
    world.lost.set('us-east-1', new RunError('us-east-1 is lost'));
    await apply({ region: 'us-west-2' });
    expect(applied()).toEqual(['apply dev-us-west-2-foundation']);
  });
});

describe('an apply on another machine', () => {
  const LOCK = '.terraform.lock.hcl';
  const CARRIED = ['tfplan', 'plan.json', LOCK];
  const steps = () => world.terraform.steps.filter((step) => step.endsWith(EAST));

  /** As the pipeline brings plans: these files of each workspace, and nothing else of the work folder. */
  function carryPlans(): void {
    const folder = join(world.workFolder, 'terraform');
    const carried = readdirSync(folder).flatMap((id) =>
      CARRIED.filter((name) => existsSync(join(folder, id, name))).map(
        (name) => [id, name, readFileSync(join(folder, id, name))] as const,
      ),
    );
    rmSync(world.workFolder, { recursive: true });
    for (const [id, name, content] of carried) {
      mkdirSync(join(folder, id), { recursive: true });
      writeFileSync(join(folder, id, name), content);
    }
  }

  it('initializes with the providers of the plan, then applies it', async () => {
    world.env = { PLAN_KEY: Buffer.alloc(32, 7).toString('base64') };
    await planAll();
    const lock = world.workspaceFile(EAST, LOCK);
    carryPlans();
    await apply({ jobs: '1' });
    expect(steps()).toEqual(['init', 'plan', 'show', 'init', 'apply'].map((step) => `${step} ${EAST}`));
    expect(world.terraform.calls.findLast(({ args }) => args[0] === 'init')?.args).toEqual([
      'init',
      '-no-color',
      '-input=false',
      '-reconfigure',
      '-lockfile=readonly',
      expect.stringMatching('^-plugin-dir='),
    ]);
    expect(world.terraform.installations.at(-1)?.args).toContain('-lockfile=readonly');
    expect(world.workspaceFile(EAST, LOCK)).toBe(lock);
    expect(JSON.parse(world.workspaceFile(EAST, 'cdk.tf.json'))).toHaveProperty('resource.aws_vpc');
    expect(world.said[0]).toBe(
      'dev-us-east-1-foundation  applied: 1 added, 0 changed, 0 replaced, 0 destroyed',
    );
  });

  it('does so too where an earlier build has left its own providers', async () => {
    await planAll();
    writeFileSync(join(world.workFolder, 'terraform', EAST, LOCK), 'checksums of another machine');
    await apply({ jobs: '1' });
    expect(steps().slice(-2)).toEqual([`init ${EAST}`, `apply ${EAST}`]);
    expect(world.workspaceFile(EAST, LOCK)).toBe('checksums of another machine');
  });

  it('keeps the plan if the providers cannot be had', async () => {
    await planAll();
    carryPlans();
    world.terraform.says({ [EAST]: { ...added, fails: { init: 'Error: no answer' } } });
    await expect(apply({ jobs: '1' })).rejects.toThrow(RunError);
    expect(applied()).toEqual(['apply dev-us-west-2-foundation']);
    world.terraform.says({});
    await apply({ jobs: '1' });
    expect(applied()).toContain(`apply ${EAST}`);
  });
});

describe('a stack that fails', () => {
  it('stops what stands on it and nothing else, and must be planned again', async () => {
    await planAll();
    const broken = { ...added, fails: { apply: 'Error: refused' } };
    world.terraform.says({ [EAST]: broken });
    await expect(apply({ jobs: '1' })).rejects.toThrow(
      new RunError('apply failed for dev-us-east-1-foundation, see above'),
    );
    expect(world.said).toEqual([
      'dev-us-east-1-foundation  failed',
      '  Error: refused',
      '  log of apply',
      'dev-us-east-1-workload    skipped, as dev-us-east-1-foundation was not applied',
      'dev-us-west-2-foundation  applied: 1 added, 0 changed, 0 replaced, 0 destroyed',
    ]);
    world.lines.length = 0;
    await expect(apply({ jobs: '1' })).rejects.toThrow(
      new RunError(
        'dev-us-east-1-foundation must be planned before it is applied, got no saved plan; run make plan ENV=dev',
      ),
    );
    expect(world.said).toEqual([
      'dev-us-east-1-foundation  not planned',
      'dev-us-east-1-workload    skipped, as dev-us-east-1-foundation was not applied',
      'dev-us-west-2-foundation  applied before',
    ]);
  });

  it('because nothing can be written, does not keep others from being applied', async () => {
    await planAll();
    const logs = join(world.workFolder, 'logs', EAST);
    rmSync(logs, { recursive: true });
    writeFileSync(logs, 'in the way');
    await expect(apply({ jobs: '1' })).rejects.toThrow(RunError);
    expect(world.said).toEqual([
      'dev-us-east-1-foundation  failed',
      `  ${EAST}: its log must be writable, got EEXIST: file already exists, mkdir '${logs}'; make room`,
      'dev-us-east-1-workload    skipped, as dev-us-east-1-foundation was not applied',
      'dev-us-west-2-foundation  applied: 1 added, 0 changed, 0 replaced, 0 destroyed',
    ]);
  });

  it('is one whose run was killed in the middle: its plan is used up', async () => {
    await planAll();
    const folder = join(world.workFolder, 'terraform', EAST);
    // as a killed run leaves it: the plan was taken, the record is gone
    rmSync(join(folder, 'tfplan'));
    await expect(apply({ jobs: '1' })).rejects.toThrow(RunError);
    expect(world.said[0]).toBe('dev-us-east-1-foundation  not planned');
  });

  it('holds back what stands on it if it waits again', async () => {
    await planAll();
    writeFileSync(
      join(world.workFolder, 'terraform', EAST, 'plan.json'),
      JSON.stringify({ outcome: 'waiting', waiting: [{ for: 'shared-us-east-1-registry' }] }),
    );
    await apply({ jobs: '1' });
    expect(world.said.slice(0, 2)).toEqual([
      'dev-us-east-1-foundation  waiting for shared-us-east-1-registry',
      'dev-us-east-1-workload    waiting for dev-us-east-1-foundation',
    ]);
  });
});

it('what waits until others do without what it takes away does not hold these back', async () => {
  await planAll();
  writeFileSync(
    join(world.workFolder, 'terraform', EAST, 'plan.json'),
    JSON.stringify({
      outcome: 'waiting',
      waiting: [{ for: 'dev-us-east-1-workload', removal: 'aws_subnet.old' }],
    }),
  );
  await apply({ jobs: '1' });
  expect(world.said.slice(0, 2)).toEqual([
    'dev-us-east-1-foundation  waiting for dev-us-east-1-workload (to be applied without aws_subnet.old)',
    'dev-us-east-1-workload    applied: 1 added, 0 changed, 0 replaced, 0 destroyed',
  ]);
});

describe('an apply is refused', () => {
  it('if nothing was planned', async () => {
    await expect(apply({ region: 'us-west-2' })).rejects.toThrow(
      new RefusedError(
        'dev must be planned before it is applied, got no saved plan; run make plan ENV=dev REGION=us-west-2',
      ),
    );
  });

  it('if the settings have changed since', async () => {
    await planAll();
    world.stacks = world.stacks.map((stack) =>
      stack.place === WORKLOAD ? { ...stack, config: { resource: { aws_vpc: { other: {} } } } } : stack,
    );
    await expect(apply()).rejects.toThrow(
      new RefusedError(
        'dev-us-east-1-workload: the saved plan must be of what is synthesized now, got one of something else; run make plan ENV=dev',
      ),
    );
    expect(applied()).toEqual([]);
  });

  it('if it would take away something stateful that nobody has named', async () => {
    await plan({
      [EAST]: added,
      'dev-us-west-2-foundation': { changes: [change('aws_kms_key.data', 'delete')] },
    });
    await expect(apply()).rejects.toThrow(
      new RefusedError(
        "dev-us-west-2-foundation: aws_kms_key.data must not be destroyed, as its data goes with it, got a plan that does; change the settings back, or name it: make apply ENV=dev ALLOW_DESTROY='aws_kms_key.data'",
      ),
    );
    expect(applied()).toEqual([]);
    await apply({ allowDestroy: ['aws_kms_key.data'] });
    expect(applied()).toHaveLength(2);
  });

  it('if the credentials belong to another account', async () => {
    await planAll();
    world.account = '444455556666';
    await expect(apply()).rejects.toThrow(RefusedError);
  });
});
