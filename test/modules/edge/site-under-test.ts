import { Construct } from 'constructs';
import type { z } from 'zod';
import { Site, type SiteProps } from '../../../modules/edge/site';
import { SiteGround } from '../../../modules/edge/site-ground';
import { siteSettings } from '../../../modules/edge/site-settings';
import { synthesize, testApp, testFoundation, testStack } from '../../support/harness';

/** A site named `shop`, built as the edge stack builds it. */
export function synthSite(settings: z.input<typeof siteSettings> = {}, props: Partial<SiteProps> = {}) {
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

export const DISTRIBUTION = 'aws_cloudfront_distribution.sites_shop';
/** Who hears of its alarms. */
export const ALERTS = ['${data.terraform_remote_state.foundation.outputs.aws-sns-topic-alerts-arn}'];
