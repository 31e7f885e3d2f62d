import { Construct } from 'constructs';
import { Lb } from '@cdktf/provider-aws/lib/lb';
import { LbListener } from '@cdktf/provider-aws/lib/lb-listener';
import { LbTargetGroup } from '@cdktf/provider-aws/lib/lb-target-group';
import { Route53Record } from '@cdktf/provider-aws/lib/route53-record';
import { Connections, type IConnectable } from '../access/connections';
import type { Foundation } from '../foundation/foundation';
import { DRAIN_SECONDS } from './proxy-config';
import { PROXY_IMAGE, PROXY_PORT } from './proxy-image';
import type { ProxyRoute } from './proxy-route';

export type ProxyLoadBalancerProps = Pick<Foundation, 'naming' | 'network' | 'privateZone'> & {
  /** Whether it refuses to be deleted. */
  readonly protection: boolean;
};

/**
 * Where services of a region find their proxies: one port for each of them. It stands in every zone and sends on to any,
 * so that the loss of one leaves a way out.
 */
export class ProxyLoadBalancer extends Construct implements IConnectable {
  readonly connections: Connections;
  /** What services call it. A private name, since DNS Firewall lets those pass. */
  readonly host: string;
  private readonly balancer: Lb;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: ProxyLoadBalancerProps,
  ) {
    super(scope, id);
    const { naming, network, privateZone, protection } = props;
    this.connections = new Connections(this, {
      name: naming.regional(`${PROXY_IMAGE}-load-balancer`),
      vpcId: network.vpcId,
      description: 'Load balancer of the proxies to the outside',
    });
    this.balancer = new Lb(this, 'Lb', {
      name: naming.regional(PROXY_IMAGE),
      loadBalancerType: 'network',
      internal: true,
      subnets: [...network.subnetIds('application')],
      securityGroups: [this.connections.securityGroupId],
      enableCrossZoneLoadBalancing: true,
      enableDeletionProtection: protection,
    });
    this.host = `egress.${privateZone.domain}`;
    new Route53Record(this, 'Record', {
      zoneId: privateZone.zoneId,
      name: this.host,
      type: 'A',
      alias: { name: this.balancer.dnsName, zoneId: this.balancer.zoneId, evaluateTargetHealth: true },
    });
  }

  /** Sends what comes on a port to the tasks of one proxy, in scope of that. */
  route(proxy: IConnectable, port: number): ProxyRoute {
    const { naming, network } = this.props;
    this.connections.allowTo(proxy, 'Requests to the outside, and health checks', PROXY_PORT);
    const targets = new LbTargetGroup(proxy, 'TargetGroup', {
      // the port is the proxy's alone, and 32 characters are too few for the name of a service
      name: naming.regional(`proxy-${port}`),
      vpcId: network.vpcId,
      targetType: 'ip',
      protocol: 'TCP',
      // ECS registers each task with the port of its container
      port: PROXY_PORT,
      // whoever comes is known by the port: the proxy lets nobody in but the load balancer
      preserveClientIp: 'false',
      deregistrationDelay: String(DRAIN_SECONDS),
      healthCheck: { protocol: 'TCP', interval: 10, healthyThreshold: 2, unhealthyThreshold: 2 },
    });
    const forwarding = new LbListener(proxy, 'Listener', {
      loadBalancerArn: this.balancer.arn,
      port,
      protocol: 'TCP',
      defaultAction: [{ type: 'forward', targetGroupArn: targets.arn }],
    });
    return {
      targetGroupArn: targets.arn,
      targetGroupArnSuffix: targets.arnSuffix,
      loadBalancerArnSuffix: this.balancer.arnSuffix,
      forwarding,
    };
  }
}
