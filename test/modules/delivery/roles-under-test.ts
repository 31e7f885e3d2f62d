import { EnvironmentRoles, type EnvironmentRolesProps } from '../../../modules/delivery/environment-roles';
import { ACCOUNT, synth } from '../../support/harness';
import { type Asked } from '../../support/iam';

export const PLANNER = 'arn:aws:iam::555555555555:role/planner';
export const APPLIER = 'arn:aws:iam::555555555555:role/applier';
export const BUCKET = 'test-us-east-1-state-111122223333';
export const STATE = `arn:aws:s3:::${BUCKET}/test/us-east-1/workload.tfstate`;
export const MASTER = `arn:aws:secretsmanager:us-east-1:${ACCOUNT}:secret:/test/databases/orders/master-AbCdEf`;
export const KEY = `arn:aws:kms:us-east-1:${ACCOUNT}:key/1234`;
export const role = (name: string) => `arn:aws:iam::${ACCOUNT}:role/${name}`;
export const here = { 'aws:RequestedRegion': 'us-east-1' };

export function roles(change: Partial<EnvironmentRolesProps> = {}) {
  const out = synth(
    (stack) =>
      new EnvironmentRoles(stack, 'Delivery', {
        environment: 'test',
        account: ACCOUNT,
        regions: ['us-east-1', 'us-west-2'],
        stateBuckets: 'test-*-state-111122223333',
        stateKeyAlias: 'alias/test-state',
        holdsMasterPasswords: false,
        domain: 'test.example.com',
        planners: [PLANNER],
        appliers: [APPLIER],
        ...change,
      }),
  );
  const inlineOf = (duty: string) =>
    Object.entries(out.resource['aws_iam_role_policy'] ?? {})
      .filter(([name]) => name.startsWith(`delivery_${duty}_`))
      .map(([, body]) => String(body['policy']));
  // only what is attached counts
  const read = String(out.at('aws_iam_policy.delivery_read')['policy']);
  const policiesOf = (duty: string) => {
    const attached = out.resource['aws_iam_role_policy_attachment']?.[`delivery_${duty}_read-resources`];
    return [
      ...inlineOf(duty),
      ...(attached?.['policy_arn'] === '${aws_iam_policy.delivery_read.arn}' ? [read] : []),
    ];
  };
  const boundary = String(out.at('aws_iam_policy.delivery_boundary')['policy']);
  const inline = { plan: inlineOf('plan'), apply: inlineOf('apply') };
  return { out, plan: policiesOf('plan'), apply: policiesOf('apply'), boundary, read, inline };
}

export const stateKey = {
  'kms:ResourceAliases': 'alias/test-state',
  'kms:ViaService': 's3.us-east-1.amazonaws.com',
};
export const release = `arn:aws:ssm:us-east-1:${ACCOUNT}:parameter/releases/test/inventory`;
export const secretParameter = `arn:aws:ssm:us-east-1:${ACCOUNT}:parameter/test/inventory/API_KEY`;
export const foreign = { 'aws:ResourceAccount': '999999999999' };
export const owned = { 'aws:ResourceAccount': ACCOUNT };
export type Row = [string, Asked];
export const everything = JSON.stringify({ Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] });
export const BOUNDARY = `arn:aws:iam::${ACCOUNT}:policy/delivery/test-boundary`;
export const bounded = { 'iam:PermissionsBoundary': BOUNDARY };
