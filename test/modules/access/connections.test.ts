import { Construct } from 'constructs';
import type { TerraformStack } from 'cdktf';
import { Connections, type ConnectionsProps, type IConnectable } from '../../../modules/access/connections';
import { synth, synthesize, testApp, testStack } from '../../support/harness';

class Thing extends Construct implements IConnectable {
  readonly connections: Connections;

  constructor(scope: Construct, id: string, props: Partial<ConnectionsProps> = {}) {
    super(scope, id);
    this.connections = new Connections(this, {
      name: `test-${id}`,
      vpcId: 'vpc-1',
      description: `Thing ${id}`,
      ...props,
    });
  }
}

const WHY = 'Orders are stored here';
/** Two things, one of them a client and the other one with the port of MySQL, in groups as workloads have them. */
const pair = (stack: TerraformStack) => ({
  client: new Thing(new Construct(stack, 'Services'), 'inventory'),
  peer: new Thing(new Construct(stack, 'Databases'), 'orders', { defaultPort: 3306 }),
});
const synthPair = (connect: (things: ReturnType<typeof pair>) => void) =>
  synth((stack) => {
    connect(pair(stack));
  });
const GROUPS = [
  'aws_security_group.databases_orders_connections',
  'aws_security_group.services_inventory_connections',
];
const CLIENT = '${aws_security_group.services_inventory_connections.id}';
const PEER = '${aws_security_group.databases_orders_connections.id}';
const egress = (id: string) => `aws_vpc_security_group_egress_rule.services_inventory_connections_${id}`;
const ingress = (id: string) => `aws_vpc_security_group_ingress_rule.services_inventory_connections_${id}`;

describe('a security group', () => {
  test('has no rule at all, neither of its own nor inside of it', () => {
    const out = synthPair(() => undefined);
    expect(out.addresses).toEqual(GROUPS);
    for (const address of GROUPS) {
      expect(out.at(address)).not.toHaveProperty('ingress');
      expect(out.at(address)).not.toHaveProperty('egress');
    }
  });

  test('is named and described as it is told, and outlives another description', () => {
    expect(synthPair(() => undefined).at(GROUPS[0]!)).toMatchObject({
      name: 'test-orders',
      description: 'Thing orders',
      vpc_id: 'vpc-1',
      lifecycle: { create_before_destroy: true, ignore_changes: ['description'] },
    });
  });

  test('is refused with a description that AWS would refuse', () => {
    expect(() =>
      synth((stack) => void new Thing(stack, 'orders', { description: 'Kunden & Aufträge' })),
    ).toThrow(
      new Error(
        'test-us-east-1-workload/orders: the reason must be 1 to 255 letters, digits, spaces and ._-:/()#,@[]+=&;{}!$*, got "Kunden & Aufträge"; say it in other words',
      ),
    );
  });
});

describe('a path to a peer', () => {
  test('is the outbound rule of the client and the inbound rule of the peer, on the port of the peer', () => {
    const out = synthPair(({ client, peer }) => client.connections.allowTo(peer, WHY));
    expect(out.addresses).toEqual([
      ...GROUPS,
      egress('to-databases-orders-3306'),
      ingress('to-databases-orders-3306'),
    ]);
    const rule = { ip_protocol: 'tcp', from_port: 3306, to_port: 3306, description: WHY };
    expect(out.at(egress('to-databases-orders-3306'))).toEqual({
      ...rule,
      security_group_id: CLIENT,
      referenced_security_group_id: PEER,
    });
    expect(out.at(ingress('to-databases-orders-3306'))).toEqual({
      ...rule,
      security_group_id: PEER,
      referenced_security_group_id: CLIENT,
    });
  });

  test('is on another port if the client says so', () => {
    const out = synthPair(({ client, peer }) => client.connections.allowTo(peer, WHY, 33_060));
    expect(out.at(egress('to-databases-orders-33060'))).toMatchObject({ from_port: 33_060, to_port: 33_060 });
    expect(out.at(ingress('to-databases-orders-33060'))).toMatchObject({
      from_port: 33_060,
      to_port: 33_060,
    });
  });

  test('may be opened twice, and on a second port', () => {
    const twice = synthPair(({ client, peer }) => {
      client.connections.allowTo(peer, WHY);
      client.connections.allowTo(peer, 'For another reason');
      client.connections.allowTo(peer, WHY, 3307);
    });
    expect(twice.addresses).toEqual([
      ...GROUPS,
      egress('to-databases-orders-3306'),
      egress('to-databases-orders-3307'),
      ingress('to-databases-orders-3306'),
      ingress('to-databases-orders-3307'),
    ]);
    expect(twice.at(egress('to-databases-orders-3306'))['description']).toBe(WHY);
  });

  test('is not there the other way round', () => {
    const out = synthPair(({ client, peer }) => client.connections.allowTo(peer, WHY));
    const owners = (type: string) =>
      Object.values(out.resource[type] ?? {}).map(({ security_group_id }) => security_group_id);
    expect(owners('aws_vpc_security_group_egress_rule')).toEqual([CLIENT]);
    expect(owners('aws_vpc_security_group_ingress_rule')).toEqual([PEER]);
  });

  test('can lead to a thing itself', () => {
    const out = synthPair(({ peer }) => peer.connections.allowTo(peer, 'Members of the cluster'));
    for (const type of ['egress', 'ingress']) {
      expect(
        out.at(`aws_vpc_security_group_${type}_rule.databases_orders_connections_to-databases-orders-3306`),
      ).toMatchObject({ security_group_id: PEER, referenced_security_group_id: PEER });
    }
  });

  test('is refused without a port', () => {
    expect(() => synthPair(({ client, peer }) => peer.connections.allowTo(client, WHY))).toThrow(
      new Error(
        'test-us-east-1-workload/Databases/orders: the port to test-us-east-1-workload/Services/inventory must be given, got none; that peer has no default port',
      ),
    );
  });

  test.each(['', 'ä', 'tab\there', "it's", 'a > b', 'x'.repeat(256)])(
    'is refused for the reason "%s"',
    (reason) => {
      expect(() => synthPair(({ client, peer }) => client.connections.allowTo(peer, reason))).toThrow(
        new Error(
          `test-us-east-1-workload/Services/inventory: the reason must be 1 to 255 letters, digits, spaces and ._-:/()#,@[]+=&;{}!$*, got "${reason}"; say it in other words`,
        ),
      );
    },
  );

  test.each(['x'.repeat(255), 'aA0 ._-:/()#,@[]+=&;{}!$*'])('may have the reason "%s"', (reason) => {
    const out = synthPair(({ client, peer }) => client.connections.allowTo(peer, reason));
    expect(out.at(egress('to-databases-orders-3306'))['description']).toBe(reason);
  });
});

