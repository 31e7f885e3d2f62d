import { ACCOUNT } from '../../support/harness';
import { REGION_NAMES } from '../../../modules/network/regions';
import { isAllowed, type Asked } from '../../support/iam';
import {
  PLANNER,
  APPLIER,
  BUCKET,
  STATE,
  MASTER,
  KEY,
  role,
  here,
  roles,
  stateKey,
  release,
  secretParameter,
  foreign,
  owned,
  type Row,
  everything,
  BOUNDARY,
  bounded,
} from './roles-under-test';

const { out, plan, apply } = roles();

describe('the roles of a pipeline', () => {
  test('are two, under a path of their own', () => {
    expect(Object.keys(out.resource['aws_iam_role'] ?? {})).toEqual(['delivery_apply', 'delivery_plan']);
    expect(out.at('aws_iam_role.delivery_plan')).toMatchObject({ name: 'test-plan', path: '/delivery/' });
    expect(out.at('aws_iam_role.delivery_apply')).toMatchObject({ name: 'test-apply', path: '/delivery/' });
  });

  test.each([
    ['plan', PLANNER],
    ['apply', APPLIER],
  ])('%s: is taken by the roles of its agents alone', (duty, arn) => {
    const trust = out.at(`aws_iam_role.delivery_${duty}`)['assume_role_policy'];
    expect(JSON.parse(String(trust))).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'Agents',
          Effect: 'Allow',
          Principal: { AWS: ['arn:aws:iam::555555555555:root'] },
          Action: 'sts:AssumeRole',
          Condition: { ArnEquals: { 'aws:PrincipalArn': [arn] } },
        },
      ],
    });
  });

  test('fit into what IAM takes for the inline policies of a role, and of a managed one, in every region', () => {
    const environment = 'x'.repeat(12);
    const {
      inline,
      read,
      boundary: limit,
    } = roles({
      environment,
      regions: REGION_NAMES,
      stateBuckets: `${environment}-*-state-${ACCOUNT}`,
      stateKeyAlias: `alias/${environment}-state`,
      domain: `${'x'.repeat(60)}.${'x'.repeat(60)}.example.com`,
      holdsMasterPasswords: true,
    });
    for (const managed of [limit, read]) expect(managed.length).toBeLessThanOrEqual(6144);
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html, white space not counted
    for (const policies of [inline.plan, inline.apply])
      expect(policies.join('').length).toBeLessThanOrEqual(10_240);
  });
});

const ZONE = 'arn:aws:route53:::hostedzone/Z1';
/** A change of one record. */
const naming = (name: string): Asked => ({
  action: 'route53:ChangeResourceRecordSets',
  resource: ZONE,
  context: { 'route53:ChangeResourceRecordSetsNormalizedRecordNames': name },
});
const chat = (name: string) => `arn:aws:chatbot::${ACCOUNT}:chat-configuration/slack-channel/${name}`;
const READS: Row[] = [
  ['look at resources', { action: 'ec2:DescribeVpcs' }],
  ['look for routes of transit gateways', { action: 'ec2:SearchTransitGatewayRoutes' }],
  ['see what is associated with them', { action: 'ec2:GetTransitGatewayRouteTableAssociations' }],
  ['look at roles', { action: 'iam:GetRolePolicy', resource: role('test-inventory-task-us-east-1') }],
  ['list the buckets of the account', { action: 's3:ListAllMyBuckets' }],
  ['list states', { action: 's3:ListBucket', resource: `arn:aws:s3:::${BUCKET}` }],
  ['read states', { action: 's3:GetObject', resource: STATE, context: owned }],
  ['read the tags of a bucket', { action: 's3:ListTagsForResource', resource: 'arn:aws:s3:::test-media' }],
  ['take a lock', { action: 's3:PutObject', resource: `${STATE}.tflock`, context: owned }],
  ['give a lock back', { action: 's3:DeleteObject', resource: `${STATE}.tflock`, context: owned }],
  ['encrypt a lock', { action: 'kms:GenerateDataKey', resource: KEY, context: stateKey }],
  ['see which image is released', { action: 'ssm:GetParameter', resource: release }],
  ['draw a random password', { action: 'secretsmanager:GetRandomPassword' }],
];

const SECRETS: Row[] = [
  ['read a secret', { action: 'secretsmanager:GetSecretValue', resource: MASTER }],
  ['read a secret parameter', { action: 'ssm:GetParameter', resource: secretParameter }],
  ['read all parameters', { action: 'ssm:GetParametersByPath', resource: secretParameter }],
];

