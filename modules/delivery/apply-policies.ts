import type { Statement } from '../access/policy';
import type { EnvironmentScope } from './environment-roles';
import { privateDomain } from '../network/private-zone';
import { boundaryArn } from './pipeline-names';
import type { Policies } from './pipeline-role';
import { ownBucket, readReleases, readStates, useStateKey } from './plan-policies';
import { APPLIED_SERVICES, PASSED_TO, PASSED_TO_INSTANCES, SERVICE_LINKED } from './service-actions';
import { stayInside } from './stay-inside';

/**
 * What `terraform apply` needs. Within its environment it can make anything, so the approval before it is what protects
 * the environment; these policies keep it inside of it. Workload roles it makes too, but only with the boundary, which
 * it cannot change: code that it runs under such a role gets no further than itself.
 */
export function applyPolicies(scope: EnvironmentScope): Policies {
  return {
    'write-states': [...readStates(scope), writeStates(scope), ...useStateKey(scope)],
    'read-releases': [readReleases(scope)],
    'change-resources': [
      changeRegional(scope),
      ...changeNames(scope),
      ...changeBuckets(scope),
      ...changeChats(scope),
    ],
    'change-roles': changeRoles(scope),
    'change-keys': changeKeys(scope),
    'change-secrets': changeSecrets(scope),
    'stay-inside': stayInside(scope),
  };
}

const writeStates = (scope: EnvironmentScope): Statement => ({
  Sid: 'WriteStates',
  Action: 's3:PutObject',
  Resource: `arn:aws:s3:::${scope.stateBuckets}/${scope.environment}/*.tfstate`,
  Condition: ownBucket(scope),
});

const changeRegional = ({ regions }: EnvironmentScope): Statement => ({
  Sid: 'ChangeRegional',
  // new keys have no name; and regions are listed only once, as IAM counts characters
  Action: [...APPLIED_SERVICES.map((service) => `${service}:*`), 'kms:CreateKey', 'kms:TagResource'],
  Resource: '*',
  Condition: { StringEquals: { 'aws:RequestedRegion': regions } },
});

/**
 * Zones have ids that nobody knows before, and their tags are no condition: what is changed is limited by the names of the
 * records. https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/specifying-rrset-conditions.html
 */
const changeNames = ({ domain, environment }: EnvironmentScope): Statement[] => {
  const names = 'route53:ChangeResourceRecordSetsNormalizedRecordNames';
  const own = [...(domain === undefined ? [] : [domain, `*.${domain}`]), `*.${privateDomain(environment)}`];
  return [
    {
      Sid: 'MakeZones',
      Action: [
        // to let VPCs of linked regions resolve its names, and to end that
        'route53:*ssociateVPC*HostedZone',
        'route53:ChangeTagsForResource',
        'route53:CreateHealthCheck',
        'route53:CreateHostedZone',
        'route53:DeleteHealthCheck',
        'route53:UpdateHealthCheck',
        'route53:UpdateHostedZoneComment',
      ],
      Resource: '*',
    },
    {
      Sid: 'ChangeNames',
      Action: 'route53:ChangeResourceRecordSets',
      Resource: 'arn:aws:route53:::hostedzone/*',
      Condition: {
        'ForAllValues:StringLike': { [names]: own },
        // "for all" holds for none, too
        Null: { [names]: 'false' },
      },
    },
  ];
};

const changeBuckets = ({ environment, existingBuckets = [] }: EnvironmentScope): Statement[] => {
  const buckets = [`${environment}-*`, ...existingBuckets].map((name) => `arn:aws:s3:::${name}`);
  const [one = '', ...others] = buckets;
  return [
    {
      Sid: 'ChangeBuckets',
      Action: [
        's3:CreateBucket',
        's3:DeleteBucket',
        's3:DeleteBucketPolicy',
        's3:ListBucketVersions',
        // inventory, lifecycle, replication and the like
        's3:Put*Configuration',
        's3:PutBucket*',
        's3:TagResource',
        's3:UntagResource',
      ],
      Resource: others.length > 0 ? buckets : one,
    },
    {
      // a bucket that is taken away is emptied first
      Sid: 'EmptyBuckets',
      Action: ['s3:DeleteObject', 's3:DeleteObjectVersion'],
      Resource: others.length > 0 ? buckets.map((bucket) => `${bucket}/*`) : `${one}/*`,
    },
  ];
};

