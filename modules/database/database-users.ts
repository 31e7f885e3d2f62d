import { Construct } from 'constructs';
import { DataAwsSsmParameter } from '@cdktf/provider-aws/lib/data-aws-ssm-parameter';
import { EcsTaskDefinition } from '@cdktf/provider-aws/lib/ecs-task-definition';
import { Connections, type IConnectable } from '../access/connections';
import { containerDefinition } from '../compute/container-definition';
import { ExecutionRole } from '../compute/execution-role';
import { releaseParameter } from '../compute/parameter-names';
import type { ICluster } from '../compute/service-cluster';
import type { Foundation } from '../foundation/foundation';
import { LogGroup } from '../observability/log-group';
import { auroraMysqlNames } from './aurora-mysql-names';
import { PORT, type IDatabase } from './database';
import type { DatabaseAccess } from './database-access';
import { USERS_CONTAINER, USERS_IMAGE, type UsersTask } from './users-image';
import { MASTER_VARIABLES, PLAN_VARIABLE, type UsersPlan } from './users-task/plan';

export interface DatabaseUsersProps extends Foundation {
  readonly database: IDatabase;
  readonly cluster: ICluster;
  /** Registry of the region: `<account>.dkr.ecr.<region>.amazonaws.com`. */
  readonly registry: string;
  /** What each service may do, by its name. */
  readonly users: Readonly<Record<string, DatabaseAccess>>;
}

/**
 * The task that makes the users of one database, run once after each apply. It alone reads the secret of the master, and
 * beside the services it alone reaches the database. ECS hands it the secret: the program needs no permission of its own,
 * and so has no role.
 *
 * A task for each database, and not one for all of them: each opens one secret and reaches one database, and one that is
 * broken keeps no other from getting its users.
 */
export class DatabaseUsers extends Construct implements IConnectable {
  readonly connections: Connections;
  readonly task: UsersTask;
  private readonly names: ReturnType<typeof auroraMysqlNames>;

  /** @throws if nobody knows here who the master of the database is */
  constructor(
    scope: Construct,
    id: string,
    private readonly props: DatabaseUsersProps,
  ) {
    super(scope, id);
    const { naming, database, network, cluster } = props;
    this.names = auroraMysqlNames(naming, database.name);
    this.connections = this.addConnections();
    // images, the log and the secret come from there
    network.openAwsServices(this);
    const logGroup = this.addLogGroup();
    this.task = {
      taskDefinition: this.addTaskDefinition(this.addExecutionRole(logGroup), logGroup).arn,
      cluster: cluster.name,
      subnets: network.subnetIds('application'),
      securityGroup: this.connections.securityGroupId,
      logGroup: logGroup.name,
    };
  }

  private addConnections(): Connections {
    const { network, database } = this.props;
    const connections = new Connections(this, {
      name: this.names.usersTask,
      vpcId: network.vpcId,
      description: `Makes the users of database ${database.name}`,
    });
    connections.allowTo(database, `Makes the users of database ${database.name}`);
    return connections;
  }

  private addLogGroup(): LogGroup {
    const { keys, logRetentionDays } = this.props;
    return new LogGroup(this, 'LogGroup', {
      name: this.names.usersLog,
      retentionDays: logRetentionDays,
      key: keys.logs,
    });
  }

  private addExecutionRole(logGroup: LogGroup): ExecutionRole {
    const { naming, keys, registry, permissionsBoundary, database } = this.props;
    const role = new ExecutionRole(this, 'ExecutionRole', {
      name: database.name,
      roleName: this.names.usersRole,
      description: `Starts the task that makes the users of database ${database.name}`,
      naming,
      keys,
      images: [USERS_IMAGE],
      secrets: [],
      registry,
      logGroup,
      permissionsBoundary,
    });
    const secret = this.masterSecret();
    role.allow('read-master-secret', [
      { Action: 'secretsmanager:GetSecretValue', Resource: secret },
      {
        Action: 'kms:Decrypt',
        Resource: keys.data.arn,
        // Secrets Manager names the secret to KMS: the key opens nothing else of the database
        Condition: { StringEquals: { 'kms:EncryptionContext:SecretARN': secret } },
      },
    ]);
    return role;
  }

  private addTaskDefinition(executionRole: ExecutionRole, logGroup: LogGroup): EcsTaskDefinition {
    const { naming, registry } = this.props;
    const release = new DataAwsSsmParameter(this, 'Release', {
      name: releaseParameter(naming.place.environment, USERS_IMAGE),
    });
    return new EcsTaskDefinition(this, 'TaskDefinition', {
      family: this.names.usersTask,
      requiresCompatibilities: ['FARGATE'],
      networkMode: 'awsvpc',
      cpu: '256',
      memory: '512',
      runtimePlatform: { operatingSystemFamily: 'LINUX', cpuArchitecture: 'X86_64' },
      executionRoleArn: executionRole.arn,
      containerDefinitions: containerDefinition({
        name: USERS_CONTAINER,
        image: `${registry}/${USERS_IMAGE}@${release.insecureValue}`,
        user: '1000:1000',
        environment: {},
        writablePaths: [],
        stopTimeoutSeconds: 30,
        variables: { [PLAN_VARIABLE]: JSON.stringify(this.plan()) },
        secrets: Object.fromEntries(
          Object.entries(MASTER_VARIABLES).map(([key, variable]) => [
            variable,
            `${this.masterSecret()}:${key}::`,
          ]),
        ),
        logGroup: logGroup.name,
        region: naming.place.region,
      }),
    });
  }

  private plan(): UsersPlan {
    const { database, users } = this.props;
    const { name, writerHost, schema } = database;
    return {
      database: name,
      host: writerHost,
      port: PORT,
      schema,
      users: Object.fromEntries(Object.entries(users).sort(([a], [b]) => (a < b ? -1 : 1))),
    };
  }

  private masterSecret(): string {
    const { masterSecretArn, name } = this.props.database;
    if (masterSecretArn !== undefined) return masterSecretArn;
    throw new Error(
      `${this.node.path}: database ${name} must have a master here, got one that follows another region or that stood already; make its users there, or by hand`,
    );
  }
}
