import { Construct } from 'constructs';
import { Route53ResolverQueryLogConfig } from '@cdktf/provider-aws/lib/route53-resolver-query-log-config';
import { Route53ResolverQueryLogConfigAssociation } from '@cdktf/provider-aws/lib/route53-resolver-query-log-config-association';
import type { IKey } from '../encryption/key';
import type { Naming } from '../naming/naming';
import type { LogDelivery } from '../observability/log-delivery';
import { LogGroup } from '../observability/log-group';

export interface DnsQueryLogsProps {
  readonly naming: Naming;
  readonly vpcId: string;
  readonly key: IKey;
  readonly logDelivery: LogDelivery;
  readonly retentionDays: number;
}

/** Records of the names that a VPC asks for, and of what DNS Firewall made of each. */
export class DnsQueryLogs extends Construct {
  readonly logGroupName: string;

  constructor(scope: Construct, id: string, props: DnsQueryLogsProps) {
    super(scope, id);
    const { naming, vpcId, key, logDelivery, retentionDays } = props;
    const group = new LogGroup(this, 'LogGroup', { name: naming.path('dns-queries'), key, retentionDays });
    this.logGroupName = group.name;
    const config = new Route53ResolverQueryLogConfig(this, 'Config', {
      name: naming.regional('dns-queries'),
      destinationArn: group.arn,
      dependsOn: [logDelivery.permission],
    });
    new Route53ResolverQueryLogConfigAssociation(this, 'Association', {
      resolverQueryLogConfigId: config.id,
      resourceId: vpcId,
    });
  }
}
