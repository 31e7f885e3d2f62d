import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { runBootstrap } from '../../../src/commands/bootstrap';
import { RefusedError, RunError } from '../../../src/errors';
import { DriverWorld, place } from '../terraform/driver-world';
import { change } from '../terraform/stub-terraform';

const EAST = place('us-east-1', 'bootstrap');
const WEST = place('us-west-2', 'bootstrap');
const ID = 'dev-us-east-1-bootstrap';
const BUCKET = 'dev-us-east-1-state-111122223333';
const LOCAL_STATE = { lineage: 'local', serial: 3, resources: [{ type: 'aws_s3_bucket' }] };
const CONFIG = {
  resource: {
    aws_s3_bucket: { state: {} },
    aws_kms_key: { state_key: {} },
    aws_kms_alias: { state_key: {} },
    aws_s3_bucket_policy: { state: {} },
  },
};

let world: DriverWorld;
beforeEach(() => {
  world = new DriverWorld();
  world.stacks = [{ place: EAST, config: CONFIG }];
  world.terraform.says({
    [ID]: { changes: [change('aws_s3_bucket.state', 'create')], localState: LOCAL_STATE },
  });
  // what Terraform moves is in the bucket from then on
  world.onStateRead = () => {
    if (world.terraform.calls.some(({ args }) => args.includes('-migrate-state'))) world.applied(EAST);
  };
});
afterEach(() => world.close());

const bootstrap = () => runBootstrap({ scope: 'dev' }, world.surroundings);
const folder = () => join(world.workFolder, 'terraform', ID);
const commands = () =>
  world.terraform.calls.map(({ args }) =>
    args.filter((arg) => !/^-(no-color|lockfile|plugin-dir)/.test(arg)).join(' '),
  );
const backendNow = () =>
  Object.keys(
    (JSON.parse(world.workspaceFile(ID, 'cdk.tf.json')) as { terraform: { backend: object } }).terraform
      .backend,
  );

function writeLocalState(state: object): void {
  mkdirSync(folder(), { recursive: true });
  writeFileSync(join(folder(), 'terraform.tfstate'), JSON.stringify(state));
}

it('makes the bucket with a state beside it, and moves the state into the bucket', async () => {
  await bootstrap();
  expect(world.said).toEqual([`${ID}  ${BUCKET}: 1 added, 0 changed, 0 replaced, 0 destroyed`]);
  expect(commands()).toEqual([
    'init -input=false -reconfigure',
    'plan -input=false -lock-timeout=60s -detailed-exitcode -out=tfplan.new',
    'show -json tfplan.new',
    'apply -input=false -lock-timeout=60s tfplan.used',
    'init -input=false -migrate-state -force-copy',
  ]);
  expect(backendNow()).toEqual(['s3']);
  expect(existsSync(join(folder(), 'terraform.tfstate'))).toBe(false);
  expect(readFileSync(join(folder(), 'migrated.tfstate'), 'utf8')).toBe(JSON.stringify(LOCAL_STATE));
});

it('keeps its synthesized stacks apart from those of the environment', async () => {
  await bootstrap();
  expect(existsSync(join(world.workFolder, 'bootstrap/dev/stacks', ID, 'cdk.tf.json'))).toBe(true);
});

it('is an ordinary plan and apply once the state is in the bucket, on any machine', async () => {
  world.buckets.add(BUCKET);
  world.applied(EAST);
  await bootstrap();
  expect(commands()).toEqual([
    'init -input=false -reconfigure',
    'plan -input=false -lock-timeout=60s -detailed-exitcode -out=tfplan.new',
    'show -json tfplan.new',
    'apply -input=false -lock-timeout=60s tfplan.used',
  ]);
  expect(backendNow()).toEqual(['s3']);
});

it('changes nothing where nothing is to be changed', async () => {
  world.buckets.add(BUCKET);
  world.applied(EAST);
  world.terraform.says({});
  await bootstrap();
  expect(world.said).toEqual([`${ID}  ${BUCKET}: no changes`]);
});

it('moves the state in if it was killed before it could', async () => {
  world.buckets.add(BUCKET);
  writeLocalState(LOCAL_STATE);
  world.terraform.says({});
  await bootstrap();
  expect(commands()).toEqual([
    'init -input=false -reconfigure',
    'plan -input=false -lock-timeout=60s -detailed-exitcode -out=tfplan.new',
    'init -input=false -migrate-state -force-copy',
  ]);
  expect(world.said).toEqual([`${ID}  ${BUCKET}: no changes`]);
});

