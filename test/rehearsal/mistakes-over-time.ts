import { ASSUME_ROLE_POLICY, resources, sample } from './samples';
import type { JsonObject } from './stack-document';

/** Something that is refused only because of what stands already, here or in another stack. */
export interface MistakeOverTime {
  readonly mistake: string;
  readonly before: JsonObject;
  /** A second stack, which reads the outputs of the first as `data.terraform_remote_state.first`. */
  readonly user?: JsonObject;
  readonly after: JsonObject;
  readonly message: string;
}

const NOTHING = sample({});
const FIRST = 'data.terraform_remote_state.first.outputs';

/** A stack that gives away one thing, which another stack uses; then the first wants to be rid of it. */
const used = (
  mistake: string,
  before: JsonObject,
  given: string,
  user: (given: string) => JsonObject,
  message: string,
): MistakeOverTime => ({
  mistake,
  before: sample({ resource: before, output: { given: { value: `\${${given}}` } } }),
  user: resources(user(`\${${FIRST}.given}`)),
  after: NOTHING,
  message,
});

const vpc = { v: { cidr_block: '10.0.0.0/16' } };
const subnet = {
  a: { vpc_id: '${aws_vpc.v.id}', cidr_block: '10.0.0.0/24', availability_zone: 'eu-west-1a' },
};
const group = { a: { name: 'a', vpc_id: '${aws_vpc.v.id}' } };
const listener = (settings: JsonObject) => ({
  aws_lb_listener: {
    a: {
      load_balancer_arn: 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/a/1',
      port: 443,
      protocol: 'HTTPS',
      ...settings,
    },
  },
});
const cluster = { cluster_identifier: 'orders', engine: 'aurora-mysql', skip_final_snapshot: true };

const leaving = { engine: 'aurora-mysql', final_snapshot_identifier: 'last' };

