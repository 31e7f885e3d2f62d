import type { Construct } from 'constructs';
import { DataAwsRoute53Zone } from '@cdktf/provider-aws/lib/data-aws-route53-zone';
import { LbListenerRule, type LbListenerRuleAction } from '@cdktf/provider-aws/lib/lb-listener-rule';
import { LbTargetGroup } from '@cdktf/provider-aws/lib/lb-target-group';
import { Route53Record } from '@cdktf/provider-aws/lib/route53-record';
import type { Foundation } from '../foundation/foundation';
import { hasTwoSets } from './deployment-settings';
import type { LoadBalancer } from './load-balancer';
import { priorityOf } from './load-balancer-names';
import { serviceNames } from './service-names';
import type { ServiceSettings } from './service-settings';

type PublicSettings = NonNullable<ServiceSettings['public']>;

/** Which of a pair of records one region writes: Route 53 answers with SECONDARY while PRIMARY is not healthy. */
export type Failover = 'PRIMARY' | 'SECONDARY';

export interface PublicHostProps
  extends
    Pick<Foundation, 'naming' | 'network'>,
    Pick<PublicSettings, 'host' | 'healthPath' | 'drainSeconds' | 'priority'>,
    Pick<ServiceSettings, 'healthCheck' | 'deployment'> {
  /** Name of the service. */
  readonly name: string;
  readonly balancer: LoadBalancer;
  /** Whether other services answer on the load balancer too. */
  readonly shared: boolean;
  /** The environment's public domain: the host is that or one label below. */
  readonly domain: string;
  /** @default no record: beside the pair there is none */
  readonly failover: Failover | undefined;
}

/** The name of a service on a load balancer: its targets, the rule that leads there, and the record that leads to it. */
export class PublicHost {
  readonly targets: LbTargetGroup;
  /** The second set, where releases go from one to the other and back. @default there is one set */
  readonly alternate: LbTargetGroup | undefined;
  /** ECS takes no target group before a listener forwards to it. */
  readonly forwarding: LbListenerRule;

  /** @param scope holds its resources; no construct of its own, or the addresses of what stands would change */
  constructor(
    private readonly scope: Construct,
    private readonly props: PublicHostProps,
  ) {
    const { naming, name, shared, deployment } = props;
    const names = serviceNames(naming, name);
    // a target group belongs to one load balancer: who moves to a shared one needs another beside the old one
    this.targets = shared
      ? this.addTargetGroup('SharedTargetGroup', names.sharedTargetGroup)
      : this.addTargetGroup('TargetGroup', names.targetGroup);
    if (hasTwoSets(deployment)) {
      this.alternate = shared
        ? this.addTargetGroup('SharedAlternate', names.sharedAlternateTargetGroup)
        : this.addTargetGroup('Alternate', names.alternateTargetGroup);
    }
    this.forwarding = this.addRule();
    if (props.failover) this.addRecord(props.failover);
  }

  /**
   * AWS replaces a target group when its port, protocol, target type or VPC changes, and the new one could not
   * take the name while a listener holds the old one. So none of them is a setting: ECS registers each task
   * with the port of its container, and the one here is never used.
   */
  private addTargetGroup(id: string, name: string): LbTargetGroup {
    const { network, healthPath, healthCheck, drainSeconds } = this.props;
    return new LbTargetGroup(this.scope, id, {
      name,
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

  private addRule(): LbListenerRule {
    const { host, balancer, shared, name, deployment, priority = priorityOf(name) } = this.props;
    return new LbListenerRule(this.scope, shared ? 'SharedHost' : 'Host', {
      listenerArn: balancer.listenerArn,
      priority: shared ? priority : 1,
      condition: [{ hostHeader: { values: [host] } }],
      action: [{ type: 'forward', ...this.destination() }],
      // each release turns the weights over
      ...(deployment.strategy === 'blue-green' && { lifecycle: { ignoreChanges: ['action'] } }),
    });
  }

  /** Both sets are named from the beginning: AWS checks the health of no targets that no rule leads to. */
  private destination(): Omit<LbListenerRuleAction, 'type'> {
    const { targets, alternate } = this;
    if (!alternate) return { targetGroupArn: targets.arn };
    const shares = [
      { arn: targets.arn, weight: 100 },
      { arn: alternate.arn, weight: 0 },
    ];
    return { forward: { targetGroup: shares } };
  }

  /** Each region writes its own record of the pair, into a zone that it finds by name. */
  private addRecord(failover: Failover): void {
    const { domain, host, naming, balancer } = this.props;
    const zone = new DataAwsRoute53Zone(this.scope, 'Zone', { name: domain, privateZone: false });
    const records = [{ id: 'Record', type: 'A' }];
    if (balancer.ipv6) records.push({ id: 'RecordIpv6', type: 'AAAA' });
    for (const { id, type } of records) {
      new Route53Record(this.scope, id, {
        zoneId: zone.zoneId,
        name: host,
        type,
        alias: { name: balancer.dnsName, zoneId: balancer.zoneId, evaluateTargetHealth: true },
        setIdentifier: naming.place.region,
        failoverRoutingPolicy: { type: failover },
      });
    }
  }
}
