import type { z } from 'zod';
import { siteRules, siteSettings } from '../../../modules/edge/site-settings';
import type { RuleContext } from '../../../modules/settings/capability-rules';
import { naming } from '../../support/harness';

type Input = z.input<typeof siteSettings>;
const context: RuleContext = {
  production: false,
  regions: [
    { name: 'us-west-2', role: 'primary' },
    { name: 'us-east-1', role: 'standby' },
  ],
  domain: 'test.example.com',
};
const problems = (input: Input, change: Partial<RuleContext> = {}) =>
  siteRules
    .problems('shop', siteSettings.parse(input), { ...context, ...change })
    .map(({ path, rule, remedy }) => `${path.join('.')} must ${rule}; ${remedy}`);
const shop: Input = { hosts: ['www.test.example.com'] };

describe('settings of a site', () => {
  test('have these defaults', () => {
    expect(siteSettings.parse({})).toEqual({
      hosts: [],
      spa: false,
      priceClass: '100',
      frames: 'deny',
      accessLogs: true,
      keepVersionsDays: 30,
      deployers: [],
    });
    expect(siteSettings.parse({ firewall: {} }).firewall).toEqual({
      requestsPer5Minutes: 2000,
      alarmAbove: 1000,
    });
  });

  test.each<Record<string, unknown>>([
    { hosts: ['www'] },
    { hosts: ['www.test.example.com', 'www.test.example.com'] },
    { tenants: { domain: '*.test.example.com' } },
    { notFoundPage: '404.html' },
    { notFoundPage: '/404' },
    { notFoundPage: '//404.html' },
    { notFoundPage: '/pages/../404.html' },
    { firewall: { requestsPer5Minutes: 9 } },
    { firewall: { alarmAbove: 0 } },
    { priceClass: '300' },
    { countries: { allow: [] } },
    { countries: { allow: ['us'] } },
    { countries: { allow: ['USA'] } },
    // what the United Kingdom calls itself, and a word of every object
    { countries: { block: ['UK'] } },
    { countries: { block: ['toString'] } },
    { countries: { allow: ['US'], block: ['CA'] } },
    { contentSecurityPolicy: "default-src 'self'\r\nSet-Cookie: a=b" },
    { frames: 'allow' },
    { keepVersionsDays: 0 },
    { deployers: ['arn:aws:iam::*:role/any'] },
  ])('refuse %j', (input) => {
    expect(siteSettings.safeParse(input).success).toBe(false);
  });
});

describe('rules of a site', () => {
  test.each<Input>([
    shop,
    { hosts: ['test.example.com', 'www.test.example.com'] },
    { tenants: { domain: 'dealers.test.example.com' } },
  ])('take %j', (input) => {
    expect(problems(input)).toEqual([]);
  });

  test('want hosts or tenants, and not both', () => {
    expect(problems({})).toEqual(['hosts must name a host; add one, or say tenants']);
    expect(problems({ ...shop, tenants: { domain: 'dealers.test.example.com' } })).toEqual([
      'hosts must not be said beside tenants; take one of the two out, or make two sites of it',
    ]);
  });

  test('want names that a certificate can be had for', () => {
    expect(problems({ hosts: ['a.b.test.example.com', 'www.example.org'] })).toEqual([
      'hosts.0 must be test.example.com or one label below it, which its certificate is for; write it like www.test.example.com',
      'hosts.1 must be test.example.com or one label below it, which its certificate is for; write it like www.test.example.com',
    ]);
    for (const domain of ['test.example.com', 'dealers.example.org'])
      expect(problems({ tenants: { domain } })).toEqual([
        'tenants.domain must lie below test.example.com, whose zone proves to ACM that it is ours; write it like dealers.test.example.com',
      ]);
  });

  test('want a domain, and the region that CloudFront reports to', () => {
    expect(problems(shop, { domain: undefined })).toEqual([
      'hosts must be below a domain of the environment, which has none; set domain, or take the site out',
    ]);
    expect(problems(shop, { regions: [{ name: 'us-west-2', role: 'primary' }] })).toEqual([
      " must be in an environment that stands in us-east-1, where CloudFront reports to; add regions['us-east-1'], be it as a standby, or take the site out",
    ]);
  });

  test('want a firewall and access logs in production', () => {
    const production = true;
    expect(problems({ ...shop, firewall: {} }, { production })).toEqual([]);
    expect(problems({ ...shop, accessLogs: false }, { production })).toEqual([
      'firewall must be said in production; set it to {}: else anybody can run up requests, and their price',
      'accessLogs must be true in production; take it out: an attack is often found only after months',
    ]);
  });

  test('ask for the names that come out, wherever the environment has its primary', () => {
    const names = (input: Input) => siteRules.names('shop', siteSettings.parse(input), naming);
    const bucket = { kind: 'bucket', name: 'test-shop-site-us-east-1-111122223333' };
    const edgeFunction = { kind: 'edgeFunction', name: 'test-shop-site' };
    expect(names({ accessLogs: false })).toEqual([bucket, edgeFunction]);
    expect(names({ deployers: ['arn:aws:iam::555555555555:role/jenkins'] })).toEqual([
      bucket,
      edgeFunction,
      { kind: 'logDelivery', name: 'test-shop-site' },
      { kind: 'role', name: 'test-shop-site-deploy-us-east-1' },
    ]);
  });
});