export const MISTAKES_OVER_TIME: readonly MistakeOverTime[] = [
  used(
    'to delete a domain list that a rule of another stack names',
    { aws_route53_resolver_firewall_domain_list: { a: { name: 'a', domains: ['*'] } } },
    'aws_route53_resolver_firewall_domain_list.a.id',
    (given) => ({
      aws_route53_resolver_firewall_rule: {
        r: {
          name: 'r',
          action: 'BLOCK',
          block_response: 'NXDOMAIN',
          priority: 1,
          firewall_rule_group_id: 'rslvr-frg-1',
          firewall_domain_list_id: given,
        },
      },
    }),
    'ConflictException: The domain list is used by a firewall rule',
  ),
  used(
    'to delete a security group that a rule of another stack names',
    { aws_vpc: vpc, aws_security_group: group },
    'aws_security_group.a.id',
    (given) => ({
      aws_vpc_security_group_ingress_rule: {
        r: { security_group_id: 'sg-1', referenced_security_group_id: given, ip_protocol: '-1' },
      },
    }),
    'DependencyViolation: resource sg-',
  ),
  used(
    'to delete a subnet in which a load balancer stands',
    { aws_vpc: vpc, aws_subnet: subnet },
    'aws_subnet.a.id',
    (given) => ({ aws_lb: { a: { name: 'a', load_balancer_type: 'network', subnets: [given] } } }),
    'has dependencies and cannot be deleted.',
  ),
  used(
    'to delete a VPC with subnets of another stack',
    { aws_vpc: vpc },
    'aws_vpc.v.id',
    (given) => ({ aws_subnet: { a: { vpc_id: given, cidr_block: '10.0.9.0/24' } } }),
    "DependencyViolation: The vpc 'vpc-",
  ),
  used(
    'to delete a key that a bucket is encrypted with',
    { aws_kms_key: { k: {} } },
    'aws_kms_key.k.arn',
    (given) => ({
      aws_s3_bucket_server_side_encryption_configuration: {
        a: {
          bucket: 'b',
          rule: [
            {
              apply_server_side_encryption_by_default: { sse_algorithm: 'aws:kms', kms_master_key_id: given },
            },
          ],
        },
      },
    }),
    'still encrypts aws_s3_bucket_server_side_encryption_configuration',
  ),
  used(
    'to delete a certificate that a listener shows',
    { aws_acm_certificate: { c: { domain_name: 'shop.example.com', validation_method: 'DNS' } } },
    'aws_acm_certificate.c.arn',
    (given) =>
      listener({
        certificate_arn: given,
        default_action: [
          { type: 'fixed-response', fixed_response: { content_type: 'text/plain', status_code: '404' } },
        ],
      }),
    'ResourceInUseException: Certificate is in use',
  ),
  used(
    'to delete a target group to which a listener forwards',
    {
      aws_vpc: vpc,
      aws_lb_target_group: { t: { name: 't', port: 80, protocol: 'HTTP', vpc_id: '${aws_vpc.v.id}' } },
    },
    'aws_lb_target_group.t.arn',
    (given) => listener({ default_action: [{ type: 'forward', target_group_arn: given }] }),
    'ResourceInUse: Target group is currently in use by a listener or a rule',
  ),
  used(
    'to delete a role that has policies from elsewhere',
    { aws_iam_role: { r: { name: 'r', assume_role_policy: ASSUME_ROLE_POLICY } } },
    'aws_iam_role.r.name',
    (given) => ({
      aws_iam_role_policy_attachment: {
        a: { role: given, policy_arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' },
      },
    }),
    'DeleteConflict: Cannot delete entity, must delete or detach policies first.',
  ),
  used(
    'to delete a cluster that still has instances',
    { aws_rds_cluster: { c: cluster } },
    'aws_rds_cluster.c.cluster_identifier',
    (given) => ({
      aws_rds_cluster_instance: {
        i: { cluster_identifier: given, engine: 'aurora-mysql', instance_class: 'db.r8g.large' },
      },
    }),
    'Cluster cannot be deleted, it still contains DB instances',
  ),
  used(
    'to delete a subnet group of a database',
    { aws_db_subnet_group: { g: { name: 'g', subnet_ids: ['subnet-1'] } } },
    'aws_db_subnet_group.g.name',
    (given) => ({ aws_rds_cluster: { c: { ...cluster, db_subnet_group_name: given } } }),
    'InvalidDBSubnetGroupStateFault',
  ),
  used(
    'to delete a cluster of services that run',
    { aws_ecs_cluster: { c: { name: 'c' } } },
    'aws_ecs_cluster.c.name',
    (given) => ({ aws_ecs_service: { s: { name: 's', cluster: given } } }),
    'ClusterContainsServicesException',
  ),
  used(
    'a subnet on addresses that another stack has',
    { aws_vpc: vpc, aws_subnet: subnet },
    'aws_vpc.v.id',
    (given) => ({ aws_subnet: { b: { vpc_id: given, cidr_block: '10.0.0.128/25' } } }),
    "InvalidSubnet.Conflict: The CIDR '10.0.0.128/25' conflicts with another subnet",
  ),
  {
    mistake: 'to replace a target group beside the old one, under the same name',
    before: resources({
      aws_lb_target_group: {
        t: {
          name: 't',
          port: 80,
          protocol: 'HTTP',
          vpc_id: 'vpc-1',
          lifecycle: { create_before_destroy: true },
        },
      },
    }),
    after: resources({
      aws_lb_target_group: {
        t: {
          name: 't',
          port: 81,
          protocol: 'HTTP',
          vpc_id: 'vpc-1',
          lifecycle: { create_before_destroy: true },
        },
      },
    }),
    message: 'DuplicateTargetGroupName: ELBv2 Target Group t already exists',
  },
  {
    mistake: 'two clusters that leave last snapshots of one name',
    before: resources({
      aws_rds_cluster: {
        a: { ...leaving, cluster_identifier: 'orders' },
        b: { ...leaving, cluster_identifier: 'users' },
      },
    }),
    after: NOTHING,
    message: 'DBClusterSnapshotAlreadyExistsFault: Cannot create the cluster snapshot',
  },
  {
    mistake: 'a secret under the name of one that waits for its deletion',
    before: resources({ aws_secretsmanager_secret: { a: { name: 'again' } } }),
    after: resources({
      aws_secretsmanager_secret: { b: { name: 'again', depends_on: ['aws_sns_topic.t'] } },
      aws_sns_topic: { t: { name: 't' } },
    }),
    message: 'already scheduled for deletion',
  },
];

/** What does not fit into the network that it is made in, all of it in one stack. */
export const MISTAKES_IN_NETWORKS = [
  {
    mistake: 'a subnet outside of its VPC',
    configuration: resources({
      aws_vpc: vpc,
      aws_subnet: { a: { vpc_id: '${aws_vpc.v.id}', cidr_block: '10.1.0.0/24' } },
    }),
    message: "InvalidSubnet.Range: The CIDR '10.1.0.0/24' is invalid.",
  },
  {
    mistake: 'a subnet in a zone of another region',
    configuration: resources({
      aws_vpc: vpc,
      aws_subnet: { a: { ...subnet.a, availability_zone: 'us-east-1a' } },
    }),
    message: 'Value (us-east-1a) for parameter availabilityZone is invalid',
  },
  {
    mistake: 'a VPC larger than AWS makes them',
    configuration: resources({ aws_vpc: { v: { cidr_block: '10.0.0.0/8' } } }),
    message: "InvalidVpc.Range: The CIDR '10.0.0.0/8' is invalid.",
  },
  {
    mistake: 'a subnet group in one zone',
    configuration: resources({
      aws_vpc: vpc,
      aws_subnet: subnet,
      aws_db_subnet_group: { g: { name: 'g', subnet_ids: ['${aws_subnet.a.id}'] } },
    }),
    message: "The DB subnet group doesn't meet Availability Zone (AZ) coverage requirement",
  },
  {
    mistake: 'a load balancer in one zone',
    configuration: resources({
      aws_vpc: vpc,
      aws_subnet: subnet,
      aws_lb: { l: { name: 'l', subnets: ['${aws_subnet.a.id}'] } },
    }),
    message: 'At least two subnets in two different Availability Zones must be specified',
  },
  {
    mistake: 'a firewall with two subnets in one zone',
    configuration: resources({
      aws_vpc: vpc,
      aws_subnet: { ...subnet, b: { ...subnet.a, cidr_block: '10.0.1.0/24' } },
      aws_networkfirewall_firewall: {
        f: {
          name: 'f',
          vpc_id: '${aws_vpc.v.id}',
          firewall_policy_arn: 'arn:aws:network-firewall:eu-west-1:123456789012:firewall-policy/p',
          subnet_mapping: [{ subnet_id: '${aws_subnet.a.id}' }, { subnet_id: '${aws_subnet.b.id}' }],
        },
      },
    }),
    message: 'you can specify only one subnet in each Availability Zone',
  },
  ...[
    { what: 'that is no subnet', destination_cidr_block: '10.0.0.0/20', vpc_endpoint_id: 'vpce-1' },
    { what: 'over an internet gateway', destination_cidr_block: '10.0.0.0/24', gateway_id: 'igw-1' },
  ].map(({ what, ...route }) => ({
    mistake: `a route to a part of the VPC ${what}`,
    configuration: resources({
      aws_vpc: vpc,
      aws_subnet: subnet,
      aws_route_table: { t: { vpc_id: '${aws_vpc.v.id}' } },
      aws_route: {
        r: { route_table_id: '${aws_route_table.t.id}', depends_on: ['aws_subnet.a'], ...route },
      },
    }),
    message: `The destination CIDR block ${route.destination_cidr_block} is equal to or more specific`,
  })),
  {
    mistake: 'a route table of another VPC',
    configuration: resources({
      aws_vpc: { ...vpc, w: { cidr_block: '10.1.0.0/16' } },
      aws_subnet: subnet,
      aws_route_table: { t: { vpc_id: '${aws_vpc.w.id}' } },
      aws_route_table_association: {
        a: { subnet_id: '${aws_subnet.a.id}', route_table_id: '${aws_route_table.t.id}' },
      },
    }),
    message: 'belong to different networks',
  },
  {
    mistake: 'an endpoint with a group of another VPC',
    configuration: resources({
      aws_vpc: { ...vpc, w: { cidr_block: '10.1.0.0/16' } },
      aws_security_group: { g: { name: 'g', vpc_id: '${aws_vpc.w.id}' } },
      aws_vpc_endpoint: {
        e: {
          vpc_id: '${aws_vpc.v.id}',
          service_name: 'com.amazonaws.eu-west-1.logs',
          vpc_endpoint_type: 'Interface',
          security_group_ids: ['${aws_security_group.g.id}'],
        },
      },
    }),
    message: 'One or more security groups are invalid',
  },
];
