/** What AWS accepts as the name of one kind of thing. */
export interface NameRule {
  /** In the words of an error message. */
  readonly what: string;
  readonly maxLength: number;
  readonly pattern: RegExp;
  /** The pattern in words. */
  readonly letters: string;
}

const lettersDigitsHyphens = {
  pattern: /^[a-zA-Z](?!.*--)[a-zA-Z0-9-]*(?<!-)$/,
  letters: 'letters, digits and single hyphens, beginning with a letter and not ending with a hyphen',
};

/**
 * Limits of the services, from their API references. A name is never cut to fit: two names that differ at
 * the end would become one.
 */
export const nameRules = {
  /** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBCluster.html */
  dbCluster: { what: 'DB cluster identifier', maxLength: 63, ...lettersDigitsHyphens },
  /** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBClusterEndpoint.html */
  dbClusterEndpoint: { what: 'DB cluster endpoint identifier', maxLength: 63, ...lettersDigitsHyphens },
  /** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html */
  dbInstance: { what: 'DB instance identifier', maxLength: 63, ...lettersDigitsHyphens },
  /** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBProxy.html */
  dbProxy: { what: 'DB proxy name', maxLength: 63, ...lettersDigitsHyphens },
  /** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBProxyEndpoint.html */
  dbProxyEndpoint: { what: 'DB proxy endpoint name', maxLength: 63, ...lettersDigitsHyphens },
  /** https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html */
  replicationGroup: { what: 'replication group id', maxLength: 40, ...lettersDigitsHyphens },
  /** https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateUser.html */
  cacheUser: { what: 'cache user id', maxLength: 40, ...lettersDigitsHyphens },
  /** https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateUserGroup.html */
  cacheUserGroup: { what: 'cache user group id', maxLength: 40, ...lettersDigitsHyphens },
  /** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html */
  loadBalancer: {
    what: 'load balancer name',
    maxLength: 32,
    pattern: /^(?!internal-)[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?$/,
    letters: 'letters, digits and hyphens, no hyphen at either end, and not beginning with "internal-"',
  },
  /** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html */
  targetGroup: {
    what: 'target group name',
    maxLength: 32,
    pattern: /^[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?$/,
    letters: 'letters, digits and hyphens, no hyphen at either end',
  },
  /** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html */
  ecsService: {
    what: 'service name',
    maxLength: 255,
    pattern: /^[a-zA-Z0-9_-]+$/,
    letters: 'letters, digits, underscores and hyphens',
  },
  /** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateCapacityProvider.html */
  capacityProvider: {
    what: 'capacity provider name',
    maxLength: 255,
    pattern: /^(?!aws|ecs|fargate)[a-zA-Z0-9_-]+$/i,
    letters: 'letters, digits, underscores and hyphens, and not beginning with aws, ecs or fargate',
  },
  /** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html */
  queue: {
    what: 'queue name',
    maxLength: 80,
    pattern: /^[a-zA-Z0-9_-]+(\.fifo)?$/,
    letters: 'letters, digits, underscores and hyphens',
  },
  /** https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html */
  schedule: {
    what: 'schedule name',
    maxLength: 64,
    pattern: /^[\w.-]+$/,
    letters: 'letters, digits and _.-',
  },
  /** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
  bucket: {
    what: 'bucket name',
    maxLength: 63,
    pattern:
      /^(?!xn--|sthree-|amzn-s3-demo-)[a-z0-9][a-z0-9-]+[a-z0-9](?<!-s3alias|--ol-s3|--x-s3|--table-s3)$/,
    letters: 'lower-case letters, digits and hyphens, none of the prefixes and suffixes that S3 reserves',
  },
  /** https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_CreateFunction.html */
  edgeFunction: {
    what: 'CloudFront function name',
    maxLength: 64,
    pattern: /^[a-zA-Z0-9_-]+$/,
    letters: 'letters, digits, underscores and hyphens',
  },
  /** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutDeliverySource.html */
  logDelivery: {
    what: 'log delivery name',
    maxLength: 60,
    pattern: /^[\w-]+$/,
    letters: 'letters, digits, underscores and hyphens',
  },
  /** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
  role: {
    what: 'role name',
    maxLength: 64,
    pattern: /^[\w+=,.@-]+$/,
    letters: 'letters, digits and +=,.@_-',
  },
  /** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html */
  securityGroup: {
    what: 'security group name',
    maxLength: 255,
    pattern: /^(?!sg-)[\w .:/()#,@[\]+=&;{}!$*-]+$/,
    letters: 'letters, digits, spaces and ._-:/()#,@[]+=&;{}!$*, and not beginning with "sg-"',
  },
  /** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html */
  repository: {
    what: 'repository name',
    maxLength: 256,
    pattern: /^(?=.{2,})[a-z0-9]+(?:[._-][a-z0-9]+)*(?:\/[a-z0-9]+(?:[._-][a-z0-9]+)*)*$/,
    letters: 'lower-case letters, digits and single ._-/ between them',
  },
} satisfies Record<string, NameRule>;

export type NameKind = keyof typeof nameRules;

/** A name that a capability will ask AWS for, and what kind of thing gets it. */
export interface PhysicalName {
  readonly kind: NameKind;
  readonly name: string;
}

/** @returns the rule that a name breaks, in words, or nothing */
export function brokenNameRule({ kind, name }: PhysicalName): string | undefined {
  const rule = nameRules[kind];
  if (name.length > rule.maxLength) {
    return `make a ${rule.what} of at most ${rule.maxLength} characters, and "${name}" has ${name.length}`;
  }
  return rule.pattern.test(name) ? undefined : `make a ${rule.what} of ${rule.letters}, and "${name}" is not`;
}
