import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runDrift } from '../../../src/commands/drift';
import { runPlan } from '../../../src/commands/plan';
import { DriftError, RunError } from '../../../src/errors';
import { DriverWorld, lockEntry, place } from '../terraform/driver-world';
import { change } from '../terraform/stub-terraform';

const FOUNDATION = place('us-east-1', 'foundation');
const WORKLOAD = place('us-east-1', 'workload');
const EAST = 'dev-us-east-1-foundation';
const BUCKET = 'dev-us-east-1-state-111122223333';

let world: DriverWorld;
beforeEach(() => {
  world = new DriverWorld();
  world.buckets.add(BUCKET);
  const resource = {
    aws_vpc: { network: { cidr_block: '10.0.0.0/16' } },
    aws_security_group: { api: {} },
    aws_kms_key: { data: {} },
    aws_s3_bucket: { uploads: {} },
  };
  world.terraform.schema({
    aws_vpc: { cidr_block: { optional: true, computed: true }, arn: { computed: true } },
    aws_security_group: { ingress: { optional: true, computed: true } },
    aws_kms_key: { is_enabled: { optional: true } },
    aws_s3_bucket: {},
  });
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
  world.terraform.says({ [EAST]: { drift: [drifted('aws_vpc.network', { arn: 1 }, { arn: 2 })] } });
  await drift();
  expect(world.said.at(-1)).toBe('dev is as it was applied');
});

it('does not count what the code makes and then leaves to others', async () => {
  world.stacks = [
    {
      place: FOUNDATION,
      config: {
        resource: {
          aws_vpc: { network: { cidr_block: '10.0.0.0/16', lifecycle: { ignore_changes: ['cidr_block'] } } },
        },
      },
    },
  ];
  const tags = [{}, { a: 'b' }] as const;
  world.terraform.says({
    [EAST]: { drift: [drifted('aws_vpc.network', { cidr_block: 1 }, { cidr_block: 2 })] },
  });
  await drift();
  expect(world.said[1]).toBe('  aws_vpc.network: cidr_block, which the code leaves open (no drift)');
  world.terraform.says({
    [EAST]: { drift: [drifted('aws_vpc.network', { tags: tags[0] }, { tags: tags[1] })] },
  });
  await expect(drift()).rejects.toThrow('got 1 difference,');
});

it.each([
  {
    title: 'an attribute with a default of the provider',
    entry: drifted('aws_kms_key.data', { is_enabled: true }, { is_enabled: false }),
    line: '  aws_kms_key.data: is_enabled',
  },
  {
    title: 'a block that no other resource fills',
    entry: drifted('aws_vpc.network', { timeouts: null }, { timeouts: {} }),
    line: '  aws_vpc.network: timeouts',
  },
  {
    title: 'anything on a resource that the code has no more',
    entry: drifted('aws_vpc.old', { arn: 1 }, { arn: 2 }),
    line: '  aws_vpc.old: arn',
  },
])('counts $title, although the code does not write it', async ({ entry, line }) => {
  world.terraform.says({ [EAST]: { drift: [entry] } });
  await expect(drift()).rejects.toThrow('got 1 difference,');
  expect(world.said[1]).toBe(line);
});

it('does not count blocks of a bucket that resources of their own fill', async () => {
  world.terraform.says({
    [EAST]: { drift: [drifted('aws_s3_bucket.uploads', { versioning: [] }, { versioning: [{}] })] },
  });
  await drift();
  expect(world.said[1]).toBe('  aws_s3_bucket.uploads: versioning, which the code leaves open (no drift)');
});

