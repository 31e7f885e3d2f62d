import { statementsOf } from '../../support/statements';
import { ACCOUNT } from '../../support/harness';
import { synthMysql, type Built } from './mysql-under-test';

const west = { region: 'us-west-2', cidr: '10.21.0.0/16' };

/** With two replicas here, linked to another region. */
const linked = (change: Built = {}): Built => ({
  settings: { replicas: 2, ...change.settings },
  props: { readPeer: west, ...change.props },
  foundation: { publishedZone: { zoneId: 'Z0PUBLISHED', domain: 'us-east-1.test.internal' } },
  clients: change.clients ?? [],
});
const record = (id: string, change?: Built) =>
  synthMysql(linked(change)).at(`aws_route53_record.databases_catalog_${id}`);

describe('reads of another region', () => {
  test('come after those of this one: a pair, whose first is well while an instance here is', () => {
    const pair = { zone_id: 'Z0PRIVATE', name: 'catalog-reads.test.internal', type: 'CNAME' };
    expect(record('cross-region-reads_here')).toEqual({
      ...pair,
      set_identifier: 'here',
      failover_routing_policy: { type: 'PRIMARY' },
      alias: { zone_id: 'Z0PRIVATE', name: 'catalog-readers.test.internal', evaluate_target_health: true },
      depends_on: ['1', '2', 'last'].map((id) => `aws_route53_record.databases_catalog_readers_${id}`),
    });
    expect(record('cross-region-reads_elsewhere')).toEqual({
      ...pair,
      set_identifier: 'elsewhere',
      failover_routing_policy: { type: 'SECONDARY' },
      ttl: 5,
      records: ['catalog-readers.us-west-2.test.internal'],
    });
  });

  test.each(['1', '2', 'last'])('find here what is well here, published for them: %s', (id) => {
    const own = record(`readers_${id}`);
    expect(own['health_check_id']).toBeDefined();
    expect(record(`readers_${id}_published`)).toEqual({
      ...own,
      zone_id: 'Z0PUBLISHED',
      name: 'catalog-readers.us-east-1.test.internal',
    });
  });

  test('take the place of a lone instance too', () => {
    const alone = { settings: { replicas: 0 } };
    expect(record('readers_last', alone)['weighted_routing_policy']).toEqual({ weight: 1 });
    expect(record('cross-region-reads_here', alone)['alias']).toBeDefined();
  });

  test('are what clients are told, with the path and the right to sign in there', () => {
    const out = synthMysql(linked({ clients: ['api'] }));
    expect(JSON.stringify(out.output['catalog-for-api'])).toContain('"catalog-reads.test.internal"');
    expect(
      Object.values(out.resource['aws_vpc_security_group_egress_rule'] ?? {}).filter(
        (rule) => rule['cidr_ipv4'] !== undefined,
      ),
    ).toMatchObject([{ cidr_ipv4: '10.21.128.0/18', from_port: 3306, to_port: 3306, ip_protocol: 'tcp' }]);
    expect(
      statementsOf(out.at('aws_iam_role_policy.api_role_read-database-catalog-elsewhere')['policy']),
    ).toEqual([
      {
        Effect: 'Allow',
        Action: 'rds-db:connect',
        Resource: `arn:aws:rds-db:us-west-2:${ACCOUNT}:dbuser:*/api`,
      },
    ]);
  });

  test('come in from applications of the other region, and from nothing else there', () => {
    const rules = Object.values(
      synthMysql(linked()).resource['aws_vpc_security_group_ingress_rule'] ?? {},
    ).filter((rule) => rule['cidr_ipv4'] !== undefined);
    expect(rules).toMatchObject([{ cidr_ipv4: '10.21.0.0/17', from_port: 3306, to_port: 3306 }]);
  });

  test('are not there unless another region is linked', () => {
    const added = synthMysql(linked({ clients: ['api'] }));
    const without = synthMysql({ settings: { replicas: 2 }, clients: ['api'] });
    expect(without.addresses.filter((address) => /cross-region|elsewhere|published/.test(address))).toEqual(
      [],
    );
    expect(without.addresses.filter((address) => !added.addresses.includes(address))).toEqual([]);
    expect(JSON.stringify(without.output['catalog-for-api'])).toContain('catalog-readers.test.internal');
  });
});
