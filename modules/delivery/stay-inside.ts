import type { Statement } from '../access/policy';
import type { EnvironmentScope } from './environment-roles';
import { keepOthers } from './keep-others';
import { keepSecrets } from './plan-policies';
import { NEVER } from './service-actions';

/** Denied, whatever else is allowed: the pipeline's own roles, where states are kept, other environments, data going out. */
export const stayInside = (scope: EnvironmentScope): Statement[] => {
  const { account, stateBuckets, stateKeyAlias } = scope;
  const states = `arn:aws:s3:::${stateBuckets}`;
  const keyActions = ['kms:Delete*', 'kms:Disable*', 'kms:Put*', 'kms:Schedule*', 'kms:Update*'];
  return [
    {
      Sid: 'KeepPipelineRoles',
      Effect: 'Deny',
      Action: 'iam:*',
      Resource: [`arn:aws:iam::${account}:role/delivery/*`, `arn:aws:iam::${account}:policy/delivery/*`],
    },
    // a new zone has other name servers, and has to be delegated anew
    { Sid: 'KeepZones', Effect: 'Deny', Action: 'route53:DeleteHostedZone', Resource: '*' },
    { Sid: 'KeepBoundary', Effect: 'Deny', Action: 'iam:DeleteRolePermissionsBoundary', Resource: '*' },
    {
      Sid: 'KeepStateBuckets',
      Effect: 'Deny',
      Action: [
        's3:DeleteBucket*',
        's3:DeleteObjectVersion',
        's3:Put*Configuration',
        's3:PutBucket*',
        's3:TagResource',
        's3:UntagResource',
      ],
      Resource: [states, `${states}/*`],
    },
    {
      Sid: 'KeepStates',
      Effect: 'Deny',
      Action: 's3:DeleteObject',
      Resource: `${states}/*.tfstate`,
    },
    {
      Sid: 'KeepBootstrap',
      Effect: 'Deny',
      Action: 's3:PutObject',
      Resource: `${states}/*/bootstrap.tfstate`,
    },
    {
      Sid: 'KeepStateKey',
      Effect: 'Deny',
      Action: keyActions,
      Resource: '*',
      Condition: { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': stateKeyAlias } },
    },
    {
      Sid: 'KeepStateAlias',
      Effect: 'Deny',
      Action: ['kms:DeleteAlias', 'kms:UpdateAlias'],
      Resource: `arn:aws:kms:*:${account}:${stateKeyAlias}`,
    },
    keepOthers(scope),
    { Sid: 'KeepData', Effect: 'Deny', Action: NEVER, Resource: '*' },
    {
      // those that make the users of databases are run after an apply, and no other
      Sid: 'RunNoOtherTask',
      Effect: 'Deny',
      Action: 'ecs:RunTask',
      NotResource: `arn:aws:ecs:*:${account}:task-definition/${scope.environment}-*-database-users:*`,
    },
    ...keepSecrets(scope),
  ];
};
