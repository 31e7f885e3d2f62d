import type { ITerraformDependable } from 'cdktf';

/** From the port of a service on the load balancer to the tasks of its proxy. */
export interface ProxyRoute {
  readonly targetGroupArn: string;
  /** As metrics name them. */
  readonly loadBalancerArnSuffix: string;
  readonly targetGroupArnSuffix: string;
  /** ECS takes no target group before a listener forwards to it. */
  readonly forwarding: ITerraformDependable;
}
