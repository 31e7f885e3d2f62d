import { Fn } from 'cdktf';
import { Construct } from 'constructs';
import { NetworkAcl } from '@cdktf/provider-aws/lib/network-acl';
import { RouteTable } from '@cdktf/provider-aws/lib/route-table';
import { RouteTableAssociation } from '@cdktf/provider-aws/lib/route-table-association';
import { Subnet } from '@cdktf/provider-aws/lib/subnet';
import { adopt } from '../adoption/adopt';
import type { Naming } from '../naming/naming';
import {
  IPV6_SUBNET_BITS,
  ipv6SubnetNumber,
  subnetRange,
  tierRange,
  ZONES,
  type Tier,
  type Zone,
} from './address-plan';
import { ipv6AclRules } from './ipv6';
import { clientsIn, databasesIn, PEER_PORT, type Peer } from './peers';

export interface SubnetTierProps {
  readonly tier: Tier;
  readonly vpcId: string;
  readonly vpcCidr: string;
  /** Names of the zones, two or three. */
  readonly availabilityZones: readonly string[];
  readonly naming: Naming;
  /** Its subnets by zone, if they stand already; how they are fenced and routed is left alone then. @default they are made */
  readonly existing?: Readonly<Record<string, { readonly id: string; readonly cidr: string }>> | undefined;
  /** TCP ports of the internet that applications may call. @default 443 */
  readonly outsidePorts?: readonly number[];
  /** The region whose databases applications read here, and whose applications read the databases here. @default none */
  readonly peer?: Peer | undefined;
  /** The VPC's IPv6 block, if this tier has addresses of it. @default IPv4 alone */
  readonly ipv6CidrBlock?: string | undefined;
}

/** The subnets of one tier, one for each zone, behind a network ACL of their own. */
export class SubnetTier extends Construct {
  readonly subnetIds: readonly string[];
  private readonly zones: readonly Zone[];

  constructor(
    scope: Construct,
    id: string,
    private readonly props: SubnetTierProps,
  ) {
    super(scope, id);
    this.zones = ZONES.slice(0, props.availabilityZones.length);
    this.subnetIds = this.zones.map((zone, index) => this.addSubnet(zone, props.availabilityZones[index]!));
    if (!props.existing) this.addNetworkAcl();
  }

  /** @param zone whose subnet it serves @default all */
  addRouteTable(zone?: Zone): RouteTable {
    const place = zone ? new Construct(this, `Routes${zone}`) : new Construct(this, 'Routes');
    const table = new RouteTable(place, 'RouteTable', {
      vpcId: this.props.vpcId,
      tags: this.named(zone),
    });
    for (const [index, one] of this.zones.entries()) {
      if (zone && one !== zone) continue;
      new RouteTableAssociation(place, one, { routeTableId: table.id, subnetId: this.subnetIds[index]! });
    }
    return table;
  }

  private addSubnet(zone: Zone, availabilityZone: string): string {
    const { tier, vpcId, vpcCidr, existing, ipv6CidrBlock } = this.props;
    const stands = existing?.[availabilityZone];
    const subnet = new Subnet(new Construct(this, zone), 'Subnet', {
      vpcId,
      availabilityZone,
      cidrBlock: stands?.cidr ?? subnetRange(vpcCidr, tier, zone),
      mapPublicIpOnLaunch: false,
      ...(ipv6CidrBlock !== undefined && {
        ipv6CidrBlock: Fn.cidrsubnet(ipv6CidrBlock, IPV6_SUBNET_BITS, ipv6SubnetNumber(tier, zone)),
      }),
      tags: this.named(zone),
    });
    // who starts something there by hand may count on its public address
    if (stands) adopt(subnet, stands.id, ['map_public_ip_on_launch']);
    return subnet.id;
  }

  private addNetworkAcl(): void {
    const { tier, ipv6CidrBlock } = this.props;
    const rules = aclRules(this.props);
    const ipv6 = ipv6CidrBlock === undefined ? { ingress: [], egress: [] } : ipv6AclRules(tier);
    new NetworkAcl(this, 'NetworkAcl', {
      vpcId: this.props.vpcId,
      subnetIds: [...this.subnetIds],
      ingress: [...rules.ingress.map(numbered), ...ipv6.ingress],
      egress: [...rules.egress.map(numbered), ...ipv6.egress],
      tags: this.named(),
    });
  }

  private named(zone?: Zone): { Name: string } {
    const { naming, tier } = this.props;
    return { Name: naming.regional(zone ? `${tier}-${zone.toLowerCase()}` : tier) };
  }
}

interface AclRule {
  readonly cidrBlock: string;
  readonly protocol: string;
  readonly fromPort: number;
  readonly toPort: number;
}

const numbered = (rule: AclRule, index: number) => ({ ruleNo: 100 + 10 * index, action: 'allow', ...rule });

const everything = (cidrBlock: string): AclRule => ({ cidrBlock, protocol: '-1', fromPort: 0, toPort: 0 });
const tcp = (cidrBlock: string, fromPort: number, toPort = fromPort): AclRule => ({
  cidrBlock,
  protocol: 'tcp',
  fromPort,
  toPort,
});

/**
 * The coarse fence behind the security groups. Network ACLs keep no connections, so answers from outside,
 * which come to ephemeral ports, must be let in by number.
 */
function aclRules({ tier, vpcCidr, outsidePorts = [443], peer }: SubnetTierProps): {
  ingress: AclRule[];
  egress: AclRule[];
} {
  const anywhere = '0.0.0.0/0';
  const answers = tcp(anywhere, 1024, 65535);
  const inside = everything(vpcCidr);
  switch (tier) {
    case 'public':
      return {
        ingress: [inside, tcp(anywhere, 443), tcp(anywhere, 80), answers],
        egress: [everything(anywhere)],
      };
    // what leaves an application subnet goes on through the other two
    case 'application':
    case 'firewall':
    case 'nat':
      return {
        ingress: [inside, answers],
        egress: [
          inside,
          ...outsidePorts.map((port) => tcp(anywhere, port)),
          // their answers come in like any other
          ...(peer ? [tcp(databasesIn(peer), PEER_PORT)] : []),
        ],
      };
    case 'data': {
      // the data tier itself is in the list for members of one cluster
      const neighbours = [
        everything(tierRange(vpcCidr, 'application')),
        everything(tierRange(vpcCidr, 'data')),
      ];
      return {
        ingress: [...neighbours, ...(peer ? [tcp(clientsIn(peer), PEER_PORT)] : [])],
        egress: [...neighbours, ...(peer ? [tcp(clientsIn(peer), 1024, 65535)] : [])],
      };
    }
  }
}