describe('the plan role', () => {
  test.each(READS)('may %s', (_what, asked) => {
    expect(isAllowed(plan, asked)).toBe(true);
  });

  test.each([
    ...SECRETS,
    [
      'read a state in the bucket of another account',
      { action: 's3:GetObject', resource: STATE, context: foreign },
    ],
    ['write a state', { action: 's3:PutObject', resource: STATE, context: owned }],
    ['delete a state', { action: 's3:DeleteObject', resource: STATE, context: owned }],
    [
      'read the states of another scope',
      { action: 's3:GetObject', resource: 'arn:aws:s3:::prod-us-east-1-state-111122223333/prod/x.tfstate' },
    ],
    ['read an object', { action: 's3:GetObject', resource: 'arn:aws:s3:::test-media/x' }],
    [
      'decrypt data',
      { action: 'kms:Decrypt', resource: KEY, context: { 'kms:ResourceAliases': 'alias/test-data' } },
    ],
    ['read logs', { action: 'logs:GetLogEvents' }],
    ['make anything', { action: 'ec2:CreateVpc', context: here }],
    ['change a role', { action: 'iam:PutRolePolicy', resource: role('test-inventory-task-us-east-1') }],
    ['take another role', { action: 'sts:AssumeRole', resource: role('delivery/test-apply') }],
  ] satisfies Row[])('may not %s', (_what, asked) => {
    expect(isAllowed(plan, asked)).toBe(false);
  });

  test('is denied secrets, so that a policy that is attached later opens none', () => {
    for (const [, asked] of SECRETS) expect(isAllowed([...plan, everything], asked)).toBe(false);
  });

  test('reads the master passwords that a refresh of its stacks reads, and no other secret', () => {
    const { plan: policies } = roles({ holdsMasterPasswords: true });
    const context = {
      'kms:ResourceAliases': 'alias/test-data',
      'kms:ViaService': 'secretsmanager.us-east-1.amazonaws.com',
    };
    const of = (resource: string) =>
      isAllowed(policies, { action: 'secretsmanager:GetSecretValue', resource });
    expect(of(MASTER)).toBe(true);
    expect(of(MASTER.replace('/master', '/other'))).toBe(false);
    expect(of(MASTER.replace('/test/', '/prod/'))).toBe(false);
    expect(isAllowed(policies, { action: 'kms:Decrypt', resource: KEY, context })).toBe(true);
  });
});

const own = role('test-inventory-task-us-east-1');
const passedTo = (service: string) => ({ 'iam:PassedToService': service });
const attached = (arn: string) => ({ ...bounded, 'iam:PolicyARN': `arn:aws:iam::aws:policy/${arn}` });

