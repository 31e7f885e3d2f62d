import { Construct } from 'constructs';
import { FlowLog } from '@cdktf/provider-aws/lib/flow-log';
import { ServiceRole } from '../access/service-role';
import type { IKey } from '../encryption/key';
import type { Naming } from '../naming/naming';
import { LogGroup } from '../observability/log-group';

export interface FlowLogsProps {
  readonly naming: Naming;
  readonly vpcId: string;
  readonly key: IKey;
  readonly retentionDays: number;
  /** Of the role that writes them. @default none */
  readonly permissionsBoundary?: string | undefined;
}

/** Records of the VPC's traffic, accepted and refused. */
export class FlowLogs extends Construct {
  constructor(scope: Construct, id: string, props: FlowLogsProps) {
    super(scope, id);
    const { naming, vpcId, key, retentionDays, permissionsBoundary } = props;
    const { account, region } = naming.place;
    const group = new LogGroup(this, 'LogGroup', { name: naming.path('flow-logs'), key, retentionDays });
    const role = new ServiceRole(this, 'Role', {
      name: naming.accountWide('flow-logs'),
      description: 'Writes the records of the VPC traffic',
      service: 'vpc-flow-logs.amazonaws.com',
      account,
      sourceArn: `arn:aws:ec2:${region}:${account}:vpc-flow-log/*`,
      permissionsBoundary,
    });
    role.allow('write-flow-logs', [
      {
        Action: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
        Resource: [group.arn, `${group.arn}:*`],
      },
      // the service asks for it, and it takes no resource
      { Action: 'logs:DescribeLogGroups', Resource: '*' },
    ]);
    new FlowLog(this, 'FlowLog', {
      vpcId,
      trafficType: 'ALL',
      logDestinationType: 'cloud-watch-logs',
      logDestination: group.arn,
      iamRoleArn: role.arn,
      maxAggregationInterval: 600,
      tags: { Name: naming.regional('network') },
    });
  }
}
