import { ok, unlessUnanswered, warning, type Finding } from './finding';
import { resourcesOf, type Body, type HeldStack } from './held-stack';

/** Roles that AWS services have made for themselves in the account. */
export interface LinkedRoles {
  /** Names of the services, such as `rds.amazonaws.com`. */
  services(region: string): Promise<ReadonlySet<string>>;
}

/**
 * The service whose role a type of resource needs
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-services-that-work-with-iam.html).
 */
const SERVICE_OF: Readonly<Record<string, (body: Body) => string>> = {
  aws_accessanalyzer_analyzer: () => 'access-analyzer.amazonaws.com',
  aws_appautoscaling_target: ({ service_namespace: scaled }) =>
    `${String(scaled)}.application-autoscaling.amazonaws.com`,
  aws_autoscaling_group: () => 'autoscaling.amazonaws.com',
  aws_chatbot_slack_channel_configuration: () => 'management.chatbot.amazonaws.com',
  aws_chatbot_teams_channel_configuration: () => 'management.chatbot.amazonaws.com',
  aws_db_instance: () => 'rds.amazonaws.com',
  aws_ecs_cluster: () => 'ecs.amazonaws.com',
  aws_ec2_transit_gateway_vpc_attachment: () => 'transitgateway.amazonaws.com',
  aws_elasticache_replication_group: () => 'elasticache.amazonaws.com',
  aws_lb: () => 'elasticloadbalancing.amazonaws.com',
  aws_networkfirewall_firewall: () => 'network-firewall.amazonaws.com',
  aws_rds_cluster: () => 'rds.amazonaws.com',
  aws_route53_resolver_query_log_config: () => 'route53resolver.amazonaws.com',
};

/** Services whose roles these stacks need, each with a type of resource that needs it. */
export function linkedServices(stacks: readonly HeldStack[]): ReadonlyMap<string, string> {
  const needed = new Map<string, string>();
  for (const [type, serviceOf] of Object.entries(SERVICE_OF))
    for (const stack of stacks)
      for (const [, body] of resourcesOf(stack, type)) needed.set(serviceOf(body), type);
  return new Map([...needed].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * A role that is missing is no fault: AWS makes it with the first resource, if whoever applies may have it made. The first
 * cluster of ECS in an account can come too soon after its role, and succeeds the second time
 * (aws-cloudformation/cloudformation-coverage-roadmap#818).
 */
export function linkedRoleFindings(
  stacks: readonly HeldStack[],
  roles: LinkedRoles,
): Promise<readonly Finding[]> {
  const needed = linkedServices(stacks);
  const [first] = stacks;
  if (needed.size === 0 || !first) return Promise.resolve([]);
  return unlessUnanswered(async () => {
    const there = await roles.services(first.place.region);
    return [...needed].map(([service, type]) =>
      there.has(service)
        ? ok(`service-linked role of ${service}`)
        : warning(
            `service-linked role of ${service}: none yet, AWS makes it with the first ${type} if whoever applies may iam:CreateServiceLinkedRole; to have it before: aws iam create-service-linked-role --aws-service-name ${service}`,
          ),
    );
  });
}
