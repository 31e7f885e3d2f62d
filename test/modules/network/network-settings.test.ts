import { LOG_RETENTION_DAYS } from '../../../modules/observability/log-group';
import { cidr, networkSettings } from '../../../modules/network/network-settings';

/** `path: message` of every refusal. */
function refusals(input: object): string[] {
  const { error } = networkSettings.safeParse({ cidr: '10.20.0.0/16', ...input });
  return (error?.issues ?? []).map(({ path, message, code }) =>
    code === 'unrecognized_keys' ? code : `${path.join('.')}: ${message}`,
  );
}

describe('settings of a network', () => {
  test('have these defaults', () => {
    expect(networkSettings.parse({ cidr: '10.20.0.0/16' })).toEqual({
      cidr: '10.20.0.0/16',
      availabilityZones: 2,
      nat: 'none',
      endpoints: 'private',
      egress: 'none',
      proxy: { tasks: { min: 2, max: 6 } },
      blockPublicAccess: 'off',
      ipv6: false,
    });
  });

  test.each<[string, readonly unknown[]]>([
    ['cidr', ['10.0.0.0/16', '10.0.0.0/22', '172.16.0.0/18', '192.168.0.0/16']],
    ['availabilityZones', [2, 3, ['us-west-1a', 'us-west-1c'], ['a', 'b', 'c']]],
    ['nat', ['none', 'single', 'one-per-az']],
    ['endpoints', ['private', 'one-az', 'nat']],
    ['egress', ['none', 'dns-firewall', 'firewall']],
    ['ipv6', [true, false]],
    ['flowLogRetentionDays', LOG_RETENTION_DAYS],
  ])('take for %s each of %j', (key, values) => {
    for (const value of values) expect(refusals({ [key]: value })).toEqual([]);
  });

  test('refuse NAT instances, and say why', () => {
    for (const nat of ['instance', 'nat-instance'])
      expect(refusals({ nat })).toEqual([
        'nat: be none, single or one-per-az: a NAT instance is one machine to patch, with no failover of its own; take single, one NAT gateway at $32 a month',
      ]);
    expect(refusals({ nat: 'x' })[0]).not.toContain('patch');
  });

  test('refuse unknown keys', () => {
    expect(refusals({ zones: 2 })).toEqual(['unrecognized_keys']);
  });

  test('cannot leave out the range', () => {
    expect(networkSettings.safeParse({}).error?.issues.map(({ path }) => path)).toEqual([['cidr']]);
  });

  test.each([
    ['10.20.0.1/16', 'have no host bits; did you mean 10.20.0.0/16?'],
    ['10.20.30.0/20', 'have no host bits; did you mean 10.20.16.0/20?'],
    ['10.20.0.0', 'be an IPv4 range; write it like 10.20.0.0/16'],
    ['10.20.0.0/33', 'be an IPv4 range; write it like 10.20.0.0/16'],
    ['10.20.300.0/16', 'be an IPv4 range; write it like 10.20.0.0/16'],
    ['10.20/16', 'be an IPv4 range; write it like 10.20.0.0/16'],
    ['2001:db8::/56', 'be an IPv4 range; write it like 10.20.0.0/16'],
    ['vpc', 'be an IPv4 range; write it like 10.20.0.0/16'],
    [
      '10.0.0.0/15',
      'be a /16 to /22; AWS takes no larger VPC, and a smaller one has no room for the subnets of three zones',
    ],
    [
      '10.20.0.0/23',
      'be a /16 to /22; AWS takes no larger VPC, and a smaller one has no room for the subnets of three zones',
    ],
  ])('refuse the range %s: it must %s', (range, message) => {
    expect(refusals({ cidr: range })).toEqual([`cidr: ${message}`]);
  });

  test.each([1, 4, '2', ['a', 'b', 'c', 'd']])('refuse %j zones', (availabilityZones) => {
    expect(refusals({ availabilityZones })).toEqual([
      'availabilityZones: be 2, 3 or a list of two or three zones, such as us-west-1a',
    ]);
  });

  test('refuse a list of one zone', () => {
    const { error } = networkSettings.safeParse({ cidr: '10.20.0.0/16', availabilityZones: ['us-west-1a'] });
    expect(error?.issues).toMatchObject([{ code: 'too_small', minimum: 2, path: ['availabilityZones'] }]);
  });

  test('say all that is wrong with a range at once', () => {
    expect(refusals({ cidr: '10.20.0.1/30' })).toEqual([
      'cidr: have no host bits; did you mean 10.20.0.0/30?',
      'cidr: be a /16 to /22; AWS takes no larger VPC, and a smaller one has no room for the subnets of three zones',
    ]);
  });

  test.each([
    ['nat', 'gateway'],
    ['endpoints', 'interface'],
    ['flowLogRetentionDays', 31],
    ['flowLogRetentionDays', 0],
  ])('refuse for %s the value %s', (key, value) => {
    expect(refusals({ [key]: value })).toHaveLength(1);
  });
});

describe('a range that is no VPC', () => {
  test.each(['0.0.0.0/0', '10.0.0.0/8', '192.0.2.1/32'])('may be of any size: %s', (range) => {
    expect(cidr.safeParse(range).success).toBe(true);
  });
});
