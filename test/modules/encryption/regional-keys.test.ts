import { RegionalKeys } from '../../../modules/encryption/regional-keys';
import { ACCOUNT, naming, synth } from '../../support/harness';
import { statementOf, statementsOf } from '../../support/statements';

const synthKeys = (protection = true) =>
  synth((stack) => void new RegionalKeys(stack, 'Keys', naming, protection));
const PURPOSES = ['alerts', 'data', 'logs', 'messages', 'objects', 'parameters', 'tasks'] as const;
const policyOf = (purpose: (typeof PURPOSES)[number]) =>
  synthKeys().at(`aws_kms_key.keys_${purpose}`)['policy'];

describe('the keys of a region', () => {
  test('are one for each purpose, named after it', () => {
    const out = synthKeys();
    expect(out.addresses).toEqual([
      ...PURPOSES.map((purpose) => `aws_kms_alias.keys_${purpose}`),
      ...PURPOSES.map((purpose) => `aws_kms_key.keys_${purpose}`),
    ]);
    for (const purpose of PURPOSES) {
      expect(out.at(`aws_kms_alias.keys_${purpose}`)['name']).toBe(`alias/test-${purpose}`);
    }
  });

  test.each([true, false])('are protected as the environment says: %s', (protection) => {
    const out = synthKeys(protection);
    for (const purpose of PURPOSES) {
      expect(out.at(`aws_kms_key.keys_${purpose}`)['lifecycle']).toEqual({ prevent_destroy: protection });
    }
  });

  test.each([
    ['data', ['rds', 'elasticache', 'secretsmanager']],
    ['objects', ['s3']],
    ['parameters', ['ssm']],
    ['logs', ['logs']],
    ['alerts', ['sns']],
    ['messages', ['sqs']],
  ] as const)('are used for %s through %j alone', (purpose, services) => {
    expect(statementOf(policyOf(purpose), 'UseByIamThroughServices')['Condition']).toEqual({
      StringEquals: { 'kms:ViaService': services.map((service) => `${service}.us-east-1.amazonaws.com`) },
    });
  });

  test.each(['data', 'objects', 'parameters'] as const)(
    'are used by no service on its own: %s',
    (purpose) => {
      expect(statementsOf(policyOf(purpose))).toHaveLength(3);
    },
  );

  test('are used for logs by CloudWatch Logs, for log groups of this account and region', () => {
    expect(statementsOf(policyOf('logs'))).toHaveLength(4);
    expect(statementOf(policyOf('logs'), 'UseByService1')).toMatchObject({
      Principal: { Service: 'logs.us-east-1.amazonaws.com' },
      Condition: {
        ArnLike: {
          'kms:EncryptionContext:aws:logs:arn': `arn:aws:logs:us-east-1:${ACCOUNT}:log-group:*`,
        },
      },
    });
  });

  test('are used for the storage of tasks by Fargate alone, and by no role', () => {
    const statements = statementsOf(policyOf('tasks'));
    expect(statements.map(({ Sid }) => Sid)).toEqual([
      'AdministrationByIam',
      'UseByService1',
      'UseByService2',
    ]);
    for (const statement of statements.slice(1)) {
      expect(statement).toMatchObject({ Principal: { Service: 'fargate.amazonaws.com' } });
    }
  });

  test('are used for messages by S3, whose events go to queues, on behalf of this account', () => {
    expect(statementsOf(policyOf('messages'))).toHaveLength(4);
    expect(statementOf(policyOf('messages'), 'UseByService1')).toMatchObject({
      Principal: { Service: 's3.amazonaws.com' },
      Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT } },
    });
  });

  test('are used for alerts by CloudWatch, whose alarms publish to the topic', () => {
    expect(statementsOf(policyOf('alerts'))).toHaveLength(4);
    expect(statementOf(policyOf('alerts'), 'UseByService1')).toMatchObject({
      Principal: { Service: 'cloudwatch.amazonaws.com' },
      Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT } },
    });
  });
});
