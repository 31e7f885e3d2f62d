import { ACCOUNT } from '../../support/harness';
import { isAllowed, type Asked } from '../../support/iam';
import {
  BUCKET,
  STATE,
  MASTER,
  KEY,
  role,
  here,
  roles,
  stateKey,
  secretParameter,
  type Row,
  everything,
  bounded,
} from './roles-under-test';

const { out, boundary } = roles();

describe('the boundary of the roles that it makes', () => {
  /** IAM allows what both the policies of the role and its boundary allow. */
  const allows = (asked: Asked) => isAllowed([boundary], asked);

  test('fits into what IAM takes for a managed policy', () => {
    expect(out.at('aws_iam_policy.delivery_boundary')).toMatchObject({
      name: 'test-boundary',
      path: '/delivery/',
    });
    expect(boundary.length).toBeLessThanOrEqual(6144);
  });

  test.each([
    ['read its parameters', { action: 'ssm:GetParameters', resource: secretParameter }],
    ['write a log', { action: 'logs:PutLogEvents', context: here }],
    ['write an object', { action: 's3:PutObject', resource: 'arn:aws:s3:::test-media/x' }],
    [
      'decrypt data',
      { action: 'kms:Decrypt', resource: KEY, context: { 'kms:ResourceAliases': 'alias/test-data' } },
    ],
  ] satisfies Row[])('lets workloads %s', (_what, asked) => {
    expect(allows(asked)).toBe(true);
  });

  const DENIED: Row[] = [
    ['make a role', { action: 'iam:CreateRole', resource: role('x'), context: bounded }],
    ['change the pipeline', { action: 'iam:PutRolePolicy', resource: role('delivery/test-apply') }],
    ['take the apply role', { action: 'sts:AssumeRole', resource: role('delivery/test-apply') }],
    ['leave the organization', { action: 'organizations:LeaveOrganization' }],
    ['read a state', { action: 's3:GetObject', resource: STATE }],
    ['write a state', { action: 's3:PutObject', resource: STATE }],
    ['open the state bucket', { action: 's3:PutBucketPolicy', resource: `arn:aws:s3:::${BUCKET}` }],
    ['decrypt states', { action: 'kms:Decrypt', resource: KEY, context: stateKey }],
    ['change the key of states', { action: 'kms:PutKeyPolicy', resource: KEY, context: stateKey }],
    ['read a master password', { action: 'secretsmanager:GetSecretValue', resource: MASTER }],
    [
      'touch another environment of the account',
      {
        action: 'kms:Decrypt',
        resource: KEY,
        context: { 'aws:ResourceAccount': ACCOUNT, 'aws:ResourceTag/Environment': 'prod' },
      },
    ],
  ];

  test('lets the task that makes users of a database read the password of its master, and no other role', () => {
    const read = (resource: string, by: string) =>
      isAllowed([boundary], {
        action: 'secretsmanager:GetSecretValue',
        resource,
        context: { 'aws:PrincipalArn': role(by) },
      });
    expect(read(MASTER, 'test-orders-users-us-east-1')).toBe(true);
    expect(read(MASTER.replace('/test/', '/prod/'), 'test-orders-users-us-east-1')).toBe(false);
    for (const other of [
      'test-users-execution-us-east-1',
      'test-a-users-b-task-us-east-1',
      'prod-orders-users-us-east-1',
    ])
      expect(read(MASTER, other), other).toBe(false);
  });

  test('lets ECS keep certificates of calls as the role that is for it, and no other role read them', () => {
    const secret = `arn:aws:secretsmanager:us-east-1:${ACCOUNT}:secret:ecs-sc!test`;
    const readBy = (by: string, resource = secret, policies = [boundary]) => {
      const context = { 'aws:PrincipalArn': role(by) };
      return isAllowed(policies, { action: 'secretsmanager:GetSecretValue', resource, context });
    };
    expect(readBy('test-service-calls-us-east-1')).toBe(true);
    expect(readBy('test-inventory-task-us-east-1')).toBe(false);
    expect(readBy('prod-service-calls-us-east-1')).toBe(false);
    expect(readBy('test-service-calls-us-east-1', MASTER, [boundary, everything])).toBe(false);
  });

  test.each([
    ...DENIED,
    ['make anything', { action: 'ec2:RunInstances', context: here }],
    [
      'write a log elsewhere',
      { action: 'logs:PutLogEvents', context: { 'aws:RequestedRegion': 'eu-west-1' } },
    ],
    ['change a bucket', { action: 's3:PutBucketPolicy', resource: 'arn:aws:s3:::test-media' }],
    [
      'read parameters of another environment',
      { action: 'ssm:GetParameters', resource: secretParameter.replace('/test/', '/prod/') },
    ],
  ] satisfies Row[])('lets nothing %s', (_what, asked) => {
    expect(allows(asked)).toBe(false);
  });

  test.each(DENIED)('denies to %s, so that no policy of a bucket or key lets it in', (_what, asked) => {
    expect(isAllowed([boundary, everything], asked)).toBe(false);
  });
});
