import { Fn } from 'cdktf';
import { Construct } from 'constructs';
import { AutoscalingGroup } from '@cdktf/provider-aws/lib/autoscaling-group';
import { EcsCapacityProvider } from '@cdktf/provider-aws/lib/ecs-capacity-provider';
import { IamInstanceProfile } from '@cdktf/provider-aws/lib/iam-instance-profile';
import { LaunchTemplate } from '@cdktf/provider-aws/lib/launch-template';
import { Connections, type IConnectable } from '../access/connections';
import { ServiceRole } from '../access/service-role';
import type { Foundation } from '../foundation/foundation';
import { resourcesIn } from '../foundation/resources-in';
import { Alarms } from '../observability/alarms';
import { capacityNames } from './ec2-capacity-names';
import type { Ec2CapacitySettings } from './ec2-capacity-settings';
import { clusterName } from './ephemeral-storage';
import { architectureOf } from './instance-type';

export interface Ec2CapacityProps extends Foundation, Omit<Ec2CapacitySettings, 'standby' | 'scaleOn'> {
  /** Of a cluster that stands already. */
  readonly clusterName: string;
}

/**
 * EC2 instances for the tasks of a cluster. ECS says how many there are, and lets none go that still runs a task.
 * They hold nothing, take no calls, and nobody signs in on them.
 */
export class Ec2Capacity extends Construct implements IConnectable {
  readonly connections: Connections;
  /** Known only once it can start instances. */
  readonly providerName: string;
  private readonly names: ReturnType<typeof capacityNames>;

  constructor(
    scope: Construct,
    private readonly name: string,
    private readonly props: Ec2CapacityProps,
  ) {
    super(scope, name);
    this.names = capacityNames(props.naming, name);
    this.connections = this.addConnections();
    // the agent talks to ECS; tasks have network interfaces and security groups of their own
    props.network.openAwsServices(this);
    const role = this.addRole();
    const template = this.addLaunchTemplate(role);
    const group = this.addGroup(template, role);
    this.providerName = this.addProvider(group);
    this.watch();
  }

  private addConnections(): Connections {
    const { network } = this.props;
    return new Connections(this, {
      name: this.names.securityGroup,
      vpcId: network.vpcId,
      description: `Instances of the capacity ${this.name}`,
    });
  }

  /** What the agent of ECS does. Images are pulled and logs written by the execution roles of the tasks. */
  private addRole(): ServiceRole {
    const { naming, permissionsBoundary } = this.props;
    const { account, region } = naming.place;
    const of = (kind: string, path = '') =>
      `arn:aws:ecs:${region}:${account}:${kind}/${clusterName(naming)}${path}`;
    const role = new ServiceRole(this, 'Role', {
      name: this.names.role,
      description: `Lets instances of the capacity ${this.name} run tasks`,
      service: 'ec2.amazonaws.com',
      account,
      permissionsBoundary,
    });
    role.allow('run-tasks', [
      // it takes no resource
      { Action: 'ecs:DiscoverPollEndpoint', Resource: '*' },
      {
        Action: [
          'ecs:DeregisterContainerInstance',
          'ecs:RegisterContainerInstance',
          'ecs:SubmitAttachmentStateChanges',
          'ecs:SubmitContainerStateChange',
          'ecs:SubmitTaskStateChange',
        ],
        Resource: of('cluster'),
      },
      {
        Action: ['ecs:Poll', 'ecs:StartTelemetrySession', 'ecs:UpdateContainerInstancesState'],
        Resource: of('container-instance', '/*'),
      },
    ]);
    return role;
  }

