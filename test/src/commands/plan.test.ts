import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { runPlan } from '../../../src/commands/plan';
import { InputError, RefusedError, RunError } from '../../../src/errors';
import { DriverWorld, place } from '../terraform/driver-world';
import { change } from '../terraform/stub-terraform';

const FOUNDATION = place('us-east-1', 'foundation');
const WORKLOAD = place('us-east-1', 'workload');
const WEST = place('us-west-2', 'foundation');
const NAMES = place('us-west-2', 'names', { global: true });
const EAST_BUCKET = 'dev-us-east-1-state-111122223333';
const WEST_BUCKET = 'dev-us-west-2-state-111122223333';

let world: DriverWorld;
beforeEach(() => {
  world = new DriverWorld();
  world.buckets.add(EAST_BUCKET).add(WEST_BUCKET);
  world.stacks = [{ place: FOUNDATION }, { place: WORKLOAD, after: ['dev-us-east-1-foundation'] }];
});
afterEach(() => world.close());

const plan = (options: object = {}) => runPlan({ scope: 'dev', ...options }, world.surroundings);
const added = { changes: [change('aws_vpc.network', 'create')] };

describe('a plan of an environment', () => {
  it('plans what stands on nothing, says what waits, and what comes next', async () => {
    world.terraform.says({ 'dev-us-east-1-foundation': added });
    await plan();
    expect(world.said).toEqual([
      'dev-us-east-1-foundation  planned: 1 to add, 0 to change, 0 to replace, 0 to destroy',
      'dev-us-east-1-workload    waiting for dev-us-east-1-foundation',
      '1 of 2 stacks to apply: make apply ENV=dev',
      '1 stack waits: plan and apply again until none waits',
    ]);
    expect(world.terraform.steps).toEqual([
      'init dev-us-east-1-foundation',
      'plan dev-us-east-1-foundation',
      'show dev-us-east-1-foundation',
    ]);
  });

  it('plans what stands on something applied', async () => {
    world.applied(FOUNDATION);
    world.terraform.says({ 'dev-us-east-1-workload': added });
    await plan();
    expect(world.said).toEqual([
      'dev-us-east-1-foundation  no changes',
      'dev-us-east-1-workload    planned: 1 to add, 0 to change, 0 to replace, 0 to destroy',
      '1 of 2 stacks to apply: make apply ENV=dev',
    ]);
  });

  it('counts several stacks that wait', async () => {
    world.stacks = [...world.stacks, { place: WEST, after: ['dev-us-east-1-workload'] }];
    await plan();
    expect(world.said.slice(1)).toEqual([
      'dev-us-east-1-workload    waiting for dev-us-east-1-foundation',
      'dev-us-west-2-foundation  waiting for dev-us-east-1-workload',
      '2 stacks wait: plan and apply again until none waits',
    ]);
  });

  it('does not wait for a stack that holds nothing', async () => {
    world.stacks = [
      { place: FOUNDATION, config: { resource: {} } },
      { place: WORKLOAD, after: ['dev-us-east-1-foundation'] },
    ];
    await plan();
    expect(world.said).toEqual([
      'dev-us-east-1-foundation  no changes',
      'dev-us-east-1-workload    no changes',
    ]);
  });

  it('does not let a stack wait that holds nothing itself', async () => {
    world.stacks = [
      { place: WORKLOAD, after: ['dev-us-west-2-foundation'], config: { resource: {} } },
      { place: WEST },
    ];
    await plan({ jobs: '1' });
    expect(world.said).toEqual([
      'dev-us-west-2-foundation  no changes',
      'dev-us-east-1-workload    no changes',
    ]);
  });

  it('names what would go at the end, stateful resources of all stacks first', async () => {
    world.applied(FOUNDATION);
    world.terraform.says({
      'dev-us-east-1-foundation': {
        changes: [change('aws_route.a', 'delete'), change('aws_kms_key.data', 'delete')],
      },
      'dev-us-east-1-workload': { changes: [change('aws_s3_bucket.media', 'delete', 'create')] },
    });
    await plan();
    expect(world.said.slice(2)).toEqual([
      'To be destroyed or replaced:',
      '  destroy aws_kms_key.data in dev-us-east-1-foundation, stateful',
      '  replace aws_s3_bucket.media in dev-us-east-1-workload, stateful',
      '  destroy aws_route.a in dev-us-east-1-foundation',
      '2 of 2 stacks to apply: make apply ENV=dev',
    ]);
  });

  it('passes warnings about the settings on', async () => {
    world.stacks = [{ place: FOUNDATION }];
    world.warnings.push('a bucket that nothing uses');
    await plan();
    expect(world.said).toEqual([
      'warning: a bucket that nothing uses',
      'dev-us-east-1-foundation  no changes',
    ]);
  });
});

