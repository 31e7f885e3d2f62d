import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { DataAwsRoute53Zone } from '@cdktf/provider-aws/lib/data-aws-route53-zone';
import { Lb } from '@cdktf/provider-aws/lib/lb';
import { LbListener } from '@cdktf/provider-aws/lib/lb-listener';
import { LbListenerRule } from '@cdktf/provider-aws/lib/lb-listener-rule';
import { LbTargetGroup } from '@cdktf/provider-aws/lib/lb-target-group';
import { Route53Record } from '@cdktf/provider-aws/lib/route53-record';
import { Connections, type IConnectable } from '../access/connections';
import type { Foundation } from '../foundation/foundation';
import { serviceNames } from './service-names';
import type { ServiceSettings } from './service-settings';

type PublicSettings = NonNullable<ServiceSettings['public']>;

/** Which of a pair of records one region writes: Route 53 answers with SECONDARY while PRIMARY is not healthy. */
export type Failover = 'PRIMARY' | 'SECONDARY';

export interface PublicLoadBalancerProps
  extends
    Pick<Foundation, 'naming' | 'network' | 'logBucket' | 'protection'>,
    Pick<PublicSettings, 'host' | 'healthPath' | 'idleTimeoutSeconds' | 'drainSeconds'>,
    Pick<ServiceSettings, 'healthCheck'> {
  /** Name of the service. */
  readonly name: string;
  /** The environment's public domain: the host is that or one label below. */
  readonly domain: string;
  /** An issued certificate of this region for the host. */
  readonly certificateArn: string;
  /** @default no record: beside the pair there is none */
  readonly failover: Failover | undefined;
}

/** An Application Load Balancer for one service: HTTPS for its host name, HTTP only to send callers there. */
export class PublicLoadBalancer extends Construct implements IConnectable {
  readonly connections: Connections;
  readonly targetGroupArn: string;
  /** As metrics name the load balancer. */
  readonly arnSuffix: string;
  /** As metrics name the target group. */
  readonly targetGroupArnSuffix: string;
  /** ECS takes no target group before a listener forwards to it. */
  readonly forwarding: ITerraformDependable;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: PublicLoadBalancerProps,
  ) {
    super(scope, id);
    this.connections = this.addConnections();
    const balancer = this.addLoadBalancer();
    const targets = this.addTargetGroup();
    this.addHttp(balancer);
    this.forwarding = this.addHttps(balancer, targets);
    if (props.failover) this.addRecord(balancer, props.failover);
    this.arnSuffix = balancer.arnSuffix;
    this.targetGroupArn = targets.arn;
    this.targetGroupArnSuffix = targets.arnSuffix;
  }

  private addConnections(): Connections {
    const { naming, name, network } = this.props;
    const connections = new Connections(this, {
      name: serviceNames(naming, name).loadBalancerSecurityGroup,
      vpcId: network.vpcId,
      description: `Load balancer of the service ${name}`,
    });
    const internet = { id: 'Internet', cidrIpv4: '0.0.0.0/0' };
    connections.allowFromOutside(internet, 'HTTPS from everywhere', 443);
    connections.allowFromOutside(internet, 'HTTP from everywhere, answered with a redirect to HTTPS', 80);
    return connections;
  }

  private addLoadBalancer(): Lb {
    const { naming, name, network, logBucket, protection, idleTimeoutSeconds } = this.props;
    return new Lb(this, 'Lb', {
      name: serviceNames(naming, name).loadBalancer,
      loadBalancerType: 'application',
      internal: false,
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

  /**
   * AWS replaces a target group when its port, protocol, target type or VPC changes, and the new one could not
   * take the name while a listener holds the old one. So none of them is a setting: ECS registers each task
   * with the port of its container, and the one here is never used.
   */
  private addTargetGroup(): LbTargetGroup {
    const { naming, name, network, healthPath, healthCheck, drainSeconds } = this.props;
    return new LbTargetGroup(this, 'TargetGroup', {
      name: serviceNames(naming, name).targetGroup,
      vpcId: network.vpcId,
      targetType: 'ip',
      // TLS ends at the load balancer: tasks hold no certificate, and take calls from nowhere else
      protocol: 'HTTP',
      port: 80,
      deregistrationDelay: String(drainSeconds),
      healthCheck: {
        path: healthPath,
        protocol: 'HTTP',
        matcher: '200',
        interval: healthCheck.intervalSeconds,
        timeout: healthCheck.timeoutSeconds,
        healthyThreshold: 2,
        unhealthyThreshold: healthCheck.failures,
      },
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

  private addHttps(balancer: Lb, targets: LbTargetGroup): LbListenerRule {
    const { host, certificateArn } = this.props;
    const listener = new LbListener(this, 'Https', {
      loadBalancerArn: balancer.arn,
      port: 443,
      protocol: 'HTTPS',
      certificateArn,
      sslPolicy: TLS_POLICY,
      // who calls by address or by another name is looking for holes
      defaultAction: [
        {
          type: 'fixed-response',
          fixedResponse: { contentType: 'text/plain', messageBody: 'Not found', statusCode: '404' },
        },
      ],
    });
    return new LbListenerRule(this, 'Host', {
      listenerArn: listener.arn,
      priority: 1,
      condition: [{ hostHeader: { values: [host] } }],
      action: [{ type: 'forward', targetGroupArn: targets.arn }],
    });
  }

  /** Each region writes its own record of the pair, into a zone that it finds by name. */
  private addRecord(balancer: Lb, failover: Failover): void {
    const { domain, host, naming } = this.props;
    const zone = new DataAwsRoute53Zone(this, 'Zone', { name: domain, privateZone: false });
    new Route53Record(this, 'Record', {
      zoneId: zone.zoneId,
      name: host,
      // the load balancer has IPv4 addresses only, so that there is no AAAA
      type: 'A',
      alias: { name: balancer.dnsName, zoneId: balancer.zoneId, evaluateTargetHealth: true },
      setIdentifier: naming.place.region,
      failoverRoutingPolicy: { type: failover },
    });
  }
}

/**
 * TLS 1.3 and 1.2 with forward secrecy and authenticated ciphers only, and key exchange that a quantum
 * computer does not break for clients that know it: what AWS recommends.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
 */
const TLS_POLICY = 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09';
