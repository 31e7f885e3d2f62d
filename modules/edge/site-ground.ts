import { Construct } from 'constructs';
import { CloudfrontOriginAccessControl } from '@cdktf/provider-aws/lib/cloudfront-origin-access-control';
import { DataAwsRoute53Zone } from '@cdktf/provider-aws/lib/data-aws-route53-zone';
import { Key, type IKey } from '../encryption/key';
import type { Foundation } from '../foundation/foundation';
import { PublicCertificate } from './public-certificate';

export interface SiteGroundProps extends Pick<Foundation, 'naming' | 'alerts'> {
  /** Whether the key refuses to be deleted. */
  readonly protection: boolean;
  /** The environment's public domain. */
  readonly domain: string;
}

/** What all sites of an environment have in common: key, certificate, zone, and how CloudFront signs what it asks S3. */
export class SiteGround extends Construct {
  /** The environment's public domain. */
  readonly domain: string;
  readonly key: IKey;
  readonly originAccessControlId: string;
  readonly zoneId: string;
  /** ARN of the certificate for the domain and every name one label below it. */
  readonly certificateArn: string;

  constructor(scope: Construct, id: string, props: SiteGroundProps) {
    super(scope, id);
    const { naming, domain } = props;
    this.domain = domain;
    const { account, region } = naming.place;
    this.key = new Key(this, 'Key', {
      name: naming.regional('sites'),
      description: 'Files of sites',
      account,
      region,
      via: ['s3'],
      usedBy: [
        {
          principal: 'cloudfront.amazonaws.com',
          actions: ['kms:Decrypt'],
          // Of any site: the key is made before them. The policy of each bucket lets its own distribution in alone.
          condition: { ArnLike: { 'aws:SourceArn': `arn:aws:cloudfront::${account}:distribution/*` } },
        },
      ],
      protection: props.protection,
    });
    this.originAccessControlId = new CloudfrontOriginAccessControl(this, 'AccessControl', {
      name: naming.regional('sites'),
      description: 'Signs each request to the bucket of a site',
      originAccessControlOriginType: 's3',
      signingBehavior: 'always',
      signingProtocol: 'sigv4',
    }).id;
    this.zoneId = new DataAwsRoute53Zone(this, 'Zone', { name: domain, privateZone: false }).zoneId;
    this.certificateArn = new PublicCertificate(this, 'Certificate', {
      ...props,
      // the workload of this region may have one for the same names
      name: 'sites-certificate',
    }).arn;
  }
}
