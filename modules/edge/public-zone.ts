import { TerraformOutput } from 'cdktf';
import { Construct } from 'constructs';
import { AcmCertificate } from '@cdktf/provider-aws/lib/acm-certificate';
import { Route53Record } from '@cdktf/provider-aws/lib/route53-record';
import { Route53Zone } from '@cdktf/provider-aws/lib/route53-zone';
import { adopt } from '../adoption/adopt';
import type { ExistingZone } from './existing-zone';

export interface PublicZoneProps {
  /** The domain that is delegated to this zone, e.g. `prod.example.com`. */
  readonly domain: string;
  /** Whether it refuses to be deleted. A new zone has other name servers, and has to be delegated anew. */
  readonly protection: boolean;
  /** The zone, if it stands already. @default it is made */
  readonly existing?: ExistingZone | undefined;
}

/**
 * The public names of an environment. Its name servers are an output: whoever owns the parent domain delegates
 * to them by hand, once, before certificates can be issued.
 *
 * Not signed: DNSSEC takes a record in the parent as well, and one that does not match the zone's key makes
 * every name vanish.
 */
export class PublicZone extends Construct {
  readonly zoneId: string;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: PublicZoneProps,
  ) {
    super(scope, id);
    const zone = this.addZone();
    this.zoneId = zone.zoneId;
    this.tellNameServers(zone);
    this.proveToAcm();
    this.restrictAuthorities();
  }

  private addZone(): Route53Zone {
    const { domain, protection, existing } = this.props;
    const zone = new Route53Zone(this, 'Zone', {
      name: domain,
      comment: 'Public names, delegated from the parent domain',
      // records that others wrote are never deleted with it
      forceDestroy: false,
      lifecycle: { preventDestroy: protection },
    });
    return existing ? adopt(zone, existing.id, ['comment']) : zone;
  }

  private tellNameServers(zone: Route53Zone): void {
    const output = new TerraformOutput(this, 'NameServers', {
      value: zone.nameServers,
      description: `Name servers to delegate ${this.props.domain} to`,
    });
    output.overrideLogicalId('name-servers');
  }

  /**
   * Only to learn the record by which ACM wants to be shown that the domain is ours. It is the same one for the
   * domain and its wildcard, and for all certificates of this account in every region, which therefore all wait
   * for it without owning it. Nothing waits here: until the domain is delegated, nobody can see the record.
   * https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html
   */
  private proveToAcm(): void {
    const { domain } = this.props;
    const certificate = new AcmCertificate(this, 'Certificate', {
      domainName: domain,
      subjectAlternativeNames: [`*.${domain}`],
      validationMethod: 'DNS',
      lifecycle: { createBeforeDestroy: true },
    });
    const proof = certificate.domainValidationOptions.get(0);
    new Route53Record(this, 'Validation', {
      zoneId: this.zoneId,
      name: proof.resourceRecordName,
      type: proof.resourceRecordType,
      records: [proof.resourceRecordValue],
      ttl: 300,
      // a certificate that was issued before has left the same record, under a name that only ACM knows
      ...(this.props.existing && { allowOverwrite: true }),
    });
  }

  /**
   * Certificates for the domain and all names below it, wildcards included, come from Amazon alone: without an
   * `issuewild`, `issue` is for both. A name below that another provider serves has a CAA record of its own.
   * https://docs.aws.amazon.com/acm/latest/userguide/setup-caa.html
   */
  private restrictAuthorities(): void {
    const { domain, existing } = this.props;
    const record = new Route53Record(this, 'Caa', {
      zoneId: this.zoneId,
      name: domain,
      type: 'CAA',
      // each of these is Amazon, and which one a certificate is issued under is not ours to choose
      records: ['amazon.com', 'amazontrust.com', 'awstrust.com', 'amazonaws.com'].map(
        (authority) => `0 issue "${authority}"`,
      ),
      ttl: 3600,
    });
    // who else may issue is a decision of others: the plan has to show that it ends
    if (existing && !existing.lacks.includes('caa')) adopt(record, `${existing.id}_${domain}_CAA`);
  }
}
