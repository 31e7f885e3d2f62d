import { TerraformOutput } from 'cdktf';
import { Construct } from 'constructs';
import type { z } from 'zod';
import { Mysql, type MysqlProps } from '../../../modules/database/mysql';
import { mysqlSettings } from '../../../modules/database/mysql-settings';
import type { Foundation } from '../../../modules/foundation/foundation';
import {
  synthesize,
  TestClient,
  testApp,
  testFoundation,
  testStack,
  type Synthesized,
} from '../../support/harness';

export type SettingsInput = z.input<typeof mysqlSettings>;

export const minimal = { engine: 'mysql', instanceClass: 'db.r7g.large' } satisfies SettingsInput;

export interface Built {
  /** @default nothing besides `minimal` */
  readonly settings?: Partial<SettingsInput>;
  readonly props?: Partial<MysqlProps>;
  readonly foundation?: Partial<Foundation>;
  /** Clients that use the database. @default none */
  readonly clients?: readonly string[];
}

/** The database `catalog`, built as the workload stack builds it. */
export function synthMysql(built: Built = {}): Synthesized {
  const app = testApp();
  const foundation = testFoundation(app, built.foundation);
  const stack = testStack(app);
  const database = new Mysql(new Construct(stack, 'Databases'), 'catalog', {
    ...foundation,
    ...mysqlSettings.parse({ ...minimal, ...built.settings }),
    ...built.props,
  });
  new TerraformOutput(stack, 'master', { value: database.masterSecretArn ?? 'none' });
  for (const name of built.clients ?? []) {
    const client = new TestClient(stack, name, foundation.network.vpcId);
    new TerraformOutput(stack, `for-${name}`, { value: database.letUse(client) });
  }
  return synthesize(stack);
}

/** In a region that follows `us-east-2`. */
export const following = { props: { sourceRegion: 'us-east-2' } } satisfies Built;

/** The arguments of the first instance. */
export const instanceOf = (built?: Built) => synthMysql(built).at('aws_db_instance.databases_catalog');

/** The arguments of a replica; 1 is the first. */
export const replicaOf = (number: number, built?: Built) =>
  synthMysql(built).at(`aws_db_instance.databases_catalog_replicas_${number}`);
