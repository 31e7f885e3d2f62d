import type { Cloud } from '../cloud/cloud';
import type { Problem } from '../protocol/requests';
import { isUnknown, textOf, type Value, type ValueMap } from '../protocol/values';
import type { Attribute, Block, TypeExpression } from '../schema/provider-schema';
import { hexOf } from './subject';

/*
 * The bindings have no classes for ephemeral resources, so that the few that matter are written down here, from
 * the provider's public documentation.
 */

const required = (): Attribute => ({ type: 'string', required: true });
const optional = (type: TypeExpression): Attribute => ({ type, optional: true });
const chosen = (): Attribute => ({ type: 'string', optional: true, computed: true });
const computed = (type: TypeExpression): Attribute => ({ type, computed: true });
const secret = (): Attribute => ({ type: 'string', computed: true, sensitive: true });

export const EPHEMERAL_RESOURCES: Readonly<Record<string, Block>> = {
  aws_secretsmanager_random_password: {
    blocks: {},
    attributes: {
      region: chosen(),
      exclude_characters: optional('string'),
      exclude_lowercase: optional('bool'),
      exclude_numbers: optional('bool'),
      exclude_punctuation: optional('bool'),
      exclude_uppercase: optional('bool'),
      include_space: optional('bool'),
      password_length: optional('number'),
      require_each_included_type: optional('bool'),
      random_password: secret(),
    },
  },
  aws_secretsmanager_secret_version: {
    blocks: {},
    attributes: {
      region: chosen(),
      secret_id: required(),
      version_id: chosen(),
      version_stage: chosen(),
      arn: computed('string'),
      created_date: computed('string'),
      secret_string: secret(),
      secret_binary: secret(),
      version_stages: computed(['list', 'string']),
    },
  },
  aws_ssm_parameter: {
    blocks: {},
    attributes: {
      region: chosen(),
      arn: required(),
      with_decryption: optional('bool'),
      name: computed('string'),
      type: computed('string'),
      value: secret(),
      version: computed('number'),
    },
  },
};

type Opened = ValueMap | Problem;

const OPENINGS: Readonly<Record<string, (config: ValueMap, account: string, cloud: Cloud) => Opened>> = {
  aws_secretsmanager_random_password: (config, _account, cloud) => ({
    random_password: cloud.secrets.generatePassword({
      length: Number(config['password_length'] ?? 32),
      exclude: textOf(config['exclude_characters']) ?? '',
      lowercase: config['exclude_lowercase'] !== true,
      uppercase: config['exclude_uppercase'] !== true,
      numbers: config['exclude_numbers'] !== true,
      punctuation: config['exclude_punctuation'] !== true,
    }),
  }),

  aws_secretsmanager_secret_version: (config, _account, cloud) => {
    const secretId = textOf(config['secret_id']) ?? '';
    const value = cloud.secrets.secret(secretId);
    if (value === undefined) {
      return {
        summary: `reading Secrets Manager Secret Version (${secretId}|AWSCURRENT)`,
        detail:
          'ResourceNotFoundException: Secrets Manager can’t find the specified secret value for staging label: AWSCURRENT',
      };
    }
    return {
      version_id: hexOf(value, 32),
      version_stage: 'AWSCURRENT',
      arn: secretId,
      created_date: '2026-01-01T00:00:00Z',
      secret_string: value,
      secret_binary: '',
      version_stages: ['AWSCURRENT'],
    };
  },

  aws_ssm_parameter: (config, account, cloud) => {
    const arn = textOf(config['arn']) ?? '';
    const region = arn.split(':')[3] ?? '';
    const path = arn.split(':parameter/')[1] ?? '';
    const caller = { account, region };
    const present = cloud.parameters.get(caller, path) ?? cloud.parameters.get(caller, `/${path}`);
    return {
      name: present?.name ?? path,
      type: 'SecureString',
      value: present?.value ?? `value-of-${path}`,
      version: present?.version ?? 1,
    };
  },
};

/** Nothing of what this returns is ever stored by Terraform. */
export function openEphemeral(
  type: string,
  config: ValueMap,
  caller: { account: string; region: string },
  cloud: Cloud,
): { result: ValueMap } | { problem: Problem } {
  const opened = OPENINGS[type]?.(config, caller.account, cloud) ?? {};
  if (isProblem(opened)) return { problem: opened };
  const result: ValueMap = { ...config };
  for (const [name, value] of Object.entries({ region: caller.region, ...opened })) {
    if (isOpen(result[name])) result[name] = value;
  }
  return { result };
}

function isProblem(opened: Opened): opened is Problem {
  return 'summary' in opened;
}

function isOpen(value: Value | undefined): boolean {
  return value === undefined || value === null || isUnknown(value);
}
