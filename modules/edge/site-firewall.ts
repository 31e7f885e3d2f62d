import { Construct } from 'constructs';
import type { IAlertTopic } from '../observability/alert-topic';
import { Alarms } from '../observability/alarms';
import { Wafv2WebAcl, type Wafv2WebAclRule } from '@cdktf/provider-aws/lib/wafv2-web-acl';

export interface SiteFirewallProps {
  /** Unique among those of CloudFront in the account. */
  readonly name: string;
  /** Of one address in five minutes. */
  readonly requestsPer5Minutes: number;
  /** Refused requests of all addresses in five minutes. */
  readonly alarmAbove: number;
  readonly alerts: IAlertTopic;
}

/** https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-baseline.html */
const MANAGED = ['AWSManagedRulesCommonRuleSet', 'AWSManagedRulesKnownBadInputsRuleSet'];

/** What looks at each request before CloudFront answers it. Lives in the region of the edge, as CloudFront wants it. */
export class SiteFirewall extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: SiteFirewallProps) {
    super(scope, id);
    const { name, requestsPer5Minutes } = props;
    this.arn = new Wafv2WebAcl(this, 'WebAcl', {
      name,
      description: 'What looks at each request before CloudFront answers it',
      scope: 'CLOUDFRONT',
      defaultAction: { allow: {} },
      rule: [rateLimit(requestsPer5Minutes), ...MANAGED.map((group, index) => managed(group, index + 1))],
      visibilityConfig: visible(name),
    }).arn;
    this.watchRefusals(props);
  }

  /**
   * Of CloudFront's firewalls there is no dimension for the region; the firewall goes by the name of its metric.
   * https://docs.aws.amazon.com/waf/latest/developerguide/waf-metrics.html
   */
  private watchRefusals({ name, alarmAbove, alerts }: SiteFirewallProps): void {
    // the site has alarms by its own name
    new Alarms(this, 'Alarms', `${name}-firewall`, alerts).add('blocked', {
      description: `The firewall ${name} refuses many requests: an attack, or a rule that refuses customers. Look at the sampled requests of the web ACL, by rule, and at the access log.`,
      namespace: 'AWS/WAFV2',
      metric: 'BlockedRequests',
      dimensions: { WebACL: name, Rule: 'ALL' },
      statistic: 'Sum',
      threshold: alarmAbove,
      periodSeconds: 300,
      periods: 1,
      // it refused nothing
      missing: 'notBreaching',
    });
  }
}

// statements go into Terraform as they are written here: the bindings know nothing of them but that they are there

function rateLimit(limit: number): Wafv2WebAclRule {
  return {
    name: 'rate-limit',
    priority: 0,
    action: { block: {} },
    statement: {
      rate_based_statement: { limit, aggregate_key_type: 'IP', evaluation_window_sec: 300 },
    },
    visibilityConfig: visible('rate-limit'),
  };
}

function managed(name: string, priority: number): Wafv2WebAclRule {
  return {
    name,
    priority,
    // what each rule of the group says is done
    overrideAction: { none: {} },
    statement: { managed_rule_group_statement: { name, vendor_name: 'AWS' } },
    visibilityConfig: visible(name),
  };
}

const visible = (metricName: string) => ({
  cloudwatchMetricsEnabled: true,
  metricName,
  sampledRequestsEnabled: true,
});
