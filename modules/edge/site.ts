import { Lazy, TerraformOutput } from 'cdktf';
import { Construct } from 'constructs';
import { CloudfrontDistribution } from '@cdktf/provider-aws/lib/cloudfront-distribution';
import { CloudfrontFunction } from '@cdktf/provider-aws/lib/cloudfront-function';
import { Route53Record } from '@cdktf/provider-aws/lib/route53-record';
import type { Statement } from '../access/policy';
import type { Foundation } from '../foundation/foundation';
import { Alarms } from '../observability/alarms';
import { refusesDeletion, type LifeCycle } from '../settings/fields';
import { PrivateBucket } from '../storage/private-bucket';
import { PublicCertificate } from './public-certificate';
import { SiteDeployer } from './site-deployer';
import { SiteFirewall } from './site-firewall';
import type { SiteGround } from './site-ground';
import { siteHeaders } from './site-headers';
import { SiteLogs } from './site-logs';
import { siteNames } from './site-names';
import { INDEX, routerCode } from './site-router';
import type { SiteSettings } from './site-settings';

export interface SiteProps
  extends
    Pick<Foundation, 'naming' | 'alerts' | 'protection' | 'logRetentionDays' | 'permissionsBoundary'>,
    SiteSettings,
    LifeCycle {
  readonly keys: Pick<Foundation['keys'], 'logs'>;
  readonly ground: Pick<SiteGround, 'domain' | 'key' | 'originAccessControlId' | 'zoneId' | 'certificateArn'>;
}

/**
 * Managed-CachingOptimized: the path alone tells answers apart, for a day unless the file says otherwise.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html
 */
const CACHING_OPTIMIZED = '658327ea-f89d-4fab-a63d-7e88639e58f6';

/**
 * For how long CloudFront knows that there is no file, as without a page of ours. Left out, the provider sends 0, and S3 is
 * asked, and billed, for each request of a path that is not there.
 */
const NOT_FOUND_SECONDS = 10;

const ORIGIN = 'bucket';

/** A front end: files in a private bucket, which one distribution of CloudFront reads and nobody else. */
export class Site extends Construct {
  private readonly names: ReturnType<typeof siteNames>;
  private readonly bucket: PrivateBucket;
  private readonly distribution: CloudfrontDistribution;

  /** @param name what the settings call it, which is also the last part of its path */
  constructor(
    scope: Construct,
    private readonly name: string,
    private readonly props: SiteProps,
  ) {
    super(scope, name);
    this.names = siteNames(props.naming, name);
    this.bucket = this.addBucket();
    this.distribution = this.addDistribution();
    this.addRecords();
    this.addLogs();
    this.addDeployer();
    this.addAlarm();
    this.tellPlaces();
  }

  /** Its policy names the distribution, which in turn reads from it: the bucket is made first, its policy last. */
  private addBucket(): PrivateBucket {
    const { ground, keepVersionsDays } = this.props;
    return new PrivateBucket(this, 'Files', {
      bucketName: this.names.bucket,
      key: ground.key,
      protection: refusesDeletion(this.props),
      keepVersionsDays,
      statements: (arn) =>
        distributionMayRead(arn, Lazy.stringValue({ produce: () => this.distribution.arn })),
    });
  }

  private addDistribution(): CloudfrontDistribution {
    const { ground, naming, alerts, notFoundPage, firewall, priceClass, countries } = this.props;
    const router = new CloudfrontFunction(this, 'Router', {
      name: this.names.edge,
      comment: 'Finds the file of a path',
      runtime: 'cloudfront-js-2.0',
      code: routerCode(this.props),
    });
    return new CloudfrontDistribution(this, 'Distribution', {
      enabled: true,
      comment: this.names.edge,
      aliases: this.aliases(),
      httpVersion: 'http2and3',
      isIpv6Enabled: true,
      priceClass: priceClass === 'all' ? 'PriceClass_All' : `PriceClass_${priceClass}`,
      // besides the function, so that no path ever asks for the list of files
      defaultRootObject: INDEX,
      origin: [
        {
          originId: ORIGIN,
          domainName: `${this.bucket.bucketName}.s3.${naming.place.region}.amazonaws.com`,
          originAccessControlId: ground.originAccessControlId,
        },
      ],
      defaultCacheBehavior: {
        targetOriginId: ORIGIN,
        viewerProtocolPolicy: 'redirect-to-https',
        allowedMethods: ['GET', 'HEAD'],
        cachedMethods: ['GET', 'HEAD'],
        compress: true,
        cachePolicyId: CACHING_OPTIMIZED,
        responseHeadersPolicyId: siteHeaders(this, this.names.edge, this.props).id,
        functionAssociation: [{ eventType: 'viewer-request', functionArn: router.arn }],
      },
      ...(notFoundPage !== undefined && {
        customErrorResponse: [
          {
            errorCode: 404,
            responseCode: 404,
            responsePagePath: notFoundPage,
            errorCachingMinTtl: NOT_FOUND_SECONDS,
          },
        ],
      }),
      restrictions: { geoRestriction: geoRestriction(countries) },
      viewerCertificate: {
        acmCertificateArn: this.certificateArn(),
        minimumProtocolVersion: 'TLSv1.2_2021',
        sslSupportMethod: 'sni-only',
      },
      ...(firewall && {
        webAclId: new SiteFirewall(this, 'Firewall', { name: this.names.edge, alerts, ...firewall }).arn,
      }),
    });
  }

