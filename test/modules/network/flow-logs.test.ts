import { statementsOf } from '../../support/statements';
import { KEY, synthNetwork } from './network-under-test';

const AT = 'network_flow-logs';

describe('records of the traffic of a VPC', () => {
  test('are of all traffic, accepted and refused', () => {
    expect(synthNetwork().at(`aws_flow_log.${AT}`)).toMatchObject({
      vpc_id: '${aws_vpc.network.id}',
      traffic_type: 'ALL',
      log_destination_type: 'cloud-watch-logs',
      log_destination: `\${aws_cloudwatch_log_group.${AT}.arn}`,
      iam_role_arn: `\${aws_iam_role.${AT}.arn}`,
      max_aggregation_interval: 600,
    });
  });

  test('are encrypted and kept as long as the settings say', () => {
    expect(synthNetwork().at(`aws_cloudwatch_log_group.${AT}`)).toMatchObject({
      name: '/test/flow-logs',
      retention_in_days: 14,
      kms_key_id: KEY.arn,
    });
    expect(
      synthNetwork({ flowLogRetentionDays: 90 }).at(`aws_cloudwatch_log_group.${AT}`)['retention_in_days'],
    ).toBe(90);
  });

  test('are written by a role that the service assumes for flow logs of this account and region alone', () => {
    const { name, assume_role_policy } = synthNetwork().at(`aws_iam_role.${AT}`);
    expect(name).toBe('test-flow-logs-us-east-1');
    expect(statementsOf(assume_role_policy)).toEqual([
      {
        Effect: 'Allow',
        Principal: { Service: 'vpc-flow-logs.amazonaws.com' },
        Action: 'sts:AssumeRole',
        Condition: {
          StringEquals: { 'aws:SourceAccount': '111122223333' },
          ArnLike: { 'aws:SourceArn': 'arn:aws:ec2:us-east-1:111122223333:vpc-flow-log/*' },
        },
      },
    ]);
  });

  test('may be written to their log group alone', () => {
    const { policy } = synthNetwork().at(`aws_iam_role_policy.${AT}_role_write-flow-logs`);
    const group = `\${aws_cloudwatch_log_group.${AT}.arn}`;
    expect(statementsOf(policy)).toEqual([
      {
        Effect: 'Allow',
        Action: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
        Resource: [group, `${group}:*`],
      },
      { Effect: 'Allow', Action: 'logs:DescribeLogGroups', Resource: '*' },
    ]);
  });
});