describe('one region', () => {
  beforeEach(() => {
    world.stacks = [
      { place: NAMES },
      { place: FOUNDATION },
      { place: WEST, after: ['dev-us-east-1-foundation', 'dev-global-names'] },
    ];
  });

  it('is planned while the other is lost, without waiting for anything there', async () => {
    world.lost.set('us-east-1', new RunError('us-east-1 is lost'));
    await plan({ region: 'us-west-2' });
    expect(world.said).toEqual(['dev-us-west-2-foundation  no changes']);
  });

  it('leaves out what belongs to the whole scope, which global selects', async () => {
    world.lost.set('us-east-1', new RunError('us-east-1 is lost'));
    await plan({ region: 'global' });
    expect(world.said).toEqual(['dev-global-names  no changes']);
  });

  it('must be one of the scope', async () => {
    await expect(plan({ region: 'us-west-1' })).rejects.toThrow(
      new InputError([
        'REGION must name a region of dev, or global, got "us-west-1"; did you mean "us-west-2"?',
      ]),
    );
    world.stacks = [{ place: FOUNDATION }];
    await expect(plan({ region: 'global' })).rejects.toThrow(
      new InputError(['REGION must name a region of dev, got "global"; there is us-east-1']),
    );
  });

  it('comes back in the commands that are suggested', async () => {
    world.terraform.says({ 'dev-us-west-2-foundation': added });
    await plan({ region: 'us-west-2', example: 'minimal' });
    expect(world.said[1]).toBe('1 of 1 stacks to apply: make apply ENV=dev EXAMPLE=minimal REGION=us-west-2');
  });
});

describe('what must be true first', () => {
  it('the binary is there', async () => {
    const { surroundings } = world;
    const outside = {
      ...surroundings,
      env: { ...surroundings.env, TERRAFORM_BINARY_NAME: 'no-such-terraform' },
    };
    await expect(runPlan({ scope: 'dev' }, outside)).rejects.toThrow(
      new RunError(
        'no-such-terraform must be on the PATH, got none; install Terraform >= 1.11.0, < 2.0.0, or name another binary in TERRAFORM_BINARY_NAME',
      ),
    );
  });

  it('the credentials belong to the account of the stacks', async () => {
    world.account = '444455556666';
    await expect(plan()).rejects.toThrow(
      new RefusedError(
        'AWS credentials must belong to account 111122223333, where dev is, got account 444455556666; use the credentials of dev',
      ),
    );
    expect(world.terraform.calls).toEqual([]);
  });

  it('the state buckets are there', async () => {
    world.buckets.clear();
    world.stacks = [...world.stacks, { place: WEST }];
    await expect(plan()).rejects.toThrow(
      new RunError(
        [
          'state bucket dev-us-east-1-state-111122223333 must be in us-east-1, got none; run make bootstrap ENV=dev',
          'state bucket dev-us-west-2-state-111122223333 must be in us-west-2, got none; run make bootstrap ENV=dev',
        ].join('\n'),
      ),
    );
  });

  it('the number of jobs is one', async () => {
    await expect(plan({ jobs: '0' })).rejects.toThrow(
      new InputError(['JOBS must be a whole number from 1 to 999, got "0"; write it like JOBS=4']),
    );
  });

  it('parameters that a stack needs are there, or all of them are named and the other stacks go on', async () => {
    const definitions = ['KEY', 'OTHER'].map((name) => ({
      valueFrom: `arn:aws:ssm:us-east-1:111122223333:parameter/dev/api/${name}`,
    }));
    const config = {
      data: { aws_ssm_parameter: { release: { name: '/releases/dev/api' } } },
      resource: { aws_ecs_task_definition: { api: { container_definitions: JSON.stringify(definitions) } } },
    };
    world.stacks = [{ place: FOUNDATION }, { place: WORKLOAD, config }];
    world.parameters.set('us-east-1 /dev/api/OTHER', 'x');
    await expect(plan({ jobs: '1' })).rejects.toThrow(
      new RunError('plan failed for dev-us-east-1-workload, see above'),
    );
    expect(world.said).toEqual([
      'dev-us-east-1-foundation  no changes',
      'dev-us-east-1-workload    failed',
      '  parameter /dev/api/KEY must be in us-east-1 before a plan, got none; run make secrets ENV=dev SERVICE=api NAME=KEY',
      '  parameter /releases/dev/api must be in us-east-1 before a plan, got none; run make release ENV=dev SERVICE=api DIGEST=sha256:…',
    ]);
    expect(world.terraform.steps).not.toContain('init dev-us-east-1-workload');
  });
});

