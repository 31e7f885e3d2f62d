import { awsNames } from '../../modules/network/aws-names';
import { regionsOf, type Environment } from '../../src/config/estate';
import { environments, shared } from '../fixtures/car-retail';
import { changed, estateOf, stacksOf, type StackJson } from '../support/estate';
import { everyEstate, fixtureStacks } from '../support/estates';
import {
  detoursOf,
  namesThatPass,
  resolves,
  subnetsOf,
  wayBackTo,
  wayOutOf,
  zoneOf,
} from '../support/ways-out';

type Region = keyof Environment['settings']['regions'];

/** Entries that services which stand in a region name, worked out from the settings alone. */
function declared({ settings }: Environment, region: Region) {
  const isPrimary = settings.regions[region]?.role === 'primary';
  const services = Object.values(settings.services).filter(({ standby }) => isPrimary || standby);
  return [...new Set(services.flatMap(({ uses }) => uses.outside))].map((name) => settings.outside[name]!);
}

const foundationOf = (stacks: readonly StackJson[], scope: string, region: string) =>
  stacks.find(({ id }) => id === `${scope}-${region}-foundation`) as StackJson;

const places = ({ estate, stacks }: (typeof everyEstate)[number]) =>
  estate.environments.flatMap((environment) =>
    regionsOf(environment.settings).map(({ name: region }) => ({
      environment,
      region,
      network: environment.settings.regions[region]!.network,
      foundation: foundationOf(stacks(), environment.name, region),
      where: `${environment.name} ${region}`,
    })),
  );

describe.each(everyEstate)('the ways out of $name', (tested) => {
  test('A3: lead through what egress says, in the zone of the subnet, and back the same way', () => {
    for (const { network, foundation, where } of places(tested)) {
      for (const subnet of subnetsOf(foundation, 'application')) {
        const zone = zoneOf(foundation, subnet);
        const [first = ''] = subnetsOf(foundation, 'application');
        const nat = `nat ${network.nat === 'single' ? zoneOf(foundation, first) : zone}`;
        const [out, back] =
          network.nat === 'none'
            ? [[], []]
            : network.egress === 'firewall'
              ? [
                  [`firewall ${zone}`, nat, 'internet'],
                  [nat, `firewall ${zone}`],
                ]
              : [[nat, 'internet'], [nat]];
        expect([wayOutOf(foundation, subnet), wayBackTo(foundation, subnet)], where).toEqual([out, back]);
      }
    }
  });

  test('A3: make no detour between load balancers and their targets, whose security groups would not hold', () => {
    for (const { foundation, where } of places(tested)) {
      for (const tier of ['public', 'application', 'data'])
        for (const subnet of subnetsOf(foundation, tier))
          expect(detoursOf(foundation, subnet), where).toEqual([]);
    }
  });

  test('A26: are open for the names that are declared, by those who stand there, and for no other', () => {
    for (const { environment, region, network, foundation, where } of places(tested)) {
      const entries = declared(environment, region);
      const on = (port: 443 | 80) => [
        ...new Set(
          entries
            .filter(({ ports }) => ports.includes(port))
            .flatMap(({ provider, account, names }) => [
              ...(provider === 'auth0' ? [String(account)] : []),
              ...(provider === 'slack' ? ['files.slack.com', 'hooks.slack.com', 'slack.com'] : []),
              ...names.map((name) => name.replace(/^\*/, '')),
            ]),
        ),
      ];
      const pass = namesThatPass(foundation);
      if (network.egress !== 'firewall') expect(pass, where).toBeUndefined();
      // of other providers only their own test knows the names
      else if (entries.every(({ provider }) => provider === undefined || /auth0|slack/.test(provider)))
        expect(pass, where).toEqual({ https: on(443).sort(), http: on(80).sort() });
    }
  });

  test('A26: resolve what is declared and what AWS needs, and nothing else', () => {
    for (const { environment, region, network, foundation, where } of places(tested)) {
      const sample = (name: string) => name.replace('*', 'any');
      for (const { names } of declared(environment, region))
        for (const name of names) expect(resolves(foundation, sample(name)), `${where} ${name}`).toBe(true);
      for (const name of awsNames(region, ['ecr.api', 'ecr.dkr', 'logs', 'ssm']))
        expect(resolves(foundation, sample(name)), `${where} ${name}`).toBe(true);
      expect(resolves(foundation, `orders.${environment.name}.internal`), where).toBe(true);
      for (const name of ['example.org', 'tunnel.attacker.example', 'amazonaws.com.attacker.example'])
        expect(resolves(foundation, name), `${where} ${name}`).toBe(network.egress === 'none');
    }
  });
});

describe('what the fixture lets pass', () => {
  test('is its tenant of Auth0, in each region where inventory stands', () => {
    const pass = (scope: string, region: string) =>
      namesThatPass(foundationOf(fixtureStacks(), scope, region));
    const tenant = { https: ['car-retail.us.auth0.com'], http: [] };
    expect(pass('prod', 'us-east-1')).toEqual(tenant);
    expect(pass('prod', 'us-west-2')).toEqual(tenant);
    expect(pass('beta', 'us-east-1')).toEqual({ https: ['car-retail-test.us.auth0.com'], http: [] });
    expect(pass('beta', 'us-west-2')).toBeUndefined();
    expect(resolves(foundationOf(fixtureStacks(), 'dev', 'us-east-1'), 'car-retail-test.us.auth0.com')).toBe(
      true,
    );
    expect(resolves(foundationOf(fixtureStacks(), 'dev', 'us-east-1'), 'car-retail.us.auth0.com')).toBe(
      false,
    );
  });

  test('follows what services use, with ports and wildcards', () => {
    const prod = changed(environments.prod, {
      outside: {
        partners: { names: ['*.partner.example', 'api.other.example'], ports: [443, 80] },
        mail: { provider: 'slack' },
        unused: { names: ['never.example'] },
      },
      services: { accounts: { uses: { outside: ['partners', 'mail'] } } },
    });
    const stacks = stacksOf(estateOf({ environments: { prod }, shared }), ['prod']);
    const primary = foundationOf(stacks, 'prod', 'us-east-1');
    expect(namesThatPass(primary)).toEqual({
      https: [
        '.partner.example',
        'api.other.example',
        'car-retail.us.auth0.com',
        'files.slack.com',
        'hooks.slack.com',
        'slack.com',
      ],
      http: ['.partner.example', 'api.other.example'],
    });
    expect(resolves(primary, 'a.b.partner.example')).toBe(true);
    expect(resolves(primary, 'never.example')).toBe(false);
    // accounts does not stand there
    expect(namesThatPass(foundationOf(stacks, 'prod', 'us-west-2'))?.https).toEqual([
      'car-retail.us.auth0.com',
    ]);
  });
});
