import type { Cloud } from '../cloud/cloud';
import { isUnknown, textOf, type ValueMap } from '../protocol/values';
import { zoneIdPrefix } from './invented-values';
import { renderPolicyDocument } from './policy-document';
import { hexOf, type Subject, uuidOf } from './subject';

type Answer = (subject: Subject, config: ValueMap, cloud: Cloud) => ValueMap;

/** Data sources whose answer matters to what comes after; those not listed get invented values. */
const ANSWERS: Readonly<Record<string, Answer>> = {
  aws_ami: () => ({
    architecture: 'x86_64',
    root_device_type: 'ebs',
    root_device_name: '/dev/xvda',
    virtualization_type: 'hvm',
    state: 'available',
    platform_details: 'Linux/UNIX',
  }),

  aws_availability_zones: ({ region }) => ({
    id: region,
    names: ['a', 'b', 'c'].map((zone) => `${region}${zone}`),
    zone_ids: [1, 2, 3].map((zone) => `${zoneIdPrefix(region)}-az${zone}`),
    group_names: [region],
  }),

  aws_caller_identity: ({ account }) => ({
    account_id: account,
    id: account,
    arn: `arn:aws:iam::${account}:user/stand-in`,
    user_id: 'AIDASTANDIN',
  }),

  // The alias and the key that it stands for have one id.
  aws_kms_alias: ({ region, account, seed }) => ({
    target_key_id: uuidOf(seed),
    target_key_arn: `arn:aws:kms:${region}:${account}:key/${uuidOf(seed)}`,
  }),

  aws_partition: () => ({
    partition: 'aws',
    id: 'aws',
    dns_suffix: 'amazonaws.com',
    reverse_dns_prefix: 'com.amazonaws',
  }),

  aws_region: ({ region }) => ({
    name: region,
    id: region,
    region,
    endpoint: `ec2.${region}.amazonaws.com`,
    description: region,
  }),

  aws_secretsmanager_secret_version: (_subject, config, cloud) => {
    const secret = cloud.secrets.secret(textOf(config['secret_id']) ?? '');
    return { secret_string: secret ?? '{"username":"stand-in","password":"stand-in"}' };
  },

  // A parameter that nobody has put has an invented value, since most are written outside Terraform.
  aws_ssm_parameter: ({ account, region, seed }, config, cloud) => {
    const name = textOf(config['name']) ?? '';
    const present = cloud.parameters.get({ account, region }, name);
    const value = present?.value ?? `sha256:${hexOf(seed, 64)}`;
    return {
      value,
      insecure_value: value,
      type: present?.type ?? 'String',
      version: present?.version ?? 1,
    };
  },
};

/** The configuration with the answer in every place that is still open. */
export function readDataSource(subject: Subject, config: ValueMap, cloud: Cloud): ValueMap {
  if (subject.type === 'aws_iam_policy_document') return renderPolicyDocument(config);
  const answered: ValueMap = { ...config };
  for (const [name, value] of Object.entries(ANSWERS[subject.type]?.(subject, config, cloud) ?? {})) {
    const open = answered[name] ?? null;
    if (name in answered && (open === null || isUnknown(open))) answered[name] = value;
  }
  return answered;
}
