import { Construct } from 'constructs';
import { Route53Zone } from '@cdktf/provider-aws/lib/route53-zone';
import type { IPrivateZone } from './private-zone';

export interface PublishedZoneProps {
  readonly domain: string;
  readonly vpcId: string;
}

/**
 * What a region tells the linked ones, by names that they can make up: nothing of its state has to be read there. Its own VPC
 * is in it from the start, the others come with the links.
 */
export class PublishedZone extends Construct implements IPrivateZone {
  readonly zoneId: string;
  readonly domain: string;

  constructor(scope: Construct, id: string, { domain, vpcId }: PublishedZoneProps) {
    super(scope, id);
    this.domain = domain;
    this.zoneId = new Route53Zone(this, 'Zone', {
      name: domain,
      comment: 'Private names of one region, for the regions that are linked to it',
      vpc: [{ vpcId }],
      // the workload writes all of its records; without a link they lead nowhere
      forceDestroy: true,
      // the VPCs of other regions are associated one by one
      lifecycle: { ignoreChanges: ['vpc'] },
    }).zoneId;
  }
}