describe('the apply role', () => {
  test.each([
    ...READS,
    ['write a state', { action: 's3:PutObject', resource: STATE, context: owned }],
    ['tag a bucket', { action: 's3:TagResource', resource: 'arn:aws:s3:::test-media' }],
    ['take a tag away', { action: 's3:UntagResource', resource: 'arn:aws:s3:::test-media' }],
    ['make its zone', { action: 'route53:CreateHostedZone' }],
    ['write a name of its domain', naming('inventory.test.example.com')],
    ['write the name of its domain', naming('test.example.com')],
    ['write a private name', naming('catalog-readers.test.internal')],
    ['make a health check', { action: 'route53:CreateHealthCheck' }],
    ['make anything in its regions', { action: 'rds:CreateDBCluster', context: here }],
    ['make a key', { action: 'kms:CreateKey', context: here }],
    ['make a chat channel', { action: 'chatbot:CreateSlackChannelConfiguration' }],
    [
      'change a chat channel of its own',
      { action: 'chatbot:UpdateSlackChannelConfiguration', resource: chat('test-alerts') },
    ],
    ...['TagResource', 'UntagResource', 'DeleteSlackChannelConfiguration'].map((action): Row => [
      `${action} of a chat channel of its own`,
      { action: `chatbot:${action}`, resource: chat('test-alerts') },
    ]),
    [
      'make a channel of Teams',
      { action: 'chatbot:CreateMicrosoftTeamsChannelConfiguration', resource: chat('test-alerts') },
    ],
    ['make a bucket', { action: 's3:CreateBucket', resource: 'arn:aws:s3:::test-media' }],
    ['make a role within the boundary', { action: 'iam:CreateRole', resource: own, context: bounded }],
    ['change such a role', { action: 'iam:PutRolePolicy', resource: own, context: bounded }],
    ['put a role within it', { action: 'iam:PutRolePermissionsBoundary', resource: own, context: bounded }],
    [
      'give a role to a task',
      { action: 'iam:PassRole', resource: own, context: passedTo('ecs-tasks.amazonaws.com') },
    ],
    [
      'give an instance its role',
      {
        action: 'iam:PassRole',
        resource: `arn:aws:iam::${ACCOUNT}:role/test-general-capacity-us-east-1`,
        context: passedTo('ec2.amazonaws.com'),
      },
    ],
    [
      'attach a policy of an AWS service',
      {
        action: 'iam:AttachRolePolicy',
        resource: own,
        context: attached('service-role/AmazonRDSEnhancedMonitoringRole'),
      },
    ],
  ] satisfies Row[])('may %s', (_what, asked) => {
    expect(isAllowed(apply, asked)).toBe(true);
  });

  test.each([
    ...SECRETS,
    [
      'make anything elsewhere',
      { action: 'rds:CreateDBCluster', context: { 'aws:RequestedRegion': 'eu-west-1' } },
    ],
    ['make a key elsewhere', { action: 'kms:CreateKey', context: { 'aws:RequestedRegion': 'eu-west-1' } }],
    [
      'change a chat channel of another environment',
      { action: 'chatbot:UpdateSlackChannelConfiguration', resource: chat('prod-alerts') },
    ],
    ['let a workspace in', { action: 'chatbot:RedeemSlackOauthCode' }],
    ['change itself', { action: 'iam:PutRolePolicy', resource: role('delivery/test-apply') }],
    ['change who may plan', { action: 'iam:UpdateAssumeRolePolicy', resource: role('delivery/test-plan') }],
    ['change a role of another environment', { action: 'iam:PutRolePolicy', resource: role('prod-task') }],
    ['write a name of another domain', naming('inventory.prod.example.com')],
    ['write a private name of another environment', naming('catalog-readers.prod.internal')],
    ['write a name that only ends as its domain', naming('besttest.example.com')],
    ['write no name in particular', { action: 'route53:ChangeResourceRecordSets', resource: ZONE }],
    ['delete a zone', { action: 'route53:DeleteHostedZone', resource: ZONE }],
    ['write a state elsewhere', { action: 's3:PutObject', resource: STATE, context: foreign }],
    ['tag the state bucket', { action: 's3:TagResource', resource: `arn:aws:s3:::${BUCKET}` }],
    ['make a role without the boundary', { action: 'iam:CreateRole', resource: own }],
    [
      'make a role within another boundary',
      { action: 'iam:CreateRole', resource: own, context: { 'iam:PermissionsBoundary': `${BOUNDARY}2` } },
    ],
    ['give a role without it anything', { action: 'iam:PutRolePolicy', resource: own }],
    [
      'attach anything to a role without it',
      {
        action: 'iam:AttachRolePolicy',
        resource: own,
        context: { 'iam:PolicyARN': 'arn:aws:iam::aws:policy/service-role/x' },
      },
    ],
    ['change the boundary', { action: 'iam:CreatePolicyVersion', resource: BOUNDARY }],
    ['make a policy beside it', { action: 'iam:CreatePolicy', resource: `${BOUNDARY}2` }],
    ['make a user', { action: 'iam:CreateUser', resource: `arn:aws:iam::${ACCOUNT}:user/test-me` }],
    [
      'attach administration',
      { action: 'iam:AttachRolePolicy', resource: own, context: attached('AdministratorAccess') },
    ],
    [
      'give a role to anything',
      { action: 'iam:PassRole', resource: own, context: passedTo('lambda.amazonaws.com') },
    ],
    [
      'give an instance what a service may do',
      { action: 'iam:PassRole', resource: own, context: passedTo('ec2.amazonaws.com') },
    ],
    ['open the state bucket', { action: 's3:PutBucketPolicy', resource: `arn:aws:s3:::${BUCKET}` }],
    ['delete a state', { action: 's3:DeleteObject', resource: STATE, context: owned }],
    ['delete what a state was', { action: 's3:DeleteObjectVersion', resource: STATE }],
    [
      'write the state of the buckets',
      { action: 's3:PutObject', resource: STATE.replace('workload', 'bootstrap') },
    ],
    ['delete the key of states', { action: 'kms:ScheduleKeyDeletion', resource: KEY, context: stateKey }],
    [
      'move the alias of that key',
      { action: 'kms:UpdateAlias', resource: `arn:aws:kms:us-east-1:${ACCOUNT}:alias/test-state` },
    ],
    ['share a snapshot', { action: 'rds:ModifyDBClusterSnapshotAttribute', context: here }],
    ['open a shell in a container', { action: 'ecs:ExecuteCommand', context: here }],
    [
      'touch another environment of its account',
      {
        action: 'rds:DeleteDBCluster',
        context: { ...here, 'aws:ResourceAccount': ACCOUNT, 'aws:ResourceTag/Environment': 'prod' },
      },
    ],
  ] satisfies Row[])('may not %s', (_what, asked) => {
    expect(isAllowed(apply, asked)).toBe(false);
  });
});

describe('with a policy that allows everything, the apply role', () => {
  test.each([
    ['deletes no zone', { action: 'route53:DeleteHostedZone', resource: ZONE }],
    ['takes no boundary away', { action: 'iam:DeleteRolePermissionsBoundary', resource: own }],
    ['changes no boundary', { action: 'iam:CreatePolicyVersion', resource: BOUNDARY }],
    ['changes not itself', { action: 'iam:PutRolePolicy', resource: role('delivery/test-apply') }],
  ] satisfies Row[])('%s', (_what, asked) => {
    expect(isAllowed([everything], asked)).toBe(true);
    expect(isAllowed([...apply, everything], asked)).toBe(false);
  });
});
