import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { runApply } from '../../../src/commands/apply';
import { runDestroy } from '../../../src/commands/destroy';
import { runMove } from '../../../src/commands/move';
import { runPlan } from '../../../src/commands/plan';
import { InputError, RefusedError } from '../../../src/errors';
import { stateLocation } from '../../../src/terraform/state/state-store';
import { DriverWorld, place } from '../terraform/driver-world';
import { change } from '../terraform/stub-terraform';

const FOUNDATION = place('us-east-1', 'foundation');
const WORKLOAD = place('us-east-1', 'workload');
const OLD = 'dev-us-east-1-foundation';
const NEW = 'dev-us-east-1-workload';

let world: DriverWorld;
beforeEach(() => {
  world = new DriverWorld();
  world.buckets.add('dev-us-east-1-state-111122223333');
  world.stacks = [
    { place: FOUNDATION },
    { place: WORKLOAD, after: [OLD], config: makes('aws_sns_topic', 'alerts') },
  ];
  state(FOUNDATION, ['aws_vpc', 'network', 'vpc-1'], ['aws_sns_topic', 'alerts', 'arn:alerts']);
});
afterEach(() => world.close());

const makes = (type: string, ...names: readonly string[]) => ({
  resource: { [type]: Object.fromEntries(names.map((name) => [name, {}])) },
});

/** A state of resources, each with its type, name and id. */
function state(one: typeof FOUNDATION, ...resources: readonly (readonly [string, string, string])[]): void {
  const { bucket, key } = stateLocation(one);
  world.states.set(`${bucket}/${key}`, {
    lineage: one.layer,
    serial: 1,
    resources: resources.map(([type, name, id]) => ({
      mode: 'managed',
      type,
      name,
      instances: [{ attributes: { id } }],
    })),
  });
}

const move = (from: string, to = NEW) => runMove({ from, to }, world.surroundings);
const moves = () => JSON.parse(readFileSync(world.movesPath, 'utf8')) as unknown;

describe('a move', () => {
  it('is a file for a reviewer, and changes nothing else', async () => {
    await move(`${OLD}:aws_sns_topic.alerts`);
    expect(moves()).toEqual([
      {
        from: OLD,
        to: NEW,
        resources: [{ from: 'aws_sns_topic.alerts', to: 'aws_sns_topic.alerts', id: 'arn:alerts' }],
      },
    ]);
    expect(world.terraform.calls).toEqual([]);
    expect(world.said[0]).toBe('aws_sns_topic.alerts -> aws_sns_topic.alerts, imported by arn:alerts');
    expect(world.said[1]).toMatch(
      /moves\.json says so; look at it, commit it, then: make plan ENV=dev && make apply ENV=dev takes over, and make plan ENV=dev && make apply ENV=dev lets go$/,
    );
  });

  it('takes every part of an entry, and may give it another name', async () => {
    state(
      FOUNDATION,
      ['aws_rds_cluster', 'databases_orders', 'dev-orders'],
      ['aws_db_subnet_group', 'databases_orders_subnets', 'dev-orders'],
      ['aws_rds_cluster', 'databases_users', 'dev-users'],
      ['terraform_data', 'databases_orders_final-snapshot', '1b4e28ba'],
    );
    const resource = {
      aws_rds_cluster: { databases_sales: {} },
      aws_db_subnet_group: { databases_sales_subnets: {} },
    };
    world.stacks = [{ place: FOUNDATION }, { place: WORKLOAD, config: { resource } }];
    await move(`${OLD}:databases.orders`, `${NEW}:databases.sales`);
    expect(moves()).toMatchObject([
      {
        resources: [
          { from: 'aws_rds_cluster.databases_orders', to: 'aws_rds_cluster.databases_sales' },
          {
            from: 'aws_db_subnet_group.databases_orders_subnets',
            to: 'aws_db_subnet_group.databases_sales_subnets',
          },
        ],
      },
    ]);
  });

  it('joins those that are there, and replaces itself', async () => {
    const other = { from: OLD, to: NEW, resources: [{ from: 'aws_vpc.a', to: 'aws_vpc.a', id: 'vpc-a' }] };
    writeFileSync(world.movesPath, JSON.stringify([other]));
    await move(`${OLD}:aws_sns_topic.alerts`);
    await move(`${OLD}:aws_sns_topic.alerts`);
    const topic = { from: 'aws_sns_topic.alerts', to: 'aws_sns_topic.alerts', id: 'arn:alerts' };
    expect(moves()).toEqual([{ ...other, resources: [...other.resources, topic] }]);
  });
});

