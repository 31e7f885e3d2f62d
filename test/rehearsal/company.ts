import type { RehearsedStack } from './rehearsed-stack';
import { objectAt, type JsonObject } from './stack-document';
import type { StandIn } from './stand-in';

/** What a company runs already in one region, made by code that knows nothing of ours. */
export interface Company {
  readonly account: string;
  readonly region: string;
  /** By type and name. */
  readonly resource: Readonly<Record<string, Readonly<Record<string, JsonObject>>>>;
}

/** Tags that it finds its things by. */
export const TAGS = { CostCentre: '4711' };

export class StandingCompany {
  private constructor(private readonly stack: RehearsedStack) {}

  static async make(standIn: StandIn, { account, region, resource }: Company): Promise<StandingCompany> {
    const stack = standIn.writeStack(
      `company-${region}`,
      {
        terraform: { required_providers: { aws: { source: 'hashicorp/aws', version: '6.25.0' } } },
        provider: { aws: [{ region, default_tags: [{ tags: TAGS }] }] },
        resource,
      },
      account,
    );
    for (const run of [() => stack.init(), () => stack.plan(), () => stack.apply()]) {
      const { code, output } = await run();
      if (code !== 0) throw new Error(output);
    }
    return new StandingCompany(stack);
  }

  /** What one of its things has come to be. */
  attributes(address: string): JsonObject {
    const { resources = [] } = JSON.parse(this.stack.state() ?? '{}') as {
      resources?: { type: string; name: string; instances: { attributes: JsonObject }[] }[];
    };
    const found = resources.find(({ type, name }) => `${type}.${name}` === address);
    return found?.instances[0]?.attributes ?? {};
  }

  id = (address: string) => String(this.attributes(address)['id']);
  arn = (address: string) => String(this.attributes(address)['arn']);
}

const TIERS = ['public', 'application', 'data'] as const;
const ZONES = ['a', 'b', 'c'] as const;

/** A VPC that follows no plan of addresses, with whatever routes it. */
export function network(region: string) {
  const vpc_id = '${aws_vpc.shop.id}';
  const subnets = TIERS.flatMap((tier, row) =>
    ZONES.map((zone, column): [string, JsonObject] => [
      `${tier}-${zone}`,
      {
        vpc_id,
        availability_zone: `${region}${zone}`,
        cidr_block: `10.40.${100 + 10 * row + column}.0/24`,
        map_public_ip_on_launch: tier === 'public',
      },
    ]),
  );
  return {
    aws_vpc: {
      shop: { cidr_block: '10.40.0.0/16', enable_dns_support: true, enable_dns_hostnames: true },
    },
    aws_subnet: Object.fromEntries(subnets),
    aws_internet_gateway: { shop: { vpc_id } },
    aws_route_table: { shop: { vpc_id } },
    aws_security_group: { databases: { vpc_id, name: 'databases', description: 'Databases of the shop' } },
  };
}

/** The same as our settings say it. */
export function existingNetwork(company: StandingCompany, region: string) {
  const inTier = (tier: string) =>
    Object.fromEntries(
      ZONES.map((zone) => {
        const { id, cidr_block } = company.attributes(`aws_subnet.${tier}-${zone}`);
        return [`${region}${zone}`, { id, cidr: cidr_block }];
      }),
    );
  return {
    availabilityZones: ZONES.map((zone) => `${region}${zone}`),
    nat: 'none',
    egress: 'dns-firewall',
    existing: {
      vpc: company.id('aws_vpc.shop'),
      subnets: Object.fromEntries(TIERS.map((tier) => [tier, inTier(tier)])),
      routeTables: [company.id('aws_route_table.shop')],
    },
  };
}

/** The settings of a resource that our code would make, for somebody else's code: by no name and under no protection of ours. */
export function settingsOf(configuration: JsonObject, address: string, other: JsonObject = {}): JsonObject {
  const [type = '', name = ''] = address.split('.');
  const own = { ...objectAt(configuration, 'resource', type, name) };
  for (const ours of ['//', 'lifecycle', 'tags', 'depends_on', 'provider']) delete own[ours];
  return { ...own, ...other };
}
