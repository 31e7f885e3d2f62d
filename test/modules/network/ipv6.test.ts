import { ipv6SubnetNumber, TIERS, ZONES } from '../../../modules/network/address-plan';
import { beyond, synthNetwork, ZONE_NAMES } from './network-under-test';

const ways = ['none', 'dns-firewall', 'firewall', 'proxy'] as const;

describe('a network with IPv6', () => {
  const plain = synthNetwork({ nat: 'single' });
  const both = synthNetwork({ nat: 'single', ipv6: true });

  test('has one route more, and changes only the VPC and what is public', () => {
    expect(beyond(plain, both)).toEqual([]);
    expect(beyond(both, plain)).toEqual(['aws_route.network_public_internet-ipv6']);
    const changed = plain.addresses.filter(
      (address) => JSON.stringify(plain.at(address)) !== JSON.stringify(both.at(address)),
    );
    expect(changed).toEqual([
      'aws_network_acl.network_public',
      'aws_subnet.network_public_a',
      'aws_subnet.network_public_b',
      'aws_vpc.network',
    ]);
  });

  test('asks Amazon for a block, of which each public subnet has a part of its own', () => {
    expect(plain.at('aws_vpc.network')).not.toHaveProperty('assign_generated_ipv6_cidr_block');
    expect(both.at('aws_vpc.network')['assign_generated_ipv6_cidr_block']).toBe(true);
    const three = synthNetwork({ ipv6: true, availabilityZones: ZONE_NAMES });
    expect(
      ['a', 'b', 'c'].map((zone) => three.at(`aws_subnet.network_public_${zone}`)['ipv6_cidr_block']),
    ).toEqual([32, 33, 34].map((number) => `\${cidrsubnet(aws_vpc.network.ipv6_cidr_block, 8, ${number})}`));
  });

  test('leads public subnets to the internet gateway', () => {
    expect(both.at('aws_route.network_public_internet-ipv6')).toMatchObject({
      route_table_id: '${aws_route_table.network_public_routes.id}',
      destination_ipv6_cidr_block: '::/0',
      gateway_id: '${aws_internet_gateway.network.id}',
    });
  });

  test('lets web requests into public subnets and answers out, behind the rules for IPv4', () => {
    const rules = (out: typeof both, side: 'ingress' | 'egress') =>
      out.at('aws_network_acl.network_public')[side] as Record<string, unknown>[];
    const more = (side: 'ingress' | 'egress') => {
      const before = rules(plain, side);
      expect(rules(both, side).slice(0, before.length)).toEqual(before);
      return rules(both, side).slice(before.length);
    };
    const from = { action: 'allow', ipv6_cidr_block: '::/0' };
    expect(more('ingress')).toMatchObject([
      { ...from, rule_no: 200, protocol: 'tcp', from_port: 443, to_port: 443 },
      { ...from, rule_no: 210, protocol: 'tcp', from_port: 80, to_port: 80 },
      { ...from, rule_no: 220, protocol: '58', from_port: 0, to_port: 0, icmp_type: 2, icmp_code: 0 },
    ]);
    expect(more('egress')).toMatchObject([
      { ...from, rule_no: 200, protocol: 'tcp', from_port: 1024, to_port: 65535 },
    ]);
  });

  test.each(ways)('opens no way out for what is private: egress %s', (egress) => {
    const out = synthNetwork({ nat: 'one-per-az', ipv6: true, egress });
    const routes = Object.entries(out.resource['aws_route'] ?? {});
    expect(
      routes.filter(([, one]) => one['destination_ipv6_cidr_block'] !== undefined).map(([name]) => name),
    ).toEqual(['network_public_internet-ipv6']);
    const withBlock = Object.entries(out.resource['aws_subnet'] ?? {}).filter(
      ([, subnet]) => subnet['ipv6_cidr_block'] !== undefined,
    );
    expect(withBlock.map(([name]) => name)).toEqual(['network_public_a', 'network_public_b']);
    const fences = Object.entries(out.resource['aws_network_acl'] ?? {}).filter(([, acl]) =>
      JSON.stringify(acl).includes('::/0'),
    );
    expect(fences.map(([name]) => name)).toEqual(['network_public']);
  });
});

test('every subnet has a number of its own among the 256 parts of a /56, which must never change', () => {
  const numbers = TIERS.map((tier) => ZONES.map((zone) => ipv6SubnetNumber(tier, zone)));
  expect(numbers).toEqual([
    [0, 1, 2],
    [16, 17, 18],
    [32, 33, 34],
    [48, 49, 50],
    [64, 65, 66],
  ]);
});
