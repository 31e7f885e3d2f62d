import { variableName } from '../access/usable';
import type { Naming } from '../naming/naming';
import type { PhysicalName } from '../naming/name-rules';

/** What a database and its parts are called, if they do not stand already. Checking asks for them before anything is built. */
export const auroraMysqlNames = (naming: Naming, name: string) => ({
  cluster: naming.regional(name),
  // the same in every region: the members of a global database find each other by it
  globalCluster: naming.regional(name),
  instance: (number: number) => naming.regional(`${name}-${number}`),
  endpoint: (endpoint: string) => naming.regional(`${name}-${endpoint}`),
  subnetGroup: naming.regional(name),
  // of a name of its own for each family: a new one must stand before the old one goes
  parameterGroup: (family: string) => naming.regional(`${name}-${family.replaceAll('.', '-')}`),
  finalSnapshot: naming.regional(`${name}-final`),
  monitoringRole: naming.accountWide(`${name}-monitoring`),
  masterSecret: naming.path(`databases/${name}/master`),
  // short, as names of roles are limited; no role of a service ends like this
  usersRole: naming.accountWide(`${name}-users`),
  usersTask: naming.regional(`${name}-database-users`),
  usersLog: naming.path(`databases/${name}/users`),
  // a cache or a service may have the same name, and groups and alarms share one set of names
  securityGroup: naming.regional(`${name}-database`),
  alarms: naming.regional(`${name}-database`),
  proxy: {
    proxy: naming.regional(name),
    readers: naming.regional(`${name}-readers`),
    role: naming.accountWide(`${name}-proxy`),
    securityGroup: naming.regional(`${name}-proxy`),
    alarms: naming.regional(`${name}-proxy`),
  },
});

/** By which a client finds one of the further endpoints of a database. */
export const endpointVariable = (name: string, endpoint: string) =>
  variableName('DATABASE', name, `${endpoint}_HOST`);

/** By which a client finds a database. */
export const databaseVariables = (name: string) => ({
  writerHost: variableName('DATABASE', name, 'WRITER_HOST'),
  readerHost: variableName('DATABASE', name, 'READER_HOST'),
  port: variableName('DATABASE', name, 'PORT'),
  /** Of the schema in which it has its rights. */
  name: variableName('DATABASE', name, 'NAME'),
  user: variableName('DATABASE', name, 'USER'),
});

export const MASTER_USERNAME = 'admin';

/** Users that AWS makes: the master, its own, and that of RDS Proxy. None of them can become a service's. */
export const TAKEN_USERS = [MASTER_USERNAME, 'rdsadmin', 'rdsrepladmin', 'rdsproxyadmin'];

/** What the task that makes the users of a database takes. */
export const namesOfUsers = ({
  usersRole,
  usersTask,
}: {
  readonly usersRole: string;
  readonly usersTask: string;
}): PhysicalName[] => [
  { kind: 'role', name: usersRole },
  { kind: 'securityGroup', name: usersTask },
  // services and tasks share one set of names, of task definitions
  { kind: 'ecsService', name: usersTask },
];

/** What a proxy takes, in each region that it stands in. */
export const namesOfProxy = (
  { proxy: names }: Pick<ReturnType<typeof auroraMysqlNames>, 'proxy'>,
  settings: object | undefined,
): PhysicalName[] =>
  settings === undefined
    ? []
    : [
        { kind: 'dbProxy', name: names.proxy },
        { kind: 'dbProxyEndpoint', name: names.readers },
        { kind: 'role', name: names.role },
        { kind: 'securityGroup', name: names.securityGroup },
      ];
