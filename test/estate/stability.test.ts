import type { EnvironmentFile, EstateFile } from '../../src/config/define';
import { environments } from '../fixtures/car-retail';
import { withCopies, withRegion } from '../support/additions';
import { changed, estateOf, stacksOf, type StackJson } from '../support/estate';
import { fixture, fixtureStacks, liveEstates } from '../support/estates';

/** Ids of the stacks whose bytes differ, or that only one side has. */
function differences(before: readonly StackJson[], after: EstateFile): string[] {
  const [old, now] = [before, stacksOf(estateOf(after))].map(
    (stacks) => new Map(stacks.map(({ id, text }) => [id, text])),
  ) as [Map<string, string>, Map<string, string>];
  return [...new Set([...old.keys(), ...now.keys()])].filter((id) => old.get(id) !== now.get(id)).sort();
}

const inFixture = (more: Readonly<Record<string, EnvironmentFile>>) =>
  differences(fixtureStacks(), { ...fixture, environments: { ...environments, ...more } });

describe('a new environment', () => {
  const network = (cidr: string) => ({ cidr, availabilityZones: 2 });
  const stage = changed(environments.beta, {
    account: '777777777777',
    domain: 'stage.example.com',
    regions: {
      'us-east-1': { network: network('10.50.0.0/16') },
      'us-west-2': { network: network('10.51.0.0/16') },
    },
    services: {
      inventory: { public: { host: 'inventory.stage.example.com' } },
      accounts: { public: { host: 'accounts.stage.example.com' } },
    },
  });
  const own = [
    'stage-global-alerts',
    'stage-global-links',
    'stage-global-names',
    'stage-us-east-1-edge',
    'stage-us-east-1-foundation',
    'stage-us-east-1-replication',
    'stage-us-east-1-workload',
    'stage-us-west-2-foundation',
    'stage-us-west-2-replication',
    'stage-us-west-2-workload',
  ];
  // the registry lets it pull
  const registry = ['shared-us-east-1-registry', 'shared-us-west-2-registry'];

  const inSharedAccount = ['account-111111111111-global-delivery-stage', ...registry, ...own];

  test('is one entry, and changes no stack of another environment by a byte', () => {
    expect(inFixture({ stage })).toEqual([
      'account-777777777777-global-baseline',
      'account-777777777777-global-delivery-stage',
      'account-777777777777-us-east-1-baseline',
      'account-777777777777-us-west-2-baseline',
      ...registry,
      ...own,
    ]);
  });

  test('changes nothing of the account that it shares with another one', () => {
    expect(inFixture({ stage: changed(stage, { account: '111111111111' }) })).toEqual(inSharedAccount);
  });

  test('may stand anywhere among the others', () => {
    const file = {
      ...fixture,
      environments: { stage: changed(stage, { account: '111111111111' }), ...environments },
    };
    expect(differences(fixtureStacks(), file)).toEqual(inSharedAccount);
  });
});

describe('a new region', () => {
  const prod = changed(environments.prod, {
    regions: {
      'eu-west-1': {
        role: 'standby',
        network: { cidr: '10.42.0.0/16', nat: 'one-per-az', egress: 'firewall' },
      },
    },
  });

  test('is one entry, and changes no foundation and no workload of another region by a byte', () => {
    expect(inFixture({ prod })).toEqual([
      'account-444444444444-eu-west-1-baseline',
      // who plans and applies it may do so there too
      'account-444444444444-global-delivery-prod',
      'account-555555555555-eu-west-1-baseline',
      'prod-eu-west-1-foundation',
      'prod-eu-west-1-replication',
      'prod-eu-west-1-workload',
      // chat channels hear of its alarms too
      'prod-global-alerts',
      // objects are copied there too
      'prod-us-east-1-replication',
      'prod-us-west-2-replication',
      'shared-eu-west-1-registry',
      // images are copied there too
      'shared-us-east-1-registry',
    ]);
  });
});

describe('a second standby', () => {
  const region = {
    role: 'standby',
    network: { cidr: '10.42.0.0/16', nat: 'one-per-az', egress: 'firewall' },
  };
  const services = { inventory: { standby: { tasks: { min: 2, max: 4 } } } };
  const prod = changed(environments.prod, { regions: { 'ca-central-1': region }, services });
  const file = { ...fixture, environments: { ...environments, prod } };
  const stacks = stacksOf(estateOf(file));

  test('runs what says so, and leaves the public names to the one that takes over', () => {
    const text = (id: string) => stacks.find((one) => one.id === id)?.text ?? '';
    expect(text('prod-us-west-2-workload')).toContain('"type": "SECONDARY"');
    expect(text('prod-ca-central-1-workload')).toContain('"aws_ecs_service"');
    expect(text('prod-ca-central-1-workload')).not.toContain('failover_routing_policy');
    expect(text('prod-global-names')).toContain('-us-west-2-');
  });

  test('may be written before the first', () => {
    expect(differences(stacks, reversed(file) as EstateFile)).toEqual([]);
  });
});

describe.each(liveEstates)('in $name', ({ file, stacks }) => {
  test.each([
    ['a copy of each environment', withCopies],
    ['a further region in each environment', withRegion],
  ])('%s changes only stacks of its own and what all share', (_what, add) => {
    const { file: after, mayChange, comes } = add(file);
    const changes = differences(stacks(), after);
    expect(changes.filter((id) => !mayChange(id))).toEqual([]);
    expect(comes.filter((id) => !changes.includes(id))).toEqual([]);
  });
});

// determinism.test.ts asks the same of the live environments
describe('the order of the settings', () => {
  test('changes nothing', () => {
    const file = reversed(fixture) as EstateFile;
    expect(Object.keys(file.environments)).toEqual(['prod', 'beta', 'qa', 'dev']);
    expect(differences(fixtureStacks(), file)).toEqual([]);
  });
});

function reversed(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).reverse();
  return Object.fromEntries(entries.map(([key, inner]) => [key, reversed(inner)]));
}
