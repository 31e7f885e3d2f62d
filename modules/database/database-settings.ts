import type { UsableRules } from '../settings/capability-rules';
import { auroraMysqlRules, auroraMysqlSettings, type AuroraMysqlSettings } from './aurora-mysql-settings';
import { mysqlRules, mysqlSettings, type MysqlSettings } from './mysql-settings';

/** What `databases` can hold: `engine` says which of them an entry is. */
export const databaseSettings = [auroraMysqlSettings, mysqlSettings] as const;

export type DatabaseSettings = AuroraMysqlSettings | MysqlSettings;

/** The rules of the engine that an entry says. */
export const databaseRules: UsableRules<DatabaseSettings> = {
  problems: (name, settings, context) =>
    settings.engine === 'mysql'
      ? mysqlRules.problems(name, settings, context)
      : auroraMysqlRules.problems(name, settings, context),
  names: (name, settings, naming) =>
    settings.engine === 'mysql'
      ? mysqlRules.names(name, settings, naming)
      : auroraMysqlRules.names(name, settings, naming),
  variables: (name, settings) =>
    settings.engine === 'mysql'
      ? mysqlRules.variables(name, settings)
      : auroraMysqlRules.variables(name, settings),
  ownUsers: (settings) => (settings.engine === 'mysql' ? [] : (auroraMysqlRules.ownUsers?.(settings) ?? [])),
  takenUsers: [...new Set([...(auroraMysqlRules.takenUsers ?? []), ...(mysqlRules.takenUsers ?? [])])],
};
