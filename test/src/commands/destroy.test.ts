import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runApply } from '../../../src/commands/apply';
import { runDestroy } from '../../../src/commands/destroy';
import { runPlan } from '../../../src/commands/plan';
import { InputError, RefusedError, RunError } from '../../../src/errors';
import { DriverWorld, place } from '../terraform/driver-world';
import { change } from '../terraform/stub-terraform';

const FOUNDATION = place('us-east-1', 'foundation');
const WORKLOAD = place('us-east-1', 'workload');
const EAST = 'dev-us-east-1-foundation';
const APPS = 'dev-us-east-1-workload';
const BUCKET = 'dev-us-east-1-state-111122223333';
const gone = { changes: [change('aws_vpc.network', 'delete')] };

let world: DriverWorld;
beforeEach(() => {
  world = new DriverWorld();
  world.buckets.add(BUCKET);
  world.stacks = [{ place: FOUNDATION }, { place: WORKLOAD, after: [EAST] }];
  world.applied(FOUNDATION);
  world.applied(WORKLOAD);
  world.terraform.says({ [EAST]: gone, [APPS]: gone });
});
afterEach(() => world.close());

const destroy = (options: object = {}) =>
  runDestroy({ scope: 'dev', jobs: '1', ...options }, world.surroundings);
const applied = () => world.terraform.steps.filter((step) => step.startsWith('apply'));

it('is planned first, and destroys nothing', async () => {
  await destroy();
  expect(world.said).toEqual([
    'dev-us-east-1-foundation  planned: 0 to add, 0 to change, 0 to replace, 1 to destroy',
    'dev-us-east-1-workload    planned: 0 to add, 0 to change, 0 to replace, 1 to destroy',
    'To be destroyed or replaced:',
    '  destroy aws_vpc.network in dev-us-east-1-foundation',
    '  destroy aws_vpc.network in dev-us-east-1-workload',
    'nothing is destroyed yet; to do it: make destroy ENV=dev CONFIRM=dev',
  ]);
  expect(world.terraform.calls.find(({ args }) => args[0] === 'plan')?.args).toContain('-destroy');
  expect(applied()).toEqual([]);
});

it('once confirmed applies these plans, downstream first', async () => {
  await destroy();
  await destroy({ confirm: 'dev' });
  expect(applied()).toEqual([`apply ${APPS}`, `apply ${EAST}`]);
  expect(existsSync(join(world.workFolder, 'terraform', EAST, 'plan.json'))).toBe(false);
});

it('keeps what others stand on that could not be destroyed', async () => {
  await destroy();
  world.terraform.says({ [EAST]: gone, [APPS]: { ...gone, fails: { apply: 'Error: in use' } } });
  await expect(destroy({ confirm: 'dev' })).rejects.toThrow(RunError);
  expect(applied()).toEqual([`apply ${APPS}`]);
  expect(world.said.at(-1)).toBe(`${EAST}  skipped, as ${APPS} was not applied`);
});

it('leaves out stacks that hold nothing any more', async () => {
  world.states.delete(`${BUCKET}/dev/us-east-1/workload.tfstate`);
  await destroy();
  await destroy({ confirm: 'dev' });
  expect(applied()).toEqual([`apply ${EAST}`]);
  world.states.clear();
  world.lines.length = 0;
  await destroy();
  expect(world.said).toEqual(['nothing of dev stands, nothing to destroy']);
});

it('goes on beside a stack of which nothing is left, which then is not applied', async () => {
  world.terraform.says({ [EAST]: gone });
  await destroy();
  expect(world.said.slice(1, 2)).toEqual(['dev-us-east-1-workload    unchanged']);
  await destroy({ confirm: 'dev' });
  expect(applied()).toEqual([`apply ${EAST}`]);
});

it('offers nothing where nothing is left, and make apply still wants a plan of the settings', async () => {
  world.terraform.says({});
  await destroy();
  expect(world.said.at(-1)).toBe('nothing of dev is left to destroy');
  await expect(runApply({ scope: 'dev' }, world.surroundings)).rejects.toThrow('got plans to destroy it');
});

