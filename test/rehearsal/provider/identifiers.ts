import { hexOf, type Subject, uuidOf } from './subject';

/** Prefixes of EC2's ids, by the end of a type's or an attribute's name. */
export const ID_PREFIXES: Readonly<Record<string, string>> = {
  allocation: 'eipalloc',
  ami: 'ami',
  association: 'eipassoc',
  customer_gateway: 'cgw',
  dhcp_options: 'dopt',
  ebs_snapshot: 'snap',
  ebs_volume: 'vol',
  ec2_managed_prefix_list: 'pl',
  ec2_transit_gateway: 'tgw',
  ec2_transit_gateway_peering_attachment: 'tgw-attach',
  ec2_transit_gateway_route_table: 'tgw-rtb',
  ec2_transit_gateway_vpc_attachment: 'tgw-attach',
  efs_access_point: 'fsap',
  efs_file_system: 'fs',
  egress_only_internet_gateway: 'eigw',
  eip: 'eipalloc',
  file_system: 'fs',
  flow_log: 'fl',
  image: 'ami',
  instance: 'i',
  internet_gateway: 'igw',
  key_pair: 'key',
  launch_template: 'lt',
  nat_gateway: 'nat',
  network_acl: 'acl',
  network_interface: 'eni',
  placement_group: 'pg',
  prefix_list: 'pl',
  route_table: 'rtb',
  route_table_association: 'rtbassoc',
  security_group: 'sg',
  security_group_rule: 'sgr',
  snapshot: 'snap',
  subnet: 'subnet',
  transit_gateway: 'tgw',
  volume: 'vol',
  vpc: 'vpc',
  vpc_dhcp_options: 'dopt',
  vpc_endpoint: 'vpce',
  vpc_peering_connection: 'pcx',
  vpc_peering_connection_accepter: 'pcx',
  vpc_security_group_egress_rule: 'sgr',
  vpc_security_group_ingress_rule: 'sgr',
  vpn_connection: 'vpn',
  vpn_gateway: 'vgw',
};

/** The service in an ARN, where it is not the first word of the type. */
const SERVICES: Readonly<Record<string, string>> = {
  acmpca: 'acm-pca',
  alb: 'elasticloadbalancing',
  ami: 'ec2',
  api: 'apigateway',
  apigatewayv2: 'apigateway',
  cognito: 'cognito-idp',
  db: 'rds',
  dx: 'directconnect',
  ebs: 'ec2',
  efs: 'elasticfilesystem',
  eip: 'ec2',
  elasticsearch: 'es',
  emr: 'elasticmapreduce',
  flow: 'ec2',
  instance: 'ec2',
  internet: 'ec2',
  key: 'ec2',
  launch: 'ec2',
  lb: 'elasticloadbalancing',
  msk: 'kafka',
  nat: 'ec2',
  network: 'ec2',
  networkfirewall: 'network-firewall',
  opensearch: 'es',
  route: 'ec2',
  security: 'ec2',
  sfn: 'states',
  subnet: 'ec2',
  vpc: 'ec2',
};

const GLOBAL_SERVICES = new Set(['iam', 'cloudfront', 'organizations']);
/** Their ARNs name neither account nor region. */
const PLACELESS_SERVICES = new Set(['s3', 'route53']);

type ResourcePart = (name: string, seed: string) => string;
const slash =
  (kind: string): ResourcePart =>
  (name) =>
    `${kind}/${name}`;
const colon =
  (kind: string): ResourcePart =>
  (name) =>
    `${kind}:${name}`;
const plain: ResourcePart = (name) => name;

/** The last part of the ARN, where it is not the rest of the type and the name. */
const ARN_RESOURCES: Readonly<Record<string, ResourcePart>> = {
  acm_certificate: (_name, seed) => `certificate/${uuidOf(seed)}`,
  acmpca_certificate: (_name, seed) =>
    `certificate-authority/${uuidOf(seed)}/certificate/${hexOf(`${seed}/certificate`, 32)}`,
  acmpca_certificate_authority: (_name, seed) => `certificate-authority/${uuidOf(seed)}`,
  backup_vault: colon('backup-vault'),
  cloudwatch_log_group: colon('log-group'),
  cloudwatch_metric_alarm: colon('alarm'),
  db_instance: colon('db'),
  db_parameter_group: colon('pg'),
  db_proxy: (_name, seed) => `db-proxy:prx-${hexOf(seed, 17)}`,
  db_proxy_endpoint: (_name, seed) => `db-proxy-endpoint:prx-endpoint-${hexOf(seed, 17)}`,
  db_subnet_group: colon('subgrp'),
  dynamodb_table: slash('table'),
  ecr_repository: slash('repository'),
  ecs_cluster: slash('cluster'),
  ecs_service: slash('service'),
  ecs_task_definition: (name) => `task-definition/${name}:1`,
  elasticache_replication_group: colon('replicationgroup'),
  elasticache_subnet_group: colon('subnetgroup'),
  elasticache_user: colon('user'),
  elasticache_user_group: colon('usergroup'),
  iam_group: slash('group'),
  iam_instance_profile: slash('instance-profile'),
  iam_policy: slash('policy'),
  iam_role: slash('role'),
  iam_user: slash('user'),
  kms_alias: plain,
  kms_key: (_name, seed) => `key/${uuidOf(seed)}`,
  kms_replica_key: (_name, seed) => `key/${uuidOf(seed)}`,
  lambda_function: colon('function'),
  lb: (name, seed) => `loadbalancer/app/${name}/${hexOf(seed, 16)}`,
  lb_listener: (name, seed) => `listener/app/${name}/${hexOf(seed, 16)}/${hexOf(`${seed}/listener`, 16)}`,
  lb_listener_rule: (name, seed) =>
    `listener-rule/app/${name}/${hexOf(seed, 16)}/${hexOf(`${seed}/rule`, 16)}`,
  lb_target_group: (name, seed) => `targetgroup/${name}/${hexOf(seed, 16)}`,
  rds_cluster: colon('cluster'),
  rds_cluster_instance: colon('db'),
  rds_cluster_parameter_group: colon('cluster-pg'),
  rds_global_cluster: colon('global-cluster'),
  route53_zone: (_name, seed) => `hostedzone/Z${hexOf(seed, 20).toUpperCase()}`,
  s3_bucket: plain,
  secretsmanager_secret: (name, seed) => `secret:${name}-${hexOf(seed, 6)}`,
  sfn_state_machine: colon('stateMachine'),
  sns_topic: plain,
  sqs_queue: plain,
  ssm_parameter: (name) => `parameter/${name.replace(/^\//, '')}`,
  wafv2_web_acl: (name, seed) => `regional/webacl/${name}/${uuidOf(seed)}`,
};

