import { runSecrets } from '../../../src/commands/secrets';
import { InputError, RefusedError, RunError } from '../../../src/errors';
import { DriverWorld } from '../terraform/driver-world';
import { testEnvironment } from '../terraform/test-environment';

let world: DriverWorld;
beforeEach(() => {
  world = new DriverWorld();
  world.environment = testEnvironment({
    inventory: { secrets: ['API_KEY', 'TOKEN'], standby: {} },
    orders: { secrets: ['API_KEY'] },
    web: {},
  });
});
afterEach(() => world.close());

const secrets = (options: object = {}) => runSecrets({ environment: 'dev', ...options }, world.surroundings);

describe('the list of secrets', () => {
  it('says of each in each region whether it is there, and how to write what is not', async () => {
    world.parameters
      .set('us-east-1 /dev/inventory/API_KEY', 'x')
      .set('us-west-2 /dev/inventory/API_KEY', 'x');
    world.parameters.set('us-east-1 /dev/inventory/TOKEN', 'x');
    await secrets();
    expect(world.said).toEqual([
      'us-east-1  /dev/inventory/API_KEY  present',
      'us-east-1  /dev/inventory/TOKEN  present',
      'us-east-1  /dev/orders/API_KEY  missing',
      'us-west-2  /dev/inventory/API_KEY  present',
      'us-west-2  /dev/inventory/TOKEN  missing',
      'to write it from standard input: make secrets ENV=dev SERVICE=inventory NAME=TOKEN',
      'to write it from standard input: make secrets ENV=dev SERVICE=orders NAME=API_KEY',
    ]);
  });

  it('can be of one service, and names the example', async () => {
    await secrets({ service: 'orders', example: 'minimal' });
    expect(world.said).toEqual([
      'us-east-1  /dev/orders/API_KEY  missing',
      'to write it from standard input: make secrets ENV=dev EXAMPLE=minimal SERVICE=orders NAME=API_KEY',
    ]);
  });

  it('is by the names that renamed services were made with', async () => {
    world.environment = testEnvironment({ stockroom: { renamedFrom: ['inventory'], secrets: ['TOKEN'] } });
    await secrets();
    expect(world.said).toEqual([
      'us-east-1  /dev/inventory/TOKEN  missing',
      'to write it from standard input: make secrets ENV=dev SERVICE=stockroom NAME=TOKEN',
    ]);
    world.input = 'hunter2\n';
    await secrets({ service: 'stockroom', name: 'TOKEN' });
    expect(world.written.map(({ name }) => name)).toEqual(['/dev/inventory/TOKEN']);
  });

  it('says if there are none', async () => {
    await secrets({ service: 'web' });
    expect(world.said).toEqual(['no service of dev has secrets']);
  });
});

describe('a secret', () => {
  it('is written from standard input, encrypted, wherever its service runs, and never shown', async () => {
    world.input = 'hunter2\n';
    await secrets({ service: 'inventory', name: 'TOKEN' });
    expect(world.written).toEqual(
      ['us-east-1', 'us-west-2'].map((region) => ({
        region,
        name: '/dev/inventory/TOKEN',
        value: 'hunter2',
        keyId: 'alias/dev-parameters',
      })),
    );
    expect(world.said).toEqual([
      'us-east-1  /dev/inventory/TOKEN written',
      'us-west-2  /dev/inventory/TOKEN written',
    ]);
  });

  it('is written in the primary only if its service does not stand by', async () => {
    world.input = 'hunter2';
    await secrets({ service: 'orders', name: 'API_KEY' });
    expect(world.written.map(({ region }) => region)).toEqual(['us-east-1']);
  });

  it('must not be empty', async () => {
    await expect(secrets({ service: 'inventory', name: 'TOKEN' })).rejects.toThrow(
      new InputError([
        'the value of TOKEN of inventory in dev must come from standard input, got nothing; pipe it in, or type it when asked',
      ]),
    );
    expect(world.written).toEqual([]);
  });

  it('must be one that the settings name', async () => {
    await expect(secrets({ service: 'inventory', name: 'TOKN' })).rejects.toThrow(
      new InputError(['NAME must be a secret of inventory in dev, got "TOKN"; did you mean "TOKEN"?']),
    );
  });

  it('must be of a service that the environment has', async () => {
    await expect(secrets({ service: 'inventry', name: 'TOKEN' })).rejects.toThrow(
      new InputError(['SERVICE must name a service of dev, got "inventry"; did you mean "inventory"?']),
    );
  });

  it('must be named with its service', async () => {
    await expect(secrets({ name: 'TOKEN' })).rejects.toThrow(
      new InputError([
        'SERVICE must be given with NAME, got nothing; write it like make secrets ENV=dev SERVICE=inventory NAME=TOKEN',
      ]),
    );
  });

  it('is not written with the credentials of another account', async () => {
    world.account = '444455556666';
    await expect(secrets({ service: 'inventory', name: 'TOKEN' })).rejects.toThrow(RefusedError);
    expect(world.written).toEqual([]);
  });

  it('is written in the other region while one is lost, and fails', async () => {
    world.input = 'hunter2';
    world.lost.set('us-east-1', new RunError('us-east-1 is lost'));
    await expect(secrets({ service: 'inventory', name: 'TOKEN' })).rejects.toThrow(
      new RunError('us-east-1 is lost'),
    );
    expect(world.written.map(({ region }) => region)).toEqual(['us-west-2']);
  });
});
