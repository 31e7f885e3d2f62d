import type { Environment } from '../../src/config/estate';
import { InputError } from '../../src/errors';
import { accountRegions } from '../../src/topology';
import { environments } from '../fixtures/car-retail';
import { changed, estateOf, stacksOf, type StackJson } from '../support/estate';
import { fixture, fixtureStacks } from '../support/estates';

const dependenciesOf = (id: string, stacks: readonly StackJson[] = fixtureStacks()) => {
  const stack = stacks.find((one) => one.id === id);
  return [...(stack?.dependencies ?? [])].sort();
};

describe('the order of a first apply', () => {
  test('is names and foundation, then the workload on them', () => {
    expect(dependenciesOf('prod-us-east-1-workload')).toEqual([
      'prod-global-names',
      'prod-us-east-1-foundation',
    ]);
  });

  test('lets a secondary cluster wait for the global database that the primary region makes', () => {
    expect(dependenciesOf('prod-us-west-2-workload')).toContain('prod-us-east-1-workload');
  });

  test.each([
    [
      'what follows an instance of it',
      { standby: { replicas: 1 }, backupCopyDays: null, crossRegionReads: false },
    ],
    ['a copy of its backups', { standby: null, crossRegionReads: false }],
  ])('lets %s wait for the primary region', (_what, catalog) => {
    const prod = changed(environments.prod, {
      databases: { orders: { standby: null, crossRegionReads: false, writeForwarding: false }, catalog },
      services: { inventory: { standby: null } },
    });
    const stacks = stacksOf(estateOf({ ...fixture, environments: { ...environments, prod } }), ['prod']);
    expect(dependenciesOf('prod-us-west-2-workload', stacks)).toContain('prod-us-east-1-workload');
  });

  test('lets a second standby wait for the primary too, and not for the first', () => {
    const region = {
      role: 'standby',
      network: { cidr: '10.42.0.0/16', nat: 'one-per-az', egress: 'firewall' },
    };
    const prod = changed(environments.prod, { regions: { 'ca-central-1': region } });
    const stacks = stacksOf(estateOf({ ...fixture, environments: { ...environments, prod } }), ['prod']);
    expect(dependenciesOf('prod-us-west-2-workload', stacks)).toContain('prod-us-east-1-workload');
    expect(dependenciesOf('prod-ca-central-1-workload', stacks)).toEqual([
      'prod-ca-central-1-foundation',
      'prod-global-names',
      'prod-us-east-1-workload',
    ]);
  });

  test('copies objects once both ends stand', () => {
    for (const region of ['us-east-1', 'us-west-2'])
      expect(dependenciesOf(`prod-${region}-replication`)).toEqual(
        [`prod-${region}-foundation`, 'prod-us-east-1-workload', 'prod-us-west-2-workload'].sort(),
      );
  });

  test('serves sites once the domain stands, and waits for no workload', () => {
    expect(dependenciesOf('prod-us-east-1-edge')).toEqual(['prod-global-names', 'prod-us-east-1-foundation']);
  });

  test('tells chat channels of alarms once the topics of all regions stand', () => {
    expect(dependenciesOf('prod-global-alerts')).toEqual([
      'prod-us-east-1-foundation',
      'prod-us-west-2-foundation',
    ]);
  });

  test('plans the end of the last chat channel', () => {
    const prod = changed(environments.prod, {
      alerts: { slack: null, teams: null, emails: ['alerts@example.com'] },
    });
    const stacks = stacksOf(estateOf({ ...fixture, environments: { ...environments, prod } }), ['prod']);
    expect(stacks.find(({ id }) => id === 'prod-global-alerts')?.resource).toEqual({});
  });

  test('of a region that goes no chat channel hears any more', () => {
    const regions = { 'us-west-2': { decommission: true } };
    const prod = changed(environments.prod, { regions });
    const stacks = stacksOf(estateOf({ ...fixture, environments: { ...environments, prod } }), ['prod']);
    const chats = stacks.find(({ id }) => id === 'prod-global-alerts');
    expect(chats?.resource['aws_chatbot_slack_channel_configuration']?.['chats']).toMatchObject({
      sns_topic_arns: ['arn:aws:sns:us-east-1:444444444444:prod-alerts'],
    });
  });

  test('lets no region wait for another one without need', () => {
    expect(dependenciesOf('qa-us-west-2-workload')).toEqual(['qa-global-names']);
    expect(dependenciesOf('prod-us-west-2-foundation')).toEqual([]);
  });
});

