import { Construct } from 'constructs';
import { VpcEndpoint } from '@cdktf/provider-aws/lib/vpc-endpoint';
import { Connections, type IConnectable } from '../access/connections';
import { policyDocument, type Statement } from '../access/policy';
import type { Naming } from '../naming/naming';

/** What the agent of ECS asks for on an instance, at one of three addresses. */
const AGENT_ACTIONS = [
  'ecs:DeregisterContainerInstance',
  'ecs:DiscoverPollEndpoint',
  'ecs:Poll',
  'ecs:RegisterContainerInstance',
  'ecs:StartTelemetrySession',
  'ecs:SubmitAttachmentStateChanges',
  'ecs:SubmitContainerStateChange',
  'ecs:SubmitTaskStateChange',
  'ecs:UpdateContainerInstancesState',
];

/**
 * The AWS services that can be reached through an interface endpoint, with the actions that applications
 * need of each. A capability that needs another one adds it here.
 */
const INTERFACE_SERVICES = {
  'ecr.api': [
    'ecr:BatchCheckLayerAvailability',
    'ecr:BatchGetImage',
    'ecr:GetAuthorizationToken',
    'ecr:GetDownloadUrlForLayer',
  ],
  'ecr.dkr': [
    'ecr:BatchCheckLayerAvailability',
    'ecr:BatchGetImage',
    'ecr:GetAuthorizationToken',
    'ecr:GetDownloadUrlForLayer',
  ],
  ecs: AGENT_ACTIONS,
  'ecs-agent': AGENT_ACTIONS,
  'ecs-telemetry': AGENT_ACTIONS,
  logs: ['logs:CreateLogStream', 'logs:PutLogEvents'],
  secretsmanager: ['secretsmanager:GetSecretValue'],
  // calls for several messages at once are permitted by the same names
  sqs: [
    'sqs:ChangeMessageVisibility',
    'sqs:DeleteMessage',
    'sqs:GetQueueAttributes',
    'sqs:GetQueueUrl',
    'sqs:ReceiveMessage',
    'sqs:SendMessage',
  ],
  ssm: ['ssm:GetParameter', 'ssm:GetParameters', 'ssm:GetParametersByPath'],
  xray: ['xray:PutTraceSegments'],
} as const;

export type InterfaceService = keyof typeof INTERFACE_SERVICES;

export interface VpcEndpointsProps {
  readonly naming: Naming;
  readonly vpcId: string;
  /** Ranges of the application subnets, one for all where they lie together. */
  readonly clients: readonly string[];
  /** See the setting `endpoints`. */
  readonly strategy: 'private' | 'one-az' | 'nat';
  readonly services: readonly InterfaceService[];
  /** Application subnets, in the order of the zones. */
  readonly subnetIds: readonly string[];
  /** Route tables of the application subnets. */
  readonly routeTableIds: readonly string[];
  /** Whether the VPC stood already, with what runs there: it may have an endpoint for DynamoDB, or call tables of others. */
  readonly stands: boolean;
}

/** The ways from the application subnets to AWS's own services, each with a policy of its own. */
export class VpcEndpoints extends Construct implements IConnectable {
  readonly connections: Connections;
  private readonly s3PrefixListId: string;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: VpcEndpointsProps,
  ) {
    super(scope, id);
    this.connections = this.addConnections();
    this.s3PrefixListId = this.addGateway('S3', 's3', s3Statements(props.naming)).prefixListId;
    if (!props.stands) this.addGateway('Dynamodb', 'dynamodb', [ownTables(props.naming)]);
    if (props.strategy !== 'nat') for (const service of props.services) this.addInterface(service);
  }

  openTo(client: IConnectable): void {
    if (this.props.strategy === 'nat') {
      client.connections.allowToOutside(
        { id: 'Internet', cidrIpv4: '0.0.0.0/0' },
        'AWS services, through the NAT gateway',
        443,
      );
      return;
    }
    client.connections.allowToAccepting(this, 'AWS services, through interface endpoints', 443);
    client.connections.allowToOutside(
      { id: 'S3', prefixListId: this.s3PrefixListId },
      'S3, through the gateway endpoint',
      443,
    );
  }

  private addConnections(): Connections {
    const { naming, vpcId, clients } = this.props;
    const connections = new Connections(this, {
      name: naming.regional('endpoints'),
      vpcId,
      description: 'Interface endpoints of AWS services',
      defaultPort: 443,
    });
    // one rule for all clients, since a security group takes 60
    for (const [index, cidrIpv4] of clients.entries()) {
      const id = index === 0 ? 'Applications' : `Applications ${index + 1}`;
      connections.allowFromOutside({ id, cidrIpv4 }, 'Application subnets', 443);
    }
    return connections;
  }

  /** Free, so it stands in every strategy. The way to it is opened by security groups. */
  private addGateway(id: string, service: string, statements: Statement[]): VpcEndpoint {
    const { naming, vpcId, routeTableIds } = this.props;
    return new VpcEndpoint(this, id, {
      vpcId,
      vpcEndpointType: 'Gateway',
      serviceName: `com.amazonaws.${naming.place.region}.${service}`,
      routeTableIds: [...routeTableIds],
      policy: policyDocument(statements),
      tags: { Name: naming.regional(service) },
    });
  }

  private addInterface(service: InterfaceService): void {
    const { naming, vpcId, strategy, subnetIds } = this.props;
    new VpcEndpoint(this, service, {
      vpcId,
      vpcEndpointType: 'Interface',
      serviceName: `com.amazonaws.${naming.place.region}.${service}`,
      privateDnsEnabled: true,
      subnetIds: strategy === 'one-az' ? subnetIds.slice(0, 1) : [...subnetIds],
      securityGroupIds: [this.connections.securityGroupId],
      policy: policyDocument([
        {
          Sid: 'RolesOfThisAccount',
          Principal: '*',
          Action: INTERFACE_SERVICES[service],
          Resource: '*',
          Condition: { StringEquals: { 'aws:PrincipalAccount': naming.place.account } },
        },
      ]),
      tags: { Name: naming.regional(service) },
    });
  }
}

/** Without the second statement no image could be pulled: ECR keeps layers in buckets of its own. */
function s3Statements({ place: { account, region } }: Naming): Statement[] {
  return [
    {
      Sid: 'BucketsOfThisAccountByItsRoles',
      Principal: '*',
      Action: 's3:*',
      Resource: '*',
      Condition: { StringEquals: { 'aws:PrincipalAccount': account, 'aws:ResourceAccount': account } },
    },
    {
      Sid: 'ImageLayersOfEcr',
      Principal: '*',
      Action: 's3:GetObject',
      Resource: `arn:aws:s3:::prod-${region}-starport-layer-bucket/*`,
    },
  ];
}

/** Where `endpoints` is `nat`, port 443 is open to all of the internet, and this is the way to DynamoDB. */
const ownTables = ({ place: { account } }: Naming): Statement => ({
  Sid: 'TablesOfThisAccountByItsRoles',
  Principal: '*',
  Action: 'dynamodb:*',
  Resource: '*',
  Condition: { StringEquals: { 'aws:PrincipalAccount': account, 'aws:ResourceAccount': account } },
});
