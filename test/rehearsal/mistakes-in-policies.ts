import type { Mistake } from './mistakes';
import { resource } from './samples';
import type { JsonObject } from './stack-document';

const policy = (...statements: readonly JsonObject[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });
const allow = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::media/*' };
const trust = {
  Effect: 'Allow',
  Action: 'sts:AssumeRole',
  Principal: { Service: 'ecs-tasks.amazonaws.com' },
};
const of = (length: number) => policy({ ...allow, Resource: `arn:aws:s3:::${'x'.repeat(length)}` });

const managed = (mistake: string, document: string, message: string): Mistake => ({
  mistake,
  configuration: resource('aws_iam_policy', { name: 'a', policy: document }),
  message,
});
const inline = (mistake: string, document: string, message: string): Mistake => ({
  mistake,
  configuration: resource('aws_iam_role_policy', { name: 'a', role: 'r', policy: document }),
  message,
});
const trusting = (mistake: string, document: string, message: string): Mistake => ({
  mistake,
  configuration: resource('aws_iam_role', { name: 'a', assume_role_policy: document }),
  message,
});
const ofBucket = (mistake: string, document: string, message: string): Mistake => ({
  mistake,
  configuration: resource('aws_s3_bucket_policy', { bucket: 'b', policy: document }),
  message,
});

export const MISTAKES_IN_POLICIES: readonly Mistake[] = [
  managed('a managed policy that is too long', of(6200), 'Cannot exceed quota for PolicySize: 6144'),
  inline(
    'an inline policy that is too long',
    of(10_300),
    'Maximum policy size of 10240 bytes exceeded for role',
  ),
  trusting(
    'a trust policy that is too long',
    policy({ ...trust, Condition: { StringEquals: { 'aws:SourceAccount': 'x'.repeat(2100) } } }),
    'Cannot exceed quota for ACLSizePerRole: 2048',
  ),
  ofBucket(
    'a policy of a bucket that is too long',
    policy({ ...allow, Principal: '*', Sid: 'x'.repeat(20_500) }),
    'PolicyTooLarge',
  ),
  {
    mistake: 'a policy of a key that is too long',
    configuration: resource('aws_kms_key', {
      policy: policy({ ...trust, Action: 'kms:*', Resource: '*', Sid: 'x'.repeat(33_000) }),
    }),
    message: 'the key policy exceeds 32768 bytes',
  },
  managed(
    'an action that S3 does not have',
    policy({ ...allow, Action: 's3:ReadObject' }),
    'Policy has invalid action: s3:ReadObject',
  ),
  managed(
    'a wildcard that fits no action',
    policy({ ...allow, Action: 'kms:Sing*' }),
    'Policy has invalid action: kms:Sing*',
  ),
  managed(
    'an action of a service that does not exist',
    policy({ ...allow, Action: 's4:GetObject' }),
    'Policy has invalid action: s4:GetObject',
  ),
  managed(
    'an action without its service',
    policy({ ...allow, Action: 'GetObject' }),
    'must be prefaced by a vendor',
  ),
  managed(
    'a resource that is no ARN',
    policy({ ...allow, Resource: 'media/*' }),
    'Resource media/* must be in ARN format or "*".',
  ),
  managed('neither allowed nor denied', policy({ ...allow, Effect: 'Permit' }), 'Invalid effect: Permit'),
  managed(
    'an element that policies do not have',
    policy({ ...allow, Actions: 's3:*' }),
    '"Actions" is no element',
  ),
  managed(
    'a version of the language that does not exist',
    JSON.stringify({ Version: '2024-01-01', Statement: [allow] }),
    'The policy must contain a valid version string',
  ),
  managed(
    'a policy without a statement',
    JSON.stringify({ Version: '2012-10-17' }),
    'a Statement is missing',
  ),
  managed(
    'a condition with an operator that does not exist',
    policy({ ...allow, Condition: { StringIs: { 'aws:SourceAccount': '1' } } }),
    'Invalid Condition type : StringIs.',
  ),
  managed(
    'a condition on a key without its service',
    policy({ ...allow, Condition: { StringEquals: { SourceAccount: '1' } } }),
    'must be prefaced by a vendor: SourceAccount',
  ),
  inline(
    'a principal in a policy of a role',
    policy({ ...allow, Principal: '*' }),
    'Policy document should not specify a principal.',
  ),
  trusting(
    'a trust policy that trusts nobody',
    policy({ Effect: 'Allow', Action: 'sts:AssumeRole' }),
    'Missing required field Principal',
  ),
  trusting(
    'a trust policy with a resource',
    policy({ ...trust, Resource: '*' }),
    'Has prohibited field Resource',
  ),
  trusting(
    'a service without its domain as principal',
    policy({ ...trust, Principal: { Service: 'ecs-tasks' } }),
    'Invalid principal in policy: "SERVICE":"ecs-tasks"',
  ),
  ofBucket(
    'an account with too few digits as principal',
    policy({ ...allow, Principal: { AWS: '12345' } }),
    'Invalid principal in policy: "AWS":"12345"',
  ),
];