describe('is refused', () => {
  const refused = async (options: object, ...lines: readonly string[]) => {
    await expect(destroy(options)).rejects.toThrow(new RefusedError(lines.join('\n')));
    expect(applied()).toEqual([]);
  };

  it('under another name', async () => {
    await expect(destroy({ confirm: 'prod' })).rejects.toThrow(
      new InputError(['CONFIRM must name what is destroyed, dev, got "prod"; write it like CONFIRM=dev']),
    );
  });

  it('for what another region stands on, while that stands', async () => {
    const west = place('us-west-2', 'workload');
    world.buckets.add('dev-us-west-2-state-111122223333');
    world.stacks = [...world.stacks, { place: west, after: [APPS] }];
    await destroy({ region: 'us-east-1' });
    world.applied(west);
    await refused(
      { region: 'us-east-1' },
      `${APPS}: nothing must stand on it if it is to be destroyed, got dev-us-west-2-workload; destroy that first: make destroy ENV=dev REGION=us-west-2`,
    );
    await destroy();
  });

  it('without such plans, also if there are others', async () => {
    await runPlan({ scope: 'dev' }, world.surroundings);
    await refused(
      { confirm: 'dev' },
      ...[EAST, APPS].map(
        (id) =>
          `${id}: its destruction must be planned before it is confirmed, got no such plan; run make destroy ENV=dev`,
      ),
    );
  });

  it('after a plan of the settings that changes nothing', async () => {
    world.terraform.says({});
    await runPlan({ scope: 'dev' }, world.surroundings);
    await expect(destroy({ confirm: 'dev' })).rejects.toThrow('its destruction must be planned');
  });

  it('for what holds data and was not named', async () => {
    world.terraform.says({ [EAST]: { changes: [change('aws_kms_key.data', 'delete')] }, [APPS]: gone });
    await destroy();
    await refused(
      { confirm: 'dev' },
      `${EAST}: aws_kms_key.data must not be destroyed, as its data goes with it, got a plan that does; change the settings back, or name it: make destroy ENV=dev CONFIRM=dev ALLOW_DESTROY='aws_kms_key.data'`,
    );
    await destroy({ confirm: 'dev', allowDestroy: ['aws_kms_key.data'] });
    expect(applied()).toHaveLength(2);
  });

  const protectedText = `${APPS}: aws_rds_cluster.databases_orders must not be protected if it is to be destroyed, got a protected one; say decommission: true in databases.orders or in the environment, then run make plan ENV=dev and make apply ENV=dev`;
  const stateOf = (attributes: object) =>
    world.states.set(`${BUCKET}/dev/us-east-1/workload.tfstate`, {
      resources: [
        { mode: 'managed', type: 'aws_rds_cluster', name: 'databases_orders', instances: [{ attributes }] },
      ],
    });
  const configOf = (block: object) => {
    world.stacks = [
      { place: FOUNDATION },
      { place: WORKLOAD, config: { resource: { aws_rds_cluster: { databases_orders: block } } } },
    ];
  };

  it.each([
    { title: 'protected in AWS', attributes: { deletion_protection: true }, block: {} },
    { title: 'protected by the settings', attributes: {}, block: { deletion_protection: true } },
    { title: 'kept by Terraform', attributes: {}, block: { lifecycle: { prevent_destroy: true } } },
  ])('for what is $title, before Terraform runs', async ({ attributes, block }) => {
    stateOf(attributes);
    configOf(block);
    await refused({}, protectedText);
    expect(world.terraform.calls).toEqual([]);
  });

  it('but not for what is protected in the settings and does not stand', async () => {
    configOf({ deletion_protection: true });
    await destroy();
  });
});

it('make apply does not take such plans', async () => {
  await destroy();
  await expect(runApply({ scope: 'dev' }, world.surroundings)).rejects.toThrow(
    new RefusedError(
      'dev must be planned before it is applied, got plans to destroy it; run make plan ENV=dev',
    ),
  );
  expect(applied()).toEqual([]);
});
