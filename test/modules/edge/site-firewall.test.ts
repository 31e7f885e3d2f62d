import { ALERTS, DISTRIBUTION, synthSite } from './site-under-test';

describe('the firewall of a site', () => {
  const out = synthSite({ firewall: { requestsPer5Minutes: 500, alarmAbove: 50 } });
  const ACL = 'aws_wafv2_web_acl.sites_shop_firewall';

  test('is none unless it is said', () => {
    expect(synthSite().addresses).not.toContain(ACL);
    expect(synthSite().at(DISTRIBUTION)).not.toHaveProperty('web_acl_id');
  });

  test('stands before the distribution', () => {
    expect(out.at(DISTRIBUTION)['web_acl_id']).toBe(`\${${ACL}.arn}`);
    expect(out.at(ACL)).toMatchObject({ name: 'test-shop-site', scope: 'CLOUDFRONT' });
  });

  test('limits each address, and then asks the groups of rules that AWS keeps', () => {
    expect(out.at(ACL)['default_action']).toEqual({ allow: {} });
    expect(out.at(ACL)['rule']).toMatchObject([
      {
        priority: 0,
        action: { block: {} },
        statement: {
          rate_based_statement: { limit: 500, aggregate_key_type: 'IP', evaluation_window_sec: 300 },
        },
      },
      {
        priority: 1,
        override_action: { none: {} },
        statement: {
          managed_rule_group_statement: { name: 'AWSManagedRulesCommonRuleSet', vendor_name: 'AWS' },
        },
      },
      {
        priority: 2,
        override_action: { none: {} },
        statement: {
          managed_rule_group_statement: { name: 'AWSManagedRulesKnownBadInputsRuleSet', vendor_name: 'AWS' },
        },
      },
    ]);
  });

  test('rings where it refuses much', () => {
    expect(out.at('aws_cloudwatch_metric_alarm.sites_shop_firewall_alarms_blocked')).toMatchObject({
      alarm_name: 'test-shop-site-firewall-blocked',
      namespace: 'AWS/WAFV2',
      metric_name: 'BlockedRequests',
      dimensions: { WebACL: 'test-shop-site', Rule: 'ALL' },
      statistic: 'Sum',
      threshold: 50,
      period: 300,
      evaluation_periods: 1,
      // nothing was refused
      treat_missing_data: 'notBreaching',
      alarm_actions: ALERTS,
    });
    // of firewalls before CloudFront nothing is measured by region
    expect(
      out.at('aws_cloudwatch_metric_alarm.sites_shop_firewall_alarms_blocked')['dimensions'],
    ).not.toHaveProperty('Region');
    // by this name its metrics are found
    expect(out.at(ACL)['visibility_config']).toMatchObject({
      cloudwatch_metrics_enabled: true,
      metric_name: 'test-shop-site',
    });
    // what the alarm says to look at
    const rules = out.at(ACL)['rule'] as { visibility_config: object }[];
    for (const { visibility_config } of rules)
      expect(visibility_config).toMatchObject({ sampled_requests_enabled: true });
  });
});
