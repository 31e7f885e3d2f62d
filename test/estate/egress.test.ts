import { regionsOf, type Environment } from '../../src/config/estate';
import type { EnvironmentSettings } from '../../src/config/schema';
import { contains } from '../../modules/network/address-plan';
import { egressOf, openIngressOf } from '../support/egress';
import { changed, estateOf, stacksOf, type StackJson } from '../support/estate';
import { environments, shared } from '../fixtures/car-retail';
import { everyEstate, fixtureStacks } from '../support/estates';

const at = (stacks: readonly StackJson[], scope: string, region: string) =>
  stacks.filter(({ place }) => place.scope === scope && place.region === region && !place.global);

/** What `uses` says may go out, worked out from the settings alone, without any of the code that builds. */
function expected(
  { name, settings }: Environment,
  region: keyof Environment['settings']['regions'],
): string[] {
  const place = settings.regions[region];
  if (!place) return [];
  const toAws = (from: string) =>
    place.network.endpoints === 'nat'
      ? [`${from} -> 0.0.0.0/0 tcp 443`]
      : [`${from} -> ${name}-endpoints tcp 443`, `${from} -> aws_vpc_endpoint.network_endpoints_s3 tcp 443`];
  const outsideOf = (service: string, from: string, ports: readonly number[]) => {
    const open = (who: string) => ports.map((port) => `${who} -> 0.0.0.0/0 tcp ${port}`);
    if (place.network.egress !== 'proxy' || ports.length === 0) return open(from);
    const balancer = `${name}-egress-proxy-load-balancer`;
    const proxy = `${name}-${service}-egress-proxy`;
    return [
      // a port of its own, which another test looks at
      `${from} -> ${balancer} tcp <own>`,
      `${balancer} -> ${proxy} tcp 3128`,
      ...toAws(proxy),
      ...open(proxy),
    ];
  };
  const instances = Object.entries(settings.capacity)
    .filter(([, capacity]) => place.role === 'primary' || capacity.standby)
    .flatMap(([capacity]) => toAws(`${name}-${inAws(settings.capacity, capacity)}-capacity`));
  const services = Object.entries(settings.services).filter(
    ([, service]) => place.role === 'primary' || service.standby,
  );
  const paths = services.flatMap(([service, { uses, port, public: isPublic }]) => {
    const own = inAws(settings.services, service);
    const from = `${name}-${own}-service`;
    return [
      ...Object.keys(uses.databases).flatMap((database) =>
        waysTo(settings.databases[database], place.role).map(
          (way) => `${from} -> ${name}-${inAws(settings.databases, database)}-${way} tcp 3306`,
        ),
      ),
      ...Object.keys(uses.databases)
        .filter((database) => readsElsewhere(settings.databases[database]))
        .flatMap(() => linkedRanges(settings, place.role).slice(0, 1))
        .map(({ data }) => `${from} -> ${data} tcp 3306`),
      ...uses.services.map(
        (called) =>
          `${from} -> ${name}-${inAws(settings.services, called)}-service tcp ${settings.services[called]?.port}`,
      ),
      ...uses.caches.map((cache) => `${from} -> ${name}-${inAws(settings.caches, cache)}-cache tcp 6379`),
      ...toAws(from),
      ...outsideOf(
        own,
        from,
        uses.outside.flatMap((name) => settings.outside[name]?.ports ?? []),
      ),
      ...(isPublic
        ? [`${name}-${balancerOf(settings, isPublic.loadBalancer, own)}-load-balancer -> ${from} tcp ${port}`]
        : []),
    ];
  });
  const makers = place.role === 'primary' && services.length > 0 ? Object.keys(settings.databases) : [];
  const ofUsers = makers.flatMap((database) => {
    const own = inAws(settings.databases, database);
    const from = `${name}-${own}-database-users`;
    return [`${from} -> ${name}-${own}-database tcp 3306`, ...toAws(from)];
  });
  const proxies = Object.entries(settings.databases)
    .filter(([, database]) => place.role === 'primary' || database.standby)
    .filter(([, database]) => waysTo(database, place.role).includes('proxy'))
    .map(([database]) => `${name}-${inAws(settings.databases, database)}`)
    .map((own) => `${own}-proxy -> ${own}-database tcp 3306`);
  return [...new Set([...paths, ...proxies, ...ofUsers, ...(services.length > 0 ? instances : [])])].sort();
}

