import { Construct } from 'constructs';
import { DbParameterGroup } from '@cdktf/provider-aws/lib/db-parameter-group';
import { RdsClusterParameterGroup } from '@cdktf/provider-aws/lib/rds-cluster-parameter-group';
import { literal } from '../settings/literal';

export interface ParameterGroupsProps {
  /** Of both groups. */
  readonly name: string;
  /** Such as `aurora-mysql8.0`. */
  readonly family: string;
  readonly auditLog: boolean;
  /** Over what is set here, by name. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Names of groups that are used as they are. @default both are made */
  readonly existing?:
    { readonly cluster?: string | undefined; readonly instance?: string | undefined } | undefined;
}

/** The parameters of a group, in an order of their own. */
export const parameterBlocks = (parameters: Readonly<Record<string, string>>) =>
  Object.entries(parameters)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, value]) => ({
      name,
      value: literal(value),
      // RDS refuses to apply a static one at once, and reports this of each that has its default value
      applyMethod: 'pending-reboot',
    }));

/** Only TLS, slow queries and, if wanted, an audit log. */
export class ParameterGroups extends Construct {
  readonly clusterGroupName: string;
  readonly instanceGroupName: string;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: ParameterGroupsProps,
  ) {
    super(scope, id);
    this.clusterGroupName = props.existing?.cluster ?? this.addClusterGroup();
    this.instanceGroupName = props.existing?.instance ?? this.addInstanceGroup();
  }

  private addClusterGroup(): string {
    const { name, family, parameters } = this.props;
    const all = { ...this.own(), ...parameters };
    return new RdsClusterParameterGroup(this, 'ParameterGroup', {
      name,
      family,
      description: 'Every instance of the cluster',
      parameter: parameterBlocks(all),
      lifecycle: { createBeforeDestroy: true },
    }).name;
  }

  private own(): Record<string, string> {
    return {
      require_secure_transport: 'ON',
      tls_version: 'TLSv1.2,TLSv1.3',
      slow_query_log: '1',
      long_query_time: '1',
      ...(this.props.auditLog && {
        server_audit_logging: '1',
        // who came and what was changed, not what was read: QUERY writes every statement, with its values
        server_audit_events: 'CONNECT,QUERY_DCL,QUERY_DDL',
      }),
    };
  }

  /** Empty: it is there because going from the group of AWS to one of our own takes a restart. */
  private addInstanceGroup(): string {
    const { name, family } = this.props;
    return new DbParameterGroup(this, 'DbParameterGroup', {
      name,
      family,
      description: 'Single instances of the cluster',
      lifecycle: { createBeforeDestroy: true },
    }).name;
  }
}
