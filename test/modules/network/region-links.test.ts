import { RegionLinks } from '../../../modules/network/region-links';
import type { LinkedVpc } from '../../../modules/network/linked-vpc';
import { Naming } from '../../../modules/naming/naming';
import { ACCOUNT, synth } from '../../support/harness';

/** A VPC with two application route tables and one for data. */
const vpc = (region: string, second: number): LinkedVpc => ({
  region,
  cidr: `10.${second}.0.0/16`,
  naming: new Naming({ environment: 'test', account: ACCOUNT, region }),
  vpcId: `vpc-${second}`,
  routeTableIds: { application: [`rtb-${second}a`, `rtb-${second}b`], data: [`rtb-${second}d`] },
  zoneId: `Z${second}`,
});
const primary = vpc('us-east-1', 20);
const west = vpc('us-west-2', 21);

const out = synth((stack) => void new RegionLinks(stack, 'Links', { primary, standby: west }));

describe('the links of a primary and its standby', () => {
  test('are exactly this', () => {
    expect(out.addresses).toEqual([
      ...['from-primary', 'from-standby'].flatMap((from) => [
        `aws_route.links_${from}_application-1`,
        `aws_route.links_${from}_application-2`,
        `aws_route.links_${from}_data-1`,
      ]),
      'aws_route53_zone_association.links_primary-names',
      'aws_route53_zone_association.links_standby-names',
      'aws_vpc_peering_connection.links',
      'aws_vpc_peering_connection_accepter.links',
    ]);
  });

  test('are a peering that the other region accepts', () => {
    const tags = { Name: 'test-us-east-1-us-west-2' };
    expect(out.at('aws_vpc_peering_connection.links')).toEqual({
      region: 'us-east-1',
      vpc_id: 'vpc-20',
      peer_vpc_id: 'vpc-21',
      peer_region: 'us-west-2',
      tags,
    });
    expect(out.at('aws_vpc_peering_connection_accepter.links')).toEqual({
      region: 'us-west-2',
      vpc_peering_connection_id: '${aws_vpc_peering_connection.links.id}',
      auto_accept: true,
      tags,
    });
  });

  test('lead applications to databases of the other region, and these back to applications, and nowhere else', () => {
    const routes = Object.values(out.resource['aws_route'] ?? {}).map(
      ({ region, route_table_id, destination_cidr_block }) =>
        [region, route_table_id, destination_cidr_block].join(' '),
    );
    expect(routes).toEqual([
      'us-east-1 rtb-20a 10.21.128.0/18',
      'us-east-1 rtb-20b 10.21.128.0/18',
      'us-east-1 rtb-20d 10.21.0.0/17',
      'us-west-2 rtb-21a 10.20.128.0/18',
      'us-west-2 rtb-21b 10.20.128.0/18',
      'us-west-2 rtb-21d 10.20.0.0/17',
    ]);
  });

  test('have routes once the peering is accepted', () => {
    const routes = Object.values(out.resource['aws_route'] ?? {});
    for (const route of routes)
      expect(route['vpc_peering_connection_id']).toBe('${aws_vpc_peering_connection_accepter.links.id}');
  });

  test('let each VPC resolve what the other one publishes', () => {
    const { resource } = out;
    expect(Object.values(resource['aws_route53_zone_association'] ?? {})).toEqual([
      { zone_id: 'Z20', vpc_id: 'vpc-21', vpc_region: 'us-west-2' },
      { zone_id: 'Z21', vpc_id: 'vpc-20', vpc_region: 'us-east-1' },
    ]);
  });
});
