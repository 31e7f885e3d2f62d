import type { ITerraformDependable } from 'cdktf';
import type { Construct } from 'constructs';
import { EcsService } from '@cdktf/provider-aws/lib/ecs-service';
import type { Connections } from '../access/connections';
import { capacityStrategy } from '../compute/capacity-strategy';
import type { ContainerSettings } from '../compute/container-settings';
import { ContainerTask, type ContainerTaskProps, type ResolvedUse } from '../compute/container-task';
import { TaskScaling } from '../compute/task-scaling';
import type { Foundation } from '../foundation/foundation';
import { resourcesIn } from '../foundation/resources-in';
import type { OutsideNames } from '../network/outside-settings';
import { EgressProxyAlarms } from './egress-proxy-alarms';
import { DRAIN_SECONDS, proxyConfig } from './proxy-config';
import { PROXY_CONFIG_VARIABLE, PROXY_IMAGE, PROXY_PORT, PROXY_USER } from './proxy-image';
import { proxyNames } from './proxy-names';
import type { ProxySettings } from './proxy-settings';
import type { ProxyRoute } from './proxy-route';

export interface EgressProxyProps extends Foundation, Pick<ContainerTaskProps, 'cluster' | 'registry'> {
  /** Names that the service may reach, and no other does this proxy let pass. */
  readonly outside: OutsideNames;
  /** The ways out, which no one but it has. */
  readonly ways: ResolvedUse;
  readonly tasks: ProxySettings['tasks'];
}

/** CPU percent of a task from which on another one is started: a proxy waits for others nearly all the time. */
const CPU_PERCENT = 60;
const MEMORY_PERCENT = 70;

/**
 * The proxy of one service: tasks of its own that let its names pass and no others, so that a service can neither reach
 * what another one may, nor take its share. ECS gives a task five target groups at most, which rules out one for all.
 */
export class EgressProxy extends ContainerTask {
  private readonly names: ReturnType<typeof proxyNames>;

  /** @param service name of the service that it is for, by which it goes itself */
  constructor(
    scope: Construct,
    service: string,
    private readonly props: EgressProxyProps,
  ) {
    const names = proxyNames(props.naming, service);
    super(
      scope,
      service,
      {
        ...props,
        ...TASK,
        environment: { [PROXY_CONFIG_VARIABLE]: proxyConfig(props.outside) },
        uses: [props.ways],
      },
      {
        names,
        what: `the proxy of ${service}`,
        program: `the proxy of ${service}`,
        release: PROXY_IMAGE,
        container: { port: PROXY_PORT },
      },
    );
    this.names = names;
  }

  /**
   * Starts it behind a load balancer.
   *
   * @returns what stands once it runs
   */
  serve(route: ProxyRoute, balancer: Connections): ITerraformDependable {
    const { cluster, network, tasks, naming, alerts } = this.props;
    const service = new EcsService(this, 'Service', {
      name: this.names.service,
      cluster: cluster.name,
      taskDefinition: this.definition.arn,
      // Spot would cut connections of others with it
      capacityProviderStrategy: capacityStrategy(naming, {}, tasks.min).map((share) => ({ ...share })),
      forceNewDeployment: true,
      platformVersion: 'LATEST',
      desiredCount: tasks.min,
      deploymentMinimumHealthyPercent: 100,
      deploymentMaximumPercent: 200,
      deploymentCircuitBreaker: { enable: true, rollback: true },
      availabilityZoneRebalancing: 'ENABLED',
      networkConfiguration: {
        subnets: [...network.subnetIds('application')],
        securityGroups: [this.connections.securityGroupId],
        assignPublicIp: false,
      },
      loadBalancer: [
        { targetGroupArn: route.targetGroupArn, containerName: this.name, containerPort: PROXY_PORT },
      ],
      healthCheckGracePeriodSeconds: 60,
      enableExecuteCommand: false,
      enableEcsManagedTags: true,
      propagateTags: 'SERVICE',
      waitForSteadyState: false,
      // Application Auto Scaling has the last word
      lifecycle: { ignoreChanges: ['desired_count'] },
      dependsOn: [
        ...resourcesIn(this.role, this.executionRole, this.connections, balancer),
        route.forwarding,
        ...this.upstream,
      ],
    });
    new TaskScaling(this, 'Scaling', {
      clusterName: cluster.name,
      serviceName: service.name,
      tasks: {
        ...tasks,
        scaleOn: { cpuPercent: CPU_PERCENT, memoryPercent: MEMORY_PERCENT },
        predictive: 'off',
      },
    });
    const alarms = new EgressProxyAlarms(this, 'Alarms', {
      name: this.names.alarms,
      clusterName: cluster.name,
      serviceName: this.names.service,
      logGroupName: this.logGroup.name,
      fewestTasks: tasks.min,
      route,
    });
    alarms.tellAsOne(
      alerts,
      `Something is wrong with the way out of ${this.name}. Look at the events of the ECS service ${this.names.service}, and at its log ${this.names.logGroup}.`,
    );
    return service;
  }
}

/** The smallest task carries hundreds of connections: Squid keeps nothing and decrypts nothing. */
const TASK: Omit<ContainerSettings, 'environment'> = {
  image: PROXY_IMAGE,
  cpu: 256,
  memoryMiB: 512,
  capacity: {},
  secrets: [],
  user: PROXY_USER,
  writablePaths: [],
  stopTimeoutSeconds: DRAIN_SECONDS + 15,
  architecture: 'X86_64',
};
