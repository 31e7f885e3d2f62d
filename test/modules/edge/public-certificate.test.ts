import { TerraformOutput } from 'cdktf';
import { PublicCertificate } from '../../../modules/edge/public-certificate';
import { naming, synth, synthesize, testStack } from '../../support/harness';

const props = { naming, alerts: { arn: 'arn:topic' }, domain: 'test.example.com' };
const certificate = () => synth((stack) => void new PublicCertificate(stack, 'Certificate', props));

test('is for the domain and every name one label below it, and writes no record', () => {
  const out = certificate();
  expect(out.addresses).toEqual([
    'aws_acm_certificate.certificate',
    'aws_acm_certificate_validation.certificate',
    'aws_cloudwatch_metric_alarm.certificate_alarms_expiring',
  ]);
  expect(out.at('aws_acm_certificate.certificate')).toMatchObject({
    domain_name: 'test.example.com',
    subject_alternative_names: ['*.test.example.com'],
    validation_method: 'DNS',
  });
});

test('is known only once it has been issued, for which it waits half an hour', () => {
  const stack = testStack();
  const { arn } = new PublicCertificate(stack, 'Certificate', props);
  new TerraformOutput(stack, 'arn', { value: arn });
  const out = synthesize(stack);
  expect(out.output['arn']?.['value']).toBe('${aws_acm_certificate_validation.certificate.certificate_arn}');
  const validation = out.at('aws_acm_certificate_validation.certificate');
  expect(validation).toMatchObject({
    certificate_arn: '${aws_acm_certificate.certificate.arn}',
    timeouts: { create: '30m' },
  });
  expect(validation).not.toHaveProperty('validation_record_fqdns');
});

test('has a successor before it goes', () => {
  const out = certificate();
  for (const address of out.addresses.filter((one) => one.startsWith('aws_acm_'))) {
    expect(out.at(address)['lifecycle']).toEqual({ create_before_destroy: true });
  }
});

test('tells a month before its end that it was not renewed', () => {
  expect(certificate().at('aws_cloudwatch_metric_alarm.certificate_alarms_expiring')).toMatchObject({
    alarm_name: 'test-certificate-expiring',
    namespace: 'AWS/CertificateManager',
    metric_name: 'DaysToExpiry',
    dimensions: { CertificateArn: '${aws_acm_certificate.certificate.arn}' },
    statistic: 'Minimum',
    comparison_operator: 'LessThanThreshold',
    threshold: 30,
    period: 86_400,
    evaluation_periods: 1,
    alarm_actions: ['arn:topic'],
  });
});