/** By which groups a service gets at a database: a proxy closes the direct way unless it leads not everywhere. */
function waysTo(
  database: Environment['settings']['databases'][string] | undefined,
  role: 'primary' | 'standby',
): string[] {
  if (!database?.proxy) return ['database'];
  const follows = role === 'standby';
  if (database.engine === 'mysql' && follows) return ['database'];
  const isDirect =
    database.engine === 'mysql'
      ? database.replicas > 0 || database.crossRegionReads
      : follows || Object.keys(database.endpoints).length > 0;
  return ['proxy', ...(isDirect || database.proxy.direct ? ['database'] : [])];
}

type Database = Environment['settings']['databases'][string];

const readsElsewhere = (database: Database | undefined) => database?.crossRegionReads === true;

/** Whose databases are read from here, and whose applications read here; half of a VPC and the quarter behind it. */
function linkedRanges({ regions }: EnvironmentSettings, role: 'primary' | 'standby') {
  return Object.values(regions)
    .filter((region) => region.role !== role)
    .map(({ network: { cidr } }) => {
      const [address = '', length] = cidr.split('/');
      const [a, b] = address.split('.');
      // the default environments have /16 alone
      if (length !== '16') throw new Error(`${cidr} is not understood here`);
      return { applications: `${a}.${b}.0.0/17`, data: `${a}.${b}.128.0/18` };
    });
}

/** One that it shares, or its own. */
const balancerOf = (settings: EnvironmentSettings, shared: string | undefined, own: string) =>
  shared === undefined ? own : inAws(settings.loadBalancers, shared);

/** Security groups keep the names that things were made with. */
const inAws = (entries: Entries, entry: string) => entries[entry]?.renamedFrom?.[0] ?? entry;

type Entries = Readonly<Record<string, { readonly renamedFrom?: readonly string[] | undefined }>>;

