import { Construct } from 'constructs';
import { CloudwatchLogResourcePolicy } from '@cdktf/provider-aws/lib/cloudwatch-log-resource-policy';
import { policyDocument } from '../access/policy';
import type { Naming } from '../naming/naming';

/**
 * Lets those AWS services write into an environment's log groups that deliver by way of CloudWatch Logs, as Resolver
 * and Network Firewall do. Where it is missing AWS writes one of its own, which no state knows. An account takes ten in
 * a region. https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-CWL.html
 */
export class LogDelivery extends Construct {
  /** What delivers has to come after it. */
  readonly permission: CloudwatchLogResourcePolicy;

  constructor(scope: Construct, id: string, naming: Naming) {
    super(scope, id);
    const { account, region } = naming.place;
    this.permission = new CloudwatchLogResourcePolicy(this, 'Policy', {
      policyName: naming.regional('log-delivery'),
      policyDocument: policyDocument([
        {
          Sid: 'DeliverLogs',
          Principal: { Service: 'delivery.logs.amazonaws.com' },
          Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
          Resource: `arn:aws:logs:${region}:${account}:log-group:${naming.path('*')}:log-stream:*`,
          Condition: {
            StringEquals: { 'aws:SourceAccount': account },
            ArnLike: { 'aws:SourceArn': `arn:aws:logs:${region}:${account}:*` },
          },
        },
      ]),
    });
  }
}
