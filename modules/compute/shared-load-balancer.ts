import type { Construct } from 'constructs';
import type { Foundation } from '../foundation/foundation';
import { Alarms } from '../observability/alarms';
import { refusesDeletion, type LifeCycle } from '../settings/fields';
import { LoadBalancer } from './load-balancer';
import { loadBalancerNames } from './load-balancer-names';
import type { LoadBalancerSettings } from './load-balancer-settings';
import { loadBalancerErrors } from './service-alarms';

export interface SharedLoadBalancerProps
  extends Foundation, Omit<LoadBalancerSettings, 'standby'>, LifeCycle {
  /** An issued certificate of this region for every host that it answers to. */
  readonly certificateArn: string;
}

/** A load balancer of the services that name it. Each brings its rule, its targets and the path to its port. */
export class SharedLoadBalancer extends LoadBalancer {
  constructor(scope: Construct, name: string, props: SharedLoadBalancerProps) {
    super(scope, name, {
      ...props,
      name,
      description: `Load balancer ${name} of several services`,
      protection: refusesDeletion(props),
    });
    const { alarms } = loadBalancerNames(props.naming, name);
    new Alarms(this, 'Alarms', alarms, props.alerts).add('errors', loadBalancerErrors(this.arnSuffix));
  }
}
