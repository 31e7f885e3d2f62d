import { Construct } from 'constructs';
import { VpcDhcpOptions } from '@cdktf/provider-aws/lib/vpc-dhcp-options';
import { VpcDhcpOptionsAssociation } from '@cdktf/provider-aws/lib/vpc-dhcp-options-association';
import type { Naming } from '../naming/naming';

/**
 * What hosts are told when they start: AWS's own resolver, which DNS Firewall and the logs of queries look at, and AWS's
 * clock. The set that AWS gives a new VPC says the same, but belongs to all VPCs of the region, and anybody could
 * attach another one unseen.
 */
export class Dhcp extends Construct {
  constructor(scope: Construct, id: string, { naming, vpcId }: { naming: Naming; vpcId: string }) {
    super(scope, id);
    const { region } = naming.place;
    const options = new VpcDhcpOptions(this, 'Options', {
      // https://docs.aws.amazon.com/vpc/latest/userguide/DHCPOptionSetConcepts.html
      domainName: region === 'us-east-1' ? 'ec2.internal' : `${region}.compute.internal`,
      domainNameServers: ['AmazonProvidedDNS'],
      // https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/set-time.html
      ntpServers: ['169.254.169.123'],
      tags: { Name: naming.regional('network') },
    });
    new VpcDhcpOptionsAssociation(this, 'Association', { vpcId, dhcpOptionsId: options.id });
  }
}
