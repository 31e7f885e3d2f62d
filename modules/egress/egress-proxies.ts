import { Construct } from 'constructs';
import type { IClient, Variables } from '../access/usable';
import type { ICluster } from '../compute/service-cluster';
import type { Foundation } from '../foundation/foundation';
import { awsNames } from '../network/aws-names';
import { Outside, type IOutsideWay } from '../network/outside';
import { outsideNames, type OutsideSettings } from '../network/outside-settings';
import type { InterfaceService } from '../network/vpc-endpoints';
import { EgressProxy } from './egress-proxy';
import { ProxyLoadBalancer } from './proxy-load-balancer';
import { proxyPorts } from './proxy-ports';
import type { ProxySettings } from './proxy-settings';
import { proxyVariables } from './proxy-variables';

export interface EgressProxiesProps extends Foundation, ProxySettings {
  readonly cluster: ICluster;
  /** Registry of the region: `<account>.dkr.ecr.<region>.amazonaws.com`. */
  readonly registry: string;
  /** What lies outside, by name. */
  readonly entries: Readonly<Record<string, OutsideSettings>>;
  /** Names of the services that stand here and name something outside. */
  readonly services: readonly string[];
  /** AWS services that have endpoints in the VPC. */
  readonly interfaceServices: readonly InterfaceService[];
  /** That all of it is about to go. */
  readonly decommission: boolean;
}

/**
 * The way out where `egress` is `proxy`: a service reaches its own port of one load balancer, behind that the tasks of
 * its own proxy, and these alone the internet. Security groups tell services apart, so that no password is needed.
 */
export class EgressProxies extends Construct implements IOutsideWay {
  private readonly balancer: ProxyLoadBalancer;
  private readonly ports: ReadonlyMap<string, number>;
  private readonly direct: readonly string[];

  constructor(
    scope: Construct,
    id: string,
    private readonly props: EgressProxiesProps,
  ) {
    super(scope, id);
    this.ports = proxyPorts(props.services);
    this.balancer = new ProxyLoadBalancer(scope, 'EgressBalancer', {
      ...props,
      protection: props.protection && !props.decommission,
    });
    // the agent of instances asks for the others, and no program
    const called = props.interfaceServices.filter((service) => !service.startsWith('ecs'));
    this.direct = ['*.internal', ...awsNames(props.naming.place.region, called)];
  }

  /** @throws if the client was not named as one that goes outside */
  open(client: IClient, names: readonly string[]): Variables {
    const port = this.ports.get(client.name);
    if (port === undefined) {
      throw new Error(`${this.node.path}: services must name ${client.name} for it to go outside, got none`);
    }
    const { entries } = this.props;
    const proxy = new EgressProxy(this, client.name, {
      ...this.props,
      outside: outsideNames(names.flatMap((name) => entries[name] ?? [])),
      ways: { thing: 'outside', letUse: (own) => new Outside(entries).letUse(own, names) },
    });
    const service = proxy.serve(this.balancer.route(proxy, port), this.balancer.connections);
    client.connections.allowTo(this.balancer, 'Its proxy to the outside', port);
    client.waitFor?.(service);
    return proxyVariables(`http://${this.balancer.host}:${port}`, this.direct);
  }
}
