import { DISTRIBUTION, synthSite } from './site-under-test';

describe('the access log of a site', () => {
  test('goes into an encrypted group that does not keep for ever', () => {
    const out = synthSite();
    expect(out.at('aws_cloudwatch_log_group.sites_shop_logs_requests')).toMatchObject({
      name: '/test/sites/shop',
      retention_in_days: 30,
      kms_key_id: '${data.terraform_remote_state.foundation.outputs.aws-kms-key-keys-logs-arn}',
    });
    expect(out.at('aws_cloudwatch_log_delivery_source.sites_shop_logs')).toMatchObject({
      log_type: 'ACCESS_LOGS',
      resource_arn: `\${${DISTRIBUTION}.arn}`,
    });
    expect(out.at('aws_cloudwatch_log_delivery_destination.sites_shop_logs')).toMatchObject({
      // Logs Insights finds its fields by itself
      output_format: 'json',
      delivery_destination_configuration: [
        { destination_resource_arn: '${aws_cloudwatch_log_group.sites_shop_logs_requests.arn}' },
      ],
    });
  });

  test('holds neither cookies nor queries', () => {
    const fields = synthSite().at('aws_cloudwatch_log_delivery.sites_shop_logs')['record_fields'] as string[];
    expect(fields).toContain('cs-uri-stem');
    expect(fields.filter((field) => /query|cookie|referer/i.test(field))).toEqual([]);
  });

  test('is none where the settings say so', () => {
    const { addresses } = synthSite({ accessLogs: false });
    expect(addresses.filter((address) => address.includes('_log_'))).toEqual([]);
  });
});
