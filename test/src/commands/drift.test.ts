import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runDrift } from '../../../src/commands/drift';
import { runPlan } from '../../../src/commands/plan';
import { DriftError, RunError } from '../../../src/errors';
import { DriverWorld, place } from '../terraform/driver-world';
import { change } from '../terraform/stub-terraform';

const FOUNDATION = place('us-east-1', 'foundation');
const WORKLOAD = place('us-east-1', 'workload');
const EAST = 'dev-us-east-1-foundation';
const BUCKET = 'dev-us-east-1-state-111122223333';

let world: DriverWorld;
beforeEach(() => {
  world = new DriverWorld();
  world.buckets.add(BUCKET);
  const resource = { aws_vpc: { network: { cidr_block: '10.0.0.0/16' } } };
  world.stacks = [
    { place: FOUNDATION, config: { resource } },
    { place: WORKLOAD, after: [EAST] },
  ];
  world.applied(FOUNDATION);
});
afterEach(() => world.close());

const drift = () => runDrift({ scope: 'dev', jobs: '1' }, world.surroundings);
const drifted = (address: string, before: object, after: object | null) => ({
  address,
  type: address.split('.')[0],
  mode: 'managed',
  change: { actions: ['update'], before, after },
});

it('nothing differs', async () => {
  await drift();
  expect(world.said).toEqual([
    'dev-us-east-1-foundation  as it was applied',
    'dev-us-east-1-workload    was never applied',
    'dev is as it was applied',
  ]);
  expect(world.terraform.calls.find(({ args }) => args[0] === 'plan')?.args).toContain('-refresh-only');
});

it('says by name what differs, with no value, and ends with 4', async () => {
  world.terraform.says({
    [EAST]: {
      drift: [
        drifted(
          'aws_vpc.network',
          { cidr_block: 'secret', tags: { a: 'secret' } },
          { cidr_block: 'other', tags: {} },
        ),
        drifted('aws_subnet.a', { id: 'secret' }, null),
        drifted('aws_security_group.api', { ingress: [] }, { ingress: ['secret'] }),
      ],
    },
  });
  const error = await drift().catch((thrown: unknown) => thrown);
  expect(error).toEqual(
    new DriftError(
      'dev must be as it was applied, got 2 differences, see above; take over what is right into the settings, then run make plan ENV=dev',
    ),
  );
  expect((error as DriftError).exitCode).toBe(4);
  expect(world.said.slice(0, 4)).toEqual([
    'dev-us-east-1-foundation  differs',
    '  aws_security_group.api: ingress, which the code leaves open (no drift)',
    '  aws_subnet.a: gone',
    '  aws_vpc.network: cidr_block, tags',
  ]);
  expect(world.lines.join()).not.toContain('secret');
});

it('does not count what the code leaves open', async () => {
  world.terraform.says({ [EAST]: { drift: [drifted('aws_vpc.network', { a: 1 }, { a: 2 })] } });
  await drift();
  expect(world.said.at(-1)).toBe('dev is as it was applied');
});

it('leaves a saved plan as it is, and none of its own', async () => {
  world.terraform.says({
    [EAST]: { changes: [change('aws_vpc.b', 'create')], drift: [drifted('aws_subnet.a', {}, null)] },
  });
  await runPlan({ scope: 'dev' }, world.surroundings);
  await expect(drift()).rejects.toThrow(DriftError);
  const folder = join(world.workFolder, 'terraform', EAST);
  expect(existsSync(join(folder, 'tfplan'))).toBe(true);
  expect(existsSync(join(folder, 'tfplan.new'))).toBe(false);
});

it('fails where it cannot look', async () => {
  world.terraform.says({ [EAST]: { fails: { plan: 'Error: no answer' } } });
  await expect(drift()).rejects.toThrow(new RunError(`drift failed for ${EAST}, see above`));
});

describe('access that no state knows', () => {
  const managed = (type: string, name: string, attributes: object) => ({
    mode: 'managed',
    type,
    name,
    instances: [{ attributes }],
  });
  beforeEach(() => {
    world.states.set(`${BUCKET}/dev/us-east-1/foundation.tfstate`, {
      resources: [
        managed('aws_security_group', 'api', { id: 'sg-1' }),
        managed('aws_iam_role', 'task', { name: 'dev-task' }),
        managed('aws_iam_role_policy', 'task', { role: 'dev-task', name: 'read' }),
        managed('aws_iam_role_policy_attachment', 'task', { role: 'dev-task', policy_arn: 'arn:known' }),
      ],
    });
    // the rule lies in another stack than its group
    world.states.set(`${BUCKET}/dev/us-east-1/workload.tfstate`, {
      resources: [
        managed('aws_vpc_security_group_ingress_rule', 'api', { security_group_rule_id: 'sgr-in' }),
        managed('aws_vpc_security_group_egress_rule', 'api', { security_group_rule_id: 'sgr-out' }),
      ],
    });
    world.rules = ['sgr-in', 'sgr-out'].map((rule) => ({ group: 'sg-1', rule }));
    world.policies = { 'dev-task': ['read', 'arn:known'] };
  });

  it('is none where states know all of it', async () => {
    await drift();
  });

  it('is named: rules, inline policies and attached ones', async () => {
    world.rules = [...world.rules, { group: 'sg-1', rule: 'sgr-new' }];
    world.policies = { 'dev-task': ['read', 'arn:known', 'more', 'arn:more'] };
    await expect(drift()).rejects.toThrow('got 3 differences');
    expect(world.said.slice(-3)).toEqual([
      'us-east-1  aws_iam_role.task: policy arn:more, which no state knows',
      'us-east-1  aws_iam_role.task: policy more, which no state knows',
      'us-east-1  aws_security_group.api: rule sgr-new, which no state knows',
    ]);
  });
});
