import { environments, shared } from '../../../fixtures/car-retail';
import { changed, problemsOf, warningsOf } from '../../../support/estate';

const { dev, prod } = environments;
const inProd = (change: object) =>
  problemsOf({ shared, environments: { ...environments, prod: changed(prod, change) } });
const inDev = (change: object) =>
  problemsOf({ shared, environments: { ...environments, dev: changed(dev, change) } });
const network = (settings: object, region = 'us-east-1') => ({
  regions: { [region]: { network: settings } },
});

const subnetsFrom = (third: number) =>
  Object.fromEntries(
    ['us-east-1a', 'us-east-1b'].map((zone, index) => [
      zone,
      { id: `subnet-0123456789abcde${third}${index}`, cidr: `10.10.${third * 10 + index}.0/24` },
    ]),
  );
const existing = {
  availabilityZones: ['us-east-1a', 'us-east-1b'],
  nat: 'none',
  endpoints: 'one-az',
  existing: {
    vpc: 'vpc-0123456789abcdef0',
    subnets: { public: subnetsFrom(1), application: subnetsFrom(2), data: subnetsFrom(3) },
    routeTables: ['rtb-0123456789abcdef0'],
  },
};

describe('the egress of a VPC that stands already', () => {
  test('takes the gateways that it has, and no firewall of ours', () => {
    expect(inDev(network({ ...existing, egress: 'dns-firewall' }))).toEqual([]);
    expect(inDev(network({ ...existing, egress: 'firewall' }))).toEqual([
      'environments/dev.ts: regions.us-east-1.network.egress must be none, dns-firewall or proxy in a VPC that stands already, whose routes are left alone, got "firewall"; set it to dns-firewall; who holds connections there is up to what stands on its way out',
    ]);
  });
});

describe('the egress of a region', () => {
  test.each<[object, string]>([
    [
      network({ egress: 'none' }),
      'environments/dev.ts: regions.us-east-1.network.egress must be dns-firewall, firewall or proxy where services name something outside, as services.inventory does here, got "none"; set it, or take uses.outside out',
    ],
    [
      network({ nat: 'none', endpoints: 'one-az' }),
      'environments/dev.ts: regions.us-east-1.network.nat must be single or one-per-az where services name something outside, as services.inventory does here, got "none"; set it: there is no other way out',
    ],
    [
      network({ egress: 'firewall' }),
      'environments/dev.ts: regions.us-east-1.network.endpoints must be private or one-az where egress is firewall, which lets only declared names pass, got "nat"; set it to one-az, or egress to dns-firewall',
    ],
    [
      { services: { accounts: { uses: { outside: ['auth1'] } } } },
      'environments/dev.ts: services.accounts.uses.outside.0 must name one of outside, got "auth1"; did you mean "auth0"?',
    ],
    [
      network({ egress: 'proxies' }),
      'environments/dev.ts: regions.us-east-1.network.egress must be one of none, dns-firewall, firewall, proxy, got "proxies"; choose one of them',
    ],
    [
      network({ egress: 'proxy' }),
      'environments/dev.ts: regions.us-east-1.network.endpoints must be private or one-az where egress is proxy, which lets only declared names pass, got "nat"; set it to one-az, or egress to dns-firewall',
    ],
    [
      { outside: { auth0: { account: 'elsewhere' } } },
      'environments/dev.ts: outside.auth0.account must be a tenant\'s domain of auth0, got "elsewhere"; write it like your-tenant.us.auth0.com',
    ],
    [
      { outside: { auth0: { decommission: true } } },
      'environments/dev.ts: outside.auth0.decommission must be a setting that exists; there is provider, account, names, ports',
    ],
  ])('must fit what services name outside: %j', (change, line) => {
    expect(inDev(change)).toEqual([line]);
  });

  test.each<[object, string[]]>([
    [
      network({ egress: 'none' }, 'us-west-2'),
      [
        'environments/prod.ts: regions.us-west-2.network.egress must be firewall or proxy where services name something outside, as services.inventory does here, got "none"; set it, or take uses.outside out',
      ],
    ],
    [
      network({ egress: 'dns-firewall' }),
      [
        'environments/prod.ts: regions.us-east-1.network.egress must be firewall or proxy in production where services name something outside, as services.inventory does here, got "dns-firewall"; set it to one of them: dns-firewall stops nobody who has an address already',
      ],
    ],
    [
      network({ nat: 'none' }),
      [
        'environments/prod.ts: regions.us-east-1.network.nat must be one-per-az where services name something outside, as services.inventory does here, got "none"; set it: there is no other way out',
      ],
    ],
    // nobody who goes outside stands there
    [
      {
        ...network({ egress: 'none', nat: 'none' }, 'us-west-2'),
        services: { inventory: { standby: null } },
      },
      [],
    ],
    // nothing goes out, and DNS Firewall alone is enough
    [
      {
        regions: { 'us-east-1': { network: { egress: 'dns-firewall', nat: 'none' } } },
        services: { inventory: { uses: { outside: [] }, standby: null } },
      },
      [],
    ],
  ])('in production: %j', (change, lines) => {
    expect(inProd(change)).toEqual(lines);
  });

  test('says of a firewall that has nothing to let pass what it costs', () => {
    const idle = changed(prod, { services: { inventory: { uses: { outside: [] } } } });
    expect(warningsOf({ shared, environments: { prod: idle } })).toEqual(
      expect.arrayContaining([
        'environments/prod.ts: regions.us-east-1.network.egress must have something to let pass, got "firewall"; it costs by the hour and no service names anything outside here: set it to dns-firewall or none',
        'environments/prod.ts: outside.auth0 must be used by a service; name it in the uses of a service, or remove it',
      ]),
    );
  });

  test('says nothing of a NAT gateway that somebody needs to get outside', () => {
    expect(warningsOf({ shared, environments }).filter((line) => line.includes('.nat '))).toEqual([]);
  });

  test('has room for no more names than the firewall, less a fifth', () => {
    const many = (count: number) => ({
      outside: { auth0: { names: Array.from({ length: count }, (_, index) => `h${index}.example.com`) } },
    });
    expect(inProd(many(799))).toEqual([]);
    expect(inProd(many(800))).toEqual([
      'environments/prod.ts: outside must make at most 800 names: the firewall has room for 1000, got 801; name domains with *. instead of each of their hosts',
    ]);
  });
});
