import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RunError, RefusedError } from '../../../src/errors';
import { callerAccount, checkAccount } from '../../../src/terraform/aws/credentials';
import { ssmParameterStore } from '../../../src/terraform/aws/parameter-store';
import { s3StateStore } from '../../../src/terraform/state/state-store';
import { AwsServer } from '../../support/aws-server';
import { temporaryFolders } from '../../support/folders';

const newFolder = temporaryFolders();
const aws = new AwsServer(['S3', 'STS', 'SSM']);
const { requests } = aws;
const lines = () => requests.map(({ method, path }) => `${method} ${path}`);

const xmlError = (code: string) => `<Error><Code>${code}</Code><Message>it says ${code}</Message></Error>`;
const stsError = (code: string) => `<ErrorResponse>${xmlError(code)}</ErrorResponse>`;
const jsonError = (type: string) => JSON.stringify({ __type: type, message: `it says ${type}` });

describe('the account', () => {
  const identity = (account: string) => ({
    body: `<GetCallerIdentityResponse><GetCallerIdentityResult><Account>${account}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`,
  });
  const dev = { scope: 'dev', account: '111122223333', region: 'us-west-2' };

  it('is asked for in the region that it is given', async () => {
    aws.answer = () => identity('111122223333');
    expect(await callerAccount('us-west-2')).toBe('111122223333');
    expect(requests).toMatchObject([{ region: 'us-west-2' }]);
  });

  it('is accepted if it is the one of the stacks', async () => {
    aws.answer = () => identity('111122223333');
    await checkAccount(callerAccount, dev);
  });

  it('is refused if it is another', async () => {
    aws.answer = () => identity('444455556666');
    await expect(checkAccount(callerAccount, dev)).rejects.toThrow(
      new RefusedError(
        'AWS credentials must belong to account 111122223333, where dev is, got account 444455556666; use the credentials of dev',
      ),
    );
  });

  it.each([
    [
      'ExpiredToken',
      'AWS credentials must be current, got expired ones; log in again (aws sso login, or however you got them)',
    ],
    [
      'InvalidClientTokenId',
      'AWS credentials must be accepted by AWS, got InvalidClientTokenId; check the keys, and the clock of this machine',
    ],
    [
      'AccessDenied',
      'AWS STS in us-west-2 must say whose credentials these are, got AccessDenied: it says AccessDenied; check the network',
    ],
  ])('is not known if AWS says %s', async (code, message) => {
    aws.answer = () => ({ status: 403, body: stsError(code) });
    await expect(callerAccount('us-west-2')).rejects.toThrow(new RunError(message));
  });

  it('is not known without credentials', async () => {
    vi.stubEnv('AWS_PROFILE', undefined);
    vi.stubEnv('AWS_ACCESS_KEY_ID', undefined);
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', undefined);
    vi.stubEnv('AWS_CONFIG_FILE', '/dev/null');
    vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/dev/null');
    await expect(callerAccount('us-west-2')).rejects.toThrow(
      new RunError(
        'AWS credentials must be there, got none; set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY',
      ),
    );
  });

  it('is not known if nothing answers', async () => {
    vi.stubEnv('AWS_ENDPOINT_URL_STS', 'http://127.0.0.1:1');
    await expect(callerAccount('us-west-2')).rejects.toThrow(
      /^AWS STS in us-west-2 must say whose credentials these are, got ECONNREFUSED: .*; check the network$/,
    );
  });
});

