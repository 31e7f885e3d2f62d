import { Construct } from 'constructs';
import { Lb } from '@cdktf/provider-aws/lib/lb';
import { LbListener } from '@cdktf/provider-aws/lib/lb-listener';
import { Connections, type IConnectable, type OutsidePeer } from '../access/connections';
import type { Foundation } from '../foundation/foundation';
import { ANYWHERE_IPV6 } from '../network/ipv6';
import { loadBalancerNames } from './load-balancer-names';

export interface LoadBalancerProps extends Pick<
  Foundation,
  'naming' | 'network' | 'logBucket' | 'protection'
> {
  /** What the settings call it. */
  readonly name: string;
  /** Whose it is, in the description of its security group: `Load balancer of the service inventory`. */
  readonly description: string;
  /** An issued certificate of this region for every host that it answers to. */
  readonly certificateArn: string;
  readonly idleTimeoutSeconds: number;
}

/**
 * An Application Load Balancer: HTTPS for the hosts that services bring along, HTTP only to send callers there, and
 * 404 for everybody else.
 */
export class LoadBalancer extends Construct implements IConnectable {
  readonly connections: Connections;
  /** As metrics name it. */
  readonly arnSuffix: string;
  readonly dnsName: string;
  /** Hosted zone of its DNS name. */
  readonly zoneId: string;
  /** Whether it has IPv6 addresses too. */
  readonly ipv6: boolean;
  /** Of HTTPS, which takes a rule for each host. */
  readonly listenerArn: string;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: LoadBalancerProps,
  ) {
    super(scope, id);
    this.ipv6 = props.network.ipv6;
    this.connections = this.addConnections();
    const balancer = this.addLoadBalancer();
    this.addHttp(balancer);
    this.listenerArn = this.addHttps(balancer).arn;
    this.arnSuffix = balancer.arnSuffix;
    this.dnsName = balancer.dnsName;
    this.zoneId = balancer.zoneId;
  }

  private addConnections(): Connections {
    const { naming, name, network, description } = this.props;
    const connections = new Connections(this, {
      name: loadBalancerNames(naming, name).securityGroup,
      vpcId: network.vpcId,
      description,
    });
    const internet: OutsidePeer[] = [{ id: 'Internet', cidrIpv4: '0.0.0.0/0' }];
    if (this.ipv6) internet.push({ id: 'Internet Ipv6', cidrIpv6: ANYWHERE_IPV6 });
    for (const peer of internet) {
      connections.allowFromOutside(peer, 'HTTPS from everywhere', 443);
      connections.allowFromOutside(peer, 'HTTP from everywhere, answered with a redirect to HTTPS', 80);
    }
    return connections;
  }

  private addLoadBalancer(): Lb {
    const { naming, name, network, logBucket, protection, idleTimeoutSeconds } = this.props;
    return new Lb(this, 'Lb', {
      name: loadBalancerNames(naming, name).loadBalancer,
      loadBalancerType: 'application',
      internal: false,
      // calls to tasks stay IPv4, and so do their target groups
      ...(this.ipv6 && { ipAddressType: 'dualstack' }),
      subnets: [...network.subnetIds('public')],
      securityGroups: [this.connections.securityGroupId],
      enableDeletionProtection: protection,
      // what the program and the load balancer read differently is how requests are smuggled
      dropInvalidHeaderFields: true,
      desyncMitigationMode: 'defensive',
      idleTimeout: idleTimeoutSeconds,
      accessLogs: { enabled: true, bucket: logBucket.bucketName, prefix: `load-balancers/${name}` },
    });
  }

  private addHttp(balancer: Lb): void {
    new LbListener(this, 'Http', {
      loadBalancerArn: balancer.arn,
      port: 80,
      protocol: 'HTTP',
      defaultAction: [
        { type: 'redirect', redirect: { protocol: 'HTTPS', port: '443', statusCode: 'HTTP_301' } },
      ],
    });
  }

  private addHttps(balancer: Lb): LbListener {
    return new LbListener(this, 'Https', {
      loadBalancerArn: balancer.arn,
      port: 443,
      protocol: 'HTTPS',
      certificateArn: this.props.certificateArn,
      sslPolicy: TLS_POLICY,
      // who calls by address or by another name is looking for holes
      defaultAction: [
        {
          type: 'fixed-response',
          fixedResponse: { contentType: 'text/plain', messageBody: 'Not found', statusCode: '404' },
        },
      ],
    });
  }
}

/**
 * TLS 1.3 and 1.2 with forward secrecy and authenticated ciphers only, and key exchange that a quantum
 * computer does not break for clients that know it: what AWS recommends.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
 */
const TLS_POLICY = 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09';
