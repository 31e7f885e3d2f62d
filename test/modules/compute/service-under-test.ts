import type { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import type { z } from 'zod';
import type { ResolvedUse } from '../../../modules/compute/container-task';
import { FargateService, type FargateServiceProps } from '../../../modules/compute/fargate-service';
import { serviceSettings } from '../../../modules/compute/service-settings';
import type { Foundation } from '../../../modules/foundation/foundation';
import type { NetworkProps } from '../../../modules/network/network';
import { synthesize, testApp, testFoundation, testStack, type Synthesized } from '../../support/harness';
import { statementsOf, type TestedStatement } from '../../support/statements';

export type SettingsInput = z.input<typeof serviceSettings>;

export const minimal = {
  image: 'team/inventory',
  port: 8080,
  cpu: 256,
  memoryMiB: 512,
  tasks: { min: 2, max: 6 },
} satisfies SettingsInput;

/** Settings of a service that keeps running. */
export function running(settings: Partial<SettingsInput> = {}) {
  const { tasks, ...rest } = serviceSettings.parse({ ...minimal, ...settings });
  if (!tasks) throw new Error('tasks must be said');
  return { ...rest, tasks };
}

export const onTheInternet = {
  public: { host: 'inventory.test.example.com' },
} satisfies Partial<SettingsInput>;

export const edge = {
  domain: 'test.example.com',
  certificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/12345678',
  failover: 'PRIMARY',
} as const;

export interface Built {
  /** @default nothing besides `minimal` */
  readonly settings?: Partial<SettingsInput>;
  /** @default nothing is used */
  readonly uses?: (stack: TerraformStack, foundation: Foundation) => ResolvedUse[];
  readonly props?: Partial<FargateServiceProps>;
  readonly foundation?: Partial<Foundation>;
  /** Of the foundation. @default IPv4, three zones, no NAT gateway */
  readonly network?: Partial<NetworkProps>;
  /** @default inventory */
  readonly name?: string;
}

/** A service named `inventory`, built as the workload stack builds it. */
export function synthService(built: Built = {}): Synthesized {
  const app = testApp();
  const foundation = testFoundation(app, built.foundation, built.network);
  const stack = testStack(app);
  new FargateService(new Construct(stack, 'Services'), built.name ?? 'inventory', {
    ...foundation,
    ...running(built.settings),
    cluster: { name: 'test-services' },
    registry: '999988887777.dkr.ecr.us-east-1.amazonaws.com',
    uses: built.uses?.(stack, foundation) ?? [],
    ...built.props,
  });
  return synthesize(stack);
}

/** Statements of a policy, trust policies included. */
export function statementsAt(out: Synthesized, address: string): TestedStatement[] {
  const { policy, assume_role_policy: trust } = out.at(address);
  return statementsOf(policy ?? trust);
}

/** The one container of the task. */
export function containerOf(out: Synthesized): Record<string, unknown> {
  const text = String(out.at('aws_ecs_task_definition.services_inventory')['container_definitions']);
  const containers = JSON.parse(text) as Record<string, unknown>[];
  expect(containers).toHaveLength(1);
  return containers[0]!;
}
