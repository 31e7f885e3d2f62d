import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runPlan } from '../../../src/commands/plan';
import { DriverWorld, place } from '../terraform/driver-world';
import { change } from '../terraform/stub-terraform';

const FOUNDATION = place('us-east-1', 'foundation');
const WORKLOAD = place('us-east-1', 'workload');
const APPS = 'dev-us-east-1-workload';

let world: DriverWorld;
beforeEach(async () => {
  world = new DriverWorld();
  world.buckets.add('dev-us-east-1-state-111122223333').add('dev-us-west-2-state-111122223333');
  world.stacks = [
    { place: FOUNDATION },
    { place: WORKLOAD, after: ['dev-us-east-1-foundation'] },
    { place: place('us-west-2', 'workload'), after: ['dev-us-west-2-foundation', APPS] },
  ];
  world.applied(FOUNDATION);
  const replaced = {
    ...change('aws_rds_cluster.databases_orders', 'delete', 'create'),
    change: {
      actions: ['delete', 'create'],
      before: { engine: 'a secret' },
      after: { engine: 'another secret' },
      replace_paths: [['engine']],
    },
  };
  world.terraform.says({
    [APPS]: { changes: [replaced, change('aws_route.a', 'delete'), change('aws_vpc.a', 'create')] },
  });
  await runPlan({ scope: 'dev' }, world.surroundings);
});
afterEach(() => world.close());

const folder = () => join(world.workFolder, 'plan/dev');

it('a plan is summed up for a pull request', () => {
  expect(readFileSync(join(folder(), 'plan.md'), 'utf8')).toBe(
    [
      '# Plan of dev',
      '',
      'Made 2026-01-01T00:00:00.000Z at aaaaaaaaaaaa. 1 of 3 stacks to apply: `make apply ENV=dev`',
      '',
      '| stack | | add | change | replace | destroy |',
      '| --- | --- | ---: | ---: | ---: | ---: |',
      '| dev-us-east-1-foundation | unchanged |  |  |  |  |',
      `| ${APPS} | planned | 1 | 0 | 1 | 1 |`,
      `| dev-us-west-2-workload | waiting for ${APPS} |  |  |  |  |`,
      '',
      '## Replaced and destroyed',
      '',
      `- **stateful** replace \`aws_rds_cluster.databases_orders\` in ${APPS}, forced by engine (setting databases.orders)`,
      `- destroy \`aws_route.a\` in ${APPS}`,
      '',
    ].join('\n'),
  );
});

it('and for machines', () => {
  const report = JSON.parse(readFileSync(join(folder(), 'plan.json'), 'utf8')) as object;
  expect(report).toMatchObject({
    target: { scope: 'dev' },
    revision: { commit: 'a'.repeat(40), dirty: false },
    stacks: [
      { id: 'dev-us-east-1-foundation', outcome: 'unchanged' },
      { id: APPS, outcome: 'planned', summary: { add: 1, replace: 1, destroy: 1 } },
      { outcome: 'waiting', waiting: [{ for: APPS }] },
    ],
  });
});

it('without any value: the folder may be kept with a build', () => {
  expect(readdirSync(folder()).sort()).toEqual(['plan.json', 'plan.md']);
  for (const file of readdirSync(folder()))
    expect(readFileSync(join(folder(), file), 'utf8')).not.toContain('secret');
});

it('and names what is taken over, with what of it changes, and no value', async () => {
  const imported = (address: string, ...actions: string[]) => ({
    ...change(address, ...actions),
    change: { actions, before: { tier: 'a secret' }, after: { tier: 'b' }, importing: { id: 'shop-media' } },
  });
  const changes = [imported('aws_s3_bucket.b', 'update'), imported('aws_s3_bucket.a', 'no-op')];
  world.terraform.says({ [APPS]: { changes } });
  await runPlan({ scope: 'dev' }, world.surroundings);
  const text = readFileSync(join(folder(), 'plan.md'), 'utf8');
  expect(text.split('\n').slice(-6)).toEqual([
    '',
    '## Taken over',
    '',
    `- \`aws_s3_bucket.a\` from shop-media in ${APPS}, changes nothing`,
    `- \`aws_s3_bucket.b\` from shop-media in ${APPS}, changes tier`,
    '',
  ]);
  expect(readFileSync(join(folder(), 'plan.json'), 'utf8')).not.toContain('a secret');
  expect(world.lines.join('\n')).toContain(`To be taken over:\n  aws_s3_bucket.a from shop-media in ${APPS}`);
});