describe.each(everyEstate)('traffic of $name', ({ estate, stacks }) => {
  test('goes where uses says and nowhere else, in every environment and region', () => {
    for (const environment of estate.environments) {
      for (const { name: region } of regionsOf(environment.settings)) {
        const found = egressOf(at(stacks(), environment.name, region)).map((path) =>
          path.replace(/(-egress-proxy-load-balancer tcp )2\d{4}$/, '$1<own>'),
        );
        expect(found.sort(), `${environment.name} ${region}`).toEqual(expected(environment, region));
      }
    }
  });

  test('goes to no range in production, but through a firewall or a proxy where a service names something outside', () => {
    for (const { name, settings } of estate.environments.filter(({ production }) => production)) {
      for (const { name: region } of regionsOf(settings)) {
        const egress = settings.regions[region]?.network.egress;
        const paths = egressOf(at(stacks(), name, region)).filter((path) => / -> [\d.:]+\//.test(path));
        const outside = Object.entries(settings.services)
          .filter(([, { uses }]) => uses.outside.length > 0)
          .map(([service]) => `${name}-${inAws(settings.services, service)}`)
          .map((from) => `${from}-${egress === 'proxy' ? 'egress-proxy' : 'service'}`);
        const linked = Object.values(settings.databases).some(readsElsewhere)
          ? linkedRanges(settings, settings.regions[region]!.role)
          : [];
        const apart = paths.filter(
          (path) => !linked.some(({ data }) => path.endsWith(`-service -> ${data} tcp 3306`)),
        );
        const strange = apart.filter(
          (path) => !outside.some((from) => new RegExp(`^${from} -> 0.0.0.0/0 tcp (80|443)$`).test(path)),
        );
        expect(strange, `${name} ${region}`).toEqual([]);
        if (apart.length > 0) expect(['firewall', 'proxy']).toContain(egress);
      }
    }
  });

  test('comes in from outside of the security groups only to load balancers, from the VPC to endpoints, and over links to what is read', () => {
    for (const { name, settings } of estate.environments) {
      for (const { name: region } of regionsOf(settings)) {
        // over IPv6 only where the settings say so
        const anywhere = ['0.0.0.0/0', ...(settings.regions[region]?.network.ipv6 ? ['::/0'] : [])];
        const strange = openIngressOf(at(stacks(), name, region)).filter((path) => {
          const [, from = '', to = ''] = /^(\S+) -> (\S+ tcp \d+)$/.exec(path) ?? [];
          const isRead = Object.entries(settings.databases).some(
            ([database, one]) =>
              readsElsewhere(one) &&
              to === `${name}-${inAws(settings.databases, database)}-database tcp 3306`,
          );
          if (isRead)
            return !linkedRanges(settings, settings.regions[region]!.role).some(
              ({ applications }) => applications === from,
            );
          return to === `${name}-endpoints tcp 443`
            ? !contains(settings.regions[region]?.network.cidr ?? '', from)
            : !anywhere.includes(from) || !/-load-balancer tcp (80|443)$/.test(to);
        });
        expect(strange, `${name} ${region}`).toEqual([]);
      }
    }
  });

  test('has IPv6 in public subnets alone, and only where the settings say so', () => {
    for (const { name, settings } of estate.environments) {
      for (const { name: region } of regionsOf(settings)) {
        const found = at(stacks(), name, region).flatMap(({ resource }) => [
          ...Object.values(resource['aws_route'] ?? {})
            .filter((route) => route['destination_ipv6_cidr_block'] !== undefined)
            .map((route) => `${String(route['route_table_id'])} to ${String(route['gateway_id'])}`),
          ...Object.entries(resource['aws_subnet'] ?? {})
            .filter(([, subnet]) => subnet['ipv6_cidr_block'] !== undefined)
            .map(([subnet]) => subnet.replace(/_[abc]$/, '')),
        ]);
        const isOn = settings.regions[region]?.network.ipv6;
        const way = '${aws_route_table.network_public_routes.id} to ${aws_internet_gateway.network.id}';
        expect([...new Set(found)].sort(), `${name} ${region}`).toEqual(isOn ? [way, 'network_public'] : []);
      }
    }
  });
});

describe('egress', () => {
  test('is what one reads in the settings of the fixture', () => {
    expect(egressOf(at(fixtureStacks(), 'prod', 'us-east-1'))).toEqual([
      'prod-accounts-service -> aws_vpc_endpoint.network_endpoints_s3 tcp 443',
      'prod-accounts-service -> prod-endpoints tcp 443',
      'prod-accounts-service -> prod-inventory-service tcp 8080',
      'prod-accounts-service -> prod-sessions-cache tcp 6379',
      'prod-accounts-service -> prod-users-database tcp 3306',
      'prod-catalog-database-users -> aws_vpc_endpoint.network_endpoints_s3 tcp 443',
      'prod-catalog-database-users -> prod-catalog-database tcp 3306',
      'prod-catalog-database-users -> prod-endpoints tcp 443',
      'prod-catalog-proxy -> prod-catalog-database tcp 3306',
      'prod-edge-load-balancer -> prod-accounts-service tcp 8080',
      'prod-general-capacity -> aws_vpc_endpoint.network_endpoints_s3 tcp 443',
      'prod-general-capacity -> prod-endpoints tcp 443',
      'prod-indexer-service -> 10.41.128.0/18 tcp 3306',
      'prod-indexer-service -> aws_vpc_endpoint.network_endpoints_s3 tcp 443',
      'prod-indexer-service -> prod-endpoints tcp 443',
      'prod-indexer-service -> prod-orders-database tcp 3306',
      'prod-indexer-service -> prod-orders-proxy tcp 3306',
      'prod-inventory-load-balancer -> prod-inventory-service tcp 8080',
      'prod-inventory-service -> 0.0.0.0/0 tcp 443',
      'prod-inventory-service -> 10.41.128.0/18 tcp 3306',
      'prod-inventory-service -> aws_vpc_endpoint.network_endpoints_s3 tcp 443',
      'prod-inventory-service -> prod-catalog-database tcp 3306',
      'prod-inventory-service -> prod-catalog-proxy tcp 3306',
      'prod-inventory-service -> prod-endpoints tcp 443',
      'prod-inventory-service -> prod-orders-database tcp 3306',
      'prod-inventory-service -> prod-orders-proxy tcp 3306',
      'prod-inventory-service -> prod-sessions-cache tcp 6379',
      'prod-orders-database-users -> aws_vpc_endpoint.network_endpoints_s3 tcp 443',
      'prod-orders-database-users -> prod-endpoints tcp 443',
      'prod-orders-database-users -> prod-orders-database tcp 3306',
      'prod-orders-proxy -> prod-orders-database tcp 3306',
      'prod-reports-service -> aws_vpc_endpoint.network_endpoints_s3 tcp 443',
      'prod-reports-service -> prod-endpoints tcp 443',
      'prod-reports-service -> prod-users-database tcp 3306',
      'prod-users-database-users -> aws_vpc_endpoint.network_endpoints_s3 tcp 443',
      'prod-users-database-users -> prod-endpoints tcp 443',
      'prod-users-database-users -> prod-users-database tcp 3306',
    ]);
  });

  test('of one use goes when that use goes, and no other path does', () => {
    const before = egressOf(at(fixtureStacks(), 'prod', 'us-east-1'));
    const prod = changed(environments.prod, { services: { inventory: { uses: { caches: [] } } } });
    const after = egressOf(
      at(stacksOf(estateOf({ environments: { prod }, shared }), ['prod']), 'prod', 'us-east-1'),
    );
    expect(before.filter((path) => !after.includes(path))).toEqual([
      'prod-inventory-service -> prod-sessions-cache tcp 6379',
    ]);
    expect(after.filter((path) => !before.includes(path))).toEqual([]);
  });
});

describe('ingress from outside of the security groups', () => {
  test('reaches load balancers from anywhere, endpoints from the application subnets, what is read from the other region, and nothing else', () => {
    expect(openIngressOf(at(fixtureStacks(), 'prod', 'us-east-1'))).toEqual([
      '0.0.0.0/0 -> prod-edge-load-balancer tcp 443',
      '0.0.0.0/0 -> prod-edge-load-balancer tcp 80',
      '0.0.0.0/0 -> prod-inventory-load-balancer tcp 443',
      '0.0.0.0/0 -> prod-inventory-load-balancer tcp 80',
      '10.40.0.0/17 -> prod-endpoints tcp 443',
      '10.41.0.0/17 -> prod-catalog-database tcp 3306',
      '10.41.0.0/17 -> prod-orders-database tcp 3306',
    ]);
  });
});

describe('a planted leak is seen', () => {
  const everything = { ip_protocol: '-1', cidr_ipv4: '0.0.0.0/0' };
  const service = '${aws_security_group.services_inventory_connections.id}';

  const leaks: [string, 'workload' | 'foundation', object, string][] = [
    [
      'a rule to a whole range',
      'workload',
      { aws_vpc_security_group_egress_rule: { leak: { ...everything, security_group_id: service } } },
      'prod-inventory-service -> 0.0.0.0/0 everything',
    ],
    [
      'a rule inline in a group',
      'workload',
      {
        aws_security_group: {
          leak: {
            name: 'leak',
            egress: [{ protocol: 'tcp', from_port: 22, to_port: 23, cidr_blocks: ['10.0.0.0/8'] }],
          },
        },
      },
      'leak -> 10.0.0.0/8 tcp 22-23',
    ],
    [
      'a rule inline in the default group',
      'foundation',
      {
        aws_default_security_group: {
          network: { egress: [{ protocol: '-1', from_port: 0, to_port: 0, ipv6_cidr_blocks: ['::/0'] }] },
        },
      },
      'network -> ::/0 everything',
    ],
    [
      'a rule to a prefix list',
      'workload',
      {
        aws_vpc_security_group_egress_rule: {
          leak: {
            ip_protocol: 'tcp',
            from_port: 443,
            to_port: 443,
            prefix_list_id: '${aws_ec2_managed_prefix_list.world.id}',
            security_group_id: service,
          },
        },
      },
      'prod-inventory-service -> aws_ec2_managed_prefix_list.world tcp 443',
    ],
    [
      'a rule from a group of another stack',
      'workload',
      {
        aws_vpc_security_group_egress_rule: {
          leak: {
            ...everything,
            security_group_id:
              '${data.terraform_remote_state.foundation.outputs.aws-security-group-network-endpoints-connections-id}',
          },
        },
      },
      'prod-endpoints -> 0.0.0.0/0 everything',
    ],
    [
      'a rule of the older kind',
      'workload',
      {
        aws_security_group_rule: {
          leak: {
            type: 'egress',
            protocol: 'tcp',
            from_port: 25,
            to_port: 25,
            cidr_blocks: ['0.0.0.0/0'],
            security_group_id: service,
          },
        },
      },
      'prod-inventory-service -> 0.0.0.0/0 tcp 25',
    ],
  ];

  test.each(leaks)('%s', (_what, layer, resource, path) => {
    const stacks = at(fixtureStacks(), 'prod', 'us-east-1');
    const leaking = stacks.map((stack) =>
      stack.place.layer === layer ? { ...stack, resource: joined(stack.resource, resource) } : stack,
    );
    const before = egressOf(stacks);
    expect(egressOf(leaking).filter((one) => !before.includes(one))).toEqual([path]);
  });

  function joined(resource: StackJson['resource'], more: object): StackJson['resource'] {
    const types = Object.entries(more as StackJson['resource']).map(([type, named]) => [
      type,
      { ...resource[type], ...named },
    ]);
    return { ...resource, ...(Object.fromEntries(types) as StackJson['resource']) };
  }
});