/** They stand in no region; one that is made has no name yet that IAM would look at. */
const changeChats = ({ account, environment }: EnvironmentScope): Statement[] => [
  { Sid: 'MakeChats', Action: 'chatbot:Create*ChannelConfiguration', Resource: '*' },
  {
    Sid: 'ChangeChats',
    // of channels and nothing else: who may speak for a workspace is up to a person
    Action: [
      'chatbot:Delete*ChannelConfiguration',
      'chatbot:TagResource',
      'chatbot:UntagResource',
      'chatbot:Update*ChannelConfiguration',
    ],
    Resource: `arn:aws:chatbot::${account}:chat-configuration/*/${environment}-*`,
  },
];

const changeRoles = ({ account, environment }: EnvironmentScope): Statement[] => {
  const role = `arn:aws:iam::${account}:role/${environment}-*`;
  const bounded = { 'iam:PermissionsBoundary': boundaryArn(account, environment) };
  return [
    {
      // a role that it makes or gives policies to has the boundary, and so can do no more than a workload
      Sid: 'MakeRoles',
      Action: ['iam:CreateRole', 'iam:PutRolePermissionsBoundary', 'iam:PutRolePolicy'],
      Resource: role,
      Condition: { StringEquals: bounded },
    },
    {
      Sid: 'ChangeRoles',
      Action: [
        'iam:DeleteRole',
        'iam:DeleteRolePolicy',
        'iam:DetachRolePolicy',
        'iam:TagRole',
        'iam:UntagRole',
        'iam:UpdateAssumeRolePolicy',
        'iam:UpdateRole',
        'iam:UpdateRoleDescription',
      ],
      Resource: role,
    },
    {
      Sid: 'AttachServicePolicies',
      Action: 'iam:AttachRolePolicy',
      Resource: role,
      // those that AWS writes for its services; AdministratorAccess is none of them
      Condition: {
        StringEquals: bounded,
        ArnLike: { 'iam:PolicyARN': 'arn:aws:iam::aws:policy/service-role/*' },
      },
    },
    {
      // what gives a role to an instance; to get, make, fill, tag and delete it: a list would not fit
      Sid: 'ChangeInstanceProfiles',
      Action: 'iam:*InstanceProfile',
      Resource: `arn:aws:iam::${account}:instance-profile/${environment}-*`,
    },
    {
      Sid: 'PassRoles',
      Action: 'iam:PassRole',
      Resource: role,
      Condition: { StringEquals: { 'iam:PassedToService': PASSED_TO } },
    },
    {
      Sid: 'PassRolesToInstances',
      Action: 'iam:PassRole',
      Resource: `arn:aws:iam::${account}:role/${environment}-*-capacity-*`,
      Condition: { StringEquals: { 'iam:PassedToService': PASSED_TO_INSTANCES } },
    },
    {
      Sid: 'MakeServiceLinkedRoles',
      Action: 'iam:CreateServiceLinkedRole',
      Resource: `arn:aws:iam::${account}:role/aws-service-role/*`,
      Condition: { StringEquals: { 'iam:AWSServiceName': SERVICE_LINKED } },
    },
  ];
};

const changeKeys = ({ account, environment }: EnvironmentScope): Statement[] => [
  {
    Sid: 'ChangeKeys',
    Action: [
      'kms:CancelKeyDeletion',
      'kms:CreateAlias',
      'kms:DeleteAlias',
      'kms:DisableKey',
      'kms:EnableKey',
      'kms:EnableKeyRotation',
      'kms:PutKeyPolicy',
      'kms:ScheduleKeyDeletion',
      'kms:UntagResource',
      'kms:UpdateAlias',
      'kms:UpdateKeyDescription',
    ],
    Resource: [`arn:aws:kms:*:${account}:key/*`, `arn:aws:kms:*:${account}:alias/${environment}-*`],
  },
  {
    // on behalf of whoever uses them: volumes, databases, secrets
    Sid: 'UseKeysThroughServices',
    Action: ['kms:CreateGrant', 'kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
    Resource: `arn:aws:kms:*:${account}:key/*`,
    // of any region, since a list would not fit: what it makes there is limited above
    Condition: { StringLike: { 'kms:ViaService': '*.amazonaws.com' } },
  },
];

const changeSecrets = ({ account, environment }: EnvironmentScope): Statement[] => [
  {
    Sid: 'ChangeSecrets',
    Action: 'secretsmanager:*',
    Resource: `arn:aws:secretsmanager:*:${account}:secret:/${environment}/databases/*`,
  },
  {
    // RDS makes the secrets that it manages with the permissions of whoever asks for the database
    Sid: 'LetRdsManageSecrets',
    Action: ['secretsmanager:CreateSecret', 'secretsmanager:RotateSecret', 'secretsmanager:TagResource'],
    Resource: `arn:aws:secretsmanager:*:${account}:secret:rds!*`,
  },
];
