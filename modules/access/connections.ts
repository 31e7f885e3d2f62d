import { Construct, type IConstruct } from 'constructs';
import { TerraformStack } from 'cdktf';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { VpcSecurityGroupEgressRule } from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule';

/** Anything that has a security group. */
export interface IConnectable extends IConstruct {
  readonly connections: Connections;
}

export interface ConnectionsProps {
  /** Name of the security group, unique in its VPC. */
  readonly name: string;
  readonly vpcId: string;
  /** Whose group it is. Later changes are ignored, as AWS would replace the group. */
  readonly description: string;
  /** The TCP port that this thing listens on. @default none: callers must name one */
  readonly defaultPort?: number;
  /**
   * A group that stands already and is left to whoever made it; only the rules of our own paths are added.
   * @default one is made
   */
  readonly existingGroupId?: string | undefined;
}

/** A range outside of the security groups that may come in, or be reached. */
export type OutsidePeer =
  | { readonly id: string; readonly cidrIpv4: string }
  | { readonly id: string; readonly cidrIpv6: string }
  | { readonly id: string; readonly prefixListId: string };

/**
 * Security group and the only way to open it. A group starts with no rule at all: the provider takes away
 * the outbound rule that AWS adds to each new group.
 */
export class Connections extends Construct {
  readonly securityGroupId: string;
  readonly defaultPort: number | undefined;

  constructor(
    private readonly owner: Construct,
    props: ConnectionsProps,
  ) {
    super(owner, 'Connections');
    this.defaultPort = props.defaultPort;
    this.securityGroupId = props.existingGroupId ?? this.addGroup(props);
  }

  private addGroup({ name, vpcId, description }: ConnectionsProps): string {
    return new SecurityGroup(this, 'SecurityGroup', {
      name,
      vpcId,
      description: allowedDescription(this.owner, description),
      lifecycle: {
        // AWS refuses to delete a group in use: the new one must stand before the old one goes
        createBeforeDestroy: true,
        // other words would replace the group, and the new one could not take the name of the old one
        ignoreChanges: ['description'],
      },
    }).id;
  }

  /**
   * Opens the path from here to a peer: the outbound rule here and the inbound rule there, both in this
   * stack, so that a path comes and goes with its client. Asking twice changes nothing.
   *
   * @param reason why, in the description of both rules
   * @param port @default the port that the peer listens on
   * @throws if neither the caller nor the peer names a port, or AWS would refuse the reason
   */
  allowTo(peer: IConnectable, reason: string, port = peer.connections.defaultPort): void {
    if (port === undefined) {
      throw new Error(
        `${this.owner.node.path}: the port to ${peer.node.path} must be given, got none; that peer has no default port`,
      );
    }
    const path = this.path(`To ${pathInStack(peer)} ${port}`);
    if (!path) return;
    const rule = tcp(port, allowedDescription(this.owner, reason));
    new VpcSecurityGroupEgressRule(path, 'Egress', {
      ...rule,
      securityGroupId: this.securityGroupId,
      referencedSecurityGroupId: peer.connections.securityGroupId,
    });
    new VpcSecurityGroupIngressRule(path, 'Ingress', {
      ...rule,
      securityGroupId: peer.connections.securityGroupId,
      referencedSecurityGroupId: this.securityGroupId,
    });
  }

  /** Opens the way out to a security group that already lets its clients in by address range. */
  allowToAccepting(peer: IConnectable, reason: string, port: number): void {
    const path = this.path(`To ${pathInStack(peer)} ${port}`);
    if (!path) return;
    new VpcSecurityGroupEgressRule(path, 'Egress', {
      ...tcp(port, allowedDescription(this.owner, reason)),
      securityGroupId: this.securityGroupId,
      referencedSecurityGroupId: peer.connections.securityGroupId,
    });
  }

  /** Opens the way out to something that has no security group. */
  allowToOutside({ id, ...peer }: OutsidePeer, reason: string, port: number): void {
    const path = this.path(`To ${id} ${port}`);
    if (!path) return;
    new VpcSecurityGroupEgressRule(path, 'Egress', {
      ...tcp(port, allowedDescription(this.owner, reason)),
      securityGroupId: this.securityGroupId,
      ...peer,
    });
  }

  /** Lets something in that has no security group. */
  allowFromOutside({ id, ...peer }: OutsidePeer, reason: string, port: number): void {
    const path = this.path(`From ${id} ${port}`);
    if (!path) return;
    new VpcSecurityGroupIngressRule(path, 'Ingress', {
      ...tcp(port, allowedDescription(this.owner, reason)),
      securityGroupId: this.securityGroupId,
      ...peer,
    });
  }

  /** The scope of one path, made of peer and port; nothing if it is open already. */
  private path(id: string): Construct | undefined {
    const flat = id.replaceAll('/', ' ');
    return this.node.tryFindChild(flat) ? undefined : new Construct(this, flat);
  }
}

const tcp = (port: number, description: string) => ({
  ipProtocol: 'tcp',
  fromPort: port,
  toPort: port,
  description,
});

/** The path below the stack: the same in every environment and region. */
const pathInStack = (construct: IConstruct) =>
  construct.node.path.slice(TerraformStack.of(construct).node.path.length + 1);

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpRange.html */
function allowedDescription(owner: IConstruct, text: string): string {
  if (/^[\w .:\-/()#,@[\]+=&;{}!$*]{1,255}$/.test(text)) return text;
  throw new Error(
    `${owner.node.path}: the reason must be 1 to 255 letters, digits, spaces and ._-:/()#,@[]+=&;{}!$*, got "${text}"; say it in other words`,
  );
}
