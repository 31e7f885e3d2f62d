import { Construct } from 'constructs';
import { DefaultNetworkAcl } from '@cdktf/provider-aws/lib/default-network-acl';
import { DefaultRouteTable } from '@cdktf/provider-aws/lib/default-route-table';
import { DefaultSecurityGroup } from '@cdktf/provider-aws/lib/default-security-group';
import { InternetGateway } from '@cdktf/provider-aws/lib/internet-gateway';
import { Route } from '@cdktf/provider-aws/lib/route';
import { type RouteTable } from '@cdktf/provider-aws/lib/route-table';
import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { adopt } from '../adoption/adopt';
import type { IConnectable } from '../access/connections';
import type { IKey } from '../encryption/key';
import type { Naming } from '../naming/naming';
import { LogDelivery } from '../observability/log-delivery';
import { tierRange, ZONES, type Tier, type Zone } from './address-plan';
import { awsNames, databaseNames } from './aws-names';
import { BlockPublicAccess } from './block-public-access';
import { Dhcp } from './dhcp';
import { DnsFirewall } from './dns-firewall';
import { DnsQueryLogs } from './dns-query-logs';
import type { RefusalLogs } from './egress-alarms';
import { FlowLogs } from './flow-logs';
import { Inspection } from './inspection';
import { ANYWHERE_IPV6 } from './ipv6';
import type { ZonedGateway } from './nat-alarms';
import { addNatGateways } from './nat-gateways';
import type { NetworkSettings } from './network-settings';
import type { OutsideNames } from './outside-settings';
import type { Peer } from './peers';
import { privateDomain } from './private-zone';
import { SubnetTier } from './subnet-tier';
import { VpcEndpoints, type InterfaceService } from './vpc-endpoints';

/** Tiers that others put something into. */
type ServedTier = Exclude<Tier, 'firewall' | 'nat'>;

/** What others need of a VPC. */
export interface INetwork {
  readonly vpcId: string;
  /** Names of the zones, in the order of the subnets. */
  readonly availabilityZones: readonly string[];
  /** Whether what stands in public subnets can have IPv6 addresses beside IPv4 ones. */
  readonly ipv6: boolean;
  subnetIds(tier: ServedTier): readonly string[];
  /** What routes to other VPCs are put into; none of an existing VPC. */
  readonly routeTableIds: { readonly application: readonly string[]; readonly data: readonly string[] };
  /** Opens the way from a client to AWS's own services, the way that this network offers. */
  openAwsServices(client: IConnectable): void;
}

export interface NetworkProps extends Omit<
  NetworkSettings,
  'availabilityZones' | 'flowLogRetentionDays' | 'proxy'