it('asks the providers once for each release of them', async () => {
  const schemas = () =>
    world.terraform.calls.filter(({ args }) => args.join(' ') === 'providers schema -json');
  world.terraform.says({ [EAST]: { drift: [drifted('aws_vpc.network', { arn: 1 }, { arn: 2 })] } });
  await drift();
  await drift();
  expect(schemas()).toHaveLength(1);
  writeFileSync(
    world.providerLockFile,
    lockEntry('registry.terraform.io/hashicorp/aws', '6.25.0', 'h1:another'),
  );
  await drift();
  expect(schemas()).toHaveLength(2);
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
        managed('aws_default_security_group', 'default', { id: 'sg-2' }),
        managed('aws_route_table', 'data', { id: 'rtb-1' }),
        managed('aws_default_route_table', 'default', { id: 'rtb-2' }),
        managed('aws_vpc_endpoint', 's3', { id: 'vpce-1' }),
        managed('aws_iam_role', 'task', { name: 'dev-task' }),
        managed('aws_iam_role_policy', 'task', { role: 'dev-task', name: 'read' }),
        managed('aws_iam_role_policy_attachment', 'task', { role: 'dev-task', policy_arn: 'arn:known' }),
      ],
    });
    // the rule lies in another stack than its group
    world.states.set(`${BUCKET}/dev/us-east-1/workload.tfstate`, {
      resources: [
        managed('aws_vpc_security_group_ingress_rule', 'api', { security_group_rule_id: 'sgr-in' }),
        managed('aws_route', 'peer', { route_table_id: 'rtb-1', destination_cidr_block: '10.1.0.0/16' }),
        managed('aws_vpc_security_group_egress_rule', 'api', { security_group_rule_id: 'sgr-out' }),
      ],
    });
    world.routes = [
      { table: 'rtb-1', destination: '10.1.0.0/16', via: 'tgw-1' },
      { table: 'rtb-1', destination: 'pl-1', via: 'vpce-1' },
    ];
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

  it('is named in what a VPC has by default too', async () => {
    world.rules = [...world.rules, { group: 'sg-2', rule: 'sgr-default' }];
    world.routes = [...world.routes, { table: 'rtb-2', destination: '10.1.0.0/16', via: 'tgw-1' }];
    await expect(drift()).rejects.toThrow('got 2 differences');
    expect(world.said.slice(-2)).toEqual([
      'us-east-1  aws_default_route_table.default: route to 10.1.0.0/16 over tgw-1, which no state knows',
      'us-east-1  aws_default_security_group.default: rule sgr-default, which no state knows',
    ]);
  });

  it.each([
    ['destination_ipv6_cidr_block', '::/0'],
    ['destination_prefix_list_id', 'pl-2'],
  ])('knows a route by its %s, and no other one', async (attribute, destination) => {
    const route = managed('aws_route', 'six', { route_table_id: 'rtb-1', [attribute]: destination });
    const path = `${BUCKET}/dev/us-east-1/workload.tfstate`;
    const before = world.states.get(path) as { resources: unknown[] };
    world.states.set(path, { resources: [...before.resources, route] });
    world.routes = [...world.routes, { table: 'rtb-1', destination, via: 'eigw-1' }];
    await drift();
    world.routes = [...world.routes, { table: 'rtb-2', destination, via: 'eigw-1' }];
    await expect(drift()).rejects.toThrow('got 1 difference,');
    expect(world.said.at(-1)).toBe(
      `us-east-1  aws_default_route_table.default: route to ${destination} over eigw-1, which no state knows`,
    );
  });

  it('is not what links put into the tables of another region than theirs', async () => {
    const links = { ...place('us-west-2', 'links'), global: true as const };
    world.buckets.add('dev-us-west-2-state-111122223333');
    world.stacks = [...world.stacks, { place: links }];
    world.routes = [...world.routes, { table: 'rtb-1', destination: '10.2.0.0/16', via: 'pcx-1' }];
    const run = () => runDrift({ scope: 'dev', jobs: '1', region: 'us-east-1' }, world.surroundings);
    await expect(run()).rejects.toThrow('got 1 difference,');
    world.states.set('dev-us-west-2-state-111122223333/dev/global/links.tfstate', {
      resources: [
        managed('aws_route', 'west', { route_table_id: 'rtb-1', destination_cidr_block: '10.2.0.0/16' }),
      ],
    });
    await run();
  });

  it('is named where a route leads out of an isolated table', async () => {
    world.routes = [...world.routes, { table: 'rtb-1', destination: '0.0.0.0/0', via: 'igw-1' }];
    await expect(drift()).rejects.toThrow('got 1 difference,');
    expect(world.said.at(-1)).toBe(
      'us-east-1  aws_route_table.data: route to 0.0.0.0/0 over igw-1, which no state knows',
    );
  });
});
