import { Construct } from 'constructs';
import type { z } from 'zod';
import { Site, type SiteProps } from '../../../modules/edge/site';
import { SiteGround } from '../../../modules/edge/site-ground';
import { siteSettings } from '../../../modules/edge/site-settings';
import { synthesize, testApp, testFoundation, testStack } from '../../support/harness';
import { statementOf, statementsOf } from '../../support/statements';

const DEPLOYER = 'arn:aws:iam::555555555555:role/jenkins-deployer';

/** A site named `shop`, built as the edge stack builds it. */
function synthSite(settings: z.input<typeof siteSettings> = {}, props: Partial<SiteProps> = {}) {
  const app = testApp();
  const foundation = testFoundation(app, { permissionsBoundary: 'arn:boundary' });
  const stack = testStack(app, 'edge');
  const domain = 'test.example.com';
  const ground = new SiteGround(stack, 'Edge', { ...foundation, domain });
  new Site(new Construct(stack, 'Sites'), 'shop', {
    ...foundation,
    ...siteSettings.parse({ ...(!settings.tenants && { hosts: ['www.test.example.com'] }), ...settings }),
    ground,
    ...props,
  });
  return synthesize(stack);
}

const DISTRIBUTION = 'aws_cloudfront_distribution.sites_shop';
const ALERTS = ['${data.terraform_remote_state.foundation.outputs.aws-sns-topic-alerts-arn}'];
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