> {
  /** Names of the zones, two or three, first the one that a single NAT gateway or endpoint stands in. */
  readonly availabilityZones: readonly string[];
  readonly naming: Naming;
  /** One of LOG_RETENTION_DAYS. */
  readonly flowLogRetentionDays: number;
  /** The key of the region that is for logs. */
  readonly logsKey: IKey;
  /** AWS services that applications call from inside, e.g. `ecr.api`. */
  readonly interfaceServices: readonly InterfaceService[];
  /** What services call outside of AWS. */
  readonly outside: OutsideNames;
  /** Whether anything in it is reached from the internet. */
  readonly isPublic: boolean;
  /** The region whose VPC is linked to this one. @default none */
  readonly peer?: Peer | undefined;
  /** Whether the firewall refuses to be deleted. */
  readonly protection: boolean;
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
  readonly ipv6: boolean;
  /** Where it writes what it refuses. */
  readonly refusalLogs: RefusalLogs;
  /** Ways out to the internet; none with `nat: 'none'`. */
  readonly natGateways: ZonedGateway[] = [];
  private routeTables: INetwork['routeTableIds'] = { application: [], data: [] };
  private firewallAlerts: string | undefined;
  private readonly tiers: Record<ServedTier, SubnetTier>;
  private readonly endpoints: VpcEndpoints;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: NetworkProps,
  ) {
    super(scope, id);
    this.availabilityZones = props.availabilityZones;
    this.ipv6 = props.ipv6;
    const vpc = this.addVpc();
    this.vpcId = vpc.id;
    this.tiers = {
      public: this.addTier('public', props.ipv6 ? vpc.ipv6CidrBlock : undefined),
      application: this.addTier('application'),
      data: this.addTier('data'),
    };
    const logDelivery = new LogDelivery(this, 'LogDelivery', props.naming);
    this.endpoints = this.addEndpoints(props.existing?.routeTables ?? this.addRoutes(vpc, logDelivery));
    this.addFlowLogs();
    const dnsQueries = this.addDnsQueryLogs(logDelivery);
    this.addDnsFirewall();
    this.refusalLogs = {
      dnsQueries: props.egress === 'none' ? undefined : dnsQueries,
      firewallAlerts: this.firewallAlerts,
    };
    this.blockPublicAccess();
  }

  get routeTableIds(): INetwork['routeTableIds'] {
    return this.routeTables;
  }

  subnetIds(tier: ServedTier): readonly string[] {
    return this.tiers[tier].subnetIds;
  }

  openAwsServices(client: IConnectable): void {
    this.endpoints.openTo(client);
  }

  private addVpc(): Vpc {
    const { existing, ipv6 } = this.props;
    const vpc = new Vpc(this, 'Vpc', {
      cidrBlock: this.props.cidr,
      ...(ipv6 && { assignGeneratedIpv6CidrBlock: true }),
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
  private addRoutes(vpc: Vpc, logDelivery: LogDelivery): string[] {
    this.emptyDefaults(vpc);
    new Dhcp(this, 'Dhcp', { naming: this.props.naming, vpcId: this.vpcId });
    const wayOut = this.addPublicRoutes();
    const tables = this.addApplicationRoutes(wayOut, this.addInspection(wayOut, logDelivery));
    const application = tables.map((table) => table.id);
    this.routeTables = { application, data: [this.addDataRoutes().id] };
    return application;
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

  private addTier(tier: ServedTier, ipv6CidrBlock?: string): SubnetTier {
    const { cidr, availabilityZones, naming, existing } = this.props;
    return new SubnetTier(this, capitalized(tier), {
      tier,
      vpcId: this.vpcId,
      vpcCidr: cidr,
      availabilityZones,
      naming,
      existing: existing?.subnets[tier],
      outsidePorts: this.outsidePorts(),
      peer: this.props.peer,
      ipv6CidrBlock,
    });
  }

  /** 443 also where nothing is declared: AWS's own services answer there. */
  private outsidePorts(): number[] {
    return this.props.outside.http.length > 0 ? [443, 80] : [443];
  }

  private addPublicRoutes(): Route {
    const gateway = new InternetGateway(this, 'InternetGateway', { vpcId: this.vpcId, tags: this.named() });
    const table = this.tiers.public.addRouteTable();
    if (this.ipv6) {
      new Route(this.tiers.public, 'InternetIpv6', {
        routeTableId: table.id,
        destinationIpv6CidrBlock: ANYWHERE_IPV6,
        gatewayId: gateway.id,
      });
    }
    return new Route(this.tiers.public, 'Internet', {
      routeTableId: table.id,
      destinationCidrBlock: '0.0.0.0/0',
      gatewayId: gateway.id,
    });
  }

  /** One table for each zone, also where all share a NAT gateway: going from one to several moves no subnet. */
  private addApplicationRoutes(wayOut: Route, inspection: Inspection | undefined): RouteTable[] {
    const gateways = addNatGateways(this, {
      ...this.props,
      subnetIds: inspection?.natSubnetIds ?? this.tiers.public.subnetIds,
      wayOut: inspection?.wayOut ?? wayOut,
    });
    for (const [index, { id }] of gateways.entries())
      this.natGateways.push({
        letter: this.zones()[index]!.toLowerCase(),
        zone: this.availabilityZones[index]!,
        id,
      });
    inspection?.sendOnTo(gateways);
    return this.zones().map((zone, index) => {
      const table = this.tiers.application.addRouteTable(zone);
      const gateway = gateways[index] ?? gateways[0];
      if (gateway) {
        new Route(this.tiers.application, `Nat${zone}`, {
          routeTableId: table.id,
          destinationCidrBlock: '0.0.0.0/0',
          ...(inspection ? { vpcEndpointId: inspection.endpointId(index) } : { natGatewayId: gateway.id }),
        });
      }
      return table;
    });
  }

  private addInspection(wayOut: Route, logDelivery: LogDelivery): Inspection | undefined {
    const { props, vpcId } = this;
    if (props.egress !== 'firewall') return undefined;
    const inspection = new Inspection(this, 'Inspection', {
      ...props,
      // it is made in VPCs of our own alone
      existing: undefined,
      vpcId,
      vpcCidr: props.cidr,
      zones: this.zones(),
      internetGatewayId: wayOut.gatewayIdInput!,
      outsidePorts: this.outsidePorts(),
      logDelivery,
      logRetentionDays: props.flowLogRetentionDays,
    });
    this.firewallAlerts = inspection.alertLogGroupName;
    return inspection;
  }

  private addDnsQueryLogs(logDelivery: LogDelivery): string {
    const { naming, logsKey, flowLogRetentionDays } = this.props;
    return new DnsQueryLogs(this, 'DnsQueryLogs', {
      naming,
      vpcId: this.vpcId,
      key: logsKey,
      logDelivery,
      retentionDays: flowLogRetentionDays,
    }).logGroupName;
  }

  private addDnsFirewall(): void {
    const { naming, egress, outside, interfaceServices, peer } = this.props;
    if (egress === 'none') return;
    new DnsFirewall(this, 'DnsFirewall', {
      naming,
      vpcId: this.vpcId,
      // private names pass it like any other
      ownNames: [
        ...awsNames(naming.place.region, interfaceServices),
        ...(peer ? [databaseNames(peer.region)] : []),
        `*.${privateDomain(naming.place.environment)}`,
      ],
      declared: [...new Set([...outside.https, ...outside.http])].sort(),
    });
  }

  private blockPublicAccess(): void {
    const { blockPublicAccess: mode, nat, egress, isPublic, existing } = this.props;
    if (mode === 'off') return;
    new BlockPublicAccess(this, 'BlockPublicAccess', {
      mode,
      vpcId: this.vpcId,
      nat,
      egress,
      // of what runs in a VPC that stood already nobody here knows whom it answers
      isPublic: isPublic || existing !== undefined,
      name: this.props.naming.regional('network'),
    });
  }

  /** No route but the VPC's own, and those of links: what holds data reaches nothing outside. */
  private addDataRoutes(): RouteTable {
    return this.tiers.data.addRouteTable();
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
      stands: existing !== undefined,
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
