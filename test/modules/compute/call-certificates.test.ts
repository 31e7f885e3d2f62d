import { Construct } from 'constructs';
import { CallCertificates } from '../../../modules/compute/call-certificates';
import { FargateService } from '../../../modules/compute/fargate-service';
import { synthesize, testApp, testFoundation, testStack } from '../../support/harness';
import { running, statementsAt } from './service-under-test';

/** A service that another one calls, unless it is said to stand where nobody does. */
function synthCalled(calls: 'http' | 'tls', foundationOf: { protection?: boolean } = {}, called = true) {
  const app = testApp();
  const foundation = testFoundation(app, foundationOf);
  const stack = testStack(app);
  new FargateService(new Construct(stack, 'Services'), 'inventory', {
    ...foundation,
    ...running({ calls }),
    certificates:
      calls === 'tls' && called ? new CallCertificates(stack, 'CallCertificates', foundation) : undefined,
    cluster: { name: 'test-services' },
    registry: '999988887777.dkr.ecr.us-east-1.amazonaws.com',
    namespace: 'arn:aws:servicediscovery:us-east-1:111122223333:namespace/ns-1',
    called,
    uses: [],
  });
  return synthesize(stack);
}

const AUTHORITY = '${aws_acmpca_certificate_authority.call-certificates.arn}';
const offered = (out: ReturnType<typeof synthCalled>) =>
  (
    out.at('aws_ecs_service.services_inventory')['service_connect_configuration'] as {
      service: Record<string, unknown>[];
    }
  ).service[0];

describe('a service that is called by TLS', () => {
  const out = synthCalled('tls');

  test('has certificates of an authority of its environment, by a role for them', () => {
    expect(offered(out)?.['tls']).toEqual({
      issuer_cert_authority: { aws_pca_authority_arn: AUTHORITY },
      role_arn: '${aws_iam_role.call-certificates.arn}',
    });
    expect(offered(synthCalled('http'))).not.toHaveProperty('tls');
  });

  test('has none in a region where nobody calls it', () => {
    const alone = synthCalled('tls', {}, false);
    expect(
      alone.at('aws_ecs_service.services_inventory')['service_connect_configuration'],
    ).not.toHaveProperty('service');
    expect(alone.addresses.filter((address) => address.includes('certificates'))).toEqual([]);
  });

  test('is made once the authority can sign, and the role may ask it to', () => {
    expect(out.at('aws_ecs_service.services_inventory')['depends_on']).toEqual(
      expect.arrayContaining([
        'aws_acmpca_certificate_authority_certificate.call-certificates_root-of-authority',
        'aws_iam_role_policy.call-certificates_role_issue-certificates',
        'aws_iam_role_policy.call-certificates_role_keep-certificates',
      ]),
    );
  });
});

describe('the authority', () => {
  const out = synthCalled('tls');
  const authority = (some: ReturnType<typeof synthCalled>) =>
    some.at('aws_acmpca_certificate_authority.call-certificates');

  test('signs certificates of a week at most, and ECS may use it', () => {
    expect(authority(out)).toMatchObject({
      type: 'ROOT',
      usage_mode: 'SHORT_LIVED_CERTIFICATE',
      certificate_authority_configuration: {
        key_algorithm: 'RSA_2048',
        signing_algorithm: 'SHA256WITHRSA',
        subject: { common_name: 'Services of test in us-east-1' },
      },
      tags: { AmazonECSManaged: 'true' },
    });
  });

  test('can be had back for longer where the environment is protected', () => {
    expect(authority(synthCalled('tls', { protection: true }))['permanent_deletion_time_in_days']).toBe(30);
    expect(authority(synthCalled('tls', { protection: false }))['permanent_deletion_time_in_days']).toBe(7);
  });

  test('has signed itself', () => {
    expect(out.at('aws_acmpca_certificate.call-certificates_root')).toMatchObject({
      certificate_authority_arn: AUTHORITY,
      certificate_signing_request:
        '${aws_acmpca_certificate_authority.call-certificates.certificate_signing_request}',
      signing_algorithm: 'SHA256WITHRSA',
      template_arn: 'arn:aws:acm-pca:::template/RootCACertificate/V1',
      validity: { type: 'YEARS', value: '10' },
    });
    expect(
      out.at('aws_acmpca_certificate_authority_certificate.call-certificates_root-of-authority'),
    ).toMatchObject({
      certificate_authority_arn: AUTHORITY,
      certificate: '${aws_acmpca_certificate.call-certificates_root.certificate}',
    });
  });
});

describe('the role that gets certificates', () => {
  const out = synthCalled('tls');

  test('is for ECS', () => {
    expect(out.at('aws_iam_role.call-certificates')['name']).toBe('test-service-calls-us-east-1');
    expect(statementsAt(out, 'aws_iam_role.call-certificates')).toEqual([
      { Effect: 'Allow', Principal: { Service: 'ecs.amazonaws.com' }, Action: 'sts:AssumeRole' },
    ]);
  });

  test('asks one authority, for certificates that sign no other', () => {
    const statements = statementsAt(out, 'aws_iam_role_policy.call-certificates_role_issue-certificates');
    expect(statements.map(({ Resource }) => Resource)).toEqual([AUTHORITY, AUTHORITY]);
    expect(statements[1]).toMatchObject({
      Action: 'acm-pca:IssueCertificate',
      Condition: {
        StringEquals: { 'acm-pca:TemplateArn': 'arn:aws:acm-pca:::template/EndEntityCertificate/V1' },
      },
    });
  });

  test('keeps secrets of Service Connect, and no others', () => {
    const statements = statementsAt(out, 'aws_iam_role_policy.call-certificates_role_keep-certificates');
    expect(new Set(statements.map(({ Resource }) => Resource))).toEqual(
      new Set(['arn:aws:secretsmanager:us-east-1:111122223333:secret:ecs-sc!*']),
    );
    const only = (tags: object) => expect.objectContaining({ StringEquals: tags }) as unknown;
    // one that it makes is marked by the request, and AWS says of each whose it is
    expect(statements).toEqual([
      expect.objectContaining({ Condition: only({ 'aws:RequestTag/AmazonECSManaged': 'true' }) }),
      expect.objectContaining({
        Condition: only({ 'secretsmanager:ResourceTag/aws:secretsmanager:owningService': 'ecs-sc' }),
      }),
      expect.objectContaining({ Action: 'secretsmanager:DescribeSecret' }),
    ]);
  });
});
