import { EnvironmentRoles } from '../../../modules/delivery/environment-roles';
import { ACCOUNT, synth } from '../../support/harness';
import { isAllowed, type Asked } from '../../support/iam';

const PLANNER = 'arn:aws:iam::555555555555:role/planner';
const APPLIER = 'arn:aws:iam::555555555555:role/applier';
const BUCKET = 'test-us-east-1-state-111122223333';
const STATE = `arn:aws:s3:::${BUCKET}/test/us-east-1/workload.tfstate`;
const MASTER = `arn:aws:secretsmanager:us-east-1:${ACCOUNT}:secret:/test/databases/orders/master-AbCdEf`;
const KEY = `arn:aws:kms:us-east-1:${ACCOUNT}:key/1234`;
const role = (name: string) => `arn:aws:iam::${ACCOUNT}:role/${name}`;
const here = { 'aws:RequestedRegion': 'us-east-1' };

function roles(holdsMasterPasswords = false) {
  const out = synth(
    (stack) =>
      new EnvironmentRoles(stack, 'Delivery', {
        environment: 'test',
        account: ACCOUNT,
        regions: ['us-east-1', 'us-west-2'],
        stateBuckets: [BUCKET, 'test-us-west-2-state-111122223333'],
        stateKeyAlias: 'alias/test-state',
        holdsMasterPasswords,
        planners: [PLANNER],
        appliers: [APPLIER],
      }),
  );
  const policiesOf = (duty: string) =>
    Object.entries(out.resource['aws_iam_role_policy'] ?? {})
      .filter(([name]) => name.startsWith(`delivery_${duty}_`))
      .map(([, body]) => String(body['policy']));
  return { out, plan: policiesOf('plan'), apply: policiesOf('apply') };
}

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

  test('fit into what IAM takes for the inline policies of a role', () => {
    const { plan: largest, apply: larger } = roles(true);
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html, white space not counted
    for (const policies of [largest, larger]) expect(policies.join('').length).toBeLessThan(10_240);
  });
});

const stateKey = {
  'kms:ResourceAliases': 'alias/test-state',
  'kms:ViaService': 's3.us-east-1.amazonaws.com',
};
const release = `arn:aws:ssm:us-east-1:${ACCOUNT}:parameter/releases/test/inventory`;
const secretParameter = `arn:aws:ssm:us-east-1:${ACCOUNT}:parameter/test/inventory/API_KEY`;
type Row = [string, Asked];

const READS: Row[] = [
  ['look at resources', { action: 'ec2:DescribeVpcs' }],
  ['look at roles', { action: 'iam:GetRolePolicy', resource: role('test-inventory-task-us-east-1') }],
  ['read states', { action: 's3:GetObject', resource: STATE }],
  ['take a lock', { action: 's3:PutObject', resource: `${STATE}.tflock` }],
  ['give a lock back', { action: 's3:DeleteObject', resource: `${STATE}.tflock` }],
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
    ['write a state', { action: 's3:PutObject', resource: STATE }],
    ['delete a state', { action: 's3:DeleteObject', resource: STATE }],
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
    const everything = JSON.stringify({ Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] });
    for (const [, asked] of SECRETS) expect(isAllowed([...plan, everything], asked)).toBe(false);
  });

  test('reads the master passwords that a refresh of its stacks reads, and no other secret', () => {
    const { plan: policies } = roles(true);
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
const attached = (arn: string) => ({ 'iam:PolicyARN': `arn:aws:iam::aws:policy/${arn}` });

describe('the apply role', () => {
  test.each([
    ...READS,
    ['write a state', { action: 's3:PutObject', resource: STATE }],
    ['make anything in its regions', { action: 'rds:CreateDBCluster', context: here }],
    ['make a bucket', { action: 's3:CreateBucket', resource: 'arn:aws:s3:::test-media' }],
    ['change a role of its environment', { action: 'iam:PutRolePolicy', resource: own }],
    [
      'give a role to a task',
      { action: 'iam:PassRole', resource: own, context: passedTo('ecs-tasks.amazonaws.com') },
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
    ['change itself', { action: 'iam:PutRolePolicy', resource: role('delivery/test-apply') }],
    ['change who may plan', { action: 'iam:UpdateAssumeRolePolicy', resource: role('delivery/test-plan') }],
    ['change a role of another environment', { action: 'iam:PutRolePolicy', resource: role('prod-task') }],
    ['make a user', { action: 'iam:CreateUser', resource: `arn:aws:iam::${ACCOUNT}:user/test-me` }],
    [
      'attach administration',
      { action: 'iam:AttachRolePolicy', resource: own, context: attached('AdministratorAccess') },
    ],
    [
      'give a role to anything',
      { action: 'iam:PassRole', resource: own, context: passedTo('ec2.amazonaws.com') },
    ],
    ['open the state bucket', { action: 's3:PutBucketPolicy', resource: `arn:aws:s3:::${BUCKET}` }],
    ['delete a state', { action: 's3:DeleteObject', resource: STATE }],
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
