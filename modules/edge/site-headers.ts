import type { Construct } from 'constructs';
import { CloudfrontResponseHeadersPolicy } from '@cdktf/provider-aws/lib/cloudfront-response-headers-policy';
import { literal } from '../settings/literal';
import type { SiteSettings } from './site-settings';

/** Two years, as hstspreload.org asks for at least one. */
const HSTS_SECONDS = 2 * 365 * 24 * 60 * 60;

/**
 * What browsers are told with each answer: only HTTPS, no guessing of types, who may frame it, no path to other sites. Of
 * the domain's other names nothing is said: each speaks for itself.
 */
export function siteHeaders(
  scope: Construct,
  name: string,
  { frames, contentSecurityPolicy }: Pick<SiteSettings, 'frames' | 'contentSecurityPolicy'>,
): CloudfrontResponseHeadersPolicy {
  return new CloudfrontResponseHeadersPolicy(scope, 'Headers', {
    name,
    comment: 'What browsers are told with each answer',
    securityHeadersConfig: {
      strictTransportSecurity: { accessControlMaxAgeSec: HSTS_SECONDS, override: true },
      contentTypeOptions: { override: true },
      frameOptions: { frameOption: frames === 'deny' ? 'DENY' : 'SAMEORIGIN', override: true },
      referrerPolicy: { referrerPolicy: 'strict-origin-when-cross-origin', override: true },
      ...(contentSecurityPolicy !== undefined && {
        contentSecurityPolicy: { contentSecurityPolicy: literal(contentSecurityPolicy), override: true },
      }),
    },
  });
}
