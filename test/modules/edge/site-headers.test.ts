import type { z } from 'zod';
import type { siteSettings } from '../../../modules/edge/site-settings';
import { DISTRIBUTION, synthSite } from './site-under-test';

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
