import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { DataAwsSsmParameter } from '@cdktf/provider-aws/lib/data-aws-ssm-parameter';
import { EcsService } from '@cdktf/provider-aws/lib/ecs-service';
import { EcsTaskDefinition } from '@cdktf/provider-aws/lib/ecs-task-definition';
import { Connections } from '../access/connections';
import { ServiceRole } from '../access/service-role';
import type { IClient, Variables } from '../access/usable';
import type { Foundation } from '../foundation/foundation';
import { LogGroup } from '../observability/log-group';
import { refusesDeletion, type LifeCycle } from '../settings/fields';
import { containerDefinition, writableVolumes } from './container-definition';
import { ExecutionRole, tasksArn } from './execution-role';
import { releaseParameter, secretArn } from './parameter-names';
import { PublicLoadBalancer, type Failover } from './public-load-balancer';
import { resourcesIn } from '../foundation/resources-in';
import { ServiceAlarms } from './service-alarms';
import type { ICluster } from './service-cluster';
import { serviceNames } from './service-names';
import type { ServiceSettings } from './service-settings';
import { TaskScaling } from './task-scaling';

/** A thing that the service uses, found, and how it is to be used. */
export interface ResolvedUse {
  /** As the settings say it, e.g. `databases.orders`. */
  readonly thing: string;
  letUse(client: IClient): Variables;
}

export interface FargateServiceProps extends Foundation, Omit<ServiceSettings, 'standby'>, LifeCycle {
  readonly cluster: ICluster;
  /** Registry of the region: `<account>.dkr.ecr.<region>.amazonaws.com`. */
  readonly registry: string;
  readonly uses: readonly ResolvedUse[];
  /** The environment's public domain. @default none, and nothing can be public */
  readonly domain?: string | undefined;
  /** An issued certificate of this region for the domain and `*.domain`. @default none, and nothing can be public */
  readonly certificateArn?: string | undefined;
  /** Which record of the pair of regions a public service writes. @default none */
  readonly failover?: Failover | undefined;
}

/**
 * A container on Fargate in the application subnets, with a role, a security group and a log of its own. It
 * reaches what it `uses` and AWS's own services, and is reached only through its load balancer.
 */
export class FargateService extends Construct implements IClient {
  readonly role: ServiceRole;
  readonly connections: Connections;
  private readonly names: ReturnType<typeof serviceNames>;

  /** @param name what the settings call it, which is also the last part of its path */
  constructor(
    scope: Construct,
    readonly name: string,
    private readonly props: FargateServiceProps,
  ) {
    super(scope, name);
    this.names = serviceNames(props.naming, name);
    this.role = this.addTaskRole();
    this.connections = this.addConnections();
    const logGroup = this.addLogGroup();
    const executionRole = this.addExecutionRole(logGroup);
    const variables = this.letUse();
    const task = this.addTaskDefinition(executionRole, logGroup, variables);
    const balancer = this.addLoadBalancer();
    const releaseAlarms = this.addAlarms(balancer);
    const service = this.addService(task, executionRole, balancer, releaseAlarms);
    this.addScaling(service);
  }

  /** Permits nothing but what `uses` adds. */
  private addTaskRole(): ServiceRole {
    const { naming, permissionsBoundary } = this.props;
    return new ServiceRole(this, 'TaskRole', {
      name: this.names.taskRole,
      description: `What the program of ${this.name} may do`,
      service: 'ecs-tasks.amazonaws.com',
      account: naming.place.account,
      sourceArn: tasksArn(naming),
      permissionsBoundary,
    });
  }

  private addConnections(): Connections {
    const { network, port } = this.props;
    return new Connections(this, {
      name: this.names.securityGroup,
      vpcId: network.vpcId,
      description: `Tasks of the service ${this.name}`,
      defaultPort: port,
    });
  }

  private addLogGroup(): LogGroup {
    const { keys, logRetentionDays } = this.props;
    return new LogGroup(this, 'LogGroup', {
      name: this.names.logGroup,
      retentionDays: logRetentionDays,
      key: keys.logs,
    });
  }

  private addExecutionRole(logGroup: LogGroup): ExecutionRole {
    const { naming, keys, image, secrets, registry, permissionsBoundary } = this.props;
    return new ExecutionRole(this, 'ExecutionRole', {
      name: this.name,
      naming,
      keys,
      image,
      secrets,
      registry,
      logGroup,
      permissionsBoundary,
    });
  }

