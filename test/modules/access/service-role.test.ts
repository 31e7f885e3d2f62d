import { ServiceRole, type ServiceRoleProps } from '../../../modules/access/service-role';
import { ACCOUNT, synth } from '../../support/harness';
import { resolved } from '../../support/resolved';
import { statementsOf } from '../../support/statements';

const PROPS: ServiceRoleProps = {
  name: 'test-inventory-task-us-east-1',
  description: 'What the program may do',
  service: 'ecs-tasks.amazonaws.com',
  account: ACCOUNT,
};
const synthRole = (
  change: Partial<ServiceRoleProps> = {},
  use: (role: ServiceRole) => void = () => undefined,
) => synth((stack) => use(new ServiceRole(stack, 'TaskRole', { ...PROPS, ...change })));

describe('a role of a service', () => {
  test('is a role and nothing else: it may do nothing', () => {
    const out = synthRole();
    expect(out.addresses).toEqual(['aws_iam_role.task-role']);
    expect(out.at('aws_iam_role.task-role')).toMatchObject({
      name: 'test-inventory-task-us-east-1',
      description: 'What the program may do',
    });
  });

  test('is assumed by its service alone, and on behalf of this account alone', () => {
    expect(statementsOf(synthRole().at('aws_iam_role.task-role')['assume_role_policy'])).toEqual([
      {
        Effect: 'Allow',
        Principal: { Service: 'ecs-tasks.amazonaws.com' },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT } },
      },
    ]);
  });

  test('is assumed on behalf of certain resources alone if it says so', () => {
    const sourceArn = `arn:aws:ecs:us-east-1:${ACCOUNT}:*`;
    const [statement] = statementsOf(
      synthRole({ sourceArn }).at('aws_iam_role.task-role')['assume_role_policy'],
    );
    expect(statement?.['Condition']).toEqual({
      StringEquals: { 'aws:SourceAccount': ACCOUNT },
      ArnLike: { 'aws:SourceArn': sourceArn },
    });
  });

  test('tells its name and ARN', () => {
    expect(
      resolved((stack) => {
        const { name, arn } = new ServiceRole(stack, 'TaskRole', PROPS);
        return { name, arn };
      }),
    ).toEqual({ name: '${aws_iam_role.task-role.name}', arn: '${aws_iam_role.task-role.arn}' });
  });
});

describe('what a role may do', () => {
  test('are inline policies that say in their names what they grant', () => {
    const out = synthRole({}, (role) => {
      role.allow('read-media', [{ Action: 's3:GetObject', Resource: 'arn:aws:s3:::media/*' }]);
      role.allow('write-log', [{ Action: 'logs:PutLogEvents', Resource: '*' }]);
    });
    expect(out.addresses).toEqual([
      'aws_iam_role.task-role',
      'aws_iam_role_policy.task-role_read-media',
      'aws_iam_role_policy.task-role_write-log',
    ]);
    const { name, role, policy } = out.at('aws_iam_role_policy.task-role_read-media');
    expect([name, role]).toEqual(['read-media', '${aws_iam_role.task-role.name}']);
    expect(statementsOf(policy)).toEqual([
      { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::media/*' },
    ]);
  });

  test('can be policies that AWS maintains, found by their names', () => {
    const arn = 'arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole';
    const out = synthRole({ managedPolicyArns: [arn] });
    expect(out.addresses).toEqual([
      'aws_iam_role.task-role',
      'aws_iam_role_policy_attachment.task-role_amazon-rdsenhanced-monitoring-role',
    ]);
    expect(out.at(out.addresses[1]!)).toMatchObject({
      role: '${aws_iam_role.task-role.name}',
      policy_arn: arn,
    });
  });

  test('cannot be granted under one name twice', () => {
    expect(() =>
      synthRole({}, (role) => {
        role.allow('read-media', []);
        role.allow('read-media', []);
      }),
    ).toThrow("There is already a Construct with name 'read-media'");
  });
});
