import { Construct } from 'constructs';
import { DefaultNetworkAcl } from '@cdktf/provider-aws/lib/default-network-acl';
import { DefaultRouteTable } from '@cdktf/provider-aws/lib/default-route-table';
import { DefaultSecurityGroup } from '@cdktf/provider-aws/lib/default-security-group';
import { Eip } from '@cdktf/provider-aws/lib/eip';
import { InternetGateway } from '@cdktf/provider-aws/lib/internet-gateway';
import { NatGateway } from '@cdktf/provider-aws/lib/nat-gateway';
import { Route } from '@cdktf/provider-aws/lib/route';
import { type RouteTable } from '@cdktf/provider-aws/lib/route-table';
import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { adopt } from '../adoption/adopt';
import type { IConnectable } from '../access/connections';
import type { IKey } from '../encryption/key';
import type { Naming } from '../naming/naming';
import { tierRange, ZONES, type Tier, type Zone } from './address-plan';
import { FlowLogs } from './flow-logs';
import type { NetworkSettings } from './network-settings';
import { SubnetTier } from './subnet-tier';
import { VpcEndpoints, type InterfaceService } from './vpc-endpoints';

/** What others need of a VPC. */
export interface INetwork {
  readonly vpcId: string;
  /** Names of the zones, in the order of the subnets. */
  readonly availabilityZones: readonly string[];
  subnetIds(tier: Exclude<Tier, 'firewall'>): readonly string[];
  /** Opens the way from a client to AWS's own services, the way that this network offers. */
  openAwsServices(client: IConnectable): void;
}

export interface NetworkProps extends Omit<NetworkSettings, 'availabilityZones' | 'flowLogRetentionDays'> {
  /** Names of the zones, two or three, first the one that a single NAT gateway or endpoint stands in. */
  readonly availabilityZones: readonly string[];
  readonly naming: Naming;
  /** One of LOG_RETENTION_DAYS. */
  readonly flowLogRetentionDays: number;
  /** The key of the region that is for logs. */
  readonly logsKey: IKey;
  /** AWS services that applications call from inside, e.g. `ecr.api`. */
  readonly interfaceServices: readonly InterfaceService[];
  /** Of the roles that it makes. @default none */
  readonly permissionsBoundary?: string | undefined;
}

/**
 * A VPC with public, application and isolated data subnets. What AWS makes by itself in a new VPC (default
 * security group, network ACL and route table) is emptied, so that nothing works by accident.
 */