it('a plan that is outdated by one that cannot be made is gone', async () => {
  world.stacks = [{ place: FOUNDATION }];
  world.terraform.says({ 'dev-us-east-1-foundation': added });
  await plan();
  world.stacks = [{ place: FOUNDATION, config: { data: { aws_ssm_parameter: { x: { name: '/x' } } } } }];
  await expect(plan()).rejects.toThrow(RunError);
  expect(existsSync(join(world.workFolder, 'terraform/dev-us-east-1-foundation/tfplan'))).toBe(false);
});

describe('a stack that fails', () => {
  const failing = (command: string, says: string) =>
    world.terraform.says({
      'dev-us-east-1-foundation': { fails: { [command]: says }, changes: added.changes },
    });

  it.each(['init', 'plan'])('in %s is said with why, and the others go on', async (command) => {
    world.applied(FOUNDATION);
    failing(command, 'Error: no such thing');
    await expect(plan()).rejects.toThrow(new RunError('plan failed for dev-us-east-1-foundation, see above'));
    expect(world.said).toEqual([
      'dev-us-east-1-foundation  failed',
      '  Error: no such thing',
      `  log of ${command}`,
      'dev-us-east-1-workload    no changes',
    ]);
  });

  it('because its plan cannot be read, says so', async () => {
    world.stacks = [{ place: FOUNDATION }];
    failing('show', 'a secret');
    await expect(plan()).rejects.toThrow(RunError);
    expect(world.said).toEqual([
      'dev-us-east-1-foundation  failed',
      `  dev-us-east-1-foundation: ${world.terraform.binary} show must read the saved plan, got exit code 1; plan again`,
    ]);
  });

  it('because a state cannot be read, does not keep others from being planned', async () => {
    world.stacks = [...world.stacks, { place: WEST }];
    world.applied(FOUNDATION);
    world.onStateRead = ({ key }) => {
      if (key.endsWith('workload.tfstate')) throw new RunError('the state cannot be read');
    };
    await expect(plan({ jobs: '1' })).rejects.toThrow(
      new RunError('plan failed for dev-us-east-1-workload, see above'),
    );
    expect(world.said).toEqual([
      'dev-us-east-1-foundation  no changes',
      'dev-us-east-1-workload    failed',
      '  the state cannot be read',
      'dev-us-west-2-foundation  no changes',
    ]);
  });

  it('leaves no plan behind, and no earlier one', async () => {
    world.stacks = [{ place: FOUNDATION }];
    world.terraform.says({ 'dev-us-east-1-foundation': added });
    await plan();
    failing('plan', 'Error: broken');
    await expect(plan()).rejects.toThrow(RunError);
    const folder = join(world.workFolder, 'terraform/dev-us-east-1-foundation');
    expect(existsSync(join(folder, 'tfplan'))).toBe(false);
    expect(existsSync(join(folder, 'plan.json'))).toBe(false);
  });
});

