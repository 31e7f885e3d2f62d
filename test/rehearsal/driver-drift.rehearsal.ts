import { afterEach, beforeEach, expect, it } from 'vitest';
import { runApply } from '../../src/commands/apply';
import { runDrift } from '../../src/commands/drift';
import { runPlan } from '../../src/commands/plan';
import { DriftError } from '../../src/errors';
import { DriverEstate, place } from './driver-estate';

const FOUNDATION = place('foundation');
const STACK = 'dev-us-east-1-foundation';

let estate: DriverEstate;
beforeEach(async () => {
  estate = await DriverEstate.start();
  const group = '${aws_security_group.api.id}';
  await estate.write({
    place: FOUNDATION,
    config: {
      resource: {
        aws_vpc: { network: { cidr_block: '10.0.0.0/16', enable_dns_support: true, tags: { Name: 'one' } } },
        aws_subnet: { a: { cidr_block: '10.0.0.0/24', vpc_id: '${aws_vpc.network.id}' } },
        aws_security_group: { api: { name: 'api', vpc_id: '${aws_vpc.network.id}' } },
        aws_vpc_security_group_ingress_rule: {
          api: {
            security_group_id: group,
            cidr_ipv4: '10.0.0.0/16',
            ip_protocol: 'tcp',
            from_port: 443,
            to_port: 443,
          },
        },
        aws_s3_bucket: { media: { bucket: 'dev-media-111122223333' } },
        aws_iam_role: { task: { name: 'dev-task', assume_role_policy: TRUST } },
        aws_iam_role_policy: { task: { name: 'read', role: '${aws_iam_role.task.name}', policy: POLICY } },
      },
    },
  });
  await runPlan({ scope: 'dev' }, estate.surroundings);
  await runApply({ scope: 'dev' }, estate.surroundings);
  const { group: id, rule } = applied();
  estate.access = {
    securityGroupRules: () => Promise.resolve([{ group: id, rule }]),
    routes: () => Promise.resolve([]),
    rolePolicies: () => Promise.resolve(['read']),
  };
  estate.said();
});
afterEach(() => estate.stop());

const statement = (more: object) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...more }] });
const TRUST = statement({ Principal: { Service: 'ecs-tasks.amazonaws.com' }, Action: 'sts:AssumeRole' });
const POLICY = statement({ Action: 's3:GetObject', Resource: 'arn:aws:s3:::dev-media-111122223333/*' });

const drift = () => runDrift({ scope: 'dev' }, estate.surroundings);

/** The ids that the state knows of the security group and its rule. */
function applied(): { readonly group: string; readonly rule: string } {
  const resources = [...estate.standIn.states().values()].flatMap(
    (text) => (JSON.parse(text) as { resources?: StoredResource[] }).resources ?? [],
  );
  const attribute = (type: string, name: string) =>
    resources.find((one) => one.type === type)?.instances[0]?.attributes[name] ?? '';
  return {
    group: attribute('aws_security_group', 'id'),
    rule: attribute('aws_vpc_security_group_ingress_rule', 'security_group_rule_id'),
  };
}
interface StoredResource {
  readonly type: string;
  readonly instances: readonly { readonly attributes: Readonly<Record<string, string>> }[];
}

it('finds nothing where nobody has changed anything', async () => {
  await drift();
  expect(estate.said()).toEqual([`${STACK}  as it was applied`, 'dev is as it was applied']);
});

it('lists what was changed, deleted and added behind the back of Terraform, ends with 4, and changes nothing', async () => {
  const states = [...estate.standIn.states()];
  estate.standIn.cloud.foundAtRefresh = (type, state) => {
    if (type === 'aws_vpc') return { ...state, enable_dns_support: false, tags: { Name: 'two' } };
    if (type === 'aws_subnet') return undefined;
    return state;
  };
  const { group, rule } = applied();
  estate.access = {
    ...estate.access,
    securityGroupRules: () => Promise.resolve([rule, 'sgr-added'].map((one) => ({ group, rule: one }))),
    rolePolicies: () => Promise.resolve(['read', 'added']),
  };
  const error = await drift().catch((thrown: unknown) => thrown);
  expect(error).toEqual(
    new DriftError(
      'dev must be as it was applied, got 4 differences, see above; take over what is right into the settings, then run make plan ENV=dev',
    ),
  );
  expect((error as DriftError).exitCode).toBe(4);
  expect(estate.said()).toEqual([
    `${STACK}  differs`,
    '  aws_subnet.a: gone',
    '  aws_vpc.network: enable_dns_support, tags',
    'us-east-1  aws_iam_role.task: policy added, which no state knows',
    'us-east-1  aws_security_group.api: rule sgr-added, which no state knows',
  ]);
  expect([...estate.standIn.states()]).toEqual(states);
});

it('does not count what the code leaves open, and other resources fill', async () => {
  estate.standIn.cloud.foundAtRefresh = (type, state) =>
    type === 'aws_s3_bucket' ? { ...state, acceleration_status: 'Enabled' } : state;
  await drift();
  expect(estate.said().slice(1)).toEqual([
    '  aws_s3_bucket.media: acceleration_status, which the code leaves open (no drift)',
    'dev is as it was applied',
  ]);
});
