import { Construct } from 'constructs';
import { Route53Zone } from '@cdktf/provider-aws/lib/route53-zone';

/** Names that only one VPC resolves. */
export interface IPrivateZone {
  readonly zoneId: string;
  /** What all of its names end with. */
  readonly domain: string;
}

export interface PrivateZoneProps {
  readonly domain: string;
  readonly vpcId: string;
  /** Whether it refuses to be deleted. */
  readonly protection: boolean;
}

/** `internal` is kept free of public names: https://www.icann.org/en/board-activities-and-meetings/materials/approved-resolutions-special-meeting-of-the-icann-board-29-07-2024-en */
export const privateDomain = (environment: string) => `${environment}.internal`;

/**
 * The private names of an environment in a region. Each region has a zone of the same name for its own VPC alone, so that a
 * name means what is near, and no region needs another one for it.
 */
export class PrivateZone extends Construct implements IPrivateZone {
  readonly zoneId: string;
  readonly domain: string;

  constructor(scope: Construct, id: string, { domain, vpcId, protection }: PrivateZoneProps) {
    super(scope, id);
    this.domain = domain;
    this.zoneId = new Route53Zone(this, 'Zone', {
      name: domain,
      comment: 'Private names, in this VPC alone',
      vpc: [{ vpcId }],
      // records that others wrote are never deleted with it
      forceDestroy: false,
      lifecycle: { preventDestroy: protection },
    }).zoneId;
  }
}
