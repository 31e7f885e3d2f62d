import { TerraformOutput } from 'cdktf';
import { Construct } from 'constructs';
import type { z } from 'zod';
import { ReplicationGroup } from '../../../modules/cache/replication-group';
import { replicationGroupSettings } from '../../../modules/cache/replication-group-settings';
import type { Foundation } from '../../../modules/foundation/foundation';
import {
  synthesize,
  TestClient,
  testApp,
  testFoundation,
  testStack,
  type Synthesized,
} from '../../support/harness';

export type SettingsInput = z.input<typeof replicationGroupSettings>;

export const minimal = { nodeType: 'cache.r7g.large' } satisfies SettingsInput;

export interface Built {
  /** @default nothing besides `minimal` */
  readonly settings?: Partial<SettingsInput>;
  readonly foundation?: Partial<Foundation>;
  /** Clients that use the cache. @default none */
  readonly clients?: readonly string[];
}

/** A cache named `sessions`, built as the workload stack builds it. */
export function synthCache(built: Built = {}): Synthesized {
  const app = testApp();
  const foundation = testFoundation(app, built.foundation);
  const stack = testStack(app);
  const cache = new ReplicationGroup(new Construct(stack, 'Caches'), 'sessions', {
    ...foundation,
    ...replicationGroupSettings.parse({ ...minimal, ...built.settings }),
  });
  for (const name of built.clients ?? []) {
    const client = new TestClient(stack, name, foundation.network.vpcId);
    new TerraformOutput(stack, `for-${name}`, { value: cache.letUse(client) });
  }
  return synthesize(stack);
}

/** What a key of the foundation is in the JSON of the workload. */
export const keyArn = (purpose: string) =>
  `\${data.terraform_remote_state.foundation.outputs.aws-kms-key-keys-${purpose}-arn}`;