export class Network extends Construct implements INetwork {
  readonly vpcId: string;
  readonly availabilityZones: readonly string[];
  private readonly tiers: Record<Exclude<Tier, 'firewall'>, SubnetTier>;
  private readonly endpoints: VpcEndpoints;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: NetworkProps,
  ) {
    super(scope, id);
    this.availabilityZones = props.availabilityZones;
    const vpc = this.addVpc();
    this.vpcId = vpc.id;
    this.tiers = {
      public: this.addTier('public'),
      application: this.addTier('application'),
      data: this.addTier('data'),
    };
    this.endpoints = this.addEndpoints(props.existing?.routeTables ?? this.addRoutes(vpc));
    this.addFlowLogs();
  }

  subnetIds(tier: Exclude<Tier, 'firewall'>): readonly string[] {
    return this.tiers[tier].subnetIds;
  }

  openAwsServices(client: IConnectable): void {
    this.endpoints.openTo(client);
  }

  private addVpc(): Vpc {
    const { existing } = this.props;
    const vpc = new Vpc(this, 'Vpc', {
      cidrBlock: this.props.cidr,
      enableDnsSupport: true,
      enableDnsHostnames: true,
      tags: this.named(),
    });
    return existing ? adopt(vpc, existing.vpc) : vpc;
  }

  /**
   * All that an existing VPC has of its own, and that would cut off what runs there if it were made anew.
   *
   * @returns the route tables of the application subnets
   */
  private addRoutes(vpc: Vpc): string[] {
    this.emptyDefaults(vpc);
    const tables = this.addApplicationRoutes(this.addPublicRoutes());
    this.addDataRoutes();
    return tables.map((table) => table.id);
  }

  private emptyDefaults(vpc: Vpc): void {
    const tags = this.named('unused');
    new DefaultSecurityGroup(this, 'DefaultSecurityGroup', { vpcId: vpc.id, tags });
    new DefaultNetworkAcl(this, 'DefaultNetworkAcl', { defaultNetworkAclId: vpc.defaultNetworkAclId, tags });
    new DefaultRouteTable(this, 'DefaultRouteTable', {
      defaultRouteTableId: vpc.defaultRouteTableId,
      route: [],
      tags,
    });
  }

  private addTier(tier: Exclude<Tier, 'firewall'>): SubnetTier {
    const { cidr, availabilityZones, naming, existing } = this.props;
    return new SubnetTier(this, capitalized(tier), {
      tier,
      vpcId: this.vpcId,
      vpcCidr: cidr,
      availabilityZones,
      naming,
      existing: existing?.subnets[tier],
    });
  }

  private addPublicRoutes(): Route {
    const gateway = new InternetGateway(this, 'InternetGateway', { vpcId: this.vpcId, tags: this.named() });
    const table = this.tiers.public.addRouteTable();
    return new Route(this.tiers.public, 'Internet', {
      routeTableId: table.id,
      destinationCidrBlock: '0.0.0.0/0',
      gatewayId: gateway.id,
    });
  }

  /** One table for each zone, also where all share a NAT gateway: going from one to several moves no subnet. */
  private addApplicationRoutes(wayOut: Route): RouteTable[] {
    const gateways = this.addNatGateways(wayOut);
    return this.zones().map((zone, index) => {
      const table = this.tiers.application.addRouteTable(zone);
      const gateway = gateways[index] ?? gateways[0];
      if (gateway) {
        new Route(this.tiers.application, `Nat${zone}`, {
          routeTableId: table.id,
          destinationCidrBlock: '0.0.0.0/0',
          natGatewayId: gateway.id,
        });
      }
      return table;
    });
  }

  private addNatGateways(wayOut: Route): NatGateway[] {
    const count = { none: 0, single: 1, 'one-per-az': this.zones().length }[this.props.nat];
    return this.zones()
      .slice(0, count)
      .map((zone, index) => {
        const nat = new Construct(this, `Nat${zone}`);
        const address = new Eip(nat, 'Eip', { domain: 'vpc', tags: this.named(`nat-${zone.toLowerCase()}`) });
        return new NatGateway(nat, 'NatGateway', {
          allocationId: address.id,
          subnetId: this.tiers.public.subnetIds[index]!,
          tags: this.named(zone.toLowerCase()),
          // its own way out must exist first
          dependsOn: [wayOut],
        });
      });
  }

  /** No route but the VPC's own: what holds data reaches nothing outside. */
  private addDataRoutes(): void {
    this.tiers.data.addRouteTable();
  }

  private addEndpoints(routeTableIds: readonly string[]): VpcEndpoints {
    const { naming, cidr, endpoints, interfaceServices, existing } = this.props;
    return new VpcEndpoints(this, 'Endpoints', {
      naming,
      vpcId: this.vpcId,
      clients: existing
        ? Object.values(existing.subnets.application).map((subnet) => subnet.cidr)
        : [tierRange(cidr, 'application')],
      strategy: endpoints,
      services: interfaceServices,
      subnetIds: this.tiers.application.subnetIds,
      routeTableIds,
    });
  }

  private addFlowLogs(): void {
    const { naming, logsKey, flowLogRetentionDays, permissionsBoundary } = this.props;
    new FlowLogs(this, 'FlowLogs', {
      naming,
      vpcId: this.vpcId,
      key: logsKey,
      retentionDays: flowLogRetentionDays,
      permissionsBoundary,
    });
  }

  private zones(): Zone[] {
    return ZONES.slice(0, this.props.availabilityZones.length);
  }

  private named(suffix?: string): { Name: string } {
    return { Name: this.props.naming.regional(suffix ?? 'network') };
  }
}

const capitalized = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
