import type { z } from 'zod';
import { Mysql, type MysqlProps } from '../../../modules/database/mysql';
import { mysqlSettings } from '../../../modules/database/mysql-settings';
import type { Synthesized } from '../../support/harness';
import { synthDatabases, type BuiltWith } from './built-databases';

export type SettingsInput = z.input<typeof mysqlSettings>;

export const minimal = { engine: 'mysql', instanceClass: 'db.r7g.large' } satisfies SettingsInput;

export type Built = BuiltWith<SettingsInput, MysqlProps>;

/** The database `catalog`, and what its clients are told. */
export const synthMysql = (built: Built = {}): Synthesized =>
  synthDatabases(
    built,
    ['catalog'],
    (scope, name, foundation) =>
      new Mysql(scope, name, {
        ...foundation,
        ...mysqlSettings.parse({ ...minimal, ...built.settings }),
        ...built.props,
      }),
  );

/** In a region that follows `us-east-2`. */
export const following = { props: { sourceRegion: 'us-east-2' } } satisfies Built;

/** The arguments of the first instance. */
export const instanceOf = (built?: Built) => synthMysql(built).at('aws_db_instance.databases_catalog');

/** The arguments of a replica; 1 is the first. */
export const replicaOf = (number: number, built?: Built) =>
  synthMysql(built).at(`aws_db_instance.databases_catalog_replicas_${number}`);
