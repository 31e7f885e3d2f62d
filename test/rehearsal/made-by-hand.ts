import { expect } from 'vitest';
import { network, settingsOf } from './company';
import type { JsonObject } from './stack-document';

const TRUST_IAM = {
  Effect: 'Allow',
  Principal: { AWS: 'arn:aws:iam::444444444444:root' },
  Action: 'kms:*',
  Resource: '*',
};

/** What a bucket is made of. */
export const MEDIA = [
  'aws_s3_bucket',
  'aws_s3_bucket_lifecycle_configuration',
  'aws_s3_bucket_ownership_controls',
  'aws_s3_bucket_policy',
  'aws_s3_bucket_public_access_block',
  'aws_s3_bucket_server_side_encryption_configuration',
  'aws_s3_bucket_versioning',
];

/** A bucket as ours, but for its name, which it may lack some parts of. */
function bucket(name: string, from: JsonObject, key: string, lacks: readonly string[] = []) {
  return MEDIA.filter((type) => !lacks.includes(type)).map((type): [string, JsonObject] => {
    const text = JSON.stringify(settingsOf(from, `${type}.buckets_media`))
      .replaceAll(/\$\{data\.terraform_remote_state\.[^}]*objects-arn\}/g, key)
      .replaceAll('aws_s3_bucket.buckets_media.', `aws_s3_bucket.${name}.`)
      .replaceAll('prod-media-us-east-1-444444444444', name)
      .replaceAll('"force_destroy":true', '"force_destroy":false');
    return [type, { [name]: JSON.parse(text) as JsonObject }];
  });
}

/** A cluster as ours, but for all that it is called and stands on. */
function database(from: JsonObject): [string, JsonObject][] {
  const cluster_identifier = 'shop-users';
  const instance = (number: number, identifier: string) => ({
    ...settingsOf(from, `aws_rds_cluster_instance.databases_users_instances_${number}`),
    identifier,
    cluster_identifier: '${aws_rds_cluster.users.id}',
    engine: 'aurora-mysql',
    // not where ours would be
    availability_zone: 'us-east-1c',
    db_subnet_group_name: '${aws_db_subnet_group.shop.name}',
    db_parameter_group_name: 'default.aurora-mysql8.0',
    monitoring_role_arn: '${aws_iam_role.monitoring.arn}',
    performance_insights_kms_key_id: '${aws_kms_key.data.arn}',
  });
  const { manage_master_user_password, master_user_secret_kms_key_id, ...cluster } = settingsOf(
    from,
    'aws_rds_cluster.databases_users',
  );
  expect([manage_master_user_password, master_user_secret_kms_key_id]).not.toContain(undefined);
  const data = ['a', 'b', 'c'].map((zone) => `\${aws_subnet.data-${zone}.id}`);
  return [
    ['aws_db_subnet_group', { shop: { name: 'shop-data', description: 'Shop', subnet_ids: data } }],
    [
      'aws_iam_role',
      {
        monitoring: {
          name: 'shop-monitoring',
          assume_role_policy: JSON.stringify({
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Principal: { Service: 'monitoring.rds.amazonaws.com' },
                Action: 'sts:AssumeRole',
              },
            ],
          }),
        },
      },
    ],
    [
      'aws_cloudwatch_log_group',
      {
        errors: {
          name: '/aws/rds/cluster/shop-users/error',
          retention_in_days: 365,
        },
      },
    ],
    [
      'aws_rds_cluster',
      {
        users: {
          ...cluster,
          cluster_identifier,
          master_username: 'root',
          master_password: 'not-a-real-one',
          db_subnet_group_name: '${aws_db_subnet_group.shop.name}',
          db_cluster_parameter_group_name: 'default.aurora-mysql8.0',
          vpc_security_group_ids: ['${aws_security_group.databases.id}'],
          kms_key_id: '${aws_kms_key.data.arn}',
          // by hand they are switched on for instances
          database_insights_mode: null,
          performance_insights_enabled: null,
          performance_insights_kms_key_id: null,
          performance_insights_retention_period: null,
          final_snapshot_identifier: 'shop-users-last',
        },
      },
    ],
    ['aws_rds_cluster_instance', { one: instance(1, 'shop-users-one'), two: instance(2, 'shop-users-two') }],
  ];
}

function merged(...parts: readonly (readonly [string, JsonObject])[]) {
  const resource: Record<string, Record<string, JsonObject>> = {};
  for (const [type, named] of parts) Object.assign((resource[type] ??= {}), named);
  return resource;
}

/**
 * What the company has that is taken over later: keys, a zone, a network, a database, a certificate and two buckets.
 *
 * @param workload of ours without all that: what stands is like it, but for names and what it stands on
 */
export function madeByHand(workload: JsonObject) {
  const key = (description: string) => ({
    description,
    enable_key_rotation: true,
    rotation_period_in_days: 365,
    policy: JSON.stringify({ Version: '2012-10-17', Statement: [{ Sid: 'Ours', ...TRUST_IAM }] }),
  });
  return merged(
    ['aws_kms_key', { data: key('Databases of the shop'), objects: key('Objects of the shop') }],
    ['aws_route53_zone', { shop: { name: 'prod.example.com', comment: 'The shop' } }],
    [
      'aws_route53_record',
      {
        caa: {
          zone_id: '${aws_route53_zone.shop.zone_id}',
          name: 'prod.example.com',
          type: 'CAA',
          ttl: 3600,
          records: ['0 issue "other.example"'],
        },
      },
    ],
    ...Object.entries(network('us-east-1')),
    ...database(workload),
    [
      'aws_acm_certificate',
      {
        shop: {
          domain_name: 'prod.example.com',
          subject_alternative_names: ['*.prod.example.com'],
          validation_method: 'DNS',
        },
      },
    ],
    ...bucket('shop-media', workload, '${aws_kms_key.objects.arn}'),
    ...bucket('shop-bare', workload, '${aws_kms_key.objects.arn}', [
      'aws_s3_bucket_policy',
      'aws_s3_bucket_ownership_controls',
    ]),
  );
}
