import { iso31661Alpha2ToAlpha3 } from 'iso-3166/1-a2-to-1-a3.js';
import { z } from 'zod';
import { roleArn } from '../access/role-arn';
import { domainName } from '../naming/domain-name';
import { count, distinct } from '../settings/fields';

/** Assigned codes alone: https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_GeoRestriction.html */
const country = z.string().refine((code) => Object.hasOwn(iso31661Alpha2ToAlpha3, code), {
  error: 'be a country of ISO 3166-1 in two capitals; write it like US, DE or GB',
});
const countries = distinct(country).refine((list) => list.length > 0, {
  error: 'name a country; add one, or take the list out',
});

/**
 * A front end in a private bucket that CloudFront alone reads. CloudFront has no price by the hour: the first terabyte and
 * ten million requests a month are free, then from $0.085 a GB and $1 a million HTTPS requests, and $0.10 a million for
 * the function that finds the file. The key of all sites of an environment costs $1 a month.
 */
export const siteSettings = z.strictObject({
  /** Names that it answers to: the environment's domain, or one label below it. Either these or `tenants`. @default none */
  hosts: distinct(domainName).default([]),
  /**
   * Many sites behind one distribution, as of dealers: each name one label below a domain is served from the folder of
   * that name. A new one is an upload, and no plan. Either this or `hosts`. @default it is one site
   */
  tenants: z
    .strictObject({
      /** Below the environment's domain. `dealers.example.com` serves `ann.dealers.example.com` from the folder `ann`. */
      domain: domainName,
    })
    .optional(),
  /**
   * That paths without a file extension are all answered with /index.html, which finds its way itself. Without, a path
   * that ends with / is answered with the index.html of that folder, and no other is changed. @default false
   */
  spa: z.boolean().default(false),
  /** Path of the page that is shown, with status 404, where there is no file; the same for all tenants. @default an error of S3 */
  notFoundPage: z
    .string()
    .max(255)
    .regex(
      /^(\/(?!\.{1,2}\/)[\w.~-]+)+\.html$/,
      'be the path of a page, without . and .. between slashes; write it like /404.html',
    )
    .optional(),
  /**
   * AWS WAF before it: the core rules and known bad inputs that AWS keeps, and a limit for each address. $8 a month and
   * $0.60 a million requests. Needed in production. @default none
   */
  firewall: z
    .strictObject({
      /** Requests of one IP address in 5 minutes, above which it is refused until they are fewer, 10 to 2000000000. @default 2000 */
      requestsPer5Minutes: count(10, 2_000_000_000).default(2000),
      /** Refused requests of all addresses in 5 minutes, above which its alarm rings, from 1. @default 1000 */
      alarmAbove: count(1, 2_000_000_000).default(1000),
    })
    .optional(),
  /**
   * Where it is served from: `100` North America, Europe and Israel; `200` also Asia, Africa, the Gulf; `all` everywhere.
   * Who is elsewhere is served from farther away; a GB costs up to $0.12 where there are more. @default 100
   */
  priceClass: z.enum(['100', '200', 'all']).default('100'),
  /**
   * Countries that get an answer, or get none, by where the address is: codes of ISO 3166-1 alpha-2, `GB` and not `UK`. Others
   * see an error 403. @default every country
   */
  countries: z
    .strictObject({
      /** Those alone. Either this or `block`. @default none are named */
      allow: countries.optional(),
      /** All but those. Either this or `allow`. @default none are named */
      block: countries.optional(),
    })
    .refine(({ allow, block }) => (allow === undefined) !== (block === undefined), {
      error: 'say either allow or block; add one, or take one out, with null here if the blueprint says it',
    })
    .optional(),
  /** The header Content-Security-Policy: from where a page may load what. @default none is sent */
  contentSecurityPolicy: z
    .string()
    .min(1)
    .max(1783)
    .regex(/^[\x20-\x7e]+$/, "be one line; write it like default-src 'self'")
    .optional(),
  /** Who may show it in a frame: nobody, or its own pages. @default deny */
  frames: z.enum(['deny', 'same-origin']).default('deny'),
  /**
   * That each request is logged, without query and cookies, into a log group for logRetentionDays. Billed as vended logs of
   * CloudWatch, from $0.50 a GB (https://aws.amazon.com/cloudwatch/pricing/). Needed in production. @default true
   */
  accessLogs: z.boolean().default(true),
  /** Days that a file is kept after it was overwritten or deleted, 1 to 3650. @default 30 */
  keepVersionsDays: count(1, 3650).default(30),
  /**
   * ARNs of roles, of any account, that may take the role that uploads files and tells CloudFront to fetch them anew, and
   * can do nothing else. @default there is no such role
   */
  deployers: distinct(roleArn).default([]),
});

export type SiteSettings = z.output<typeof siteSettings>;
export { siteRules } from './site-rules';