describe('what browsers are told', () => {
  const headers = (settings: z.input<typeof siteSettings> = {}) =>
    synthSite(settings).at('aws_cloudfront_response_headers_policy.sites_shop')['security_headers_config'];

  test('is to come by HTTPS, to guess no types, and to show it in no frame', () => {
    expect(headers()).toEqual({
      strict_transport_security: { access_control_max_age_sec: 63_072_000, override: true },
      content_type_options: { override: true },
      frame_options: { frame_option: 'DENY', override: true },
      referrer_policy: { referrer_policy: 'strict-origin-when-cross-origin', override: true },
    });
    expect(synthSite().at(DISTRIBUTION)['default_cache_behavior']).toMatchObject({
      response_headers_policy_id: '${aws_cloudfront_response_headers_policy.sites_shop.id}',
    });
  });

  test('is also from where to load what, and that its own pages may frame it', () => {
    const contentSecurityPolicy = "default-src 'self'";
    expect(headers({ contentSecurityPolicy, frames: 'same-origin' })).toMatchObject({
      content_security_policy: { content_security_policy: contentSecurityPolicy, override: true },
      frame_options: { frame_option: 'SAMEORIGIN' },
    });
  });

  test('is no expression of Terraform', () => {
    expect(headers({ contentSecurityPolicy: "script-src 'nonce-${x}' %{y}" })).toMatchObject({
      content_security_policy: { content_security_policy: "script-src 'nonce-$${x}' %%{y}" },
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

describe('the firewall of a site', () => {
  const out = synthSite({ firewall: { requestsPer5Minutes: 500, alarmAbove: 50 } });
  const ACL = 'aws_wafv2_web_acl.sites_shop_firewall';

  test('is none unless it is said', () => {
    expect(synthSite().addresses).not.toContain(ACL);
    expect(synthSite().at(DISTRIBUTION)).not.toHaveProperty('web_acl_id');
  });

  test('stands before the distribution', () => {
    expect(out.at(DISTRIBUTION)['web_acl_id']).toBe(`\${${ACL}.arn}`);
    expect(out.at(ACL)).toMatchObject({ name: 'test-shop-site', scope: 'CLOUDFRONT' });
  });

  test('limits each address, and then asks the groups of rules that AWS keeps', () => {
    expect(out.at(ACL)['default_action']).toEqual({ allow: {} });
    expect(out.at(ACL)['rule']).toMatchObject([
      {
        priority: 0,
        action: { block: {} },
        statement: {
          rate_based_statement: { limit: 500, aggregate_key_type: 'IP', evaluation_window_sec: 300 },
        },
      },
      {
        priority: 1,
        override_action: { none: {} },
        statement: {
          managed_rule_group_statement: { name: 'AWSManagedRulesCommonRuleSet', vendor_name: 'AWS' },
        },
      },
      {
        priority: 2,
        override_action: { none: {} },
        statement: {
          managed_rule_group_statement: { name: 'AWSManagedRulesKnownBadInputsRuleSet', vendor_name: 'AWS' },
        },
      },
    ]);
  });

  test('rings where it refuses much', () => {
    expect(out.at('aws_cloudwatch_metric_alarm.sites_shop_firewall_alarms_blocked')).toMatchObject({
      alarm_name: 'test-shop-site-firewall-blocked',
      namespace: 'AWS/WAFV2',
      metric_name: 'BlockedRequests',
      dimensions: { WebACL: 'test-shop-site', Rule: 'ALL' },
      statistic: 'Sum',
      threshold: 50,
      period: 300,
      evaluation_periods: 1,
      // nothing was refused
      treat_missing_data: 'notBreaching',
      alarm_actions: ALERTS,
    });
    // by this name its metrics are found
    expect(out.at(ACL)['visibility_config']).toMatchObject({
      cloudwatch_metrics_enabled: true,
      metric_name: 'test-shop-site',
    });
    // what the alarm says to look at
    const rules = out.at(ACL)['rule'] as { visibility_config: object }[];
    for (const { visibility_config } of rules)
      expect(visibility_config).toMatchObject({ sampled_requests_enabled: true });
  });
});

describe('the access log of a site', () => {
  test('goes into an encrypted group that does not keep for ever', () => {
    const out = synthSite();
    expect(out.at('aws_cloudwatch_log_group.sites_shop_logs_requests')).toMatchObject({
      name: '/test/sites/shop',
      retention_in_days: 30,
      kms_key_id: '${data.terraform_remote_state.foundation.outputs.aws-kms-key-keys-logs-arn}',
    });
    expect(out.at('aws_cloudwatch_log_delivery_source.sites_shop_logs')).toMatchObject({
      log_type: 'ACCESS_LOGS',
      resource_arn: `\${${DISTRIBUTION}.arn}`,
    });
    expect(out.at('aws_cloudwatch_log_delivery_destination.sites_shop_logs')).toMatchObject({
      // Logs Insights finds its fields by itself
      output_format: 'json',
      delivery_destination_configuration: [
        { destination_resource_arn: '${aws_cloudwatch_log_group.sites_shop_logs_requests.arn}' },
      ],
    });
  });

  test('holds neither cookies nor queries', () => {
    const fields = synthSite().at('aws_cloudwatch_log_delivery.sites_shop_logs')['record_fields'] as string[];
    expect(fields).toContain('cs-uri-stem');
    expect(fields.filter((field) => /query|cookie|referer/i.test(field))).toEqual([]);
  });

  test('is none where the settings say so', () => {
    const { addresses } = synthSite({ accessLogs: false });
    expect(addresses.filter((address) => address.includes('_log_'))).toEqual([]);
  });
});

describe('the role that uploads a site', () => {
  const out = synthSite({ deployers: [DEPLOYER] });
  const ROLE = 'aws_iam_role.sites_shop_deployer';

  test('is none unless somebody may take it', () => {
    expect(synthSite().addresses.filter((address) => address.startsWith('aws_iam_'))).toEqual([]);
  });

  test('is taken by those alone, and stays within the boundary', () => {
    expect(out.at(ROLE)).toMatchObject({
      name: 'test-shop-site-deploy-us-east-1',
      permissions_boundary: 'arn:boundary',
    });
    expect(statementsOf(out.at(ROLE)['assume_role_policy'])).toEqual([
      {
        Sid: 'Deployers',
        Effect: 'Allow',
        Principal: { AWS: ['arn:aws:iam::555555555555:root'] },
        Action: 'sts:AssumeRole',
        Condition: { ArnEquals: { 'aws:PrincipalArn': [DEPLOYER] } },
      },
    ]);
    expect(out.output['shop-deploy-role']?.['value']).toBe(`\${${ROLE}.arn}`);
  });

  test('writes files and has them fetched anew, and reads or deletes no version', () => {
    const bucket = '${aws_s3_bucket.sites_shop_files.arn}';
    const { policy } = out.at('aws_iam_role_policy.sites_shop_deployer_upload');
    expect(statementsOf(policy)).toEqual([
      { Effect: 'Allow', Action: 's3:ListBucket', Resource: bucket },
      {
        Effect: 'Allow',
        Action: ['s3:AbortMultipartUpload', 's3:DeleteObject', 's3:PutObject'],
        Resource: `${bucket}/*`,
      },
      {
        Effect: 'Allow',
        Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
        Resource: '${aws_kms_key.edge.arn}',
      },
      {
        Effect: 'Allow',
        Action: ['cloudfront:CreateInvalidation', 'cloudfront:GetInvalidation'],
        Resource: `\${${DISTRIBUTION}.arn}`,
      },
    ]);
  });
});
