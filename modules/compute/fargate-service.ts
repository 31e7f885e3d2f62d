import type { ITerraformDependable } from 'cdktf';
import type { Construct } from 'constructs';
import {
  EcsService,
  type EcsServiceConfig,
  type EcsServiceLoadBalancer,
} from '@cdktf/provider-aws/lib/ecs-service';
import type { IClient, IUsable, Variables } from '../access/usable';
import { resourcesIn } from '../foundation/resources-in';
import type { LifeCycle } from '../settings/fields';
import type { ICallCertificates } from './call-certificates';
import { capacityStrategy } from './capacity-strategy';
import { ContainerTask, type ContainerTaskProps } from './container-task';
import { PORT_NAME, serviceConnect, serviceVariables } from './service-calls';
import { ecsDeployment } from './deployment-settings';
import { DeploymentRole } from './deployment-role';
import type { PublicHost } from './public-host';
import { ServiceAlarms } from './service-alarms';
import { addServiceEntrance, type EntranceProps, type ServiceEntrance } from './service-entrance';
import { serviceNames } from './service-names';
import type { ServiceSettings, Tasks } from './service-settings';
import { TaskScaling, type Backlog } from './task-scaling';

export interface FargateServiceProps
  extends
    ContainerTaskProps,
    EntranceProps,
    Omit<ServiceSettings, 'standby' | 'tasks' | 'runs' | 'tracing'>,
    LifeCycle {
  readonly tasks: Tasks;
  /** ARN of the namespace in which services find each other. @default none: it calls no service, and none calls it */
  readonly namespace?: string | undefined;
  /** Whether other services call it. @default false */
  readonly called?: boolean;
  /** What answers their calls by TLS, where the settings say so. @default nothing */
  readonly certificates?: ICallCertificates | undefined;
  /** Queues that `messagesPerTask` looks at. @default none */
  readonly backlogs?: readonly Backlog[];
}

/**
 * A container that keeps running, scaled by load. Customers reach it only through its load balancer, other services by
 * Service Connect, and what has no port is reached by nobody.
 */
export class FargateService extends ContainerTask implements IUsable {
  private readonly service: EcsService;
  private readonly names: ReturnType<typeof serviceNames>;

  constructor(
    scope: Construct,
    name: string,
    private readonly props: FargateServiceProps,
  ) {
    const names = serviceNames(props.naming, name);
    super(scope, name, props, {
      names: { ...names, family: names.service },
      what: `the service ${name}`,
      container: { ...props, portName: props.called ? PORT_NAME : undefined },
    });
    this.names = names;
    const entrance = this.addEntrance();
    const releaseAlarms = this.addAlarms(entrance);
    this.service = this.addService(entrance, releaseAlarms);
    this.addScaling(entrance);
  }

  /** A proxy knows the services that stood when its task started, so that the caller waits for this one. */
  letUse(client: IClient): Variables {
    const { port } = this.props;
    if (port === undefined || !this.props.called) {
      throw new Error(
        `${this.node.path}: port and called must be set for ${client.name} to use it, got none; settings are checked before`,
      );
    }
    client.connections.allowTo(this, `Requests to the service ${this.name}`);
    client.waitFor?.(this.service);
    return serviceVariables(this.name, port);
  }

  private addEntrance(): ServiceEntrance | undefined {
    const { public: exposed } = this.props;
    return exposed && addServiceEntrance(this, this.name, exposed, this.props);
  }

  /** @returns names of the alarms that roll a release back */
  private addAlarms(entrance: ServiceEntrance | undefined): string[] {
    const alarms = new ServiceAlarms(this, 'Alarms', { ...this.props, name: this.name });
    const { public: exposed, alerts } = this.props;
    const releaseAlarms =
      entrance && exposed
        ? alarms.watchCustomers(entrance.balancer, entrance.host, entrance.shared, exposed.slowSeconds)
        : [];
    alarms.tellAsOne(
      alerts,
      `Something is wrong with the service ${this.name}. Look at its part of the dashboard, and at what was released last.`,
    );
    return releaseAlarms;
  }

