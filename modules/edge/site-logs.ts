import { Construct } from 'constructs';
import { CloudwatchLogDelivery } from '@cdktf/provider-aws/lib/cloudwatch-log-delivery';
import { CloudwatchLogDeliveryDestination } from '@cdktf/provider-aws/lib/cloudwatch-log-delivery-destination';
import { CloudwatchLogDeliverySource } from '@cdktf/provider-aws/lib/cloudwatch-log-delivery-source';
import type { IKey } from '../encryption/key';
import { LogGroup } from '../observability/log-group';

export interface SiteLogsProps {
  /** Unique in the region. */
  readonly name: string;
  readonly logGroup: string;
  readonly retentionDays: number;
  readonly key: IKey;
  readonly distributionArn: string;
}

/**
 * Neither cookies nor queries, nor the address of the page before with its query: they hold what signs people in.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logs-reference.html
 *
 * Whoever changes the list gives the destination another name with it, so that the delivery is made anew: the provider's
 * change in place is refused by CloudWatch Logs (hashicorp/terraform-provider-aws#46108).
 */
const FIELDS = [
  'date',
  'time',
  'x-edge-location',
  'sc-bytes',
  'c-ip',
  'cs-method',
  'cs-uri-stem',
  'sc-status',
  'cs(User-Agent)',
  'x-edge-result-type',
  'x-edge-request-id',
  'x-host-header',
  'cs-protocol',
  'cs-bytes',
  'time-taken',
  'x-forwarded-for',
  'ssl-protocol',
  'ssl-cipher',
  'cs-protocol-version',
  'time-to-first-byte',
  'x-edge-detailed-result-type',
  'sc-content-type',
  'c-country',
];

/**
 * Each request, into a log group of the edge. What lets AWS deliver into the environment's groups is in the foundation
 * of this region; legacy logs would need a bucket with ACLs.
 */
export class SiteLogs extends Construct {
  constructor(scope: Construct, id: string, props: SiteLogsProps) {
    super(scope, id);
    const { name, logGroup, retentionDays, key, distributionArn } = props;
    const group = new LogGroup(this, 'Requests', { name: logGroup, retentionDays, key });
    const source = new CloudwatchLogDeliverySource(this, 'Source', {
      name,
      logType: 'ACCESS_LOGS',
      resourceArn: distributionArn,
    });
    const destination = new CloudwatchLogDeliveryDestination(this, 'Destination', {
      name,
      outputFormat: 'json',
      deliveryDestinationConfiguration: [{ destinationResourceArn: group.arn }],
    });
    new CloudwatchLogDelivery(this, 'Delivery', {
      deliverySourceName: source.name,
      deliveryDestinationArn: destination.arn,
      recordFields: FIELDS,
    });
  }
}
