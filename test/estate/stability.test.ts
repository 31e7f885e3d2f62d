import { environments, shared } from '../../environments';
import type { EstateFile } from '../../src/config/define';
import { changed, estateOf, stacksOf } from '../support/estate';

/** Ids of the stacks whose bytes differ, or that only one side has. */
function differences(before: EstateFile, after: EstateFile): string[] {
  const [old, now] = [before, after].map(
    (file) => new Map(stacksOf(estateOf(file)).map(({ id, text }) => [id, text])),
  );
  const ids = new Set([...(old?.keys() ?? []), ...(now?.keys() ?? [])]);
  return [...ids].filter((id) => old?.get(id) !== now?.get(id)).sort();
}

const today: EstateFile = { environments, shared };

describe('a new environment', () => {
  const network = (cidr: string) => ({ cidr, availabilityZones: 2 });
  const stage = changed(environments.beta, {
    account: '777777777777',
    domain: 'stage.example.com',
    regions: {
      'us-east-1': { network: network('10.50.0.0/16') },
      'us-west-2': { network: network('10.51.0.0/16') },
    },
    services: { inventory: { public: { host: 'inventory.stage.example.com' } } },
  });

  test('is one entry, and changes no stack of another environment by a byte', () => {
    expect(differences(today, { shared, environments: { ...environments, stage } })).toEqual([
      // its own
      'account-777777777777-global-baseline',
      'account-777777777777-global-delivery-stage',
      'account-777777777777-us-east-1-baseline',
      'account-777777777777-us-west-2-baseline',
      // the registry lets it pull
      'shared-us-east-1-registry',
      'shared-us-west-2-registry',
      'stage-global-names',
      'stage-us-east-1-foundation',
      'stage-us-east-1-workload',
      'stage-us-west-2-foundation',
      'stage-us-west-2-workload',
    ]);
  });
});

describe('a new region', () => {
  const prod = changed(environments.prod, {
    regions: { 'eu-west-1': { role: 'standby', network: { cidr: '10.42.0.0/16' } } },
  });

  test('is one entry, and changes no foundation and no workload of another region by a byte', () => {
    expect(differences(today, { shared, environments: { ...environments, prod } })).toEqual([
      'account-444444444444-eu-west-1-baseline',
      // who plans and applies it may do so there too
      'account-444444444444-global-delivery-prod',
      'account-555555555555-eu-west-1-baseline',
      'prod-eu-west-1-foundation',
      'prod-eu-west-1-workload',
      'shared-eu-west-1-registry',
      // images are copied there too
      'shared-us-east-1-registry',
    ]);
  });
});

describe('a second standby', () => {
  const region = { role: 'standby', network: { cidr: '10.42.0.0/16' } };
  const services = { inventory: { standby: { tasks: { min: 2, max: 4 } } } };

  test('runs what says so, and leaves the public names to the one that takes over', () => {
    const prod = changed(environments.prod, { regions: { 'ca-central-1': region }, services });
    const stacks = stacksOf(estateOf({ shared, environments: { ...environments, prod } }));
    const text = (id: string) => stacks.find((one) => one.id === id)?.text ?? '';
    expect(text('prod-us-west-2-workload')).toContain('"type": "SECONDARY"');
    expect(text('prod-ca-central-1-workload')).toContain('"aws_ecs_service"');
    expect(text('prod-ca-central-1-workload')).not.toContain('failover_routing_policy');
    expect(text('prod-global-names')).toContain('-us-west-2-');
  });
});

describe('the order of the settings', () => {
  const reversed = (value: unknown): unknown =>
    typeof value !== 'object' || value === null || Array.isArray(value)
      ? value
      : Object.fromEntries(
          Object.entries(value)
            .reverse()
            .map(([key, inner]) => [key, reversed(inner)]),
        );

  test('changes nothing', () => {
    const file = reversed(today) as EstateFile;
    expect(Object.keys(file.environments)).toEqual(['prod', 'beta', 'qa', 'dev']);
    expect(differences(today, file)).toEqual([]);
  });
});
