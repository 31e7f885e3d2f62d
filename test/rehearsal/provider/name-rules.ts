import type { Problem } from '../protocol/requests';
import { textOf, type ValueMap } from '../protocol/values';

interface NameRule {
  readonly attribute: string;
  readonly longest: number;
  readonly pattern?: RegExp;
  /** Completes: must … */
  readonly form?: string;
}

const DATABASE_NAME = {
  longest: 63,
  pattern: /^[a-z](?!.*--)[a-z0-9-]*(?<!-)$/,
  form: 'hold lowercase letters, digits and single hyphens, start with a letter and not end with a hyphen',
};
const IAM_NAME = { pattern: /^[\w+=,.@-]+$/, form: 'hold letters, digits and any of +=,.@-_' };
const LOAD_BALANCER_NAME = {
  attribute: 'name',
  longest: 32,
  pattern: /^(?!internal-)[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?$/,
  form: 'hold letters, digits and hyphens, neither begin nor end with a hyphen, and not begin with "internal-"',
};

/** Limits on names, from AWS's documentation. */
const RULES: Readonly<Record<string, NameRule>> = {
  aws_cloudwatch_log_group: {
    attribute: 'name',
    longest: 512,
    pattern: /^[\w./#-]+$/,
    form: 'hold letters, digits and any of _-/.#',
  },
  aws_cloudwatch_metric_alarm: { attribute: 'alarm_name', longest: 255 },
  aws_db_instance: { attribute: 'identifier', ...DATABASE_NAME },
  aws_db_subnet_group: {
    attribute: 'name',
    longest: 255,
    pattern: /^[a-z0-9 ._-]+$/,
    form: 'hold lowercase letters, digits, spaces, hyphens, underscores and periods',
  },
  aws_ecr_repository: {
    attribute: 'name',
    longest: 256,
    pattern: /^[a-z0-9]+(?:[._/-][a-z0-9]+)*$/,
    form: 'hold lowercase letters and digits, separated by any of ._-/',
  },
  aws_ecs_cluster: {
    attribute: 'name',
    longest: 255,
    pattern: /^[\w-]+$/,
    form: 'hold letters, digits, _ and -',
  },
  aws_ecs_service: {
    attribute: 'name',
    longest: 255,
    pattern: /^[\w-]+$/,
    form: 'hold letters, digits, _ and -',
  },
  aws_elasticache_replication_group: { attribute: 'replication_group_id', ...DATABASE_NAME, longest: 40 },
  aws_elasticache_user: {
    attribute: 'user_id',
    longest: 40,
    pattern: /^[A-Za-z](?!.*--)[A-Za-z0-9-]*(?<!-)$/,
    form: 'hold letters, digits and single hyphens, and start with a letter',
  },
  aws_elasticache_user_group: {
    attribute: 'user_group_id',
    longest: 40,
    pattern: /^[A-Za-z](?!.*--)[A-Za-z0-9-]*(?<!-)$/,
    form: 'hold letters, digits and single hyphens, and start with a letter',
  },
  aws_iam_policy: { attribute: 'name', longest: 128, ...IAM_NAME },
  aws_iam_role: { attribute: 'name', longest: 64, ...IAM_NAME },
  aws_kms_alias: {
    attribute: 'name',
    longest: 256,
    pattern: /^alias\/(?!aws\/)[\w/-]+$/,
    form: 'begin with "alias/" but not with "alias/aws/", and hold letters, digits and any of _-/',
  },
  aws_lb: LOAD_BALANCER_NAME,
  aws_lb_target_group: LOAD_BALANCER_NAME,
  aws_rds_cluster: { attribute: 'cluster_identifier', ...DATABASE_NAME },
  aws_rds_cluster_instance: { attribute: 'identifier', ...DATABASE_NAME },
  aws_rds_global_cluster: { attribute: 'global_cluster_identifier', ...DATABASE_NAME },
  aws_s3_bucket: {
    attribute: 'bucket',
    longest: 63,
    pattern: /^(?=.{3})[a-z0-9](?:[a-z0-9.-]*[a-z0-9])$/,
    form: 'have at least 3 lowercase letters, digits, hyphens and periods, and begin and end with a letter or digit',
  },
  aws_secretsmanager_secret: {
    attribute: 'name',
    longest: 512,
    pattern: /^[\w/+=.@-]+$/,
    form: 'hold letters, digits and any of /_+=.@-',
  },
  aws_security_group: {
    attribute: 'name',
    longest: 255,
    pattern: /^(?!sg-)[\w .:/()#,@[\]+=&;{}!$*-]+$/,
    form: 'not begin with "sg-", and hold letters, digits, spaces and any of ._-:/()#,@[]+=&;{}!$*',
  },
  aws_sns_topic: {
    attribute: 'name',
    longest: 256,
    pattern: /^[\w-]+(?:\.fifo)?$/,
    form: 'hold letters, digits, underscores and hyphens',
  },
  aws_sqs_queue: {
    attribute: 'name',
    longest: 80,
    pattern: /^[\w-]+(?:\.fifo)?$/,
    form: 'hold letters, digits, underscores and hyphens',
  },
  aws_ssm_parameter: {
    attribute: 'name',
    longest: 1011,
    pattern: /^(?!\/?(?:aws|ssm))[\w./-]+$/i,
    form: 'not begin with "aws" or "ssm", and hold letters, digits and any of _.-/',
  },
};

/** EC2 takes fewer characters in descriptions than one would think: no apostrophe, no semicolon outside groups. */
const DESCRIBED = new Set([
  'aws_security_group',
  'aws_vpc_security_group_egress_rule',
  'aws_vpc_security_group_ingress_rule',
]);
const DESCRIPTION = /^[\w .:/()#,@[\]+=&;{}!$*-]{0,255}$/;

export function checkName(type: string, config: ValueMap): Problem[] {
  const problems: Problem[] = [];
  const rule = RULES[type];
  const name = rule && textOf(config[rule.attribute]);
  if (rule && name !== undefined) {
    const at = { path: [rule.attribute] };
    if (name.length > rule.longest) {
      problems.push({
        summary: `"${rule.attribute}" cannot be longer than ${rule.longest} characters: "${name}"`,
        ...at,
      });
    } else if (rule.pattern && !rule.pattern.test(name)) {
      problems.push({ summary: `invalid value for ${rule.attribute}: "${name}" must ${rule.form}`, ...at });
    }
  }
  const description = textOf(config['description']);
  if (DESCRIBED.has(type) && description !== undefined && !DESCRIPTION.test(description)) {
    problems.push({
      summary: `invalid value for description: "${description}" must have at most 255 letters, digits, spaces and any of ._-:/()#,@[]+=&;{}!$*`,
      path: ['description'],
    });
  }
  return problems;
}
