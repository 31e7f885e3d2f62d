import { runRelease } from '../../../src/commands/release';
import { InputError, RefusedError, RunError } from '../../../src/errors';
import { ACCOUNT, DriverWorld } from '../terraform/driver-world';
import { testEnvironment } from '../terraform/test-environment';

const DIGEST = `sha256:${'1'.repeat(64)}`;
const OLD = `sha256:${'0'.repeat(64)}`;

let world: DriverWorld;
beforeEach(() => {
  world = new DriverWorld();
  world.environment = testEnvironment({ inventory: { standby: {} }, orders: {} });
});
afterEach(() => world.close());

const release = (options: object = {}) =>
  runRelease({ environment: 'dev', service: 'inventory', digest: DIGEST, ...options }, world.surroundings);

it('writes the digest in every region where the service runs, and says what was there', async () => {
  world.parameters.set('us-west-2 /releases/dev/inventory', OLD);
  await release();
  expect(world.said).toEqual([
    `us-east-1  /releases/dev/inventory: none -> ${DIGEST}`,
    `us-west-2  /releases/dev/inventory: ${OLD} -> ${DIGEST}`,
  ]);
  expect(world.written).toEqual([
    { region: 'us-east-1', name: '/releases/dev/inventory', value: DIGEST },
    { region: 'us-west-2', name: '/releases/dev/inventory', value: DIGEST },
  ]);
});

it('writes it in the primary only if the service does not stand by', async () => {
  await release({ service: 'orders' });
  expect(world.written.map(({ region }) => region)).toEqual(['us-east-1']);
});

it('writes it under the name that a renamed service was made with', async () => {
  world.environment = testEnvironment({ stockroom: { renamedFrom: ['inventory'] } });
  await release({ service: 'stockroom' });
  expect(world.written.map(({ name }) => name)).toEqual(['/releases/dev/inventory']);
  // a message that knows the parameter alone says the old name, and so may a pipeline
  await release({ service: 'inventory', digest: OLD });
  expect(world.written.map(({ name }) => name)).toEqual(Array(2).fill('/releases/dev/inventory'));
});

it('writes that of the collector where services are traced, and knows none where none is', async () => {
  await expect(release({ service: 'trace-collector' })).rejects.toThrow(
    'SERVICE must name a service of dev, got "trace-collector"',
  );
  world.environment = testEnvironment({ inventory: { standby: {} }, orders: { tracing: {} } });
  await release({ service: 'trace-collector' });
  expect(world.written).toEqual([
    { region: 'us-east-1', name: '/releases/dev/trace-collector', value: DIGEST },
  ]);
});

it('leaves a region alone that has it already', async () => {
  world.parameters.set('us-east-1 /releases/dev/orders', DIGEST);
  await release({ service: 'orders' });
  expect(world.said).toEqual([`us-east-1  /releases/dev/orders: ${DIGEST} already`]);
  expect(world.written).toEqual([]);
});

it('writes it in the other region while one is lost, and fails', async () => {
  world.lost.set('us-east-1', new RunError('us-east-1 is lost'));
  await expect(release()).rejects.toThrow(new RunError('us-east-1 is lost'));
  expect(world.written.map(({ region }) => region)).toEqual(['us-west-2']);
});

it('refuses a service that the environment does not have', async () => {
  await expect(release({ service: 'inventry' })).rejects.toThrow(
    new InputError(['SERVICE must name a service of dev, got "inventry"; did you mean "inventory"?']),
  );
});

it.each(['latest', 'sha256:123', `sha256:${'G'.repeat(64)}`, `sha256:${'1'.repeat(65)}`])(
  'refuses %s as a digest',
  async (digest) => {
    await expect(release({ digest })).rejects.toThrow(
      new InputError([
        `DIGEST must be sha256: and 64 hexadecimal digits, got "${digest}"; take it from the push of the image`,
      ]),
    );
    expect(world.written).toEqual([]);
  },
);

it('refuses credentials of another account', async () => {
  world.account = '444455556666';
  await expect(release()).rejects.toThrow(
    new RefusedError(
      'AWS credentials must belong to account 111122223333, where dev is, got account 444455556666; use the credentials of dev',
    ),
  );
  expect(world.written).toEqual([]);
});

