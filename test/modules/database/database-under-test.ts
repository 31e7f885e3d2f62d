import { TerraformOutput } from 'cdktf';
import { Construct } from 'constructs';
import type { z } from 'zod';
import { AuroraMysql, type AuroraMysqlProps } from '../../../modules/database/aurora-mysql';
import { auroraMysqlSettings } from '../../../modules/database/aurora-mysql-settings';
import type { Foundation } from '../../../modules/foundation/foundation';
import {
  synthesize,
  TestClient,
  testApp,
  testFoundation,
  testStack,
  type Synthesized,
} from '../../support/harness';

export type SettingsInput = z.input<typeof auroraMysqlSettings>;

export const minimal = { engine: 'aurora-mysql', instanceClass: 'db.r8g.large' } satisfies SettingsInput;

export interface Built {
  /** @default nothing besides `minimal` */
  readonly settings?: Partial<SettingsInput>;
  /** @default none */
  readonly globalCluster?: AuroraMysqlProps['globalCluster'];
  readonly props?: Partial<AuroraMysqlProps>;
  readonly foundation?: Partial<Foundation>;
  /** @default orders, one database */
  readonly names?: readonly string[];
  /** Clients that use the databases. @default none */
  readonly clients?: readonly string[];
}

/** Databases, built as the workload stack builds them. */
export function synthDatabase(built: Built = {}): Synthesized {
  const app = testApp();
  const foundation = testFoundation(app, built.foundation);
  const stack = testStack(app);
  const databases = new Construct(stack, 'Databases');
  const clients = (built.clients ?? []).map((name) => new TestClient(stack, name, foundation.network.vpcId));
  for (const name of built.names ?? ['orders']) {
    const database = new AuroraMysql(databases, name, {
      ...foundation,
      ...auroraMysqlSettings.parse({ ...minimal, ...built.settings }),
      globalCluster: built.globalCluster ?? 'none',
      writes: built.globalCluster !== 'secondary',
      ...built.props,
    });
    new TerraformOutput(stack, `master-of-${name}`, { value: database.masterSecretArn ?? 'none' });
    for (const client of clients) {
      new TerraformOutput(stack, `${name}-for-${client.name}`, { value: database.letUse(client) });
    }
  }
  return synthesize(stack);
}

/** What a key of the foundation is in the JSON of the workload. */
export const keyArn = (purpose: string) =>
  `\${data.terraform_remote_state.foundation.outputs.aws-kms-key-keys-${purpose}-arn}`;

/** The arguments of the one cluster. */
export const clusterOf = (built?: Built) => synthDatabase(built).at('aws_rds_cluster.databases_orders');

/** The arguments of an instance of the one cluster; 1 is the first. */
export const instanceOf = (number: number, built?: Built) =>
  synthDatabase(built).at(`aws_rds_cluster_instance.databases_orders_instances_${number}`);

/** The addresses of all resources of one type. */
export const addressesOf = (type: string, built?: Built) =>
  synthDatabase(built).addresses.filter((address) => address.startsWith(`${type}.`));
