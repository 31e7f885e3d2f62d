import { Outside } from '../../../modules/network/outside';
import { outsideSettings } from '../../../modules/network/outside-settings';
import { synth, TestClient } from '../../support/harness';

const entry = (ports: number[]) => outsideSettings.parse({ names: ['a.example'], ports });
const outside = new Outside({ auth0: entry([443]), slack: entry([443]), old: entry([80]) });

const used = (names: readonly string[], of = outside) =>
  synth((stack) => {
    expect(of.letUse(new TestClient(stack, 'web', 'vpc-1'), names)).toEqual({});
  }).resource['aws_vpc_security_group_egress_rule'] ?? {};

describe('what a client names outside', () => {
  test('opens 443 of the internet to it once, and says what for', () => {
    expect(Object.values(used(['auth0', 'slack']))).toEqual([
      {
        cidr_ipv4: '0.0.0.0/0',
        description: 'auth0, slack, outside of AWS',
        from_port: 443,
        ip_protocol: 'tcp',
        security_group_id: '${aws_security_group.web_connections.id}',
        to_port: 443,
      },
    ]);
  });

  test('opens 80 only for what says so', () => {
    expect(Object.keys(used(['auth0', 'old']))).toEqual([
      'web_connections_to-internet-443',
      'web_connections_to-internet-80',
    ]);
    expect(Object.keys(used(['old']))).toEqual(['web_connections_to-internet-80']);
  });

  test('opens nothing where nothing is named', () => {
    expect(used([])).toEqual({});
  });

  test('has a reason that AWS takes, however much it is', () => {
    const names = Array.from({ length: 50 }, (_, index) => `something-${index}`);
    const many = new Outside(Object.fromEntries(names.map((name) => [name, entry([443])])));
    expect(Object.values(used(names, many)).map(({ description }) => description)).toEqual([
      'Declared names, outside of AWS',
    ]);
  });
});