  private aliases(): string[] {
    const { hosts, tenants } = this.props;
    return tenants ? [`*.${tenants.domain}`] : hosts;
  }

  /** A wildcard stands for one label, so that tenants need a certificate of their own. */
  private certificateArn(): string {
    const { tenants, ground } = this.props;
    if (!tenants) return ground.certificateArn;
    return new PublicCertificate(this, 'Certificate', {
      ...this.props,
      domain: tenants.domain,
      existing: undefined,
      name: `${this.name}-site-certificate`,
      proofIn: ground.zoneId,
    }).arn;
  }

  private addRecords(): void {
    const { domainName: name, hostedZoneId: zoneId } = this.distribution;
    for (const host of this.aliases())
      for (const type of ['A', 'AAAA'])
        new Route53Record(this, recordId(type, host, this.props), {
          zoneId: this.props.ground.zoneId,
          name: host,
          type,
          // CloudFront says nothing of its health to Route 53
          alias: { name, zoneId, evaluateTargetHealth: false },
        });
  }

  private addLogs(): void {
    const { accessLogs, logRetentionDays, keys } = this.props;
    if (!accessLogs) return;
    new SiteLogs(this, 'Logs', {
      name: this.names.edge,
      logGroup: this.names.logGroup,
      retentionDays: logRetentionDays,
      key: keys.logs,
      distributionArn: this.distribution.arn,
    });
  }

  private addDeployer(): void {
    const { deployers, ground, permissionsBoundary } = this.props;
    if (deployers.length === 0) return;
    new SiteDeployer(this, 'Deployer', {
      site: this.name,
      roleName: this.names.deployRole,
      trusted: deployers,
      bucketArn: this.bucket.arn,
      distributionArn: this.distribution.arn,
      key: ground.key,
      permissionsBoundary,
    });
  }

  private addAlarm(): void {
    new Alarms(this, 'Alarms', this.names.edge, this.props.alerts).add('errors', {
      description: `CloudFront cannot get files of the site ${this.name}: more than 1% of requests fail. Look whether S3 is well in ${this.props.naming.place.region}, and who has changed the bucket's policy or the key.`,
      namespace: 'AWS/CloudFront',
      metric: '5xxErrorRate',
      dimensions: { DistributionId: this.distribution.id, Region: 'Global' },
      statistic: 'Average',
      threshold: 1,
      // nobody called
      missing: 'notBreaching',
    });
  }

  /** For whoever uploads: neither name is to be guessed. */
  private tellPlaces(): void {
    const tell = (what: string, value: string, description: string) =>
      new TerraformOutput(this, what, { value, description }).overrideLogicalId(`${this.name}-${what}`);
    tell('bucket', this.bucket.bucketName, `Where the files of the site ${this.name} go`);
    tell('distribution', this.distribution.id, `What serves the site ${this.name}`);
  }
}

/** Addresses hold no domain: the label below it, nothing for the domain itself, and `any` for tenants. */
const recordId = (type: string, host: string, { tenants, ground }: Pick<SiteProps, 'tenants' | 'ground'>) =>
  `${type} ${tenants ? 'any' : host.slice(0, -ground.domain.length - 1)}`;

/** To list as well: else S3 answers 403 where there is no file, which WAF answers too. No path leads to the list. */
const distributionMayRead = (bucketArn: string, distributionArn: string): Statement[] => {
  const Principal = { Service: 'cloudfront.amazonaws.com' };
  const Condition = { StringEquals: { 'aws:SourceArn': distributionArn } };
  return [
    { Sid: 'FilesToCloudFront', Principal, Action: 's3:GetObject', Resource: `${bucketArn}/*`, Condition },
    { Sid: 'WhetherThereIsAFile', Principal, Action: 's3:ListBucket', Resource: bucketArn, Condition },
  ];
};

function geoRestriction(countries: SiteSettings['countries']) {
  if (!countries) return { restrictionType: 'none' };
  const { allow, block = [] } = countries;
  return allow
    ? { restrictionType: 'whitelist', locations: [...allow].sort() }
    : { restrictionType: 'blacklist', locations: [...block].sort() };
}