  /** Opens the way to everything that it uses, and to AWS's services: images, logs and parameters come from there. */
  private letUse(): Variables {
    this.props.network.openAwsServices(this);
    const variables = new Map<string, { readonly value: string; readonly thing: string }>();
    for (const use of this.props.uses) {
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

  private addTaskDefinition(
    executionRole: ExecutionRole,
    logGroup: LogGroup,
    variables: Variables,
  ): EcsTaskDefinition {
    const { props, name } = this;
    const { region } = props.naming.place;
    return new EcsTaskDefinition(this, 'TaskDefinition', {
      family: this.names.service,
      requiresCompatibilities: ['FARGATE'],
      networkMode: 'awsvpc',
      cpu: String(props.cpu),
      memory: String(props.memoryMiB),
      runtimePlatform: { operatingSystemFamily: 'LINUX', cpuArchitecture: props.architecture },
      taskRoleArn: this.role.arn,
      executionRoleArn: executionRole.arn,
      volume: writableVolumes(props.writablePaths).map((volume) => ({ name: volume.name })),
      containerDefinitions: containerDefinition({
        ...props,
        name,
        image: this.releasedImage(),
        variables,
        secrets: Object.fromEntries(
          props.secrets.map((secret) => [secret, secretArn(props.naming, name, secret)]),
        ),
        logGroup: logGroup.name,
        region,
      }),
      // a deployment that fails goes back to the revision before, which must not be gone
      skipDestroy: true,
    });
  }

  /** By digest, so that what runs is what was released. `value` would hide the whole task from plans as a secret. */
  private releasedImage(): string {
    const { registry, image, naming } = this.props;
    const release = new DataAwsSsmParameter(this, 'Release', {
      name: releaseParameter(naming.place.environment, this.name),
    });
    return `${registry}/${image}@${release.insecureValue}`;
  }

  private addLoadBalancer(): PublicLoadBalancer | undefined {
    const { public: exposed, domain, certificateArn, failover } = this.props;
    if (!exposed) return undefined;
    if (domain === undefined || certificateArn === undefined) {
      throw new Error(
        `${this.node.path}: public must come with a domain and a certificate, got none; pass domain and certificateArn`,
      );
    }
    const balancer = new PublicLoadBalancer(this, 'LoadBalancer', {
      ...this.props,
      ...exposed,
      protection: refusesDeletion(this.props),
      name: this.name,
      domain,
      certificateArn,
      failover,
    });
    balancer.connections.allowTo(this, `Requests to ${exposed.host}`);
    return balancer;
  }

  /** @returns names of the alarms that roll a release back */
  private addAlarms(balancer: PublicLoadBalancer | undefined): string[] {
    const alarms = new ServiceAlarms(this, 'Alarms', { ...this.props, name: this.name });
    const { public: exposed } = this.props;
    return balancer && exposed ? alarms.watchCustomers(balancer, exposed.slowSeconds) : [];
  }

  private addService(
    task: EcsTaskDefinition,
    executionRole: ExecutionRole,
    balancer: PublicLoadBalancer | undefined,
    releaseAlarms: string[],
  ): EcsService {
    const { cluster, network, tasks, port, healthCheck } = this.props;
    return new EcsService(this, 'Service', {
      name: this.names.service,
      cluster: cluster.name,
      taskDefinition: task.arn,
      // from a launch type there would be no way to other capacity without replacing the service
      capacityProviderStrategy: [{ capacityProvider: 'FARGATE', weight: 1 }],
      platformVersion: 'LATEST',
      desiredCount: tasks.min,
      deploymentMinimumHealthyPercent: 100,
      deploymentMaximumPercent: 200,
      deploymentCircuitBreaker: { enable: true, rollback: true },
      // the circuit breaker sees tasks that do not start; these see tasks that start and fail their callers
      ...(releaseAlarms.length > 0 && {
        alarms: { enable: true, rollback: true, alarmNames: releaseAlarms },
      }),
      availabilityZoneRebalancing: 'ENABLED',
      networkConfiguration: {
        subnets: [...network.subnetIds('application')],
        securityGroups: [this.connections.securityGroupId],
        assignPublicIp: false,
      },
      ...(balancer && {
        loadBalancer: [
          { targetGroupArn: balancer.targetGroupArn, containerName: this.name, containerPort: port },
        ],
        healthCheckGracePeriodSeconds: healthCheck.gracePeriodSeconds,
      }),
      enableExecuteCommand: false,
      enableEcsManagedTags: true,
      propagateTags: 'SERVICE',
      // its first start may wait for secrets or for its user in a database, which come after the apply; a
      // service that timed out while it was made would be replaced by the next apply
      waitForSteadyState: false,
      // Application Auto Scaling has the last word
      lifecycle: { ignoreChanges: ['desired_count'] },
      dependsOn: this.neededToStart(executionRole, balancer),
    });
  }

  /**
   * Rules and permissions: the service refers to none of them, yet without them its first tasks fail, and
   * after three failures ECS starts no more. They also stay until the last task is gone.
   */
  private neededToStart(
    executionRole: ExecutionRole,
    balancer: PublicLoadBalancer | undefined,
  ): ITerraformDependable[] {
    const own = resourcesIn(this.role, executionRole, this.connections);
    return balancer ? [...own, ...resourcesIn(balancer.connections), balancer.forwarding] : own;
  }

  private addScaling(service: EcsService): void {
    const { cluster, tasks } = this.props;
    new TaskScaling(this, 'Scaling', { clusterName: cluster.name, serviceName: service.name, tasks });
  }
}
