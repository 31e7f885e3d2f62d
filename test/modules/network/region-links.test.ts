import { RegionLinks, type RegionLinksProps } from '../../../modules/network/region-links';
import type { LinkedVpc } from '../../../modules/network/linked-vpc';
import { Naming } from '../../../modules/naming/naming';
import { ACCOUNT, synth } from '../../support/harness';

/** A VPC with two application route tables and one for data. */
const vpc = (region: string, second: number): LinkedVpc => ({
  region,
  cidr: `10.${second}.0.0/16`,
  naming: new Naming({ environment: 'test', account: ACCOUNT, region }),
  vpcId: `vpc-${second}`,
  applicationSubnetIds: [`subnet-${second}a`, `subnet-${second}b`],
  routeTableIds: { application: [`rtb-${second}a`, `rtb-${second}b`], data: [`rtb-${second}d`] },
  alerts: { arn: `arn:aws:sns:${region}:${ACCOUNT}:test-alerts` },
  zoneId: `Z${second}`,
});
const primary = vpc('us-east-1', 20);
const standby = vpc('us-west-2', 21);

const linkedBy = (by: RegionLinksProps['by']) =>
  synth((stack) => void new RegionLinks(stack, 'Links', { primary, standby, by }));
const peered = linkedBy('peering');
const routed = linkedBy('transit-gateway');

const routesOf = ({ resource }: typeof peered) => Object.values(resource['aws_route'] ?? {});

const ALWAYS = [
  ...['from-primary', 'from-standby'].flatMap((from) => [
    `aws_route.links_${from}_application-1`,
    `aws_route.links_${from}_application-2`,
    `aws_route.links_${from}_data-1`,
  ]),
  'aws_route53_zone_association.links_primary-names',
  'aws_route53_zone_association.links_standby-names',
];

