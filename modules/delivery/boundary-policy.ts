import type { Statement } from '../access/policy';
import { CALLS_ROLE } from '../compute/call-certificates';
import type { EnvironmentScope } from './environment-roles';
import { keepOthers } from './keep-others';

/**
 * The most that a role of the environment's workloads can ever do, whoever writes its policies: it uses what stands
 * there, and makes and changes none of it. The apply role makes only roles with this boundary, and so no administrator.
 *
 * What is denied holds also where the policy of a bucket or a key lets the role in, which no boundary limits otherwise.
 * A capability that gives a role other actions adds them here; a test compares.
 */
export function boundaryPolicy(scope: EnvironmentScope): Statement[] {
  return [
    ...useRegions(scope),
    joinClusters(scope),
    ...startTasks(scope),
    ...useData(scope),
    encryptCalls(scope),
    ...stayWorkload(scope),
  ];
}

const TO_TASKS = { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } };

const useRegions = ({ account, regions }: EnvironmentScope): Statement[] => [
  {
    Sid: 'UseRegions',
    Action: [
      'cloudwatch:PutMetricData',
      'ecr:BatchCheckLayerAvailability',
      'ecr:BatchGetImage',
      // a token, and where layers are; all of them read
      'ecr:Get*',
      'ecs:DiscoverPollEndpoint',
      'elasticloadbalancing:Describe*',
      'logs:CreateLogGroup',
      'logs:CreateLogStream',
      'logs:DescribeLog*',
      'logs:PutLogEvents',
      'logs:PutRetentionPolicy',
      'xray:PutTraceSegments',
    ],
    Resource: '*',
    Condition: { StringEquals: { 'aws:RequestedRegion': [...regions] } },
  },
  {
    // as in AmazonRDSEnhancedMonitoringRole
    Sid: 'ReadMetrics',
    Action: 'logs:GetLogEvents',
    Resource: `arn:aws:logs:*:${account}:log-group:RDS*:log-stream:*`,
  },
];

/** What the agent of ECS does on an instance. */
const joinClusters = ({ account, environment }: EnvironmentScope): Statement => ({
  Sid: 'JoinClusters',
  Action: [
    // to register and to deregister; a managed policy has few characters
    'ecs:*egisterContainerInstance',
    'ecs:Poll',
    'ecs:StartTelemetrySession',
    'ecs:Submit*',
    'ecs:UpdateContainerInstancesState',
  ],
  Resource: [
    `arn:aws:ecs:*:${account}:cluster/${environment}-*`,
    `arn:aws:ecs:*:${account}:container-instance/${environment}-*`,
  ],
});

/** What starts tasks at their times, what starts and stops an environment, and ECS sending callers to new tasks. Roles go to tasks alone. */
const startTasks = ({ account, environment }: EnvironmentScope): Statement[] => [
  {
    Sid: 'StartTasks',
    Action: [
      'cloudwatch:SetAlarmState',
      'ecs:RunTask',
      'ecs:TagResource',
      // to register and to deregister
      'elasticloadbalancing:*Targets',
      'elasticloadbalancing:ModifyRule',
      // to start and to stop
      'rds:St*DBCluster',
      'rds:St*DBInstance',
    ],
    Resource: [
      // tasks, their definitions, target groups and rules of listeners
      `arn:aws:*:*:${account}:*/${environment}-*`,
      // alarms, clusters and instances of databases
      `arn:aws:*:*:${account}:*:${environment}-*`,
    ],
  },
  {
    Sid: 'PassRoles',
    Action: 'iam:PassRole',
    Resource: `arn:aws:iam::${account}:role/${environment}-*`,
    Condition: TO_TASKS,
  },
];

