import type { Naming } from '../naming/naming';
import { auroraMysqlNames } from './aurora-mysql-names';

/** What an RDS MySQL database and its parts are called. Checking asks for them before anything is built. */
export const mysqlNames = (naming: Naming, name: string) => {
  const shared = auroraMysqlNames(naming, name);
  return {
    subnetGroup: shared.subnetGroup,
    parameterGroup: shared.parameterGroup,
    finalSnapshot: shared.finalSnapshot,
    monitoringRole: shared.monitoringRole,
    masterSecret: shared.masterSecret,
    securityGroup: shared.securityGroup,
    alarms: shared.alarms,
    proxy: shared.proxy,
    usersRole: shared.usersRole,
    usersTask: shared.usersTask,
    // the same in every region: a region knows by it what it follows in another one
    instance: naming.regional(name),
    replica: (number: number) => naming.regional(`${name}-replica-${number}`),
    replicaAlarms: (number: number) => `${shared.alarms}-replica-${number}`,
    optionGroup: (major: string) => naming.regional(`${name}-mysql-${major.replaceAll('.', '-')}`),
  };
};

/** The instance that writes, as seen from another region: only its name, nothing is read there. */
export const sourceArn = (naming: Naming, name: string, region: string) =>
  `arn:aws:rds:${region}:${naming.place.account}:db:${mysqlNames(naming, name).instance}`;
