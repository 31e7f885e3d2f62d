import { Construct } from 'constructs';
import { DbOptionGroup } from '@cdktf/provider-aws/lib/db-option-group';
import { DbParameterGroup } from '@cdktf/provider-aws/lib/db-parameter-group';
import type { Foundation } from '../foundation/foundation';
import { mysqlNames } from './mysql-names';
import { majorVersion } from './mysql-version';
import { parameterBlocks } from './parameter-groups';

export interface MysqlGroupsProps extends Pick<Foundation, 'naming' | 'protection'> {
  /** Name of the database. */
  readonly name: string;
  readonly engineVersion: string;
  readonly auditLog: boolean;
  /** Over what is set here, by name. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** MySQL 8.4 speaks no TLS below 1.2. */
const OWN_PARAMETERS = {
  require_secure_transport: '1',
  slow_query_log: '1',
  long_query_time: '1',
  // from tables, which is the default, nothing comes to CloudWatch
  log_output: 'FILE',
};

/** Only TLS, slow queries and, if wanted, an audit log, which is an option and no parameter here. */
export class MysqlGroups extends Construct {
  readonly parameterGroupName: string;
  /** Nothing without an audit log: RDS then takes an empty group of its own. */
  readonly optionGroupName: string | undefined;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: MysqlGroupsProps,
  ) {
    super(scope, id);
    this.parameterGroupName = this.addParameterGroup();
    this.optionGroupName = props.auditLog ? this.addOptionGroup() : undefined;
  }

  private addParameterGroup(): string {
    const { naming, name, engineVersion, parameters } = this.props;
    const family = `mysql${majorVersion(engineVersion)}`;
    return new DbParameterGroup(this, 'ParameterGroup', {
      name: mysqlNames(naming, name).parameterGroup(family),
      family,
      description: `Instances of database ${name}`,
      parameter: parameterBlocks({ ...OWN_PARAMETERS, ...parameters }),
      lifecycle: { createBeforeDestroy: true },
    }).name;
  }

  private addOptionGroup(): string {
    const { naming, name, engineVersion, protection } = this.props;
    const major = majorVersion(engineVersion);
    return new DbOptionGroup(this, 'OptionGroup', {
      name: mysqlNames(naming, name).optionGroup(major),
      engineName: 'mysql',
      majorEngineVersion: major,
      optionGroupDescription: `Audit log of database ${name}`,
      option: [
        {
          optionName: 'MARIADB_AUDIT_PLUGIN',
          // who came and what was changed, not what was read: QUERY writes every statement, with its values
          optionSettings: [{ name: 'SERVER_AUDIT_EVENTS', value: 'CONNECT,QUERY_DCL,QUERY_DDL' }],
        },
      ],
      // AWS refuses to delete the group of a snapshot, and what is protected leaves a last one
      skipDestroy: protection,
      lifecycle: { createBeforeDestroy: true },
    }).name;
  }
}