it('puts a state aside that was moved by a run that was killed right after', async () => {
  world.buckets.add(BUCKET);
  world.applied(EAST);
  writeLocalState(LOCAL_STATE);
  await bootstrap();
  expect(existsSync(join(folder(), 'terraform.tfstate'))).toBe(false);
  expect(existsSync(join(folder(), 'migrated.tfstate'))).toBe(true);
});

it('fails if the state did not arrive, and keeps the one that it has', async () => {
  world.onStateRead = () => undefined;
  await expect(bootstrap()).rejects.toThrow(new RunError(`bootstrap failed for ${ID}, see above`));
  expect(world.said).toEqual([
    `${ID}  failed`,
    `  ${ID}: the state must have moved to ${BUCKET}, got none there; run make bootstrap ENV=dev again`,
  ]);
  expect(existsSync(join(folder(), 'terraform.tfstate'))).toBe(true);
});

describe('a bucket that no state knows', () => {
  const message = () => {
    const path = relative('.', folder());
    return [
      `${ID}: bucket ${BUCKET} in us-east-1 must be known to a state, got neither one in it nor ${path}/terraform.tfstate; copy that file from the machine that made the bucket, or import what is there:`,
      `  ${world.terraform.binary} -chdir=${path} import aws_s3_bucket.state ${BUCKET}`,
      `  ${world.terraform.binary} -chdir=${path} import aws_kms_key.state_key "$(aws kms describe-key --region us-east-1 --key-id alias/dev-state --query KeyMetadata.KeyId --output text)"`,
      `  ${world.terraform.binary} -chdir=${path} import aws_kms_alias.state_key alias/dev-state`,
      'then run make bootstrap ENV=dev again',
    ].join('\n');
  };
  beforeEach(() => void world.buckets.add(BUCKET));

  it('is refused, with what to do, and everything is ready for that', async () => {
    await expect(bootstrap()).rejects.toThrow(new RefusedError(message()));
    expect(commands()).toEqual(['init -input=false -reconfigure']);
    expect(backendNow()).toEqual(['local']);
  });

  it('is refused as well if a state stands beside it that knows other things only', async () => {
    writeLocalState({ ...LOCAL_STATE, resources: [{ type: 'aws_kms_key' }] });
    await expect(bootstrap()).rejects.toThrow(new RefusedError(message()));
  });

  it('does not keep the other regions from getting theirs', async () => {
    world.stacks = [...world.stacks, { place: WEST, config: CONFIG }];
    world.applied(WEST);
    world.buckets.add('dev-us-west-2-state-111122223333');
    await expect(bootstrap()).rejects.toThrow(new RefusedError(message()));
    expect(world.said).toEqual([
      `${ID}  failed`,
      'dev-us-west-2-bootstrap  dev-us-west-2-state-111122223333: no changes',
    ]);
  });
});

it('refuses a plan that takes the bucket or its key away', async () => {
  world.terraform.says({
    [ID]: { changes: [change('aws_s3_bucket.state', 'delete', 'create'), change('aws_route.a', 'delete')] },
  });
  await expect(bootstrap()).rejects.toThrow(
    new RefusedError(
      `${ID}: the state bucket and its key must stay, got a plan that takes away aws_s3_bucket.state; change the settings back`,
    ),
  );
  expect(world.terraform.steps).not.toContain(`apply ${ID}`);
  expect(existsSync(join(folder(), 'tfplan'))).toBe(false);
});

it('does nothing with the credentials of another account', async () => {
  world.account = '444455556666';
  await expect(bootstrap()).rejects.toThrow(RefusedError);
  expect(world.terraform.calls).toEqual([]);
});

it('goes on in the other region while one is lost', async () => {
  world.stacks = [{ place: EAST, config: CONFIG }, { place: WEST }];
  world.lost.set('us-east-1', new RunError('us-east-1 is lost'));
  world.applied(WEST);
  world.buckets.add('dev-us-west-2-state-111122223333');
  await expect(bootstrap()).rejects.toThrow(new RunError(`bootstrap failed for ${ID}, see above`));
  expect(world.said).toEqual([
    `${ID}  failed`,
    '  us-east-1 is lost',
    'dev-us-west-2-bootstrap  dev-us-west-2-state-111122223333: no changes',
  ]);
});
