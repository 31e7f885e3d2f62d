import { Key, type KeyProps } from '../../../modules/encryption/key';
import { ACCOUNT, REGION, synth, TestClient } from '../../support/harness';
import { resolved } from '../../support/resolved';
import { statementOf, statementsOf } from '../../support/statements';

const PROPS: KeyProps = {
  name: 'test-data',
  description: 'Databases',
  account: ACCOUNT,
  region: REGION,
  via: ['rds', 'secretsmanager'],
  protection: true,
};
const synthKey = (change: Partial<KeyProps> = {}) =>
  synth((stack) => void new Key(stack, 'Data', { ...PROPS, ...change }));
const policyOf = (change: Partial<KeyProps> = {}) => synthKey(change).at('aws_kms_key.data')['policy'];
const ACCOUNTS_IAM = { AWS: `arn:aws:iam::${ACCOUNT}:root` };

describe('a key', () => {
  test('is a key and its alias', () => {
    const out = synthKey();
    expect(out.addresses).toEqual(['aws_kms_alias.data', 'aws_kms_key.data']);
    expect(out.at('aws_kms_alias.data')).toMatchObject({
      name: 'alias/test-data',
      target_key_id: '${aws_kms_key.data.key_id}',
    });
  });

  test('is rotated each year, and deleted only after a month', () => {
    expect(synthKey().at('aws_kms_key.data')).toMatchObject({
      description: 'Databases',
      enable_key_rotation: true,
      rotation_period_in_days: 365,
      deletion_window_in_days: 30,
    });
  });

  test.each([true, false])('is protected as it is told: %s', (protection) => {
    expect(synthKey({ protection }).at('aws_kms_key.data')['lifecycle']).toEqual({
      prevent_destroy: protection,
    });
  });

  test('tells the ARN of the key itself, and the alias', () => {
    expect(
      resolved((stack) => {
        const { arn, alias } = new Key(stack, 'Data', PROPS);
        return { arn, alias };
      }),
    ).toEqual({ arn: '${aws_kms_key.data.arn}', alias: '${aws_kms_alias.data.name}' });
  });
});

describe('the policy of a key', () => {
  test("has these statements, all but those for services for the account's IAM", () => {
    const statements = statementsOf(policyOf());
    expect(statements.map(({ Sid }) => Sid)).toEqual([
      'AdministrationByIam',
      'UseByIamThroughServices',
      'GrantsByIamForServices',
    ]);
    for (const statement of statements) {
      expect(statement).toMatchObject({ Effect: 'Allow', Principal: ACCOUNTS_IAM, Resource: '*' });
    }
  });

  test('lets IAM administer the key, which is no use of it', () => {
    const { Action, Condition } = statementOf(policyOf(), 'AdministrationByIam') as {
      Action?: string[];
      Condition?: unknown;
    };
    expect(Condition).toBeUndefined();
    // without these two, nobody could ever change the policy again
    expect(Action).toEqual(expect.arrayContaining(['kms:GetKeyPolicy', 'kms:PutKeyPolicy']));
    expect(
      Action?.filter((action) => /\*|Encrypt|Decrypt|GenerateDataKey|CreateGrant|Sign|Mac/.test(action)),
    ).toEqual([]);
  });

  test('lets IAM use the key through its services alone', () => {
    expect(statementOf(policyOf(), 'UseByIamThroughServices')).toMatchObject({
      Action: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
      Condition: {
        StringEquals: {
          'kms:ViaService': ['rds.us-east-1.amazonaws.com', 'secretsmanager.us-east-1.amazonaws.com'],
        },
      },
    });
  });

  test('lets services hold grants for what they store, through IAM', () => {
    expect(statementOf(policyOf(), 'GrantsByIamForServices')).toMatchObject({
      Action: 'kms:CreateGrant',
      Condition: {
        StringEquals: {
          'kms:ViaService': ['rds.us-east-1.amazonaws.com', 'secretsmanager.us-east-1.amazonaws.com'],
        },
        Bool: { 'kms:GrantIsForAWSResource': 'true' },
      },
    });
  });

  test('lets IAM use nothing if no service is named', () => {
    expect(statementsOf(policyOf({ via: [] })).map(({ Sid }) => Sid)).toEqual(['AdministrationByIam']);
  });

  test('lets services use it on their own, each under its condition', () => {
    const condition = { StringEquals: { 'aws:SourceAccount': ACCOUNT } };
    const policy = policyOf({
      usedBy: [
        { principal: 'logs.us-east-1.amazonaws.com', condition },
        { principal: 'cloudwatch.amazonaws.com', actions: ['kms:Decrypt'], condition },
      ],
    });
    expect(statementsOf(policy)).toHaveLength(5);
    expect(statementOf(policy, 'UseByService1')).toMatchObject({
      Principal: { Service: 'logs.us-east-1.amazonaws.com' },
      Action: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
      Condition: condition,
    });
    expect(statementOf(policy, 'UseByService2')).toMatchObject({
      Principal: { Service: 'cloudwatch.amazonaws.com' },
      Action: ['kms:Decrypt'],
      Condition: condition,
    });
  });
});

describe('a grant on a key', () => {
  test("writes the role's policy, and not the key's", () => {
    const out = synth((stack) => {
      const key = new Key(stack, 'Data', PROPS);
      key.grantDecrypt(new TestClient(stack, 'inventory', 'vpc-1').role, 'decrypt-data');
    });
    const { policy } = out.at('aws_iam_role_policy.inventory_role_decrypt-data');
    expect(statementsOf(policy)).toEqual([
      { Effect: 'Allow', Action: 'kms:Decrypt', Resource: '${aws_kms_key.data.arn}' },
    ]);
    expect(out.at('aws_kms_key.data')['policy']).toBe(policyOf());
  });
});