  /** The image is looked up whenever an instance starts, so that a new one changes no plan. */
  private addLaunchTemplate(role: ServiceRole): LaunchTemplate {
    const { instanceType, volumeGiB } = this.props;
    const profile = new IamInstanceProfile(this, 'Profile', { name: this.names.role, role: role.name });
    const architecture = architectureOf(instanceType) === 'ARM64' ? 'arm64/' : '';
    return new LaunchTemplate(this, 'LaunchTemplate', {
      name: this.names.group,
      updateDefaultVersion: true,
      imageId: `resolve:ssm:/aws/service/ecs/optimized-ami/amazon-linux-2023/${architecture}recommended/image_id`,
      instanceType,
      iamInstanceProfile: { arn: profile.arn },
      vpcSecurityGroupIds: [this.connections.securityGroupId],
      // session tokens only, and not beyond the instance itself, where the containers are
      metadataOptions: { httpEndpoint: 'enabled', httpTokens: 'required', httpPutResponseHopLimit: 1 },
      blockDeviceMappings: [
        {
          deviceName: '/dev/xvda',
          // under the key that the baseline has made the region's default
          ebs: { encrypted: 'true', volumeType: 'gp3', volumeSize: volumeGiB, deleteOnTermination: 'true' },
        },
      ],
      tagSpecifications: ['instance', 'volume'].map((resourceType) => ({ resourceType, tags: this.tags() })),
      userData: Fn.base64encode(this.startUp()),
    });
  }

  /** The provider's defaults reach neither groups nor what they start. */
  private tags(): Record<string, string> {
    return { Name: this.names.group, Environment: this.props.naming.place.environment };
  }

  private startUp(): string {
    return [
      '#!/bin/bash',
      "cat <<'EOF' >> /etc/ecs/ecs.config",
      `ECS_CLUSTER=${this.props.clusterName}`,
      // the role of the instance is not for tasks
      'ECS_AWSVPC_BLOCK_IMDS=true',
      'EOF',
      '',
    ].join('\n');
  }

  private addGroup(template: LaunchTemplate, role: ServiceRole): AutoscalingGroup {
    const { min, max, network } = this.props;
    return new AutoscalingGroup(this, 'Group', {
      name: this.names.group,
      // no desiredCapacity: ECS changes it, and a plan would take it back
      minSize: min,
      maxSize: max,
      vpcZoneIdentifier: [...network.subnetIds('application')],
      // a version and not $Latest, or a new template would reach no instance that runs
      launchTemplate: { id: template.id, version: Fn.tostring(template.latestVersion) },
      protectFromScaleIn: true,
      healthCheckType: 'EC2',
      // the apply does not wait: instances join a cluster that they may find only later
      waitForCapacityTimeout: '0',
      // protected instances would hold up its end, when no task runs on them any more
      forceDelete: true,
      instanceRefresh: {
        strategy: 'Rolling',
        preferences: {
          // a new instance before an old one goes
          minHealthyPercentage: 100,
          maxHealthyPercentage: 110,
          // ECS takes the tasks off an instance that is to go, protected or not
          scaleInProtectedInstances: 'Refresh',
          autoRollback: true,
          skipMatching: true,
        },
      },
      // ECS sets the last one itself if it is missing, and the next plan would take it away
      tag: Object.entries({ ...this.tags(), AmazonECSManaged: 'true' }).map(([key, value]) => ({
        key,
        value,
        propagateAtLaunch: true,
      })),
      dependsOn: resourcesIn(role, this.connections),
    });
  }

  private addProvider(group: AutoscalingGroup): string {
    const { targetPercent } = this.props;
    return new EcsCapacityProvider(this, 'Provider', {
      name: this.names.provider,
      autoScalingGroupProvider: {
        autoScalingGroupArn: group.arn,
        managedScaling: { status: 'ENABLED', targetCapacity: targetPercent },
        managedTerminationProtection: 'ENABLED',
        managedDraining: 'ENABLED',
      },
    }).name;
  }

  /** More than 100 for long: tasks wait, and there are no instances to come. */
  private watch(): void {
    const { naming, alerts } = this.props;
    new Alarms(this, 'Alarms', this.names.alarms, alerts).add('short', {
      description: `Tasks wait for instances of the capacity ${this.name}. Look whether max is reached, and why instances do not start.`,
      namespace: 'AWS/ECS/ManagedScaling',
      metric: 'CapacityProviderReservation',
      dimensions: { CapacityProviderName: this.names.provider, ClusterName: clusterName(naming) },
      statistic: 'Average',
      threshold: 100,
      periods: 15,
    });
  }
}