describe('states in S3', () => {
  const location = { bucket: 'dev-state', key: 'dev/us-east-1/workload.tfstate', region: 'us-east-1' };

  it('are in a bucket that stands, or does not', async () => {
    expect(await s3StateStore.hasBucket(location)).toBe(true);
    aws.answer = () => ({ status: 404 });
    expect(await s3StateStore.hasBucket(location)).toBe(false);
    expect(lines()).toEqual(['HEAD /dev-state/', 'HEAD /dev-state/']);
  });

  it('are read for what they hold, but not for any value', async () => {
    const outputs = { vpc: { value: 'vpc-1' }, token: { value: 'secret', sensitive: true } };
    aws.answer = () => ({ body: JSON.stringify({ lineage: 'l', serial: 7, resources: [{}, {}], outputs }) });
    const state = await s3StateStore.read(location);
    expect(state).toMatchObject({ lineage: 'l', serial: 7, resources: 2 });
    expect([...(state?.outputs ?? [])]).toEqual([
      ['vpc', expect.stringMatching(/^[0-9a-f]{64}$/)],
      ['token', expect.stringMatching(/^[0-9a-f]{64}$/)],
    ]);
    expect(lines()).toEqual(['GET /dev-state/dev/us-east-1/workload.tfstate']);
  });

  it('are listed by bucket and by key', async () => {
    const buckets = ['dev-state', 'other'].map((name) => `<Bucket><Name>${name}</Name></Bucket>`).join('');
    aws.answer = () => ({
      body: `<ListAllMyBucketsResult><Buckets>${buckets}</Buckets></ListAllMyBucketsResult>`,
    });
    expect(await s3StateStore.bucketNames('us-west-2')).toEqual(['dev-state', 'other']);
    const { key } = location;
    aws.answer = () => ({
      body: `<ListBucketResult><Contents><Key>${key}</Key></Contents></ListBucketResult>`,
    });
    expect(await s3StateStore.keys(location, 'dev/')).toEqual([key]);
    aws.answer = () => ({ body: '<ListBucketResult></ListBucketResult>' });
    expect(await s3StateStore.keys(location, 'dev/')).toEqual([]);
    expect(requests.map(({ region, method, path }) => `${region} ${method} ${path}`)).toEqual([
      'us-west-2 GET /',
      ...Array<string>(2).fill('us-east-1 GET /dev-state/?list-type=2&prefix=dev%2F'),
    ]);
  });

  it.each([
    ['the buckets of the account', 's3:ListAllMyBuckets', () => s3StateStore.bucketNames('us-east-1')],
    ['states in dev-state in us-east-1', 's3:ListBucket', () => s3StateStore.keys(location, 'dev/')],
  ])('are not listed by who may not list %s', async (what, permission, ask) => {
    aws.answer = () => ({ status: 403, body: xmlError('AccessDenied') });
    await expect(ask()).rejects.toThrow(
      new RunError(
        `${what} must be listed, got AccessDenied: it says AccessDenied; check ${permission}, and the network`,
      ),
    );
  });

  it('say which names their resources mention', async () => {
    const instances = [{ attributes: { subnets: ['subnet-1'] } }];
    aws.answer = () => ({ body: JSON.stringify({ resources: [{ mode: 'managed', instances }] }) });
    expect(await s3StateStore.mentions(location, ['subnet-1', 'subnet-2'])).toEqual(new Set(['subnet-1']));
    aws.answer = () => ({ status: 404, body: xmlError('NoSuchKey') });
    expect(await s3StateStore.mentions(location, ['subnet-1'])).toEqual(new Set());
  });

  it.each(['NoSuchKey', 'NoSuchBucket'])('are not there if S3 says %s', async (code) => {
    aws.answer = () => ({ status: 404, body: xmlError(code) });
    expect(await s3StateStore.read(location)).toBeUndefined();
  });

  it.each(['hasBucket', 'read'] as const)('end a run that may not read them (%s)', async (ask) => {
    aws.answer = () => ({ status: 403, body: xmlError('AccessDenied') });
    await expect(s3StateStore[ask](location)).rejects.toThrow(
      /^state bucket dev-state in us-east-1 must be readable, got .+; check permissions and network, or leave the region out with REGION=$/,
    );
  });

  it('end a run whose credentials have expired', async () => {
    aws.answer = () => ({ status: 400, body: xmlError('ExpiredToken') });
    await expect(s3StateStore.read(location)).rejects.toThrow(
      /^AWS credentials must be current, got expired ones;/,
    );
  });
});

