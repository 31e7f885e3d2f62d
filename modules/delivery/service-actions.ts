/**
 * The AWS services that the stacks of an environment hold resources of. A test compares this page with what is
 * synthesized: a capability that brings another service adds a line here.
 *
 * `ecr` is read only: an environment's images lie in the shared registry.
 */

/** What a refresh of resources asks for, less what gives out data: no secrets, log events, objects or passwords. */
export const READ_ACTIONS: Readonly<Record<string, readonly string[]>> = {
  acm: ['Describe*', 'Get*', 'List*'],
  'acm-pca': ['Describe*', 'Get*', 'List*'],
  'application-autoscaling': ['Describe*', 'List*'],
  autoscaling: ['Describe*'],
  chatbot: ['Describe*', 'Get*', 'List*'],
  cloudfront: ['Describe*', 'Get*', 'List*'],
  cloudwatch: ['Describe*', 'List*'],
  // routes of transit gateways are searched for, and what is associated is got
  ec2: [
    'Describe*',
    'GetManagedPrefixListEntries',
    'GetTransitGatewayRouteTable*',
    'SearchTransitGatewayRoutes',
  ],
  ecr: ['DescribeImages', 'DescribeRepositories'],
  ecs: ['Describe*', 'List*'],
  elasticache: ['Describe*', 'List*'],
  elasticloadbalancing: ['Describe*'],
  events: ['Describe*', 'List*'],
  iam: ['Get*', 'List*'],
  kms: ['Describe*', 'GetKeyPolicy', 'GetKeyRotationStatus', 'List*'],
  // of deliveries, and no log events
  logs: ['Describe*', 'GetDelivery*', 'List*'],
  'network-firewall': ['Describe*', 'List*'],
  rds: ['Describe*', 'List*'],
  route53: ['Get*', 'List*'],
  route53resolver: ['Get*', 'List*'],
  s3: [
    'GetAccelerateConfiguration',
    'GetBucket*',
    'GetEncryptionConfiguration',
    'GetIntelligentTieringConfiguration',
    'GetInventoryConfiguration',
    'GetLifecycleConfiguration',
    'GetReplicationConfiguration',
    // of whatever name, to find states that no file names any more
    'ListAllMyBuckets',
    'ListBucket',
    // tags are read by it since release 6.23 of the provider
    'ListTagsForResource',
  ],
  // a random password is made up by the service and stored nowhere
  secretsmanager: ['DescribeSecret', 'GetRandomPassword', 'GetResourcePolicy', 'List*'],
  scheduler: ['Get*', 'List*'],
  servicediscovery: ['Get*', 'List*'],
  servicequotas: ['Get*', 'List*'],
  sns: ['Get*', 'List*'],
  // no messages
  sqs: ['GetQueueAttributes', 'GetQueueUrl', 'List*'],
  ssm: ['DescribeParameters', 'List*'],
  tag: ['GetResources'],
  wafv2: ['Describe*', 'Get*', 'List*'],
};

/** Services of which apply may do anything in the environment's regions; what is global or named has statements of its own. */
export const APPLIED_SERVICES = [
  'acm',
  'acm-pca',
  'application-autoscaling',
  'autoscaling',
  'cloudfront',
  'cloudwatch',
  'ec2',
  'ecs',
  'elasticache',
  'elasticloadbalancing',
  'events',
  'logs',
  'network-firewall',
  'rds',
  'route53resolver',
  'scheduler',
  'servicediscovery',
  'sns',
  'sqs',
  'wafv2',
];

/** Services with statements of their own in the apply role. */
export const NAMED_SERVICES = ['chatbot', 'iam', 'kms', 's3', 'secretsmanager', 'route53'];

/** Services that the environment's roles are passed to. */
export const PASSED_TO = [
  'chatbot.amazonaws.com',
  'ecs.amazonaws.com',
  'ecs-tasks.amazonaws.com',
  'monitoring.rds.amazonaws.com',
  // of proxies of databases
  'rds.amazonaws.com',
  's3.amazonaws.com',
  'scheduler.amazonaws.com',
  'vpc-flow-logs.amazonaws.com',
];

/** Instances get those roles alone that are for them, and whoever starts one gets no further by it. */
export const PASSED_TO_INSTANCES = 'ec2.amazonaws.com';

/** Services that make a role of their own with the first resource in an account. */
export const SERVICE_LINKED = [
  'autoscaling.amazonaws.com',
  'ecs.amazonaws.com',
  'ecs.application-autoscaling.amazonaws.com',
  'elasticache.amazonaws.com',
  'elasticloadbalancing.amazonaws.com',
  // of chat channels
  'management.chatbot.amazonaws.com',
  'network-firewall.amazonaws.com',
  'rds.amazonaws.com',
  'rds.application-autoscaling.amazonaws.com',
  'route53resolver.amazonaws.com',
  'transitgateway.amazonaws.com',
];

/** What no plan ever does, and what would carry data out: sharing it with other accounts, a shell in a container. */
export const NEVER = [
  'ec2:GetPasswordData',
  'ec2:ModifyImageAttribute',
  'ec2:ModifySnapshotAttribute',
  'ecs:ExecuteCommand',
  'ecs:StartTask',
  'rds:DownloadDBLogFilePortion',
  'rds:ModifyDBClusterSnapshotAttribute',
  'rds:ModifyDBSnapshotAttribute',
];
