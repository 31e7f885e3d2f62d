import type { Construct } from 'constructs';
import { ServiceRole } from '../access/service-role';
import type { Foundation } from '../foundation/foundation';
import { serviceNames } from './service-names';

export interface DeploymentRoleProps extends Pick<Foundation, 'naming' | 'permissionsBoundary'> {
  /** Name of the service. */
  readonly name: string;
  readonly targetGroupArns: readonly string[];
  /** The listener rule that leads callers to one or the other. */
  readonly ruleArn: string;
}

/**
 * What ECS does when it sends callers from one set of tasks to the other: AmazonECSInfrastructureRolePolicyForLoadBalancers,
 * but for one service alone.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/AmazonECSInfrastructureRolePolicyForLoadBalancers.html
 */
export class DeploymentRole extends ServiceRole {
  constructor(
    scope: Construct,
    id: string,
    { naming, permissionsBoundary, name, targetGroupArns, ruleArn }: DeploymentRoleProps,
  ) {
    super(scope, id, {
      name: serviceNames(naming, name).deploymentRole,
      description: `Sends the callers of ${name} to the tasks of a new release`,
      service: 'ecs.amazonaws.com',
      // the documented trust has no condition: ECS is not said to name an account when it takes this role
      permissionsBoundary,
    });
    this.allow('shift-traffic', [
      {
        // none of them takes a resource
        Action: [
          'elasticloadbalancing:DescribeListeners',
          'elasticloadbalancing:DescribeRules',
          'elasticloadbalancing:DescribeTargetGroups',
          'elasticloadbalancing:DescribeTargetHealth',
        ],
        Resource: '*',
      },
      {
        Action: ['elasticloadbalancing:DeregisterTargets', 'elasticloadbalancing:RegisterTargets'],
        Resource: [...targetGroupArns],
      },
      { Action: 'elasticloadbalancing:ModifyRule', Resource: ruleArn },
    ]);
  }
}
