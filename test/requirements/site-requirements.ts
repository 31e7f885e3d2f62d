import type { Requirement } from './requirement';

/** What stands of front ends. */
export const siteRequirements: readonly Requirement[] = [
  {
    id: 'A12',
    text: 'Front-end sites in private S3 buckets that CloudFront alone reads, by origin access control',
    settings: ['sites.<name>.hosts', 'sites.<name>.firewall', 'sites.<name>.deployers'],
    code: ['modules/edge/site.ts', 'modules/edge/site-ground.ts', 'modules/edge/site-firewall.ts'],
    resources: [
      'aws_cloudfront_distribution',
      'aws_cloudfront_origin_access_control',
      'aws_s3_bucket_policy.sites_*',
      'aws_s3_bucket_public_access_block.sites_*',
      'aws_wafv2_web_acl',
    ],
    operate: 'docs/operations.md#sites',
  },
  {
    id: 'A13',
    text: 'A site for each dealer, by one upload: thousands of them behind one distribution',
    settings: ['sites.<name>.tenants.domain'],
    code: ['modules/edge/site-router.ts', 'modules/edge/site.ts'],
    resources: ['aws_cloudfront_function.*dealers*', 'aws_route53_record.sites_dealers_a-any'],
    operate: 'docs/operations.md#sites',
  },
];
