import type { Statement } from '../access/policy';
import type { EnvironmentScope } from './environment-roles';
import type { Policies } from './pipeline-role';
import { READ_ACTIONS } from './service-actions';

/** What `terraform plan` and `make drift` need: reading, and the lock files beside the states. */
export function planPolicies(scope: EnvironmentScope): Policies {
  return {
    'read-states': [...readStates(scope), ...useStateKey(scope)],
    'read-releases': [readReleases(scope)],
    ...(scope.holdsMasterPasswords && { 'read-master-passwords': readMasterPasswords(scope) }),
    'keep-secrets': keepSecrets(scope),
  };
}

export const readResources = (): Statement => ({
  Sid: 'ReadResources',
  Action: Object.entries(READ_ACTIONS).flatMap(([service, actions]) =>
    actions.map((action) => `${service}:${action}`),
  ),
  Resource: '*',
});

/** The name of a bucket is the world's: one that the pattern fits may be anybody's. */
export const ownBucket = ({ account }: EnvironmentScope) => ({
  StringEquals: { 'aws:ResourceAccount': account },
});

/** https://developer.hashicorp.com/terraform/language/backend/s3#s3-bucket-permissions */
export const readStates = (scope: EnvironmentScope): Statement[] => [
  {
    Sid: 'ReadStates',
    Action: 's3:GetObject',
    Resource: `arn:aws:s3:::${scope.stateBuckets}/${scope.environment}/*`,
    Condition: ownBucket(scope),
  },
  {
    Sid: 'LockStates',
    Action: ['s3:DeleteObject', 's3:PutObject'],
    Resource: `arn:aws:s3:::${scope.stateBuckets}/${scope.environment}/*.tflock`,
    Condition: ownBucket(scope),
  },
];

/** Lock files are encrypted like the states. */
export const useStateKey = ({ account, stateKeyAlias }: EnvironmentScope): Statement[] => [
  {
    Sid: 'UseStateKey',
    Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
    Resource: `arn:aws:kms:*:${account}:key/*`,
    Condition: {
      'ForAnyValue:StringEquals': { 'kms:ResourceAliases': stateKeyAlias },
      StringLike: { 'kms:ViaService': 's3.*.amazonaws.com' },
    },
  },
];

/** Which image a service runs, and what AWS publishes: both are no secrets. */
const openParameters = ({ account, environment }: EnvironmentScope) => [
  `arn:aws:ssm:*:${account}:parameter/releases/${environment}/*`,
  'arn:aws:ssm:*::parameter/aws/service/*',
];

export const readReleases = (scope: EnvironmentScope): Statement => ({
  Sid: 'ReadReleases',
  Action: ['ssm:GetParameter', 'ssm:GetParameters'],
  Resource: openParameters(scope),
});

const masterPasswords = ({ account, environment }: EnvironmentScope) =>
  `arn:aws:secretsmanager:*:${account}:secret:/${environment}/databases/*/master-*`;

/**
 * The provider refreshes a version of a secret by its value, also where that is write-only
 * (`resourceSecretVersionRead` in terraform-provider-aws). The databases themselves let no agent in.
 */
const readMasterPasswords = (scope: EnvironmentScope): Statement[] => [
  {
    Sid: 'ReadMasterPasswords',
    Action: 'secretsmanager:GetSecretValue',
    Resource: masterPasswords(scope),
  },
  {
    Sid: 'DecryptMasterPasswords',
    Action: 'kms:Decrypt',
    Resource: `arn:aws:kms:*:${scope.account}:key/*`,
    Condition: {
      'ForAnyValue:StringEquals': { 'kms:ResourceAliases': `alias/${scope.environment}-data` },
      StringLike: { 'kms:ViaService': 'secretsmanager.*.amazonaws.com' },
    },
  },
];

/** Denied, and not only left out: what is attached to the role later must not open it either. */
export const keepSecrets = (scope: EnvironmentScope): Statement[] => [
  {
    Sid: 'KeepSecrets',
    Effect: 'Deny',
    Action: ['secretsmanager:BatchGetSecretValue', 'secretsmanager:GetSecretValue'],
    ...(scope.holdsMasterPasswords ? { NotResource: masterPasswords(scope) } : { Resource: '*' }),
  },
  {
    Sid: 'KeepParameters',
    Effect: 'Deny',
    Action: ['ssm:GetParameter', 'ssm:GetParameterHistory', 'ssm:GetParameters', 'ssm:GetParametersByPath'],
    NotResource: openParameters(scope),
  },
];