const useData = ({ account, environment, existingBuckets = [] }: EnvironmentScope): Statement[] => [
  {
    Sid: 'ReadMasterSecrets',
    Action: 'secretsmanager:GetSecretValue',
    Resource: [
      `arn:aws:secretsmanager:*:${account}:secret:/${environment}/databases/*/master-*`,
      `arn:aws:secretsmanager:*:${account}:secret:rds!cluster-*`,
    ],
  },
  {
    Sid: 'ReadParameters',
    Action: 'ssm:GetParameters',
    Resource: `arn:aws:ssm:*:${account}:parameter/${environment}/*`,
  },
  {
    Sid: 'UseKeys',
    Action: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey'],
    Resource: `arn:aws:kms:*:${account}:key/*`,
  },
  {
    // one statement, since a managed policy has room for 6,144 letters: each action is for one kind of resource anyway
    Sid: 'UseStores',
    Action: [
      // of files of sites: to make one, and to see whether it is done
      'cloudfront:*Invalidation',
      'elasticache:Connect',
      'rds-db:connect',
      // also what S3 does as the roles that it copies objects to other regions as
      's3:AbortMultipartUpload',
      's3:DeleteObject',
      's3:Get*',
      's3:InitiateReplication',
      's3:ListBucket',
      's3:PutInventoryConfiguration',
      's3:PutObject',
      's3:Replicate*',
      // to change their visibility, delete, receive and send
      'sqs:*Message*',
      'sqs:GetQueueAttributes',
    ],
    Resource: [
      `arn:aws:cloudfront::${account}:*`,
      // replication groups and users
      `arn:aws:elasticache:*:${account}:*:${environment}-*`,
      `arn:aws:rds-db:*:${account}:dbuser:*`,
      ...bucketsOf(environment, existingBuckets),
      `arn:aws:sqs:*:${account}:${environment}-*`,
    ],
  },
];

/** ECS, for services that call each other by TLS: certificates, and the secrets that it keeps them in. */
const encryptCalls = ({ account, environment }: EnvironmentScope): Statement => ({
  Sid: 'EncryptCalls',
  Action: ['acm-pca:Describe*', 'acm-pca:Get*', 'acm-pca:IssueCertificate', 'secretsmanager:*'],
  Resource: [
    `arn:aws:acm-pca:*:${account}:certificate-authority/*`,
    `arn:aws:secretsmanager:*:${account}:secret:${CALL_SECRETS}`,
  ],
  Condition: { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::*:role/${environment}-${CALLS_ROLE}-*` } },
});

/** What Service Connect calls its secrets; they hold keys of certificates for a week. */
const CALL_SECRETS = 'ecs-sc!*';

/** And their objects, which the star of our own stands for as well. */
const bucketsOf = (environment: string, existing: readonly string[]): string[] =>
  [`${environment}-*`, ...existing.flatMap((name) => [name, `${name}/*`])].map(
    (name) => `arn:aws:s3:::${name}`,
  );

const stayWorkload = (scope: EnvironmentScope): Statement[] => [
  {
    Sid: 'NoAdministration',
    Effect: 'Deny',
    Action: ['account:*', 'iam:*', 'organizations:*', 'sts:AssumeRole'],
    Resource: '*',
    // all but to pass a role to a task: other requests pass none
    Condition: { StringNotEquals: TO_TASKS.StringEquals },
  },
  {
    // but to the roles of the tasks that make users of databases; see usersRole in modules/database. No other account has
    // roles with this boundary, and its number for each region would not fit
    Sid: 'KeepSecrets',
    Effect: 'Deny',
    Action: 'secretsmanager:*',
    // which are allowed to one role above
    NotResource: `arn:aws:secretsmanager:*:*:secret:${CALL_SECRETS}`,
    Condition: {
      ArnNotLike: {
        'aws:PrincipalArn': scope.regions.map(
          (region) => `arn:*:iam::*:role/${scope.environment}-*-users-${region}`,
        ),
      },
    },
  },
  {
    Sid: 'KeepStates',
    Effect: 'Deny',
    Action: 's3:*',
    Resource: [`arn:aws:s3:::${scope.stateBuckets}`, `arn:aws:s3:::${scope.stateBuckets}/*`],
  },
  {
    Sid: 'KeepStateKey',
    Effect: 'Deny',
    Action: 'kms:*',
    Resource: '*',
    Condition: { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': scope.stateKeyAlias } },
  },
  keepOthers(scope),
];
