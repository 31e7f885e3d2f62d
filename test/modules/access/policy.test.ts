import { policyDocument } from '../../../modules/access/policy';

describe('a policy document', () => {
  test('is JSON of the version that knows variables, whose statements allow', () => {
    expect(policyDocument([{ Action: 's3:GetObject', Resource: '*' }])).toBe(
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}',
    );
  });

  test('keeps everything that a statement says, in the order of IAM', () => {
    const statement = {
      Sid: 'Nobody',
      Effect: 'Deny',
      Principal: { Service: ['a.amazonaws.com', 'b.amazonaws.com'] },
      Action: ['s3:GetObject', 's3:PutObject'],
      Resource: ['a', 'b'],
      Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } },
    } as const;
    const document = policyDocument([statement, { Action: 'x:y' }]);
    expect(JSON.parse(document)).toEqual({
      Version: '2012-10-17',
      Statement: [statement, { Effect: 'Allow', Action: 'x:y' }],
    });
    expect(Object.keys((JSON.parse(document) as { Statement: object[] }).Statement[0] ?? {})).toEqual(
      Object.keys(statement),
    );
  });

  test('keeps the order of its statements', () => {
    const statements = ['B', 'A', 'C'].map((Sid) => ({ Sid, Action: 'x:y' }));
    const { Statement } = JSON.parse(policyDocument(statements)) as { Statement: { Sid: string }[] };
    expect(Statement.map(({ Sid }) => Sid)).toEqual(['B', 'A', 'C']);
  });
});