describe('the regions of accounts', () => {
  const [dev, qa] = estateOf(fixture).environments as [Environment, Environment];
  const elsewhere: Environment = {
    ...qa,
    settings: {
      ...qa.settings,
      account: dev.settings.account,
      regions: {
        'ca-central-1': { ...qa.settings.regions['us-east-1'], role: 'primary' },
        'eu-west-1': { ...qa.settings.regions['us-west-2'], role: 'standby' },
      } as Environment['settings']['regions'],
    },
  };

  test.each([[[dev, elsewhere]], [[elsewhere, dev]]])(
    'do not hang on the order of environments',
    (ordered) => {
      expect([...accountRegions({ environments: ordered, shared: undefined })]).toEqual([
        [dev.settings.account, ['ca-central-1', 'eu-west-1', 'us-east-1', 'us-west-2']],
      ]);
    },
  );

  test('begin with the one of a primary', () => {
    expect(accountRegions({ environments: [dev], shared: undefined }).get(dev.settings.account)).toEqual([
      'us-east-1',
      'us-west-2',
    ]);
  });
});

describe('a move between stacks', () => {
  const FILE = 'environments/moves.json';
  const zone = { from: 'aws_sns_topic.old', to: 'aws_sns_topic.alerts', id: 'arn:alerts' };
  const moving = (from: string, to: string, resources = [zone], scopes = ['dev']) =>
    stacksOf({ ...estateOf(fixture), moves: { file: FILE, list: [{ from, to, resources }] } }, scopes);
  const blocks = (stacks: readonly StackJson[], id: string) =>
    JSON.parse(stacks.find((one) => one.id === id)?.text ?? '{}') as Record<string, unknown>;

  test('is an import where it goes, and where it was a removal that destroys nothing', () => {
    const stacks = moving('dev-us-east-1-workload', 'dev-us-east-1-foundation');
    expect(blocks(stacks, 'dev-us-east-1-foundation')['import']).toEqual([
      { to: 'aws_sns_topic.alerts', id: 'arn:alerts' },
    ]);
    const [bucket, key] = ['dev-us-east-1-state-111111111111', 'dev/us-east-1/foundation.tfstate'];
    const movedTo = {
      stack: 'dev-us-east-1-foundation',
      address: 'aws_sns_topic.alerts',
      bucket,
      key,
      region: 'us-east-1',
    };
    expect(blocks(stacks, 'dev-us-east-1-workload')['removed']).toEqual([
      { '//': { movedTo }, from: 'aws_sns_topic.old', lifecycle: { destroy: false } },
    ]);
  });

  test('may have its other end in a scope that is not built', () => {
    const stacks = moving('dev-us-east-1-workload', 'qa-global-names');
    const [{ '//': note }] = blocks(stacks, 'dev-us-east-1-workload')['removed'] as [{ '//': object }];
    expect(note).toMatchObject({ movedTo: { key: 'qa/global/names.tfstate', region: 'us-west-2' } });
  });

  test.each([
    [
      'dev-us-east-1-workload',
      'dev-us-east-1-worklaod',
      zone,
      `${FILE}: from and to must name stacks, got "dev-us-east-1-worklaod"; take that move out of the file`,
    ],
    [
      'dev-us-east-1-workload',
      'dev-us-east-1-foundation',
      { ...zone, to: 'aws_sns_topic.new' },
      `${FILE}: aws_sns_topic.new must be made in dev-us-east-1-foundation, which takes it over, got a stack without it; change the settings or the code, or take it out of the file if that was long ago`,
    ],
    [
      'dev-us-east-1-foundation',
      'qa-us-east-1-foundation',
      { ...zone, from: 'aws_sns_topic.alerts' },
      `${FILE}: aws_sns_topic.alerts must no longer be made in dev-us-east-1-foundation, which leaves it to qa-us-east-1-foundation, got a stack with it; change the settings or the code, or take it out of the file`,
    ],
  ])('is refused from %s to %s of what is not as it says', (from, to, resource, line) => {
    expect(() => moving(from, to, [resource])).toThrow(new InputError([line]));
  });
});