describe('a move is refused', () => {
  const WEST = place('us-west-2', 'workload');
  it.each<[string, string, string]>([
    [
      OLD,
      NEW,
      `FROM must be a stack and an address or entry, got "${OLD}"; write it like dev-us-east-1-foundation:aws_sns_topic.alerts`,
    ],
    [
      'foundation:aws_sns_topic.alerts',
      NEW,
      'FROM must begin with the id of a stack, got "foundation"; write it like dev-us-east-1-foundation:aws_sns_topic.alerts',
    ],
    [
      'dve-us-east-1-foundation:aws_sns_topic.alerts',
      NEW,
      'FROM must begin with the id of a stack, got "dve-us-east-1-foundation"; its first word is a scope: did you mean "dev"?',
    ],
    [
      `${OLD}:aws_sns_topic.alerts`,
      'dev-us-east-1-worklaod',
      'TO must begin with the id of a stack, got "dev-us-east-1-worklaod"; did you mean "dev-us-east-1-workload"?',
    ],
    [
      `${OLD}:aws_sns_topic.alerts`,
      OLD,
      `TO must name another stack than FROM, got "${OLD}"; within a stack renamedFrom moves an entry`,
    ],
    [
      `${OLD}:aws_sns_topic.alerts`,
      'dev-us-west-2-workload',
      'TO must name a stack of the account and region of FROM, 111122223333 and us-east-1, got "dev-us-west-2-workload"; what is in another one has to be made anew',
    ],
    [
      `${OLD}:aws_sns_topic.alert`,
      NEW,
      `FROM must name what the state of ${OLD} holds, got "aws_sns_topic.alert"; did you mean "aws_sns_topic.alerts"?`,
    ],
  ])('%s to %s', async (from, to, line) => {
    world.stacks = [...world.stacks, { place: WEST }];
    await expect(move(from, to)).rejects.toThrow(new InputError([line]));
    expect(existsSync(world.movesPath)).toBe(false);
  });

  it('while the code makes it where it was, and not where it goes', async () => {
    world.stacks = [{ place: FOUNDATION, config: makes('aws_sns_topic', 'alerts') }, { place: WORKLOAD }];
    await expect(move(`${OLD}:aws_sns_topic.alerts`)).rejects.toThrow(
      new RefusedError(
        `${OLD}: aws_sns_topic.alerts must no longer be made here, got a stack with it; change the settings or the code first\n${NEW}: aws_sns_topic.alerts must be made here, got a stack without it; change the settings or the code first`,
      ),
    );
  });

  it('of a type that cannot be imported', async () => {
    state(FOUNDATION, ['aws_acm_certificate_validation', 'certificate', 'now']);
    await expect(move(`${OLD}:aws_acm_certificate_validation.certificate`)).rejects.toThrow(
      new RefusedError(
        `${OLD}: aws_acm_certificate_validation.certificate must be of a type that can be imported, got aws_acm_certificate_validation; it has to be made anew`,
      ),
    );
  });
});

describe('a plan of a move', () => {
  const forgets = { changes: [{ ...change('aws_sns_topic.alerts', 'forget') }] };
  const imported = change('aws_sns_topic.alerts', 'no-op');
  const imports = {
    changes: [{ ...imported, change: { ...imported.change, importing: { id: 'arn:alerts' } } }],
  };
  const { bucket, key, region } = stateLocation(WORKLOAD);
  const leaves = {
    ...makes('aws_vpc', 'network'),
    removed: [
      {
        '//': { movedTo: { stack: NEW, address: 'aws_sns_topic.alerts', bucket, key, region } },
        from: 'aws_sns_topic.alerts',
        lifecycle: { destroy: false },
      },
    ],
  };
  const plan = () => runPlan({ scope: 'dev' }, world.surroundings);
  beforeEach(() => {
    world.stacks = [
      { place: FOUNDATION, config: leaves },
      { place: WORKLOAD, after: [OLD], config: makes('aws_sns_topic', 'alerts') },
    ];
    world.terraform.says({ [OLD]: forgets, [NEW]: imports });
  });

  it('lets the new stack take over first, also where it comes after the old one', async () => {
    await plan();
    expect(world.said.slice(0, 2).toSorted()).toEqual([
      `${OLD}  waiting for ${NEW} (to take over aws_sns_topic.alerts)`,
      `${NEW}    planned: 1 to import, 0 to add, 0 to change, 0 to replace, 0 to destroy`,
    ]);
    await runApply({ scope: 'dev' }, world.surroundings);
    expect(world.terraform.steps.filter((step) => step.startsWith('apply'))).toEqual([`apply ${NEW}`]);
  });

  it('lets the old one go once the other state holds it, whatever happened in between', async () => {
    state(WORKLOAD, ['aws_sns_topic', 'alerts', 'arn:alerts']);
    world.terraform.says({ [OLD]: forgets });
    await plan();
    expect(world.said.slice(0, 2).toSorted()).toEqual([
      `${OLD}  planned: 0 to add, 0 to change, 0 to replace, 0 to destroy, 1 to forget`,
      `${NEW}    no changes`,
    ]);
  });

  it('is not applied where taking over would replace it, whatever it is', async () => {
    const replaced = {
      ...change('aws_sns_topic.alerts', 'delete', 'create'),
      change: { actions: ['delete', 'create'], importing: { id: 'arn:alerts' }, replace_paths: [['name']] },
    };
    world.terraform.says({ [OLD]: forgets, [NEW]: { changes: [replaced] } });
    await plan();
    await expect(runApply({ scope: 'dev' }, world.surroundings)).rejects.toThrow(
      `${NEW}: aws_sns_topic.alerts must not be replaced`,
    );
  });

  it('goes before a destruction, which would not let it go', async () => {
    await expect(runDestroy({ scope: 'dev' }, world.surroundings)).rejects.toThrow(
      new RefusedError(
        `${OLD}: aws_sns_topic.alerts must be left to ${NEW} before the rest is destroyed, got it here still; run make plan ENV=dev and make apply ENV=dev until it is gone`,
      ),
    );
    expect(world.terraform.calls).toEqual([]);
  });
});
