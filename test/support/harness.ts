import { App, TerraformStack, Testing } from 'cdktf';
import { Construct } from 'constructs';
import { BaseStack } from '../../src/stacks/base-stack';
import type { Foundation } from '../../modules/foundation/foundation';
import { RegionalKeys } from '../../modules/encryption/regional-keys';
import { Naming } from '../../modules/naming/naming';
import { Network, type NetworkProps } from '../../modules/network/network';
import { AlertTopic } from '../../modules/observability/alert-topic';
import { Connections, type IConnectable } from '../../modules/access/connections';
import { ServiceRole } from '../../modules/access/service-role';
import type { IClient } from '../../modules/access/usable';
import { testApp } from './app';

export { testApp };

export const ACCOUNT = '111122223333';
export const REGION = 'us-east-1';
export const naming = new Naming({ environment: 'test', account: ACCOUNT, region: REGION });

class TestStack extends BaseStack {}

/** A Terraform block of one stack: type, then address, then arguments. */
export type Blocks = Record<string, Record<string, Record<string, unknown>>>;
export interface Synthesized {
  readonly resource: Blocks;
  readonly data: Blocks;
  readonly output: Record<string, Record<string, unknown>>;
  readonly json: Record<string, unknown>;
  /** `aws_vpc.network` and so on, sorted. */
  readonly addresses: readonly string[];
  /** Arguments of the one resource with this address. */
  at(address: string): Record<string, unknown>;
}

/** A stack with the addresses, provider and backend that the real ones have. */
export function testStack(app: App = testApp(), layer = 'workload'): TestStack {
  return new TestStack(app, { scope: 'test', account: ACCOUNT, region: REGION, layer });
}

/**
 * Synthesizes one stack after preparing every stack of its app, so that references across stacks are what
 * they will be in the real output.
 */
export function synthesize(stack: TerraformStack): Synthesized {
  for (const other of App.of(stack).node.findAll()) if (TerraformStack.isStack(other)) other.prepareStack();
  const json = JSON.parse(Testing.synth(stack)) as Record<string, unknown>;
  const resource = (json['resource'] ?? {}) as Blocks;
  const addresses = Object.entries(resource).flatMap(([type, named]) =>
    Object.keys(named).map((n) => `${type}.${n}`),
  );
  return {
    json,
    resource,
    data: (json['data'] ?? {}) as Blocks,
    output: (json['output'] ?? {}) as Record<string, Record<string, unknown>>,
    addresses: addresses.sort(),
    at(address) {
      const [type, name] = address.split('.') as [string, string];
      const found = resource[type]?.[name];
      if (!found) throw new Error(`no ${address} among\n${addresses.join('\n')}`);
      return found;
    },
  };
}

/** Builds in a stack of its own and returns what came out. */
export function synth(build: (stack: TestStack) => void): Synthesized {
  const stack = testStack();
  build(stack);
  return synthesize(stack);
}

/** A real foundation, in a stack of its own in the same app, as the workload stack finds it. */
export function testFoundation(
  app: App,
  change: Partial<Foundation> = {},
  network: Partial<NetworkProps> = {},
): Foundation {
  const stack = testStack(app, 'foundation');
  const keys = new RegionalKeys(stack, 'Keys', naming, true);
  return {
    naming,
    keys,
    network: new Network(stack, 'Network', {
      naming,
      logsKey: keys.logs,
      cidr: '10.20.0.0/16',
      availabilityZones: ['us-east-1a', 'us-east-1b', 'us-east-1c'],
      nat: 'none',
      endpoints: 'private',
      egress: 'none',
      outside: { https: [], http: [] },
      isPublic: false,
      blockPublicAccess: 'off',
      ipv6: false,
      protection: true,
      flowLogRetentionDays: 30,
      interfaceServices: ['ecr.api', 'ecr.dkr', 'logs', 'ssm'],
      ...network,
    }),
    alerts: new AlertTopic(stack, 'Alerts', { name: 'test-alerts', account: ACCOUNT, key: keys.alerts }),
    privateZone: { zoneId: 'Z0PRIVATE', domain: 'test.internal' },
    logBucket: { bucketName: 'test-logs-us-east-1-111122223333' },
    protection: true,
    logRetentionDays: 30,
    ...change,
  };
}

/** A client with nothing but a security group and a role, as `uses` needs one. */
export class TestClient extends Construct implements IClient, IConnectable {
  readonly connections: Connections;
  readonly role: ServiceRole;

  constructor(
    scope: Construct,
    readonly name: string,
    vpcId: string,
  ) {
    super(scope, name);
    this.connections = new Connections(this, { name: `test-${name}`, vpcId, description: `Client ${name}` });
    this.role = new ServiceRole(this, 'Role', {
      name: `test-${name}-task`,
      description: `Client ${name}`,
      service: 'ecs-tasks.amazonaws.com',
      account: ACCOUNT,
    });
  }
}