describe.each([
  ['peering', peered],
  ['transit gateways', routed],
])('the links of a primary and its standby by %s', (_, out) => {
  test('lead applications to databases of the other region, and these back to applications, and nowhere else', () => {
    const routes = routesOf(out).map(({ region, route_table_id, destination_cidr_block }) =>
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

  test('let each VPC resolve what the other one publishes', () => {
    expect(Object.values(out.resource['aws_route53_zone_association'] ?? {})).toEqual([
      { zone_id: 'Z20', vpc_id: 'vpc-21', vpc_region: 'us-west-2' },
      { zone_id: 'Z21', vpc_id: 'vpc-20', vpc_region: 'us-east-1' },
    ]);
  });
});

describe('a peering', () => {
  test('is accepted by the other region', () => {
    expect(peered.addresses).toEqual([
      ...ALWAYS,
      'aws_vpc_peering_connection.links',
      'aws_vpc_peering_connection_accepter.links',
    ]);
    const tags = { Name: 'test-us-east-1-us-west-2' };
    const lifecycle = { create_before_destroy: true };
    expect(peered.at('aws_vpc_peering_connection.links')).toEqual({
      region: 'us-east-1',
      vpc_id: 'vpc-20',
      peer_vpc_id: 'vpc-21',
      peer_region: 'us-west-2',
      tags,
      lifecycle,
    });
    expect(peered.at('aws_vpc_peering_connection_accepter.links')).toEqual({
      region: 'us-west-2',
      vpc_peering_connection_id: '${aws_vpc_peering_connection.links.id}',
      auto_accept: true,
      tags,
      lifecycle,
    });
  });

  test('has routes once it is accepted', () => {
    for (const route of routesOf(peered))
      expect(route['vpc_peering_connection_id']).toBe('${aws_vpc_peering_connection_accepter.links.id}');
  });
});

describe('transit gateways', () => {
  const at = (end: 'primary' | 'standby') => `links_transit-gateways_${end}`;
  const PEERING = '${aws_ec2_transit_gateway_peering_attachment_accepter.links_transit-gateways.id}';

  test('stand one in each region, with what leads through them', () => {
    const bothOf = (type: string, ...names: string[]) =>
      (['primary', 'standby'] as const).flatMap((end) => names.map((name) => `${type}.${at(end)}${name}`));
    const gateways = (type: string, ...names: string[]) => bothOf(`aws_ec2_transit_gateway${type}`, ...names);
    expect(routed.addresses.filter((address) => !ALWAYS.includes(address))).toEqual([
      ...bothOf('aws_cloudwatch_dashboard', ''),
      ...bothOf('aws_cloudwatch_metric_alarm', '_alarms_blackhole', '_alarms_no-route'),
      ...gateways('', ''),
      'aws_ec2_transit_gateway_peering_attachment.links_transit-gateways',
      'aws_ec2_transit_gateway_peering_attachment_accepter.links_transit-gateways',
      ...gateways('_route', '_own-applications', '_own-databases', '_peer-applications', '_peer-databases'),
      ...gateways('_route_table', '_routes'),
      ...gateways('_route_table_association', '_peer-association', '_vpc-association'),
      ...gateways('_vpc_attachment', ''),
    ]);
  });

  test('take in nobody by themselves, and have numbers of their own', () => {
    const [one, other] = (['primary', 'standby'] as const).map((end) =>
      routed.at(`aws_ec2_transit_gateway.${at(end)}`),
    );
    expect(one).toEqual({
      region: 'us-east-1',
      description: 'Between the regions of one environment',
      // 10.20.0.0 less its last ten bits
      amazon_side_asn: 4_200_000_000 + (10 * 2 ** 24 + 20 * 2 ** 16) / 2 ** 10,
      auto_accept_shared_attachments: 'disable',
      default_route_table_association: 'disable',
      default_route_table_propagation: 'disable',
      tags: { Name: 'test-links' },
    });
    expect(other?.['region']).toBe('us-west-2');
    expect(other?.['amazon_side_asn']).not.toBe(one?.['amazon_side_asn']);
    // https://docs.aws.amazon.com/vpc/latest/tgw/tgw-transit-gateways.html
    expect(Number(other?.['amazon_side_asn'])).toBeLessThanOrEqual(4_294_967_294);
  });

  test('are attached to the application subnets', () => {
    expect(routed.at(`aws_ec2_transit_gateway_vpc_attachment.${at('standby')}`)).toEqual({
      region: 'us-west-2',
      transit_gateway_id: `\${aws_ec2_transit_gateway.${at('standby')}.id}`,
      vpc_id: 'vpc-21',
      subnet_ids: ['subnet-21a', 'subnet-21b'],
      transit_gateway_default_route_table_association: false,
      transit_gateway_default_route_table_propagation: false,
      tags: { Name: 'test-links' },
    });
  });

  test('are peered, which the other region accepts', () => {
    const tags = { Name: 'test-us-east-1-us-west-2' };
    const asked = 'aws_ec2_transit_gateway_peering_attachment.links_transit-gateways';
    expect(routed.at(asked)).toEqual({
      region: 'us-east-1',
      transit_gateway_id: `\${aws_ec2_transit_gateway.${at('primary')}.id}`,
      peer_region: 'us-west-2',
      peer_transit_gateway_id: `\${aws_ec2_transit_gateway.${at('standby')}.id}`,
      tags,
    });
    expect(routed.at('aws_ec2_transit_gateway_peering_attachment_accepter.links_transit-gateways')).toEqual({
      region: 'us-west-2',
      transit_gateway_attachment_id: `\${${asked}.id}`,
      tags,
    });
  });

  test('lead from each side to applications and databases of the other one, and back, once the peering is accepted', () => {
    const own = (end: 'primary' | 'standby') => `\${aws_ec2_transit_gateway_vpc_attachment.${at(end)}.id}`;
    const table = (end: 'primary' | 'standby') =>
      `\${aws_ec2_transit_gateway_route_table.${at(end)}_routes.id}`;
    const all = (type: string) => Object.values(routed.resource[`aws_ec2_transit_gateway_${type}`] ?? {});
    const route = (
      region: string,
      end: 'primary' | 'standby',
      destination_cidr_block: string,
      transit_gateway_attachment_id: string,
    ) => ({
      region,
      transit_gateway_route_table_id: table(end),
      destination_cidr_block,
      transit_gateway_attachment_id,
    });
    expect(all('route')).toEqual([
      route('us-east-1', 'primary', '10.20.0.0/17', own('primary')),
      route('us-east-1', 'primary', '10.20.128.0/18', own('primary')),
      route('us-east-1', 'primary', '10.21.0.0/17', PEERING),
      route('us-east-1', 'primary', '10.21.128.0/18', PEERING),
      route('us-west-2', 'standby', '10.21.0.0/17', own('standby')),
      route('us-west-2', 'standby', '10.21.128.0/18', own('standby')),
      route('us-west-2', 'standby', '10.20.0.0/17', PEERING),
      route('us-west-2', 'standby', '10.20.128.0/18', PEERING),
    ]);
    const association = (region: string, end: 'primary' | 'standby', id: string) => ({
      region,
      transit_gateway_attachment_id: id,
      transit_gateway_route_table_id: table(end),
    });
    expect(all('route_table_association')).toEqual([
      association('us-east-1', 'primary', PEERING),
      association('us-east-1', 'primary', own('primary')),
      association('us-west-2', 'standby', PEERING),
      association('us-west-2', 'standby', own('standby')),
    ]);
  });

  test('are what routes of each VPC lead to once it is attached', () => {
    const attached = (end: 'primary' | 'standby') =>
      `\${aws_ec2_transit_gateway_vpc_attachment.${at(end)}.transit_gateway_id}`;
    for (const { region, transit_gateway_id: to } of routesOf(routed))
      expect(to).toBe(attached(region === 'us-east-1' ? 'primary' : 'standby'));
  });

  test.each(['primary', 'standby'] as const)(
    'tell the alerts topic of their region what they drop: those of the %s',
    (end) => {
      const { region } = { primary, standby }[end];
      const topics = [`arn:aws:sns:${region}:${ACCOUNT}:test-alerts`];
      const alarms = (out: typeof routed) =>
        ['blackhole', 'no-route'].map((name) =>
          out.at(`aws_cloudwatch_metric_alarm.${at(end)}_alarms_${name}`),
        );
      expect(alarms(routed).map((alarm) => alarm['metric_name'])).toEqual([
        'PacketDropCountBlackhole',
        'PacketDropCountNoRoute',
      ]);
      for (const alarm of alarms(routed))
        expect(alarm).toMatchObject({
          region,
          namespace: 'AWS/TransitGateway',
          dimensions: { TransitGateway: `\${aws_ec2_transit_gateway.${at(end)}.id}` },
          statistic: 'Sum',
          comparison_operator: 'GreaterThanThreshold',
          threshold: 0,
          period: 60,
          evaluation_periods: 5,
          treat_missing_data: 'notBreaching',
          alarm_actions: topics,
          ok_actions: topics,
        });
      expect(routed.at(`aws_cloudwatch_dashboard.${at(end)}`)['dashboard_name']).toBe(`test-links-${region}`);
    },
  );

  test('tell nobody by themselves where an environment has hours, and one alarm of their region does', () => {
    const asleep = { asleep: 'test-asleep' };
    const [night, late] = [primary, standby].map((one) => ({ ...one, alerts: { ...one.alerts, ...asleep } }));
    const { resource } = synth(
      (stack) =>
        void new RegionLinks(stack, 'Links', { primary: night!, standby: late!, by: 'transit-gateway' }),
    );
    const told = Object.values(resource['aws_cloudwatch_composite_alarm'] ?? {});
    expect(told.map(({ region, alarm_actions }) => [region, alarm_actions])).toEqual(
      [primary, standby].map(({ region, alerts }) => [region, [alerts.arn]]),
    );
    for (const alarm of Object.values(resource['aws_cloudwatch_metric_alarm'] ?? {}))
      expect(alarm).not.toHaveProperty('alarm_actions');
  });
});
