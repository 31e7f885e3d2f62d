import type { Construct } from 'constructs';
import { ServiceRole } from '../access/service-role';
import type { Foundation } from '../foundation/foundation';
import { auroraMysqlNames } from './aurora-mysql-names';

export interface MonitoringRoleProps extends Pick<Foundation, 'naming' | 'permissionsBoundary'> {
  /** Name of the database. */
  readonly name: string;
}

/** The role with which RDS writes what the operating systems of a database's instances measure. */
export function addMonitoringRole(
  scope: Construct,
  { naming, name, permissionsBoundary }: MonitoringRoleProps,
): ServiceRole {
  const { account, region } = naming.place;
  return new ServiceRole(scope, 'MonitoringRole', {
    name: auroraMysqlNames(naming, name).monitoringRole,
    description: `Writes what the operating systems of database ${name} measure`,
    service: 'monitoring.rds.amazonaws.com',
    account,
    // all, not those of this database: readers that are added under load have names of AWS's own
    sourceArn: `arn:aws:rds:${region}:${account}:db:*`,
    managedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole'],
    permissionsBoundary,
  });
}
