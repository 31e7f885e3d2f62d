import { Construct } from 'constructs';
import type { IConnectable } from '../access/connections';
import type { Foundation } from '../foundation/foundation';
import { refusesDeletion, type LifeCycle } from '../settings/fields';
import { LoadBalancer } from './load-balancer';
import { PublicHost, type Failover } from './public-host';
import type { ServiceSettings } from './service-settings';

/** What is needed to let customers in. */
export interface EntranceProps {
  /** The environment's public domain. @default none, and nothing can be public */
  readonly domain?: string | undefined;
  /** An issued certificate of this region for the domain and `*.domain`. @default none, and nothing can be public */
  readonly certificateArn?: string | undefined;
  /** The load balancer that it shares with others. @default one of its own */
  readonly sharedLoadBalancer?: LoadBalancer | undefined;
  /** Which record of the pair of regions a public service writes. @default none */
  readonly failover?: Failover | undefined;
}

/** How customers get in. */
export interface ServiceEntrance {
  readonly balancer: LoadBalancer;
  readonly host: PublicHost;
  /** Whether other services answer on the load balancer too. */
  readonly shared: boolean;
}

type Exposed = NonNullable<ServiceSettings['public']>;
type ExposedService = Foundation &
  EntranceProps &
  LifeCycle &
  Pick<ServiceSettings, 'healthCheck' | 'deployment'>;

/**
 * A load balancer, or a host on the one that is shared, and a path from there to the service and nowhere else.
 *
 * @param service what answers; it holds what is made
 * @throws without a domain or a certificate
 */
export function addServiceEntrance(
  service: Construct & IConnectable,
  name: string,
  exposed: Exposed,
  props: ExposedService,
): ServiceEntrance {
  const { domain, certificateArn, sharedLoadBalancer } = props;
  if (domain === undefined || certificateArn === undefined) {
    throw new Error(
      `${service.node.path}: public must come with a domain and a certificate, got none; pass domain and certificateArn`,
    );
  }
  const scope = sharedLoadBalancer
    ? new Construct(service, 'LoadBalancer')
    : new LoadBalancer(service, 'LoadBalancer', {
        ...props,
        protection: refusesDeletion(props),
        name,
        description: `Load balancer of the service ${name}`,
        idleTimeoutSeconds: exposed.idleTimeoutSeconds,
        certificateArn,
      });
  const balancer = sharedLoadBalancer ?? (scope as LoadBalancer);
  const shared = sharedLoadBalancer !== undefined;
  const host = new PublicHost(scope, {
    ...props,
    ...exposed,
    name,
    balancer,
    shared,
    domain,
    failover: props.failover,
  });
  balancer.connections.allowTo(service, `Requests to ${exposed.host}`);
  return { balancer, host, shared };
}
