import type { z } from 'zod';
import type { siteSettings } from '../../../modules/edge/site-settings';
import { statementOf, statementsOf } from '../../support/statements';
import { ALERTS, DISTRIBUTION, synthSite } from './site-under-test';

const tenants = { domain: 'dealers.test.example.com' };

describe('A12: a site', () => {
  const out = synthSite();

  test('is exactly this', () => {
    expect(out.addresses.filter((address) => address.includes('.sites_'))).toEqual([
      DISTRIBUTION,
      'aws_cloudfront_function.sites_shop_router',
      'aws_cloudfront_response_headers_policy.sites_shop',
      'aws_cloudwatch_log_delivery.sites_shop_logs',
      'aws_cloudwatch_log_delivery_destination.sites_shop_logs',
      'aws_cloudwatch_log_delivery_source.sites_shop_logs',
      'aws_cloudwatch_log_group.sites_shop_logs_requests',
      'aws_cloudwatch_metric_alarm.sites_shop_alarms_errors',
      'aws_route53_record.sites_shop_a-www',
      'aws_route53_record.sites_shop_aaaa-www',
      'aws_s3_bucket.sites_shop_files',
      'aws_s3_bucket_lifecycle_configuration.sites_shop_files',
      'aws_s3_bucket_ownership_controls.sites_shop_files',
      'aws_s3_bucket_policy.sites_shop_files',
      'aws_s3_bucket_public_access_block.sites_shop_files',
      'aws_s3_bucket_server_side_encryption_configuration.sites_shop_files',
      'aws_s3_bucket_versioning.sites_shop_files',
    ]);
  });

  test('keeps its files in a bucket that its own distribution reads, and nobody else', () => {
    expect(out.at('aws_s3_bucket.sites_shop_files')['bucket']).toBe('test-shop-site-us-east-1-111122223333');
    const { policy } = out.at('aws_s3_bucket_policy.sites_shop_files');
    const allowed = statementsOf(policy).filter(({ Effect }) => Effect === 'Allow');
    const reader = {
      Effect: 'Allow',
      Principal: { Service: 'cloudfront.amazonaws.com' },
      Condition: { StringEquals: { 'aws:SourceArn': `\${${DISTRIBUTION}.arn}` } },
    };
    const bucket = '${aws_s3_bucket.sites_shop_files.arn}';
    expect(allowed).toEqual([
      { Sid: 'FilesToCloudFront', ...reader, Action: 's3:GetObject', Resource: `${bucket}/*` },
      // 404 instead of 403 where there is no file
      { Sid: 'WhetherThereIsAFile', ...reader, Action: 's3:ListBucket', Resource: bucket },
    ]);
  });

  test('encrypts them with the key of the sites, which CloudFront may decrypt with', () => {
    const { rule } = out.at('aws_s3_bucket_server_side_encryption_configuration.sites_shop_files');
    expect(JSON.stringify(rule)).toContain('"kms_master_key_id":"${aws_kms_key.edge.arn}"');
    const { policy, lifecycle } = out.at('aws_kms_key.edge');
    expect(lifecycle).toEqual({ prevent_destroy: true });
    expect(statementOf(policy, 'UseByService1')).toEqual({
      Sid: 'UseByService1',
      Effect: 'Allow',
      Principal: { Service: 'cloudfront.amazonaws.com' },
      Action: ['kms:Decrypt'],
      Resource: '*',
      Condition: {
        ArnLike: { 'aws:SourceArn': 'arn:aws:cloudfront::111122223333:distribution/*' },
      },
    });
  });

  test('is asked for by HTTPS alone, and asks the bucket with a signature', () => {
    expect(out.at(DISTRIBUTION)).toMatchObject({
      aliases: ['www.test.example.com'],
      origin: [
        {
          domain_name: '${aws_s3_bucket.sites_shop_files.bucket}.s3.us-east-1.amazonaws.com',
          origin_access_control_id: '${aws_cloudfront_origin_access_control.edge.id}',
        },
      ],
      default_cache_behavior: {
        viewer_protocol_policy: 'redirect-to-https',
        allowed_methods: ['GET', 'HEAD'],
      },
      viewer_certificate: {
        acm_certificate_arn: '${aws_acm_certificate_validation.edge.certificate_arn}',
        minimum_protocol_version: 'TLSv1.2_2021',
        ssl_support_method: 'sni-only',
      },
    });
    expect(out.at('aws_cloudfront_origin_access_control.edge')).toMatchObject({
      origin_access_control_origin_type: 's3',
      signing_behavior: 'always',
      signing_protocol: 'sigv4',
    });
  });

  test('asks the bucket once a day for a path, whatever the query, and never for the list of files', () => {
    expect(out.at(DISTRIBUTION)).toMatchObject({
      default_root_object: 'index.html',
      // Managed-CachingOptimized: neither queries nor cookies nor headers reach S3
      default_cache_behavior: { cache_policy_id: '658327ea-f89d-4fab-a63d-7e88639e58f6', compress: true },
      // what the AAAA records lead to
      is_ipv6_enabled: true,
    });
  });

  test('keeps what was overwritten for as long as the settings say', () => {
    expect(
      synthSite({ keepVersionsDays: 7 }).at('aws_s3_bucket_lifecycle_configuration.sites_shop_files')['rule'],
    ).toMatchObject([{ noncurrent_version_expiration: [{ noncurrent_days: 7 }] }]);
  });

  test('finds the file of a path by its router', () => {
    expect(out.at('aws_cloudfront_function.sites_shop_router')).toMatchObject({
      name: 'test-shop-site',
      runtime: 'cloudfront-js-2.0',
    });
    expect(out.at(DISTRIBUTION)['default_cache_behavior']).toMatchObject({
      function_association: [
        { event_type: 'viewer-request', function_arn: '${aws_cloudfront_function.sites_shop_router.arn}' },
      ],
    });
  });

  test('has records of both kinds of addresses in the zone of the environment', () => {
    expect(out.data['aws_route53_zone']?.['edge']).toEqual({ name: 'test.example.com', private_zone: false });
    for (const type of ['A', 'AAAA'])
      expect(out.at(`aws_route53_record.sites_shop_${type.toLowerCase()}-www`)).toEqual({
        zone_id: '${data.aws_route53_zone.edge.zone_id}',
        name: 'www.test.example.com',
        type,
        alias: {
          name: `\${${DISTRIBUTION}.domain_name}`,
          zone_id: `\${${DISTRIBUTION}.hosted_zone_id}`,
          evaluate_target_health: false,
        },
      });
  });

  test('may be the domain itself, whose name is in no address', () => {
    const { addresses } = synthSite({ hosts: ['test.example.com'] });
    expect(addresses.filter((address) => address.includes('record.sites'))).toEqual([
      'aws_route53_record.sites_shop_a',
      'aws_route53_record.sites_shop_aaaa',
    ]);
  });

  test('rings where CloudFront gets no files', () => {
    expect(out.at('aws_cloudwatch_metric_alarm.sites_shop_alarms_errors')).toMatchObject({
      alarm_name: 'test-shop-site-errors',
      namespace: 'AWS/CloudFront',
      metric_name: '5xxErrorRate',
      dimensions: { DistributionId: `\${${DISTRIBUTION}.id}`, Region: 'Global' },
      threshold: 1,
      treat_missing_data: 'notBreaching',
      alarm_actions: ALERTS,
    });
  });

  test('says where its files go', () => {
    expect(out.output['shop-bucket']?.['value']).toBe('${aws_s3_bucket.sites_shop_files.bucket}');
    expect(out.output['shop-distribution']?.['value']).toBe(`\${${DISTRIBUTION}.id}`);
  });

  test.each([
    [true, false],
    [false, true],
  ])('refuses to be deleted unless it is about to go: %s', (prevent, decommission) => {
    expect(synthSite({}, { decommission }).at('aws_s3_bucket.sites_shop_files')['lifecycle']).toEqual({
      prevent_destroy: prevent,
    });
  });
});

