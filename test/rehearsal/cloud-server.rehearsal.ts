import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import {
  DescribeParametersCommand,
  GetParameterCommand,
  GetParametersCommand,
  PutParameterCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { accessKeyOf } from './cloud/caller';
import { Cloud } from './cloud/cloud';
import { CloudServer } from './cloud/cloud-server';

const server = new CloudServer(new Cloud());

beforeAll(() => server.start());
afterAll(() => server.stop());

const settingsFor = (account: string, region = 'us-east-1') => ({
  region,
  endpoint: server.url,
  credentials: { accessKeyId: accessKeyOf(account), secretAccessKey: 'stand-in' },
});

it('is found by clients that know only the environment', async () => {
  const variables = server.clientVariables('555555555555');
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  await new S3Client({ region: 'eu-west-1' }).send(new CreateBucketCommand({ Bucket: 'by-environment' }));
  expect(
    await new S3Client({ region: 'eu-west-1' }).send(new HeadBucketCommand({ Bucket: 'by-environment' })),
  ).toMatchObject({
    BucketRegion: 'eu-west-1',
  });
  const { Account } = await new STSClient({ region: 'eu-west-1' }).send(new GetCallerIdentityCommand({}));
  expect(Account).toBe('555555555555');
  const missing = new SSMClient({ region: 'eu-west-1' }).send(new GetParameterCommand({ Name: '/nothing' }));
  await expect(missing).rejects.toMatchObject({ name: 'ParameterNotFound' });
  vi.unstubAllEnvs();
});

describe('the imitation of STS', () => {
  it('answers each caller with the account of its credentials', async () => {
    const identities = ['111111111111', '222222222222'].map((account) =>
      new STSClient(settingsFor(account)).send(new GetCallerIdentityCommand({})),
    );
    expect((await Promise.all(identities)).map(({ Account }) => Account)).toEqual([
      '111111111111',
      '222222222222',
    ]);
  });

  it('gives credentials of the account that a role belongs to', async () => {
    const role = { RoleArn: 'arn:aws:iam::333333333333:role/deploy', RoleSessionName: 'session' };
    const { Credentials } = await new STSClient(settingsFor('111111111111')).send(
      new AssumeRoleCommand(role),
    );
    expect(Credentials?.AccessKeyId).toBe(accessKeyOf('333333333333'));
  });
});

describe('the imitation of S3', () => {
  const bucket = { Bucket: 'states' };
  const client = () => new S3Client({ ...settingsFor('111111111111'), forcePathStyle: true });

  beforeAll(() => client().send(new CreateBucketCommand(bucket)));

  it('stores, lists and deletes objects', async () => {
    const s3 = client();
    await s3.send(new PutObjectCommand({ ...bucket, Key: 'dev/a.tfstate', Body: '{"serial": 1}' }));
    await s3.send(new PutObjectCommand({ ...bucket, Key: 'prod/a & b.tfstate', Body: Buffer.from('{}') }));
    const { Body } = await s3.send(new GetObjectCommand({ ...bucket, Key: 'dev/a.tfstate' }));
    expect(await Body?.transformToString()).toBe('{"serial": 1}');
    expect(await s3.send(new HeadObjectCommand({ ...bucket, Key: 'dev/a.tfstate' }))).toMatchObject({
      ContentLength: 13,
    });
    const { Contents } = await s3.send(new ListObjectsV2Command({ ...bucket, Prefix: 'prod/' }));
    expect(Contents?.map(({ Key }) => Key)).toEqual(['prod/a & b.tfstate']);
    await s3.send(new DeleteObjectCommand({ ...bucket, Key: 'dev/a.tfstate' }));
    await expect(s3.send(new HeadObjectCommand({ ...bucket, Key: 'dev/a.tfstate' }))).rejects.toMatchObject({
      name: 'NotFound',
    });
  });

  it('refuses to overwrite what must not be there, and what is not as expected', async () => {
    const s3 = client();
    const lock = { ...bucket, Key: 'a.tflock', Body: 'mine' };
    const { ETag } = await s3.send(new PutObjectCommand({ ...lock, IfNoneMatch: '*' }));
    const refusal = { name: 'PreconditionFailed', $metadata: { httpStatusCode: 412 } };
    await expect(s3.send(new PutObjectCommand({ ...lock, IfNoneMatch: '*' }))).rejects.toMatchObject(refusal);
    await expect(s3.send(new PutObjectCommand({ ...lock, IfMatch: '"other"' }))).rejects.toMatchObject(
      refusal,
    );
    await s3.send(new PutObjectCommand({ ...lock, Body: 'still mine', IfMatch: ETag ?? '' }));
  });

  it('tells a bucket that is there from one that is not, and keeps its settings', async () => {
    const s3 = client();
    await s3.send(new HeadBucketCommand(bucket));
    await expect(s3.send(new HeadBucketCommand({ Bucket: 'nowhere' }))).rejects.toMatchObject({
      name: 'NotFound',
    });
    expect((await s3.send(new GetBucketVersioningCommand(bucket))).Status).toBeUndefined();
    const enabled = { ...bucket, VersioningConfiguration: { Status: 'Enabled' as const } };
    await s3.send(new PutBucketVersioningCommand(enabled));
    expect((await s3.send(new GetBucketVersioningCommand(bucket))).Status).toBe('Enabled');
  });
});

describe('the imitation of SSM', () => {
  const put = (Name: string, Value: string, Overwrite = false) =>
    new PutParameterCommand({ Name, Value, Overwrite, Type: 'String' });

  it('keeps parameters per account and region', async () => {
    const here = new SSMClient(settingsFor('111111111111'));
    await here.send(put('/dev/images/orders', 'sha256:1'));
    await expect(here.send(put('/dev/images/orders', 'sha256:2'))).rejects.toMatchObject({
      name: 'ParameterAlreadyExists',
    });
    expect(await here.send(put('/dev/images/orders', 'sha256:2', true))).toMatchObject({ Version: 2 });
    const { Parameter } = await here.send(new GetParameterCommand({ Name: '/dev/images/orders' }));
    expect(Parameter).toMatchObject({ Value: 'sha256:2', Version: 2 });

    for (const elsewhere of [settingsFor('222222222222'), settingsFor('111111111111', 'us-west-2')]) {
      const answer = new SSMClient(elsewhere).send(new GetParameterCommand({ Name: '/dev/images/orders' }));
      await expect(answer).rejects.toMatchObject({ name: 'ParameterNotFound' });
    }
  });

  it('says which of several parameters are missing, and describes those that begin alike', async () => {
    const client = new SSMClient(settingsFor('444444444444'));
    await client.send(put('/dev/a', '1'));
    await client.send(put('/prod/a', '2'));
    const { Parameters, InvalidParameters } = await client.send(
      new GetParametersCommand({ Names: ['/dev/a', '/b'] }),
    );
    expect(Parameters?.map(({ Value }) => Value)).toEqual(['1']);
    expect(InvalidParameters).toEqual(['/b']);
    const filter = { Key: 'Name', Option: 'BeginsWith', Values: ['/prod/'] };
    const described = await client.send(new DescribeParametersCommand({ ParameterFilters: [filter] }));
    expect(described.Parameters?.map(({ Name }) => Name)).toEqual(['/prod/a']);
  });
});
