import type { TypeRules } from './provider-rules';

/*
 * Rules that provider-rules.json does not have: of types of the provider's newer framework, which describe themselves
 * otherwise, and of those that only AWS holds. Each says where it is documented.
 */

const ROUTED = ['cidr_ipv4', 'cidr_ipv6', 'prefix_list_id', 'referenced_security_group_id'];
/** internal/service/ec2/vpc_security_group_ingress_rule.go of the provider. */
const groupRule: TypeRules = { exactlyOne: [ROUTED], replaces: ['security_group_id'] };

export const HAND_WRITTEN_RULES: Readonly<Record<string, TypeRules>> = {
  /** https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PutScalingPolicy.html: one for each kind. */
  aws_appautoscaling_policy: {
    conflicts: [
      ['predictive_scaling_policy_configuration', 'step_scaling_policy_configuration'],
      ['predictive_scaling_policy_configuration', 'target_tracking_scaling_policy_configuration'],
      ['step_scaling_policy_configuration', 'target_tracking_scaling_policy_configuration'],
    ],
  },
  /** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateAddress.html */
  aws_eip: { conflicts: [['instance', 'network_interface']] },
  /** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html#ECS-CreateService-request-launchType */
  aws_ecs_service: { conflicts: [['capacity_provider_strategy', 'launch_type']] },
  /** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RuleCondition.html: one for each condition. */
  aws_lb_listener_rule: {
    exactlyOne: [
      [
        'condition.host_header',
        'condition.http_header',
        'condition.http_request_method',
        'condition.path_pattern',
        'condition.query_string',
        'condition.source_ip',
      ],
    ],
  },
  /** internal/service/s3/bucket_lifecycle_configuration.go of the provider; S3 refuses a rule of two filters. */
  aws_s3_bucket_lifecycle_configuration: {
    replaces: ['bucket', 'expected_bucket_owner'],
    conflicts: [
      ['rule.filter', 'rule.prefix'],
      ['rule.filter.and', 'rule.filter.prefix'],
      ['rule.filter.and', 'rule.filter.tag'],
      ['rule.filter.prefix', 'rule.filter.tag'],
      ['rule.expiration.date', 'rule.expiration.days'],
    ],
  },
  aws_vpc_security_group_egress_rule: groupRule,
  aws_vpc_security_group_ingress_rule: groupRule,
};
