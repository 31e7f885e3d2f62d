import { following, synthMysql, type Built } from './mysql-under-test';

const two = { settings: { replicas: 2 } } satisfies Built;
const check = (built: Built, id: string) =>
  synthMysql(built).at(`aws_route53_health_check.databases_catalog_readers_${id}`);
const record = (built: Built, id: string) =>
  synthMysql(built).at(`aws_route53_record.databases_catalog_readers_${id}`);

describe('reads of an RDS MySQL database', () => {
  test.each([
    ['1', 'databases_catalog_replicas_1', 1],
    ['2', 'databases_catalog_replicas_2', 1],
    // taken only while all others are ill
    ['last', 'databases_catalog', 0],
  ])('go by one private name to %s', (id, address, weight) => {
    expect(record(two, id)).toEqual({
      zone_id: 'Z0PRIVATE',
      name: 'catalog-readers.test.internal',
      type: 'CNAME',
      ttl: 5,
      records: [`\${aws_db_instance.${address}.address}`],
      set_identifier: `\${aws_db_instance.${address}.identifier}`,
      weighted_routing_policy: { weight },
      health_check_id: `\${aws_route53_health_check.databases_catalog_readers_${id}.id}`,
    });
  });

  test('leave out a replica as soon as one of its alarms rings', () => {
    const all = ['silent', 'replica-lag', 'replication-stopped'];
    expect(check(two, '1')).toEqual({
      type: 'CALCULATED',
      child_healthchecks: all.map(
        (id) => `\${aws_route53_health_check.databases_catalog_readers_1_${id}.id}`,
      ),
      child_health_threshold: 3,
      tags: { Name: '${aws_db_instance.databases_catalog_replicas_1.identifier}' },
    });
    for (const id of all) {
      expect(check(two, `1_${id}`)).toMatchObject({
        type: 'CLOUDWATCH_METRIC',
        cloudwatch_alarm_name: `\${aws_cloudwatch_metric_alarm.databases_catalog_replicas_1_alarms_${id}.alarm_name}`,
        cloudwatch_alarm_region: 'us-east-1',
        insufficient_data_health_status: 'Unhealthy',
      });
    }
  });

  test('go by the instance that writes as long as it is there at all', () => {
    expect(check(two, 'last')).toMatchObject({
      child_healthchecks: ['${aws_route53_health_check.databases_catalog_readers_last_silent.id}'],
      child_health_threshold: 1,
    });
  });

  test('follow an alarm that changes how it decides', () => {
    const triggers = (maxReplicaLagSeconds: number) =>
      check({ settings: { replicas: 1, maxReplicaLagSeconds } }, '1_replica-lag')['triggers'];
    expect(triggers(10)).toEqual({ alarm: 'ReplicaLag Maximum above 10 3' });
    expect(triggers(60)).not.toEqual(triggers(10));
  });

  test('take what follows another region last, however old its data: it falls behind when that one is lost', () => {
    const built = { ...following, ...two };
    expect(record(built, '1')['weighted_routing_policy']).toEqual({ weight: 1 });
    expect(record(built, 'last')['weighted_routing_policy']).toEqual({ weight: 0 });
    expect(check(built, 'last')).toMatchObject({
      child_healthchecks: ['${aws_route53_health_check.databases_catalog_readers_last_silent.id}'],
      child_health_threshold: 1,
    });
  });
});
