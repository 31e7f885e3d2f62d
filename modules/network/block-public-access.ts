import { Construct } from 'constructs';
import { VpcBlockPublicAccessExclusion } from '@cdktf/provider-aws/lib/vpc-block-public-access-exclusion';
import { VpcBlockPublicAccessOptions } from '@cdktf/provider-aws/lib/vpc-block-public-access-options';
import type { NetworkSettings } from './network-settings';

export interface BlockPublicAccessProps extends Pick<NetworkSettings, 'nat' | 'egress'> {
  readonly mode: Exclude<NetworkSettings['blockPublicAccess'], 'off'>;
  readonly vpcId: string;
  /** Whether load balancers are reached from the internet, or what stands in the VPC is not known. */
  readonly isPublic: boolean;
  /** Value of the tag Name. */
  readonly name: string;
}

/**
 * Closes the account's VPCs in this region to the internet, but for what this one is meant to have. The exclusion comes
 * before the block, and goes after it, so that traffic never stops: for that both stand in one stack.
 */
export class BlockPublicAccess extends Construct {
  constructor(scope: Construct, id: string, props: BlockPublicAccessProps) {
    super(scope, id);
    const excluded = exclusionMode(props);
    const exclusion =
      excluded &&
      new VpcBlockPublicAccessExclusion(this, 'Exclusion', {
        vpcId: props.vpcId,
        internetGatewayExclusionMode: excluded,
        tags: { Name: props.name },
      });
    new VpcBlockPublicAccessOptions(this, 'Options', {
      internetGatewayBlockMode: `block-${props.mode}`,
      ...(exclusion && { dependsOn: [exclusion] }),
    });
  }
}

/**
 * What this VPC is let do. It is excluded as a whole: behind Network Firewall all traffic is blocked also where the subnets
 * of its endpoints are excluded, and one that lets out alone counts only against the block of both directions.
 * https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa-basics.html
 */
function exclusionMode({ mode, isPublic, nat, egress }: BlockPublicAccessProps) {
  if (isPublic) return 'allow-bidirectional';
  if (nat === 'none') return undefined;
  if (mode === 'bidirectional') return 'allow-egress';
  // NAT gateways are let pass by this block, but nobody says so of what the firewall has sent on
  return egress === 'firewall' ? 'allow-bidirectional' : undefined;
}
