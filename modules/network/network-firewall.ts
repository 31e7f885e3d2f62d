import { Construct } from 'constructs';
import { NetworkfirewallFirewall } from '@cdktf/provider-aws/lib/networkfirewall-firewall';
import { NetworkfirewallFirewallPolicy } from '@cdktf/provider-aws/lib/networkfirewall-firewall-policy';
import { NetworkfirewallLoggingConfiguration } from '@cdktf/provider-aws/lib/networkfirewall-logging-configuration';
import { NetworkfirewallRuleGroup } from '@cdktf/provider-aws/lib/networkfirewall-rule-group';
import { Key, type IKey } from '../encryption/key';
import type { Naming } from '../naming/naming';
import type { LogDelivery } from '../observability/log-delivery';
import { LogGroup } from '../observability/log-group';
import { ROOM_FOR_NAMES, type OutsideNames } from './outside-settings';

export interface NetworkFirewallProps {
  readonly naming: Naming;
  readonly vpcId: string;
  /** Of the firewall tier, by name of the zone. */
  readonly subnetIds: ReadonlyMap<string, string>;
  readonly outside: OutsideNames;
  /** The key of the region that is for logs. */
  readonly logsKey: IKey;
  readonly logDelivery: LogDelivery;
  /** One of LOG_RETENTION_DAYS. */
  readonly logRetentionDays: number;
  /** Whether it refuses to be deleted. */
  readonly protection: boolean;
}

/**
 * Lets a connection pass if the server name of its TLS handshake, or the Host header of plain HTTP, is declared. What
 * else there is, is dropped once it is a connection: before that nobody knows its name.
 */
export class NetworkFirewall extends Construct {
  /** Where it writes what it drops. */
  readonly alertLogGroupName: string;
  private readonly firewall: NetworkfirewallFirewall;
  private readonly encryption: { readonly type: string; readonly keyId: string };

  constructor(
    scope: Construct,
    id: string,
    private readonly props: NetworkFirewallProps,
  ) {
    super(scope, id);
    this.encryption = { type: 'CUSTOMER_KMS', keyId: this.addKey().arn };
    this.firewall = this.addFirewall(this.addPolicy(this.addRuleGroups()));
    this.alertLogGroupName = this.addLogs();
  }

  /** The endpoint in a zone, which routes lead to. */
  endpointId(availabilityZone: string): string {
    const { terraformResourceType: type, friendlyUniqueId: name } = this.firewall;
    // a set, which has no order: only the zone tells them apart
    const states = `${type}.${name}.firewall_status[0].sync_states`;
    return `\${one([for state in ${states} : state.attachment[0].endpoint_id if state.availability_zone == "${availabilityZone}"])}`;
  }

  private addKey(): Key {
    const { naming, protection } = this.props;
    const { account, region } = naming.place;
    return new Key(this, 'EncryptionKey', {
      name: naming.regional('firewall'),
      description: 'Rules and settings of the network firewall',
      account,
      region,
      // the service takes grants from whoever makes the firewall
      via: ['network-firewall'],
      protection,
    });
  }

  private addRuleGroups(): NetworkfirewallRuleGroup[] {
    const { https, http } = this.props.outside;
    return [...this.addRuleGroup('https', 'TLS_SNI', https), ...this.addRuleGroup('http', 'HTTP_HOST', http)];
  }

  /** In the order in which they are looked at; none where nothing is declared. */
  private addRuleGroup(
    protocol: string,
    target: 'TLS_SNI' | 'HTTP_HOST',
    names: readonly string[],
  ): NetworkfirewallRuleGroup[] {
    if (names.length === 0) return [];
    const group = new NetworkfirewallRuleGroup(this, protocol, {
      name: this.props.naming.regional(`egress-${protocol}`),
      type: 'STATEFUL',
      capacity: ROOM_FOR_NAMES,
      encryptionConfiguration: this.encryption,
      ruleGroup: {
        statefulRuleOptions: { ruleOrder: 'STRICT_ORDER' },
        rulesSource: {
          rulesSourceList: {
            generatedRulesType: 'ALLOWLIST',
            targetTypes: [target],
            // a dot before a domain is all below it, and the domain itself
            targets: names.map((name) => name.replace(/^\*/, '')),
          },
        },
      },
    });
    return [group];
  }

  private addPolicy(groups: readonly NetworkfirewallRuleGroup[]): NetworkfirewallFirewallPolicy {
    return new NetworkfirewallFirewallPolicy(this, 'Policy', {
      name: this.props.naming.regional('egress'),
      encryptionConfiguration: this.encryption,
      firewallPolicy: {
        statelessDefaultActions: ['aws:forward_to_sfe'],
        statelessFragmentDefaultActions: ['aws:drop'],
        statefulEngineOptions: { ruleOrder: 'STRICT_ORDER', streamExceptionPolicy: 'REJECT' },
        // Only what is sent out, and only once its protocol is known: the first message of a handshake with
        // post-quantum keys comes in two packets, and a plain `drop_established` drops the first of them.
        // https://docs.aws.amazon.com/network-firewall/latest/developerguide/suricata-rule-evaluation-order.html
        statefulDefaultActions: [
          'aws:drop_established_app_layer_to_server',
          'aws:alert_established_app_layer_to_server',
        ],
        statefulRuleGroupReference: groups.map((group, index) => ({
          priority: index + 1,
          resourceArn: group.arn,
        })),
      },
    });
  }

  private addFirewall(policy: NetworkfirewallFirewallPolicy): NetworkfirewallFirewall {
    const { naming, vpcId, subnetIds, protection } = this.props;
    return new NetworkfirewallFirewall(this, 'Firewall', {
      name: naming.regional('egress'),
      vpcId,
      firewallPolicyArn: policy.arn,
      encryptionConfiguration: this.encryption,
      deleteProtection: protection,
      subnetMapping: [...subnetIds.values()].map((subnetId) => ({ subnetId })),
    });
  }

  private addLogs(): string {
    const { naming, logsKey, logRetentionDays, logDelivery } = this.props;
    const group = (what: string) =>
      new LogGroup(this, what, {
        name: naming.path(`firewall/${what}`),
        key: logsKey,
        retentionDays: logRetentionDays,
      }).name;
    const alerts = group('alert');
    const logs = [
      ['ALERT', alerts],
      ['FLOW', group('flow')],
    ] as const;
    new NetworkfirewallLoggingConfiguration(this, 'LoggingConfiguration', {
      firewallArn: this.firewall.arn,
      loggingConfiguration: {
        logDestinationConfig: logs.map(([logType, logGroup]) => ({
          logType,
          logDestinationType: 'CloudWatchLogs',
          logDestination: { logGroup },
        })),
      },
      dependsOn: [logDelivery.permission],
    });
    return alerts;
  }
}