it('takes the program that makes users of databases, which runs in the primary alone', async () => {
  const { settings, ...environment } = testEnvironment({ inventory: { standby: {} } });
  const databases = { orders: {} } as unknown as (typeof settings)['databases'];
  world.environment = { ...environment, settings: { ...settings, databases } };
  await release({ service: 'database-users' });
  expect(world.written).toEqual([
    { region: 'us-east-1', name: '/releases/dev/database-users', value: DIGEST },
  ]);
  world.environment = { ...environment, settings: { ...settings, databases: {} } };
  await expect(release({ service: 'database-users' })).rejects.toThrow(InputError);
});

describe('what another environment runs', () => {
  const promote = (options: object = {}) =>
    runRelease({ environment: 'prod', service: 'inventory', from: 'dev', ...options }, world.surroundings);
  const prod = (account = ACCOUNT, service: object = { standby: {} }) =>
    testEnvironment({ inventory: service }, 'prod', account);
  beforeEach(() => {
    world.environment = prod();
    world.others.push(testEnvironment({ inventory: { standby: {} } }));
    world.parameters.set('us-east-1 /releases/dev/inventory', DIGEST);
    world.parameters.set('us-west-2 /releases/dev/inventory', DIGEST);
  });

  it('is released by its digest in every region', async () => {
    await promote();
    expect(world.written).toEqual([
      { region: 'us-east-1', name: '/releases/prod/inventory', value: DIGEST },
      { region: 'us-west-2', name: '/releases/prod/inventory', value: DIGEST },
    ]);
  });

  it('is read in its account with the profile that is named for it', async () => {
    const other = '444455556666';
    world.environment = prod(other);
    world.account = other;
    world.parameters.clear();
    world.profiles.set('development', ACCOUNT);
    world.parameters.set('development us-east-1 /releases/dev/inventory', DIGEST);
    world.parameters.set('development us-west-2 /releases/dev/inventory', DIGEST);
    await promote({ fromProfile: 'development' });
    expect(world.written.map(({ name }) => name)).toEqual(Array(2).fill('/releases/prod/inventory'));

    world.profiles.set('development', other);
    await expect(promote({ fromProfile: 'development' })).rejects.toThrow(
      new RefusedError(
        `AWS credentials must belong to account ${ACCOUNT}, where dev is, got account ${other}; use the credentials of dev`,
      ),
    );
  });

  it.each<[string, string, () => object | void]>([
    [
      'of another account without a profile',
      `FROM_PROFILE must name an AWS profile of account ${ACCOUNT}, where dev is, got nothing; add FROM_PROFILE=<profile>, or give the DIGEST`,
      () => void (world.environment = prod('444455556666')),
    ],
    [
      'that is made from another image',
      'FROM must name an environment whose inventory runs the image stock, got "dev", where it is inventory; give the DIGEST of one of stock',
      () => void (world.environment = prod(ACCOUNT, { image: 'stock' })),
    ],
    [
      'that differs between its regions',
      `/releases/dev/inventory must name one image in all regions of dev, got ${DIGEST} in us-east-1 and ${OLD} in us-west-2; run make release ENV=dev SERVICE=inventory DIGEST=sha256:… first`,
      () => void world.parameters.set('us-west-2 /releases/dev/inventory', OLD),
    ],
    [
      'that is none',
      '/releases/dev/inventory must name one image in all regions of dev, got none in us-east-1 and none in us-west-2; run make release ENV=dev SERVICE=inventory DIGEST=sha256:… first',
      () => world.parameters.clear(),
    ],
    [
      'of itself',
      'FROM must name another environment than ENV, got "prod"; name the one before it',
      () => ({ from: 'prod' }),
    ],
    [
      'of an environment that is not there',
      'FROM must name an environment, got "deb"; did you mean "dev"?',
      () => ({ from: 'deb' }),
    ],
    [
      'beside a digest',
      'DIGEST or FROM must be given, one of them, got both; FROM is the environment whose release it is',
      () => ({ digest: DIGEST }),
    ],
    [
      'that nobody has named, by digest or environment',
      'DIGEST or FROM must be given, one of them, got neither; FROM is the environment whose release it is',
      () => ({ from: undefined }),
    ],
    [
      'read with a profile where there is nothing to read',
      'FROM_PROFILE must be left out beside DIGEST, got "development"; it says who reads the release of FROM',
      () => ({ from: undefined, digest: DIGEST, fromProfile: 'development' }),
    ],
  ])('is refused %s', async (_case, message, change) => {
    const options = change() ?? {};
    await expect(promote(options)).rejects.toThrow(new InputError([message]));
    expect(world.written).toEqual([]);
  });
});