/** Types whose id is the name given to them. */
const NAMED_BY_ID = new RegExp(
  `^aws_(${[
    's3_bucket',
    'iam_(role|user|group|instance_profile)',
    'cloudwatch_(log_group|metric_alarm|event_rule|dashboard)',
    'lambda_function',
    'dynamodb_table',
    'db_(instance|subnet_group|parameter_group|option_group|proxy)',
    'rds_(cluster|global_cluster|cluster_instance|cluster_parameter_group)',
    'elasticache_\\w+',
    'eks_cluster',
    'ecr_repository',
    'kms_alias',
    'ssm_parameter',
    'athena_workgroup',
    'glue_catalog_database',
    'autoscaling_group',
    'backup_vault',
  ].join('|')})$`,
);

const IDENTIFIED_BY_ARN = new RegExp(
  `^aws_((lb|alb)(_.*)?|${[
    'sns_topic.*',
    'iam_policy',
    'ecs_(cluster|service)',
    'acm_certificate',
    'acmpca_certificate(_authority)?',
    'sfn_state_machine',
    'secretsmanager_secret',
    'kinesis_stream',
    'msk_cluster',
  ].join('|')})$`,
);

export function isNamedById(type: string): boolean {
  return NAMED_BY_ID.test(type);
}

export function idOf(subject: Subject): string {
  const { type, name, seed } = subject;
  const short = shortType(type);
  const prefix = ID_PREFIXES[short];
  if (prefix !== undefined) return `${prefix}-0${hexOf(`${seed}/id`, 16)}`;
  if (name !== undefined && isNamedById(type)) return name;
  if (IDENTIFIED_BY_ARN.test(type)) return arnOf(subject);
  if (type === 'aws_secretsmanager_secret_version') return `${arnOf(subject)}|${uuidOf(seed)}`;
  if (type === 'aws_sqs_queue') return queueUrl(subject);
  if (short === 'kms_key' || short === 'kms_replica_key') return uuidOf(seed);
  if (type === 'aws_route53_zone') return `Z${hexOf(seed, 20).toUpperCase()}`;
  if (type === 'aws_cloudfront_distribution') return `E${hexOf(seed, 13).toUpperCase()}`;
  const suffix = hexOf(`${seed}/id`, 12);
  return name === undefined ? suffix : `${name}-${suffix}`;
}

export function queueUrl({ region, account, name, seed }: Subject): string {
  return `https://sqs.${region}.amazonaws.com/${account}/${name ?? hexOf(seed, 12)}`;
}

export function arnOf(subject: Subject): string {
  const short = shortType(subject.type);
  const service = serviceOf(short);
  const name = subject.name ?? hexOf(`${subject.seed}/id`, 12);
  const prefix = `arn:aws:${service}:${placeOf(service, short, subject)}:`;
  const resource = ARN_RESOURCES[short];
  if (resource) return prefix + resource(name, subject.seed);
  if (ID_PREFIXES[short] !== undefined) return `${prefix}${short.replace(/_/g, '-')}/${idOf(subject)}`;
  const rest = short.slice(short.indexOf('_') + 1).replace(/_/g, '-');
  return `${prefix}${rest}/${name}`;
}

function shortType(type: string): string {
  return type.replace(/^aws_(default_)?/, '');
}

function serviceOf(short: string): string {
  if (short.startsWith('cloudwatch_log')) return 'logs';
  if (short.startsWith('cloudwatch_event')) return 'events';
  const first = short.split('_')[0] ?? short;
  return SERVICES[first] ?? first;
}

function placeOf(service: string, short: string, { region, account }: Subject): string {
  if (PLACELESS_SERVICES.has(service)) return ':';
  const isGlobal = GLOBAL_SERVICES.has(service) || short === 'rds_global_cluster';
  return isGlobal ? `:${account}` : `${region}:${account}`;
}
