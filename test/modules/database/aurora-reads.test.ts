import { ACCOUNT } from '../../support/harness';
import { statementsOf } from '../../support/statements';
import { synthDatabase, type Built } from './database-under-test';

const peer = { region: 'us-west-2', cidr: '10.21.0.0/16' };
const CLUSTER = '${aws_rds_cluster.databases_orders';

/** With a reader here, linked to another region. */
const linked = (change: Built = {}): Built => ({
  globalCluster: change.globalCluster ?? 'primary',
  settings: { readers: 1, standby: {}, ...change.settings },
  props: { readPeer: peer, ...change.props },
  foundation: { publishedZone: { zoneId: 'Z0PUBLISHED', domain: 'us-east-1.test.internal' } },
  clients: change.clients ?? [],
});
const secondary: Built = { globalCluster: 'secondary', props: { sourceRegion: 'us-west-2' } };
const proxied: Built = { settings: { readers: 1, standby: {}, proxy: {} } };
const at = (type: string, id: string, change?: Built) =>
  synthDatabase(linked(change)).at(`${type}.databases_orders_${id}`);
const record = (id: string, change?: Built) => at('aws_route53_record', id, change);
const alarm = (change?: Built) => at('aws_cloudwatch_metric_alarm', 'alarms_silent', change);

describe('reads of a cluster over regions', () => {
  test.each([
    ['the primary', {}],
    ['a secondary', secondary],
  ])('go to its reader endpoint while it is well, and then to the other region: %s', (_, change: Built) => {
    const pair = { zone_id: 'Z0PRIVATE', name: 'orders-reads.test.internal', type: 'CNAME' };
    expect(record('cross-region-reads_here', change)).toMatchObject({
      ...pair,
      failover_routing_policy: { type: 'PRIMARY' },
      alias: { name: 'orders-readers.test.internal', evaluate_target_health: true },
      depends_on: ['aws_route53_record.databases_orders_readers_last'],
    });
    expect(record('cross-region-reads_elsewhere', change)).toMatchObject({
      ...pair,
      failover_routing_policy: { type: 'SECONDARY' },
      records: ['orders-readers.us-west-2.test.internal'],
    });
    const answer = {
      records: [`${CLUSTER}.reader_endpoint}`],
      health_check_id: '${aws_route53_health_check.databases_orders_readers_last.id}',
    };
    expect(record('readers_last', change)).toMatchObject({ name: 'orders-readers.test.internal', ...answer });
    expect(record('readers_last_published', change)).toMatchObject({
      zone_id: 'Z0PUBLISHED',
      name: 'orders-readers.us-east-1.test.internal',
      ...answer,
    });
  });

  test.each([
    ['the primary', {}],
    ['a secondary', secondary],
  ])('leave it when no instance of it has measured anything: %s', (_, change: Built) => {
    expect(alarm(change)).toMatchObject({
      metric_name: 'CPUUtilization',
      statistic: 'SampleCount',
      comparison_operator: 'LessThanThreshold',
      threshold: 1,
      evaluation_periods: 3,
      treat_missing_data: 'breaching',
      dimensions: { DBClusterIdentifier: `${CLUSTER}.cluster_identifier}` },
    });
    expect(at('aws_route53_health_check', 'readers_last', change)).toMatchObject({
      type: 'CALCULATED',
      child_healthchecks: ['${aws_route53_health_check.databases_orders_readers_last_silent.id}'],
      child_health_threshold: 1,
    });
    expect(at('aws_route53_health_check', 'readers_last_silent', change)).toMatchObject({
      type: 'CLOUDWATCH_METRIC',
      cloudwatch_alarm_name: '${aws_cloudwatch_metric_alarm.databases_orders_alarms_silent.alarm_name}',
      cloudwatch_alarm_region: 'us-east-1',
      insufficient_data_health_status: 'Unhealthy',
    });
  });

  test('go through its proxy here, which takes readers alone, and past it from the other region', () => {
    const readers = '${aws_db_proxy_endpoint.databases_orders_proxy_readers.endpoint}';
    expect(record('readers_last', proxied)['records']).toEqual([readers]);
    expect(record('readers_last_published', proxied)['records']).toEqual([`${CLUSTER}.reader_endpoint}`]);
    expect(alarm(proxied)['dimensions']).toEqual({
      DBClusterIdentifier: `${CLUSTER}.cluster_identifier}`,
      Role: 'READER',
    });
    // Route 53 keeps a copy of the alarm until it is told that it is another one
    const triggers = (change?: Built) =>
      at('aws_route53_health_check', 'readers_last_silent', change)['triggers'];
    expect(triggers(proxied)).not.toEqual(triggers());
  });

  test('go past the proxy of a secondary, which leads to what writes', () => {
    const both = { ...secondary, settings: proxied.settings ?? {} };
    expect(record('readers_last', both)['records']).toEqual([`${CLUSTER}.reader_endpoint}`]);
    expect(alarm(both)['dimensions']).toEqual({ DBClusterIdentifier: `${CLUSTER}.cluster_identifier}` });
  });

  test.each([
    ['the primary', {}],
    ['a secondary', secondary],
  ])('stay as they are when the other region begins to write: %s', (_, change: Built) => {
    const reads = (writes: boolean) => {
      const out = synthDatabase(linked({ ...change, props: { ...change.props, writes } }));
      return out.addresses
        .filter((address) => /route53|alarms_silent|_rule\./.test(address))
        .map((address) => [address, out.at(address)]);
    };
    expect(reads(true)).toEqual(reads(false));
    expect(reads(true).length).toBeGreaterThan(6);
  });

  test('are what clients are told, with the path and the right to sign in there', () => {
    const out = synthDatabase(linked({ clients: ['api'] }));
    const told = JSON.stringify(out.output['orders-for-api']);
    expect(told).toContain('"DATABASE_ORDERS_READER_HOST":"orders-reads.test.internal"');
    expect(told).toContain(`"DATABASE_ORDERS_WRITER_HOST":"${CLUSTER}.endpoint}"`);
    const outside = (kind: string) =>
      Object.values(out.resource[`aws_vpc_security_group_${kind}_rule`] ?? {}).filter(
        (rule) => rule['cidr_ipv4'] !== undefined,
      );
    expect(outside('egress')).toMatchObject([
      { cidr_ipv4: '10.21.128.0/18', from_port: 3306, to_port: 3306 },
    ]);
    expect(outside('ingress')).toMatchObject([{ cidr_ipv4: '10.21.0.0/17', from_port: 3306, to_port: 3306 }]);
    expect(
      statementsOf(out.at('aws_iam_role_policy.api_role_read-database-orders-elsewhere')['policy']),
    ).toEqual([
      {
        Effect: 'Allow',
        Action: 'rds-db:connect',
        Resource: `arn:aws:rds-db:us-west-2:${ACCOUNT}:dbuser:*/api`,
      },
    ]);
  });

  test('are not there unless another region is linked', () => {
    const without = synthDatabase({ ...linked({ clients: ['api'] }), props: {} });
    expect(without.addresses.filter((address) => /route53|elsewhere/.test(address))).toEqual([]);
    const { addresses } = synthDatabase(linked({ clients: ['api'] }));
    expect(without.addresses.filter((address) => !addresses.includes(address))).toEqual([]);
    expect(JSON.stringify(without.output['orders-for-api'])).toContain('.reader_endpoint}');
  });
});