describe('what is left in the work folder', () => {
  const folder = () => join(world.workFolder, 'terraform/dev-us-east-1-foundation');
  const mode = (file: string) => (statSync(file).mode & 0o777).toString(8);
  beforeEach(() => {
    world.stacks = [{ place: FOUNDATION }];
    world.terraform.says({ 'dev-us-east-1-foundation': added });
  });

  it('is a plan that nobody else can read, beside the configuration that it was made from', async () => {
    await plan();
    expect(mode(join(folder(), 'tfplan'))).toBe('600');
    expect(mode(folder())).toBe('700');
    expect(readFileSync(join(folder(), 'cdk.tf.json'))).toEqual(
      readFileSync(join(world.workFolder, 'synth/dev/stacks/dev-us-east-1-foundation/cdk.tf.json')),
    );
    expect(JSON.parse(world.workspaceFile('dev-us-east-1-foundation', 'plan.json'))).toMatchObject({
      outcome: 'planned',
      summary: { add: 1 },
    });
  });

  it('is a log of each command, but none of what shows the plan', async () => {
    await plan();
    const logs = join(world.workFolder, 'logs/dev-us-east-1-foundation');
    const names = readdirSync(logs).sort();
    expect(names.map((name) => name.replace(/^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{3}Z-/, ''))).toEqual([
      'init.log',
      'plan.log',
    ]);
    expect(readFileSync(join(logs, names[1] ?? ''), 'utf8')).toBe('a plan\n');
    expect(mode(join(logs, names[1] ?? ''))).toBe('600');
  });

  it('is nothing of an earlier plan if there is nothing to change', async () => {
    await plan();
    world.terraform.says({});
    await plan();
    expect(existsSync(join(folder(), 'tfplan'))).toBe(false);
  });
});

describe('Terraform', () => {
  it('is called so that it asks nothing, waits for a lock, and keeps its data apart', async () => {
    world.stacks = [{ place: FOUNDATION }];
    world.terraform.says({ 'dev-us-east-1-foundation': added });
    const { surroundings } = world;
    await runPlan(
      { scope: 'dev' },
      {
        ...surroundings,
        env: { ...surroundings.env, TF_WORKSPACE: 'other', PLAN_KEY: Buffer.alloc(32, 7).toString('base64') },
      },
    );
    const [name = ''] = readdirSync(join(world.workFolder, 'providers'));
    const mirror = join(world.workFolder, 'providers', name, '.terraform/providers');
    expect(world.terraform.calls.map(({ args }) => args)).toEqual([
      [
        ...['init', '-no-color', '-input=false', '-reconfigure'],
        '-lockfile=readonly',
        `-plugin-dir=${mirror}`,
      ],
      ['plan', '-no-color', '-input=false', '-lock-timeout=60s', '-detailed-exitcode', '-out=tfplan.new'],
      ['show', '-json', 'tfplan.new'],
    ]);
    for (const { args, env } of world.terraform.calls) {
      expect(env).toEqual({
        TF_DATA_DIR: join(world.workFolder, 'terraform/dev-us-east-1-foundation/.terraform'),
        ...(args[0] === 'init' && { TF_PLUGIN_CACHE_DIR: mirror }),
        TF_IN_AUTOMATION: '1',
        TF_INPUT: '0',
        CHECKPOINT_DISABLE: '1',
      });
    }
  });

  it('initializes stacks side by side', async () => {
    world.stacks = [FOUNDATION, WEST].map((one) => ({ place: one }));
    world.terraform.says({
      'dev-us-east-1-foundation': { takes: { init: 0.5 } },
      'dev-us-west-2-foundation': { takes: { init: 0.5 } },
    });
    await plan();
    expect([...world.terraform.history.slice(0, 2)].sort()).toEqual([
      'begin init dev-us-east-1-foundation',
      'begin init dev-us-west-2-foundation',
    ]);
  });
});
