import { isDeepStrictEqual } from 'node:util';
import { egressOf } from '../support/egress';
import { statementsOf } from '../support/statements';
import { bodiesOf, containersOf, only, PROD, resourcesOf, someOf, STANDBY, stacksOf } from './look';
import { test } from './requirement-test';

/** Rows of the digital retailing platform. */
describe('the car-retail platform', () => {
  test('A1: each environment has a VPC of its own over at least two zones', () => {
    for (const environment of ['dev', 'qa', 'beta', 'prod']) {
      const foundation = new RegExp(`^${environment}-us-east-1-foundation$`);
      expect(bodiesOf('aws_vpc', foundation)).toHaveLength(1);
      const zones = bodiesOf('aws_subnet', foundation).map(({ availability_zone: zone }) => zone);
      expect(new Set(zones).size, environment).toBeGreaterThan(1);
    }
  });

  test('A2: only load balancers stand in public subnets; databases and caches in subnets without a way out', () => {
    const foundation = /^prod-us-east-1-foundation$/;
    for (const group of [
      ...someOf('aws_db_subnet_group', PROD),
      ...someOf('aws_elasticache_subnet_group', PROD),
    ])
      for (const subnet of group['subnet_ids'] as string[]) expect(subnet).toMatch(/subnet-network-data/);
    const routes = [...resourcesOf('aws_route', foundation).keys()];
    expect(routes.filter((name) => name.includes('data'))).toEqual([]);
    for (const { subnets } of bodiesOf('aws_lb', PROD))
      for (const subnet of subnets as string[]) expect(subnet).toMatch(/subnet-network-public/);
    for (const subnet of someOf('aws_subnet', foundation))
      expect(subnet['map_public_ip_on_launch'] ?? false).toBe(false);
  });

  test('A3: nothing leaves a security group but to declared peers on declared ports; the default group and ACL are empty', () => {
    const stacks = stacksOf(/^prod-us-east-1-/);
    const paths = egressOf(stacks);
    expect(paths.length).toBeGreaterThan(10);
    for (const path of paths) expect(path).toMatch(/^\S+ -> \S+ tcp \d+$/);
    for (const group of bodiesOf('aws_security_group')) expect(group['egress'] ?? []).toEqual([]);
    for (const group of someOf('aws_default_security_group'))
      expect([group['egress'] ?? [], group['ingress'] ?? []]).toEqual([[], []]);
    const acls = bodiesOf('aws_default_network_acl');
    expect(acls).toHaveLength(bodiesOf('aws_vpc').length);
    for (const acl of acls) expect([acl['egress'] ?? [], acl['ingress'] ?? []]).toEqual([[], []]);
  });

  test('A8: services reach a cache over TLS, each as a user of its own', () => {
    expect(only(bodiesOf('aws_elasticache_replication_group', PROD))).toMatchObject({
      transit_encryption_enabled: true,
      transit_encryption_mode: 'required',
    });
    const users = someOf('aws_elasticache_user', PROD);
    expect(users.map((user) => user['authentication_mode'])).toEqual(users.map(() => ({ type: 'iam' })));
  });

  test('A10: RDS MySQL stands in two zones, with a replica in another zone and one in the other region', () => {
    const instances = resourcesOf('aws_db_instance', PROD);
    const source = [...instances.values()].find(
      ({ replicate_source_db }) => replicate_source_db === undefined,
    );
    expect(source).toMatchObject({ engine: 'mysql', multi_az: true, storage_encrypted: true });
    const replicas = [...instances.values()].filter(
      ({ replicate_source_db }) => replicate_source_db !== undefined,
    );
    expect(replicas).not.toEqual([]);
    const copies = only(bodiesOf('aws_db_instance_automated_backups_replication', STANDBY));
    expect(copies['source_db_instance_arn']).toBe(
      `arn:aws:rds:us-east-1:444444444444:db:${String(source?.['identifier'])}`,
    );
    const abroad = bodiesOf('aws_db_instance', STANDBY).find(
      ({ replicate_source_db: followed }) =>
        followed === `arn:aws:rds:us-east-1:444444444444:db:${String(source?.['identifier'])}`,
    );
    expect(abroad?.['kms_key_id']).toBe(
      '${data.terraform_remote_state.foundation.outputs.aws-kms-key-keys-data-arn}',
    );
  });

  test('A11: reads go by a private name to the replicas whose health checks are well, then to those of the other region', () => {
    const foundation = /^prod-us-east-1-foundation$/;
    const records = bodiesOf('aws_route53_record', PROD);
    const weighted = records.filter(({ weighted_routing_policy: weight }) => weight !== undefined);
    const readers = weighted.filter(({ zone_id: zone }) => !String(zone).includes('published'));
    expect(readers).not.toEqual([]);
    const checks = [...resourcesOf('aws_route53_health_check', PROD).keys()].map(
      (name) => `\${aws_route53_health_check.${name.split(': ')[1]}.id}`,
    );
    for (const { health_check_id } of readers) expect(checks).toContain(health_check_id);
    const zones = bodiesOf('aws_route53_zone', foundation);
    expect(zones.map(({ name }) => name).sort()).toEqual(['prod.internal', 'us-east-1.prod.internal']);
    for (const zone of zones) expect(zone['vpc']).toMatchObject([{ vpc_id: '${aws_vpc.network.id}' }]);

    // those who are well here, and after them the name that the other region publishes: of RDS MySQL and of Aurora
    const names = containersOf(PROD).flatMap(({ environment = [] }) => environment);
    const there = bodiesOf('aws_route53_record', STANDBY).filter(({ zone_id: zone }) =>
      String(zone).includes('published'),
    );
    for (const database of ['catalog', 'orders']) {
      const variable = `DATABASE_${database.toUpperCase()}_READER_HOST`;
      const host = names.find((one) => one.name === variable)?.value;
      const [here, elsewhere] = ['PRIMARY', 'SECONDARY'].map((type) =>
        only(
          records.filter(
            ({ name, failover_routing_policy: policy }) =>
              name === host && (policy as { type?: string } | undefined)?.type === type,
          ),
        ),
      );
      const name = `${database}-readers.prod.internal`;
      expect(readers.map((record) => record['name'])).toContain(name);
      expect(here?.['alias']).toMatchObject({ name, evaluate_target_health: true });
      expect(there.map((record) => [record['name']])).toContainEqual(elsewhere?.['records']);
    }
    const clusters = there.filter((record) => JSON.stringify(record['records']).includes('reader_endpoint'));
    expect(clusters.map((record) => record['name'])).toEqual(['orders-readers.us-west-2.prod.internal']);

    // over a peering, from applications to data and back, in VPCs that resolve what the other one publishes
    const links = /^prod-global-links$/;
    const peering = only(bodiesOf('aws_vpc_peering_connection', links));
    expect(peering).toMatchObject({ region: 'us-east-1', peer_region: 'us-west-2' });
    expect(only(bodiesOf('aws_vpc_peering_connection_accepter', links))['region']).toBe('us-west-2');
    expect(bodiesOf('aws_route53_zone_association', links)).toHaveLength(2);
    const ways = bodiesOf('aws_route', links).map(
      ({ region, destination_cidr_block: to }) => `${String(region)} ${String(to)}`,
    );
    expect([...new Set(ways)].sort()).toEqual([
      'us-east-1 10.41.0.0/17',
      'us-east-1 10.41.128.0/18',
      'us-west-2 10.40.0.0/17',
      'us-west-2 10.40.128.0/18',
    ]);

    // or over transit gateways: each with its VPC, peered, and with routes to what lies behind the other one
    const gateways = /^beta-global-links$/;
    const regionsOf = (type: string) =>
      bodiesOf(`aws_ec2_transit_gateway${type}`, gateways).map(({ region }) => region);
    expect(regionsOf('')).toEqual(['us-east-1', 'us-west-2']);
    expect(regionsOf('_vpc_attachment')).toEqual(['us-east-1', 'us-west-2']);
    expect(regionsOf('_peering_attachment')).toEqual(['us-east-1']);
    expect(regionsOf('_peering_attachment_accepter')).toEqual(['us-west-2']);
    const routed = bodiesOf('aws_ec2_transit_gateway_route', gateways).map(
      ({ region, destination_cidr_block: to }) => `${String(region)} ${String(to)}`,
    );
    for (const way of ['us-east-1 10.31.0.0/17', 'us-east-1 10.31.128.0/18', 'us-west-2 10.30.128.0/18'])
      expect(routed).toContain(way);
  });

  test('A12: files of sites lie in private buckets, which their own distributions read, signed, and nobody else', () => {
    const EDGE = /^prod-us-east-1-edge$/;
    const sites = resourcesOf('aws_cloudfront_distribution', EDGE);
    expect([...sites.keys()]).toEqual([
      'prod-us-east-1-edge: sites_dealers',
      'prod-us-east-1-edge: sites_shop',
    ]);
    expect(only(bodiesOf('aws_cloudfront_origin_access_control', EDGE))['signing_behavior']).toBe('always');
    for (const [key, site] of sites) {
      const name = String(key.split(': ')[1]);
      const files = `prod-us-east-1-edge: ${name}_files`;
      expect(site['origin']).toMatchObject([
        {
          domain_name: `\${aws_s3_bucket.${name}_files.bucket}.s3.us-east-1.amazonaws.com`,
          origin_access_control_id: '${aws_cloudfront_origin_access_control.edge.id}',
        },
      ]);
      expect(resourcesOf('aws_s3_bucket_public_access_block', EDGE).get(files)).toMatchObject({
        block_public_policy: true,
        restrict_public_buckets: true,
      });
      const policy = resourcesOf('aws_s3_bucket_policy', EDGE).get(files)?.['policy'];
      const readers = statementsOf(policy).filter(({ Effect }) => Effect === 'Allow');
      expect(readers).toHaveLength(2);
      for (const reader of readers)
        expect(reader).toMatchObject({
          Principal: { Service: 'cloudfront.amazonaws.com' },
          Condition: { StringEquals: { 'aws:SourceArn': `\${aws_cloudfront_distribution.${name}.arn}` } },
        });
      const firewall = resourcesOf('aws_wafv2_web_acl', EDGE).get(`prod-us-east-1-edge: ${name}_firewall`);
      expect(firewall?.['scope']).toBe('CLOUDFRONT');
      expect(site['web_acl_id']).toBe(`\${aws_wafv2_web_acl.${name}_firewall.arn}`);
    }
  });

  test('A13: a dealer is a folder that the name leads to, behind one distribution for all of them', () => {
    const EDGE = /^prod-us-east-1-edge$/;
    const names = '*.dealers.prod.example.com';
    const site = resourcesOf('aws_cloudfront_distribution', EDGE).get('prod-us-east-1-edge: sites_dealers');
    expect(site?.['aliases']).toEqual([names]);
    const record = resourcesOf('aws_route53_record', EDGE).get('prod-us-east-1-edge: sites_dealers_a-any');
    expect(record).toMatchObject({
      name: names,
      alias: { name: '${aws_cloudfront_distribution.sites_dealers.domain_name}' },
    });
    const router = resourcesOf('aws_cloudfront_function', EDGE).get(
      'prod-us-east-1-edge: sites_dealers_router',
    );
    // test/modules/edge/site-router.test.ts runs it
    expect(router?.['code']).toContain("host.endsWith('.dealers.prod.example.com')");
  });

  test('A14: images cannot be changed under a tag, are scanned, and released ones are kept', () => {
    const repositories = bodiesOf('aws_ecr_repository');
    expect(repositories.length).toBeGreaterThan(1);
    for (const repository of repositories)
      expect(repository).toMatchObject({
        image_tag_mutability: 'IMMUTABLE',
        image_scanning_configuration: { scan_on_push: true },
      });
    const policies = bodiesOf('aws_ecr_lifecycle_policy');
    expect(policies).toHaveLength(repositories.length);
    for (const { policy } of policies) {
      const { rules } = JSON.parse(String(policy)) as { rules: { selection: { tagStatus: string } }[] };
      expect(rules.map(({ selection }) => selection.tagStatus)).toEqual(['untagged']);
    }
  });

  test('A15: a service scales on CPU, memory and network throughput', () => {
    const names = [...resourcesOf('aws_appautoscaling_policy', PROD).keys()].map(
      (name) => name.split(': ')[1],
    );
    for (const load of ['cpu', 'memory', 'network'])
      expect(names).toContain(`services_inventory_scaling_${load}`);
    expect(only(bodiesOf('aws_ecs_capacity_provider', PROD))['auto_scaling_group_provider']).toMatchObject({
      managed_scaling: { status: 'ENABLED' },
    });
  });

  test('A16: every alarm tells a topic, alone or with the others of its service, and the topic tells people', () => {
    const topic = '${data.terraform_remote_state.foundation.outputs.aws-sns-topic-alerts-arn}';
    const told = bodiesOf('aws_cloudwatch_composite_alarm', PROD);
    for (const { alarm_actions } of told) expect(alarm_actions).toEqual([topic]);
    const rules = told.map(({ alarm_rule: rule }) => String(rule)).join();
    const alarms = resourcesOf('aws_cloudwatch_metric_alarm', PROD);
    expect(alarms.size).toBeGreaterThan(20);
    for (const [name, { alarm_actions: actions }] of alarms) {
      const inRule = rules.includes(`aws_cloudwatch_metric_alarm.${name.split(': ')[1]}.alarm_name`);
      expect(inRule || String(actions) === topic, name).toBe(true);
    }
    const foundation = /^prod-us-east-1-foundation$/;
    expect([...resourcesOf('aws_sns_topic', foundation).keys()]).toEqual([
      'prod-us-east-1-foundation: alerts',
    ]);
    expect(only(bodiesOf('aws_sns_topic_subscription', foundation))).toMatchObject({
      protocol: 'email',
      endpoint: 'platform-alerts@example.com',
    });
    expect(only(bodiesOf('aws_chatbot_slack_channel_configuration', /^prod-global-alerts$/))).toMatchObject({
      sns_topic_arns: ['us-east-1', 'us-west-2'].map(
        (region) => `arn:aws:sns:${region}:444444444444:prod-alerts`,
      ),
    });
  });

  test('A17: load balancers have a certificate, and redirect HTTP to HTTPS', () => {
    const listeners = bodiesOf('aws_lb_listener', PROD);
    expect(listeners.find(({ protocol }) => protocol === 'HTTP')?.['default_action']).toMatchObject([
      { type: 'redirect', redirect: { protocol: 'HTTPS', status_code: 'HTTP_301' } },
    ]);
    expect(listeners.find(({ protocol }) => protocol === 'HTTPS')?.['certificate_arn']).toBe(
      '${aws_acm_certificate_validation.certificate.certificate_arn}',
    );
    expect(only(bodiesOf('aws_acm_certificate', PROD))).toMatchObject({
      domain_name: 'prod.example.com',
      subject_alternative_names: ['*.prod.example.com'],
      validation_method: 'DNS',
    });
  });

  test('A18: a service gets its credentials from parameters of its own path, read by its own role', () => {
    // the programs that make users of databases are no services, and have the masters' secrets
    const secrets = containersOf(PROD)
      .flatMap(({ secrets = [] }) => secrets)
      .filter(({ valueFrom }) => valueFrom.includes(':parameter/'));
    expect(secrets.map(({ valueFrom }) => valueFrom)).toEqual([
      'arn:aws:ssm:us-east-1:444444444444:parameter/prod/inventory/AUTH0_CLIENT_SECRET',
    ]);
    const readers = [...resourcesOf('aws_iam_role_policy', PROD)].filter(([, { policy }]) =>
      statementsOf(policy).some(({ Action }) => [Action].flat().includes('ssm:GetParameters')),
    );
    expect(readers.map(([name]) => name)).toEqual([
      'prod-us-east-1-workload: services_inventory_execution-role_read-secrets',
    ]);
  });

  test('A20: objects of every bucket are denied to whoever is outside of the VPC, the bucket to nobody', () => {
    const policies = [...resourcesOf('aws_s3_bucket_policy', /-workload$/)];
    expect(policies.length).toBeGreaterThan(3);
    for (const [name, { policy }] of policies) {
      const denial = statementsOf(policy).find(({ Sid }) => Sid === 'ObjectsFromVpcOnly');
      expect(denial, name).toMatchObject({
        Effect: 'Deny',
        Principal: '*',
        Condition: {
          StringNotEquals: {
            'aws:SourceVpc': '${data.terraform_remote_state.foundation.outputs.aws-vpc-network-id}',
          },
        },
      });
      expect(String(denial?.['Resource']), name).toMatch(/\/\*$/);
    }
  });

  test('A25: databases and services stop at night and start in the morning, and alarms are quiet meanwhile', () => {
    const dev = /^dev-us-east-1-workload$/;
    const calls = someOf('aws_scheduler_schedule', dev).map(({ target }) => (target as { arn: string }).arn);
    for (const call of ['startDBCluster', 'stopDBCluster', 'startDBInstance', 'stopDBInstance'])
      expect(calls).toContain(`arn:aws:scheduler:::aws-sdk:rds:${call}`);
    const none = { min_capacity: '0', max_capacity: '0' };
    const stops = someOf('aws_appautoscaling_scheduled_action', dev).filter(
      ({ scalable_target_action: to }) => isDeepStrictEqual(to, none),
    );
    expect(stops).toHaveLength(someOf('aws_appautoscaling_target', dev).length);
    for (const alarm of bodiesOf('aws_cloudwatch_metric_alarm', /^dev-/))
      expect(alarm['alarm_actions']).toBeUndefined();
    for (const alarm of someOf('aws_cloudwatch_composite_alarm', /^dev-/))
      expect(['dev-asleep', '${aws_cloudwatch_metric_alarm.hours_asleep.alarm_name}']).toContain(
        (alarm['actions_suppressor'] as { alarm: string } | undefined)?.alarm,
      );
  });

  test('A22: services hand work on by queues, and what fails is kept in a queue of its own', () => {
    const queues = new Map(bodiesOf('aws_sqs_queue', PROD).map((body) => [body['name'], body]));
    for (const name of ['prod-price-changes', 'prod-media-uploads']) {
      const { deadLetterTargetArn: target } = JSON.parse(String(queues.get(name)?.['redrive_policy'])) as {
        deadLetterTargetArn: string;
      };
      const [, deadLetters] = /^\$\{aws_sqs_queue\.([\w-]+)\.arn\}$/.exec(target) ?? [];
      expect(resourcesOf('aws_sqs_queue', PROD).get(`prod-us-east-1-workload: ${deadLetters}`)).toMatchObject(
        {
          name: `${name}-dead-letters`,
        },
      );
      const alarms = bodiesOf('aws_cloudwatch_metric_alarm', PROD).filter(
        ({ dimensions }) => (dimensions as Record<string, string>)['QueueName'] === `${name}-dead-letters`,
      );
      expect(only(alarms)['alarm_actions']).toHaveLength(1);
    }
    // nobody sends or receives without TLS
    const policies = bodiesOf('aws_sqs_queue_policy', PROD);
    expect(policies).toHaveLength(queues.size);
    for (const { policy } of policies)
      expect(statementsOf(policy)).toContainEqual(
        expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
      );
    expect(only(bodiesOf('aws_s3_bucket_notification', PROD))['queue'], 'S3 tells of uploads').toMatchObject([
      { queue_arn: '${aws_sqs_queue.queues_media-uploads.arn}' },
    ]);
    const may = (service: string, action: string) =>
      [...resourcesOf('aws_iam_role_policy', PROD)].some(
        ([name, { policy }]) =>
          name.includes(`services_${service}_task-role`) &&
          statementsOf(policy).some(
            ({ Action, Resource }) =>
              [Action].flat().includes(action) && Resource === '${aws_sqs_queue.queues_price-changes.arn}',
          ),
      );
    expect(may('inventory', 'sqs:SendMessage')).toBe(true);
    expect(may('indexer', 'sqs:ReceiveMessage')).toBe(true);
    expect(may('inventory', 'sqs:ReceiveMessage')).toBe(false);
    expect(may('accounts', 'sqs:SendMessage')).toBe(false);
  });

  test('A19: databases, caches, logs, secrets and volumes are encrypted by keys of ours', () => {
    const key = /^\$\{(aws_kms_key\.|data\.terraform_remote_state\.foundation\.outputs\.aws-kms-key-)/;
    for (const type of [
      'aws_rds_cluster',
      'aws_elasticache_replication_group',
      'aws_cloudwatch_log_group',
      'aws_secretsmanager_secret',
    ]) {
      const bodies = bodiesOf(type);
      expect(bodies, type).not.toEqual([]);
      for (const { kms_key_id } of bodies) expect(kms_key_id, type).toMatch(key);
    }
    expect(bodiesOf('aws_kms_key', /-foundation$/).length).toBeGreaterThan(8);
    for (const { key_arn } of someOf('aws_ebs_default_kms_key')) expect(key_arn).toMatch(key);
  });
});