  private addService(entrance: ServiceEntrance | undefined, releaseAlarms: string[]): EcsService {
    const { cluster, network, tasks, port, healthCheck, naming, capacity } = this.props;
    return new EcsService(this, 'Service', {
      name: this.names.service,
      cluster: cluster.name,
      taskDefinition: this.definition.arn,
      // from a launch type there would be no way to other capacity without replacing the service
      capacityProviderStrategy: capacityStrategy(naming, capacity, tasks.min).map((share) => ({ ...share })),
      // without it other capacity would replace the service too
      forceNewDeployment: true,
      ...(capacity.ec2 === undefined ? { platformVersion: 'LATEST' } : ON_INSTANCES),
      desiredCount: tasks.min,
      deploymentMinimumHealthyPercent: 100,
      deploymentMaximumPercent: 200,
      ...ecsDeployment(this.props.deployment),
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
      ...this.serviceConnect(),
      ...(entrance &&
        port !== undefined && {
          loadBalancer: [
            {
              targetGroupArn: entrance.host.targets.arn,
              containerName: this.name,
              containerPort: port,
              ...this.twoSets(entrance.host),
            },
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
      dependsOn: this.neededToStart(entrance),
    });
  }

  /** What ECS needs to send callers from one set of tasks to the other. */
  private twoSets({ targets, alternate, forwarding }: PublicHost): Partial<EcsServiceLoadBalancer> {
    if (!alternate) return {};
    const role = new DeploymentRole(this, 'DeploymentRole', {
      ...this.props,
      name: this.name,
      targetGroupArns: [targets.arn, alternate.arn],
      ruleArn: forwarding.arn,
    });
    this.upstream.push(...resourcesIn(role));
    return {
      advancedConfiguration: {
        alternateTargetGroupArn: alternate.arn,
        productionListenerRule: forwarding.arn,
        roleArn: role.arn,
      },
    };
  }

  private serviceConnect(): Pick<EcsServiceConfig, 'serviceConnectConfiguration'> {
    const { namespace, called, port, naming, calls } = this.props;
    if (namespace === undefined) return {};
    const certificates = called && calls === 'tls' ? this.certificates() : undefined;
    return {
      serviceConnectConfiguration: serviceConnect({
        namespace,
        name: this.name,
        port: called ? port : undefined,
        logGroup: this.logGroup.name,
        region: naming.place.region,
        certificates,
      }),
    };
  }

  private certificates(): ICallCertificates {
    const { certificates } = this.props;
    if (!certificates)
      throw new Error(`${this.node.path}: certificates must be given with calls by TLS, got none; pass them`);
    this.upstream.push(...certificates.needed);
    return certificates;
  }

  /**
   * Rules and permissions: the service refers to none of them, yet without them its first tasks fail, and
   * after three failures ECS starts no more. They also stay until the last task is gone.
   */
  private neededToStart(entrance: ServiceEntrance | undefined): ITerraformDependable[] {
    const own: ITerraformDependable[] = resourcesIn(this.role, this.executionRole, this.connections);
    own.push(...this.upstream);
    return entrance ? [...own, ...resourcesIn(entrance.balancer.connections), entrance.host.forwarding] : own;
  }

  private addScaling(entrance: ServiceEntrance | undefined): void {
    const { cluster, tasks, backlogs, hours } = this.props;
    new TaskScaling(this, 'Scaling', {
      clusterName: cluster.name,
      serviceName: this.service.name,
      tasks,
      hours,
      requestsOf: entrance && `${entrance.balancer.arnSuffix}/${entrance.host.targets.arnSuffix}`,
      ...(backlogs && { backlogs }),
    });
  }
}

/** Over the zones first, then on as few instances as hold them. */
const ON_INSTANCES = {
  orderedPlacementStrategy: [
    { type: 'spread', field: 'attribute:ecs.availability-zone' },
    { type: 'binpack', field: 'memory' },
  ],
};