describe('a path to a peer of another stack', () => {
  const build = () => {
    const app = testApp();
    const foundation = testStack(app, 'foundation');
    const workload = testStack(app);
    const peer = new Thing(new Construct(foundation, 'Databases'), 'orders', { defaultPort: 3306 });
    const client = new Thing(new Construct(workload, 'Services'), 'inventory');
    client.connections.allowTo(peer, WHY);
    return { foundation: synthesize(foundation), workload: synthesize(workload) };
  };

  test("has both rules in the client's stack", () => {
    const { foundation, workload } = build();
    expect(foundation.addresses).toEqual([GROUPS[0]]);
    expect(workload.addresses).toEqual([
      GROUPS[1],
      egress('to-databases-orders-3306'),
      ingress('to-databases-orders-3306'),
    ]);
    const there =
      '${data.terraform_remote_state.foundation.outputs.aws-security-group-databases-orders-connections-id}';
    expect(workload.at(egress('to-databases-orders-3306'))).toMatchObject({
      security_group_id: CLIENT,
      referenced_security_group_id: there,
    });
    expect(workload.at(ingress('to-databases-orders-3306'))).toMatchObject({
      security_group_id: there,
      referenced_security_group_id: CLIENT,
    });
  });
});

describe('a path to a peer that lets its clients in by range', () => {
  test('is the outbound rule alone, and may be opened twice', () => {
    const out = synthPair(({ client, peer }) => {
      client.connections.allowToAccepting(peer, WHY, 443);
      client.connections.allowToAccepting(peer, WHY, 443);
    });
    expect(out.addresses).toEqual([...GROUPS, egress('to-databases-orders-443')]);
    expect(out.at(egress('to-databases-orders-443'))).toEqual({
      security_group_id: CLIENT,
      referenced_security_group_id: PEER,
      ip_protocol: 'tcp',
      from_port: 443,
      to_port: 443,
      description: WHY,
    });
  });
});

describe('a path out of the security groups', () => {
  const rule = {
    security_group_id: CLIENT,
    ip_protocol: 'tcp',
    from_port: 443,
    to_port: 443,
    description: WHY,
  };

  test.each([
    [{ cidrIpv4: '192.0.2.0/24' }, { cidr_ipv4: '192.0.2.0/24' }],
    [{ prefixListId: 'pl-1' }, { prefix_list_id: 'pl-1' }],
  ])('leads to %j, and may be opened twice', (peer, expected) => {
    const out = synthPair(({ client }) => {
      client.connections.allowToOutside({ id: 'Partner', ...peer }, WHY, 443);
      client.connections.allowToOutside({ id: 'Partner', ...peer }, WHY, 443);
    });
    expect(out.addresses).toEqual([...GROUPS, egress('to-partner-443')]);
    expect(out.at(egress('to-partner-443'))).toEqual({ ...rule, ...expected });
  });

  test.each([
    [{ cidrIpv4: '192.0.2.0/24' }, { cidr_ipv4: '192.0.2.0/24' }],
    [{ prefixListId: 'pl-1' }, { prefix_list_id: 'pl-1' }],
  ])('leads in from %j, and may be opened twice', (peer, expected) => {
    const out = synthPair(({ client }) => {
      client.connections.allowFromOutside({ id: 'Partner', ...peer }, WHY, 443);
      client.connections.allowFromOutside({ id: 'Partner', ...peer }, WHY, 443);
    });
    expect(out.addresses).toEqual([...GROUPS, ingress('from-partner-443')]);
    expect(out.at(ingress('from-partner-443'))).toEqual({ ...rule, ...expected });
  });

  test.each(['allowToOutside', 'allowFromOutside'] as const)(
    'is refused for a reason that AWS refuses: %s',
    (way) => {
      expect(() =>
        synthPair(({ client }) => client.connections[way]({ id: 'X', cidrIpv4: '192.0.2.0/24' }, '?', 443)),
      ).toThrow('/Services/inventory: the reason must be 1 to 255 letters');
    },
  );
});