describe('where a site is served', () => {
  test.each([
    ['100', 'PriceClass_100'],
    ['200', 'PriceClass_200'],
    ['all', 'PriceClass_All'],
  ] as const)('is price class %s', (priceClass, expected) => {
    expect(synthSite({ priceClass }).at(DISTRIBUTION)['price_class']).toBe(expected);
  });

  test('is everywhere, in some countries, or in all but some', () => {
    const restrictions = (countries?: z.input<typeof siteSettings>['countries']) =>
      synthSite({ countries }).at(DISTRIBUTION)['restrictions'];
    expect(restrictions()).toEqual({ geo_restriction: { restriction_type: 'none' } });
    expect(restrictions({ allow: ['US', 'CA'] })).toEqual({
      geo_restriction: { restriction_type: 'whitelist', locations: ['CA', 'US'] },
    });
    expect(restrictions({ block: ['KP'] })).toEqual({
      geo_restriction: { restriction_type: 'blacklist', locations: ['KP'] },
    });
  });
});

test('a page for what is not there keeps the status', () => {
  expect(synthSite().at(DISTRIBUTION)).not.toHaveProperty('custom_error_response');
  expect(synthSite({ notFoundPage: '/404.html' }).at(DISTRIBUTION)['custom_error_response']).toEqual([
    { error_code: 404, response_code: 404, response_page_path: '/404.html', error_caching_min_ttl: 10 },
  ]);
});

describe('A13: tenants', () => {
  const out = synthSite({ tenants });

  test('are all names below their domain, behind one distribution', () => {
    expect(out.at(DISTRIBUTION)['aliases']).toEqual(['*.dealers.test.example.com']);
    expect(out.at('aws_route53_record.sites_shop_a-any')['name']).toBe('*.dealers.test.example.com');
    expect(out.at('aws_cloudfront_function.sites_shop_router')['code']).toContain(
      '.dealers.test.example.com',
    );
  });

  test('have a certificate of their own, which is proven in the zone of the environment', () => {
    expect(out.at('aws_acm_certificate.sites_shop')['subject_alternative_names']).toEqual([
      '*.dealers.test.example.com',
    ]);
    expect(out.at('aws_route53_record.sites_shop_certificate_proof')).toMatchObject({
      zone_id: '${data.aws_route53_zone.edge.zone_id}',
      name: '${tolist(aws_acm_certificate.sites_shop.domain_validation_options).0.resource_record_name}',
    });
    expect(out.at('aws_acm_certificate_validation.sites_shop')['validation_record_fqdns']).toEqual([
      '${aws_route53_record.sites_shop_certificate_proof.fqdn}',
    ]);
    expect(out.at(DISTRIBUTION)['viewer_certificate']).toMatchObject({
      acm_certificate_arn: '${aws_acm_certificate_validation.sites_shop.certificate_arn}',
    });
    expect(out.at('aws_cloudwatch_metric_alarm.sites_shop_certificate_alarms_expiring')['alarm_name']).toBe(
      'test-shop-site-certificate-expiring',
    );
  });
});
