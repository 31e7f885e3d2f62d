import type { z } from 'zod';
import { AuroraMysql, type AuroraMysqlProps } from '../../../modules/database/aurora-mysql';
import { auroraMysqlSettings } from '../../../modules/database/aurora-mysql-settings';
import type { Synthesized } from '../../support/harness';
import { synthDatabases, type BuiltWith } from './built-databases';

export type SettingsInput = z.input<typeof auroraMysqlSettings>;

export const minimal = { engine: 'aurora-mysql', instanceClass: 'db.r8g.large' } satisfies SettingsInput;

export interface Built extends BuiltWith<SettingsInput, AuroraMysqlProps> {
  /** @default none */
  readonly globalCluster?: AuroraMysqlProps['globalCluster'];
  /** @default orders, one database */
  readonly names?: readonly string[];
}

/** Clusters, and what their clients are told. */
export const synthDatabase = (built: Built = {}): Synthesized =>
  synthDatabases(
    built,
    built.names ?? ['orders'],
    (scope, name, foundation) =>
      new AuroraMysql(scope, name, {
        ...foundation,
        ...auroraMysqlSettings.parse({ ...minimal, ...built.settings }),
        globalCluster: built.globalCluster ?? 'none',
        writes: built.globalCluster !== 'secondary',
        ...built.props,
      }),
  );

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
