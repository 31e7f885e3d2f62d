import { Construct } from 'constructs';
import { adopt } from '../adoption/adopt';
import { AcmCertificate } from '@cdktf/provider-aws/lib/acm-certificate';
import { AcmCertificateValidation } from '@cdktf/provider-aws/lib/acm-certificate-validation';
import { Route53Record } from '@cdktf/provider-aws/lib/route53-record';
import type { Foundation } from '../foundation/foundation';
import { Alarms } from '../observability/alarms';

export interface PublicCertificateProps extends Pick<Foundation, 'naming' | 'alerts'> {
  /** The environment's public domain. */
  readonly domain: string;
  /** ARN of the certificate, if there is one already for the domain and its wildcard. @default it is requested */
  readonly existing?: string | undefined;
  /** What its alarms are called after. @default certificate */
  readonly name?: string;
  /** Id of the zone that takes the record of the proof. @default another stack owns that record */
  readonly proofIn?: string;
}

/**
 * The certificate of a domain and of every name one label below it, in the region of its stack. ACM asks for
 * the same proof in every region: the record that gives it belongs to the domain's zone, and stands already.
 */
export class PublicCertificate extends Construct {
  /** ARN of the certificate once it has been issued. */
  readonly arn: string;

  constructor(scope: Construct, id: string, props: PublicCertificateProps) {
    super(scope, id);
    const { domain, existing, name = 'certificate', naming, alerts, proofIn } = props;
    const certificate = new AcmCertificate(this, 'Certificate', {
      domainName: domain,
      subjectAlternativeNames: [`*.${domain}`],
      validationMethod: 'DNS',
      // AWS deletes no certificate that a listener uses
      lifecycle: { createBeforeDestroy: true },
    });
    if (existing !== undefined) adopt(certificate, existing);
    const proof = proofIn === undefined ? undefined : this.prove(certificate, proofIn);
    this.arn = new AcmCertificateValidation(this, 'Validation', {
      certificateArn: certificate.arn,
      ...(proof && { validationRecordFqdns: [proof.fqdn] }),
      // ACM takes minutes; a domain that is not delegated should not hold everything up for the default of 75
      timeouts: { create: '30m' },
      // else the old certificate might go before listeners have the new one
      lifecycle: { createBeforeDestroy: true },
    }).certificateArn;
    this.watchExpiry(certificate.arn, new Alarms(this, 'Alarms', naming.regional(name), alerts));
  }

  /** Of a domain below the environment's that nobody else has certificates for: the record has one owner. */
  private prove(certificate: AcmCertificate, zoneId: string): Route53Record {
    // the same for the domain and its wildcard
    const proof = certificate.domainValidationOptions.get(0);
    return new Route53Record(this, 'Proof', {
      zoneId,
      name: proof.resourceRecordName,
      type: proof.resourceRecordType,
      records: [proof.resourceRecordValue],
      ttl: 300,
    });
  }

  /** ACM renews by itself, 45 days or more before the end, unless the record that proves the domain is gone. */
  private watchExpiry(certificateArn: string, alarms: Alarms): void {
    alarms.add('expiring', {
      description:
        'The certificate ends in less than 30 days and was not renewed. Look in ACM what it waits for, mostly the validation record in the zone of the domain.',
      namespace: 'AWS/CertificateManager',
      metric: 'DaysToExpiry',
      dimensions: { CertificateArn: certificateArn },
      statistic: 'Minimum',
      bad: 'below',
      threshold: 30,
      // it is measured twice a day
      periodSeconds: 86_400,
      periods: 1,
    });
  }
}
