import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { runExplain, type ExplainOptions } from '../../../src/commands/explain';
import { InputError } from '../../../src/errors';
import { temporaryFolders } from '../../support/folders';

const PROJECT = resolve(__dirname, '../../..');
const ARGUMENTS = ['explain', '--example', 'minimal', '--address', 'aws_vpc.network'];
const folder = temporaryFolders();

async function explain(address: string, options: Partial<ExplainOptions> = {}): Promise<string[]> {
  let text = '';
  await runExplain({ example: 'minimal', address, ...options }, (part) => (text += part));
  return text.split('\n').slice(0, -1);
}

describe('what made a resource', () => {
  test('is a setting in a file, a module, a construct, and a state that knows it', async () => {
    expect(await explain('aws_vpc.network')).toEqual([
      'test-us-east-1-foundation',
      '  setting    regions.us-east-1.network, in environments/examples/minimal/index.ts',
      '  made by    Network (modules/network/network.ts), in FoundationStack (src/stacks/foundation-stack.ts)',
      '  construct  Network/Vpc',
      '  state      s3://test-us-east-1-state-666666666666/test/us-east-1/foundation.tfstate',
    ]);
  });

  test('is the entry of a capability, and each construct around the resource', async () => {
    expect((await explain('aws_s3_bucket.buckets_files')).slice(1, 3)).toEqual([
      '  setting    buckets.files, in environments/examples/minimal/index.ts',
      '  made by    PrivateBucket (modules/storage/private-bucket.ts), in Bucket (modules/storage/bucket.ts), in WorkloadStack (src/stacks/workload-stack.ts)',
    ]);
  });

  test('is no setting where everything of its kind has it', async () => {
    expect((await explain('aws_kms_key.keys_data'))[1]).toBe('  setting    none: wherever the stack is');
  });

  test('can be asked of one stack alone', async () => {
    const lines = await explain('test-us-east-1-workload/aws_s3_bucket.buckets_files');
    expect(lines.filter((line) => !line.startsWith(' '))).toEqual(['test-us-east-1-workload']);
  });
});

test('leaves nothing behind where it is run', () => {
  const where = folder();
  const { status } = spawnSync(
    process.execPath,
    [join(PROJECT, 'node_modules/tsx/dist/cli.mjs'), join(PROJECT, 'src/cli.ts'), ...ARGUMENTS],
    { cwd: where },
  );
  expect([status, readdirSync(where)]).toEqual([0, []]);
});

describe('an address that nothing has', () => {
  test.each([
    ['aws_s3_bucket.buckets_filse', 'did you mean "aws_s3_bucket.buckets_files"?'],
    ['aws_s3_buckt.buckets_files', 'did you mean "aws_s3_bucket.buckets_files"?'],
    ['test-us-west-2-workload/aws_vpc.network', 'did you mean "aws_vpc.network"?'],
    // who knows an entry, or a type
    [
      'buckets.files',
      'there is aws_s3_bucket.buckets_files, aws_s3_bucket_public_access_block.buckets_files, aws_s3_bucket_ownership_controls.buckets_files, aws_s3_bucket_server_side_encryption_configuration.buckets_files, aws_s3_bucket_versioning.buckets_files, and 2 more like these',
    ],
    [
      'aws_kms_key.nothing-like-it',
      'there is aws_kms_key.region_volumes, aws_kms_key.keys_data, aws_kms_key.keys_objects, aws_kms_key.keys_parameters, aws_kms_key.keys_tasks, and 3 more like these',
    ],
    ['nonsense', 'terraform state list prints them'],
    ['aws_vpc.', 'there is aws_vpc.network'],
  ])('%s is refused, and the nearest one named', async (address, remedy) => {
    await expect(explain(address)).rejects.toThrow(
      new InputError([`ADDRESS must be the address of a resource, got "${address}"; ${remedy}`]),
    );
  });

  test('is one of a scope that was not asked for', async () => {
    await expect(explain('aws_vpc.network', { scopes: ['account-666666666666'] })).rejects.toThrow(
      InputError,
    );
  });
});
