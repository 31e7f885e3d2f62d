import { PublicCertificate } from '../../../modules/edge/public-certificate';
import { PublicZone } from '../../../modules/edge/public-zone';
import { naming, synth } from '../../support/harness';

const domain = 'test.example.com';
const synthZone = (protection = true) =>
  synth((stack) => void new PublicZone(stack, 'Zone', { domain, protection }));

describe('the public zone of an environment', () => {
  test('is exactly this, and waits for nothing', () => {
    expect(synthZone().addresses).toEqual([
      'aws_acm_certificate.zone',
      'aws_route53_record.zone_caa',
      'aws_route53_record.zone_validation',
      'aws_route53_zone.zone',
    ]);
  });

  test.each([true, false])(
    'is deleted only without protection, and never with records of others: %s',
    (protection) => {
      expect(synthZone(protection).at('aws_route53_zone.zone')).toMatchObject({
        name: domain,
        force_destroy: false,
        lifecycle: { prevent_destroy: protection },
      });
    },
  );

  test('tells the name servers that the parent domain has to delegate to', () => {
    expect(synthZone().output).toEqual({
      'name-servers': {
        value: '${aws_route53_zone.zone.name_servers}',
        description: 'Name servers to delegate test.example.com to',
      },
    });
  });

  test('shows ACM that the domain is ours, by the one record for the domain and its wildcard', () => {
    const out = synthZone();
    const option = 'tolist(aws_acm_certificate.zone.domain_validation_options).0';
    expect(out.at('aws_acm_certificate.zone')).toMatchObject({
      domain_name: domain,
      subject_alternative_names: [`*.${domain}`],
      validation_method: 'DNS',
      lifecycle: { create_before_destroy: true },
    });
    expect(out.at('aws_route53_record.zone_validation')).toMatchObject({
      zone_id: '${aws_route53_zone.zone.zone_id}',
      name: `\${${option}.resource_record_name}`,
      type: `\${${option}.resource_record_type}`,
      records: [`\${${option}.resource_record_value}`],
      ttl: 300,
    });
  });

  test('asks for the same names as the certificates that wait for its record', () => {
    const certificate = synth(
      (stack) =>
        void new PublicCertificate(stack, 'Certificate', { domain, naming, alerts: { arn: 'arn:topic' } }),
    );
    const namesOf = ({
      domain_name,
      subject_alternative_names,
      validation_method,
    }: Record<string, unknown>) => ({
      domain_name,
      subject_alternative_names,
      validation_method,
    });
    expect(namesOf(synthZone().at('aws_acm_certificate.zone'))).toEqual(
      namesOf(certificate.at('aws_acm_certificate.certificate')),
    );
  });

  test('lets Amazon alone issue certificates, wildcards included', () => {
    expect(synthZone().at('aws_route53_record.zone_caa')).toMatchObject({
      zone_id: '${aws_route53_zone.zone.zone_id}',
      name: domain,
      type: 'CAA',
      records: [
        '0 issue "amazon.com"',
        '0 issue "amazontrust.com"',
        '0 issue "awstrust.com"',
        '0 issue "amazonaws.com"',
      ],
      ttl: 3600,
    });
  });
});