describe('parameters', () => {
  it('are looked up by name, without reading a value, fifty at a time and page by page', async () => {
    const names = Array.from({ length: 60 }, (_, index) => `/dev/api/KEY_${index}`);
    aws.answer = ({ body }) => {
      const { NextToken } = JSON.parse(body) as { NextToken?: string };
      const page =
        NextToken === undefined
          ? [{ Name: names[0], Type: 'SecureString', KeyId: 'alias/dev-parameters' }]
          : [{ Name: names[1], Type: 'String' }];
      return {
        body: JSON.stringify({ Parameters: page, ...(NextToken === undefined && { NextToken: 'more' }) }),
      };
    };
    expect(await ssmParameterStore.present('us-west-2', names)).toEqual(
      new Map([
        [names[0], { type: 'SecureString', keyId: 'alias/dev-parameters' }],
        [names[1], { type: 'String', keyId: undefined }],
      ]),
    );
    expect(requests.map(({ target, region }) => [target, region])).toEqual(
      Array.from({ length: 4 }, () => ['AmazonSSM.DescribeParameters', 'us-west-2']),
    );
    expect(JSON.parse(requests[0]?.body ?? '')).toMatchObject({
      ParameterFilters: [{ Key: 'Name', Option: 'Equals', Values: names.slice(0, 50) }],
    });
    expect(JSON.parse(requests[2]?.body ?? '')).toMatchObject({
      ParameterFilters: [{ Key: 'Name', Option: 'Equals', Values: names.slice(50) }],
    });
  });

  it('are read, or are not there', async () => {
    aws.answer = () => ({ body: JSON.stringify({ Parameter: { Value: 'sha256:1' } }) });
    expect(await ssmParameterStore.read('us-east-1', '/releases/dev/api')).toBe('sha256:1');
    aws.answer = () => ({ status: 400, body: jsonError('ParameterNotFound') });
    expect(await ssmParameterStore.read('us-east-1', '/releases/dev/api')).toBeUndefined();
  });

  it('of another account are read as the profile, whatever keys the run has', async () => {
    const file = join(newFolder(), 'credentials');
    writeFileSync(file, '[beta]\naws_access_key_id = of-beta\naws_secret_access_key = secret\n');
    vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', file);
    aws.answer = ({ target }) => ({
      body:
        target === undefined
          ? '<GetCallerIdentityResponse><GetCallerIdentityResult><Account>1</Account></GetCallerIdentityResult></GetCallerIdentityResponse>'
          : JSON.stringify({ Parameter: { Value: 'sha256:1' } }),
    });
    await callerAccount('us-east-1', 'beta');
    await ssmParameterStore.read('us-east-1', '/releases/beta/api', 'beta');
    await ssmParameterStore.read('us-east-1', '/releases/prod/api');
    expect(requests.map(({ accessKey }) => accessKey)).toEqual(['of-beta', 'of-beta', 'key']);
  });

  it('are written in clear, or encrypted with a key', async () => {
    aws.answer = () => ({ body: '{}' });
    await ssmParameterStore.write({ region: 'us-east-1', name: '/releases/dev/api', value: 'v' });
    await ssmParameterStore.write({
      region: 'us-east-1',
      name: '/dev/api/KEY',
      value: 's',
      keyId: 'alias/dev-parameters',
    });
    expect(requests.map(({ body }) => JSON.parse(body) as object)).toEqual([
      { Name: '/releases/dev/api', Value: 'v', Overwrite: true, Type: 'String' },
      {
        Name: '/dev/api/KEY',
        Value: 's',
        Overwrite: true,
        Type: 'SecureString',
        KeyId: 'alias/dev-parameters',
      },
    ]);
  });

  it.each([
    [
      'InvalidKeyId',
      'the key for parameters must be in us-east-1, got none; apply the foundation there first',
    ],
    [
      'AccessDeniedException',
      'Parameter Store in us-east-1 must answer, got AccessDeniedException: it says AccessDeniedException; check permissions and network',
    ],
    [
      'ExpiredTokenException',
      'AWS credentials must be current, got expired ones; log in again (aws sso login, or however you got them)',
    ],
  ])('end a run if AWS says %s', async (type, message) => {
    aws.answer = () => ({ status: 400, body: jsonError(type) });
    await expect(ssmParameterStore.write({ region: 'us-east-1', name: '/x', value: 'v' })).rejects.toThrow(
      new RunError(message),
    );
  });
});
