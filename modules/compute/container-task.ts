import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { DataAwsSsmParameter } from '@cdktf/provider-aws/lib/data-aws-ssm-parameter';
import { EcsTaskDefinition } from '@cdktf/provider-aws/lib/ecs-task-definition';
import { Connections } from '../access/connections';
import { ServiceRole } from '../access/service-role';
import type { IClient, Variables } from '../access/usable';
import type { Foundation } from '../foundation/foundation';
import { LogGroup } from '../observability/log-group';
import { containerDefinition, writableVolumes, type ContainerDefinitionProps } from './container-definition';
import type { ContainerSettings } from './container-settings';
import { ExecutionRole, tasksArn } from './execution-role';
import { releaseParameter, secretArn } from './parameter-names';
import type { ICluster } from './service-cluster';
import { COLLECTOR_IMAGE, maySendTraces } from './trace-collector';
import type { TracingSettings } from './tracing-settings';

/** A thing that a task uses, found, and how it is to be used. */
export interface ResolvedUse {
  /** As the settings say it, e.g. `databases.orders`. */
  readonly thing: string;
  letUse(client: IClient): Variables;
}

export interface ContainerTaskProps extends Foundation, ContainerSettings {
  readonly cluster: ICluster;
  /** Registry of the region: `<account>.dkr.ecr.<region>.amazonaws.com`. */
  readonly registry: string;
  readonly uses: readonly ResolvedUse[];
  /** What becomes of its traces. @default none are made */
  readonly tracing?: TracingSettings | undefined;
}

/** What sets one kind of task apart from the others. */
export interface TaskKind {
  /** What a task and its parts are called. */
  readonly names: {
    /** Of the task definition. */
    readonly family: string;
    readonly taskRole: string;
    readonly executionRole: string;
    readonly securityGroup: string;
    readonly logGroup: string;
  };
  /** In the description of its security group: `the service inventory`. */
  readonly what: string;
  /** What runs, in the descriptions of its roles: `the proxy of inventory`. @default the program that its name says */
  readonly program?: string;
  /** Under which name `make release` writes what runs. @default its own */
  readonly release?: string;
  /** How its container is called, and asked from inside whether it is healthy. */
  readonly container: Pick<ContainerDefinitionProps, 'port' | 'portName' | 'healthCheck'>;
}

/**
 * A container in the application subnets, with roles, a security group and a log of its own. It reaches what it `uses`
 * and AWS's own services, and nothing else. What starts it is said by those who extend this.
 */
export abstract class ContainerTask extends Construct implements IClient {
  readonly role: ServiceRole;
  readonly connections: Connections;
  protected readonly executionRole: ExecutionRole;
  protected readonly definition: EcsTaskDefinition;
  protected readonly logGroup: LogGroup;
  /** What has to stand before its first task starts, besides what is its own. */
  protected readonly upstream: ITerraformDependable[] = [];

  /** @param name what the settings call it, which is also the last part of its path */
  constructor(
    scope: Construct,
    readonly name: string,
    private readonly task: ContainerTaskProps,
    private readonly kind: TaskKind,
  ) {
    super(scope, name);
    this.role = this.addTaskRole();
    this.connections = this.addConnections();
    this.logGroup = this.addLogGroup();
    this.executionRole = this.addExecutionRole();
    if (task.tracing) maySendTraces(this.role);
    this.definition = this.addTaskDefinition(this.openUses());
  }

  waitFor(thing: ITerraformDependable): void {
    this.upstream.push(thing);
  }

  /** Permits nothing but what `uses` adds. */
  private addTaskRole(): ServiceRole {
    const { naming, permissionsBoundary } = this.task;
    return new ServiceRole(this, 'TaskRole', {
      name: this.kind.names.taskRole,
      description: `What ${this.kind.program ?? `the program of ${this.name}`} may do`,
      service: 'ecs-tasks.amazonaws.com',
      account: naming.place.account,
      sourceArn: tasksArn(naming),
      permissionsBoundary,
    });
  }

  private addConnections(): Connections {
    const { names, what, container } = this.kind;
    return new Connections(this, {
      name: names.securityGroup,
      vpcId: this.task.network.vpcId,
      description: `Tasks of ${what}`,
      ...(container.port !== undefined && { defaultPort: container.port }),
    });
  }

  private addLogGroup(): LogGroup {
    const { keys, logRetentionDays } = this.task;
    return new LogGroup(this, 'LogGroup', {
      name: this.kind.names.logGroup,
      retentionDays: logRetentionDays,
      key: keys.logs,
    });
  }

  private addExecutionRole(): ExecutionRole {
    const { logGroup, name } = this;
    const roleName = this.kind.names.executionRole;
    const { program } = this.kind;
    return new ExecutionRole(this, 'ExecutionRole', {
      ...this.task,
      name,
      roleName,
      images: [this.task.image, ...(this.task.tracing ? [COLLECTOR_IMAGE] : [])],
      logGroup,
      ...(program !== undefined && { description: `Starts the tasks of ${program}` }),
    });
  }

  /** Opens the way to everything that it uses, and to AWS's services: images, logs and parameters come from there. */
  private openUses(): Variables {
    this.task.network.openAwsServices(this);
    const variables = new Map<string, { readonly value: string; readonly thing: string }>();
    for (const use of this.task.uses) {
      for (const [variable, value] of Object.entries(use.letUse(this))) {
        const known = variables.get(variable);
        if (known && known.value !== value) {
          throw new Error(
            `${this.node.path}: uses must set ${variable} to one value, got two from ${known.thing} and ${use.thing}; rename one of them`,
          );
        }
        variables.set(variable, { value, thing: use.thing });
      }
    }
    return Object.fromEntries([...variables].map(([variable, { value }]) => [variable, value]));
  }

  private addTaskDefinition(variables: Variables): EcsTaskDefinition {
    const { name, task, kind } = this;
    return new EcsTaskDefinition(this, 'TaskDefinition', {
      family: kind.names.family,
      requiresCompatibilities: [task.capacity.ec2 === undefined ? 'FARGATE' : 'EC2'],
      networkMode: 'awsvpc',
      cpu: String(task.cpu),
      memory: String(task.memoryMiB),
      runtimePlatform: { operatingSystemFamily: 'LINUX', cpuArchitecture: task.architecture },
      taskRoleArn: this.role.arn,
      executionRoleArn: this.executionRole.arn,
      volume: writableVolumes(task.writablePaths).map((volume) => ({ name: volume.name })),
      containerDefinitions: containerDefinition({
        ...task,
        ...kind.container,
        name,
        image: this.releasedImage('Release', task.image, kind.release ?? name),
        tracing: task.tracing && {
          environment: task.naming.place.environment,
          name,
          image: this.releasedImage('CollectorRelease', COLLECTOR_IMAGE, COLLECTOR_IMAGE),
          settings: task.tracing,
        },
        variables,
        secrets: Object.fromEntries(
          task.secrets.map((secret) => [secret, secretArn(task.naming, name, secret)]),
        ),
        logGroup: this.logGroup.name,
        region: task.naming.place.region,
      }),
      // a deployment that fails goes back to the revision before, which must not be gone
      skipDestroy: true,
    });
  }

  /** By digest, so that what runs is what was released. `value` would hide the whole task from plans as a secret. */
  private releasedImage(id: string, image: string, releasedAs: string): string {
    const { registry, naming } = this.task;
    const release = new DataAwsSsmParameter(this, id, {
      name: releaseParameter(naming.place.environment, releasedAs),
    });
    return `${registry}/${image}@${release.insecureValue}`;
  }
}
