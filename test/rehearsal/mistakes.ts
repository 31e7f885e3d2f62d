import { MISTAKES_IN_COMBINATIONS } from './mistakes-in-combinations';
import { MISTAKES_IN_POLICIES } from './mistakes-in-policies';
import { MISTAKES_OF_GATEWAYS } from './mistakes-of-gateways';
import { MISTAKES_IN_VALUES } from './mistakes-in-values';
import { MISTAKES_IN_NETWORKS } from './mistakes-over-time';
import { ASSUME_ROLE_POLICY, resource, resources, sample, twice } from './samples';
import type { JsonObject } from './stack-document';

export interface Mistake {
  readonly mistake: string;
  readonly configuration: JsonObject;
  readonly message: string;
}

const vpc = { v: { cidr_block: '10.0.0.0/16' } };

/** What Terraform's core refuses, because the stand-in shows it the provider's schema. */
const AGAINST_THE_SCHEMA: readonly Mistake[] = [
  {
    mistake: 'an argument that does not exist',
    configuration: resource('aws_vpc', { cidr: '10.0.0.0/16' }),
    message: 'No argument or block type is named "cidr"',
  },
  {
    mistake: 'a required argument left out',
    configuration: resource('aws_subnet', { cidr_block: '10.0.0.0/24' }),
    message: 'The argument "vpc_id" is required',
  },
  {
    mistake: 'a word where a number belongs',
    configuration: resource('aws_cloudwatch_log_group', { retention_in_days: 'thirty' }),
    message: 'a number is required',
  },
  {
    mistake: 'a text where a set belongs',
    configuration: resource('aws_db_subnet_group', { subnet_ids: 'subnet-1' }),
    message: 'set of string required',
  },
  {
    mistake: 'a text where a block belongs',
    configuration: resource('aws_s3_bucket_versioning', { bucket: 'b', versioning_configuration: 'Enabled' }),
    message: 'Incorrect JSON value type',
  },
  {
    mistake: 'a list where a map belongs',
    configuration: resource('aws_vpc', { tags: [{ Name: 'x' }] }),
    message: 'map of string required',
  },
  {
    mistake: 'two blocks where one is allowed',
    configuration: resource('aws_s3_bucket_versioning', {
      bucket: 'b',
      versioning_configuration: [{ status: 'Enabled' }, { status: 'Disabled' }],
    }),
    message: 'No more than 1 "versioning_configuration" blocks are allowed',
  },
  {
    mistake: 'a required block left out',
    configuration: resource('aws_s3_bucket_versioning', { bucket: 'b' }),
    message: 'At least 1 "versioning_configuration" blocks are required',
  },
  {
    mistake: 'a rule of a security group without all its members',
    configuration: resource('aws_security_group', {
      ingress: [{ from_port: 1, to_port: 2, protocol: 'tcp' }],
    }),
    message: 'are required',
  },
  {
    mistake: 'an argument that does not exist inside a block',
    configuration: resource('aws_lb_target_group', { health_check: { pth: '/' } }),
    message: 'No argument or block type is named "pth"',
  },
  {
    mistake: 'a type that does not exist',
    configuration: resource('aws_vcp', {}),
    message: 'does not support resource type "aws_vcp"',
  },
  {
    mistake: 'an argument of the provider that does not exist',
    configuration: sample({
      provider: { aws: [{ region: 'eu-west-1', regoin: 'eu-west-1' }] },
      resource: { aws_vpc: vpc },
    }),
    message: 'No argument or block type is named "regoin"',
  },
];

/** What Terraform's core finds while it follows references. */
const AGAINST_REFERENCES: readonly Mistake[] = [
  {
    mistake: 'a reference to a resource that is not there',
    configuration: resource('aws_subnet', { vpc_id: '${aws_vpc.nope.id}' }),
    message: 'Reference to undeclared resource',
  },
  {
    mistake: 'a reference to an attribute that is not there',
    configuration: resources({ aws_vpc: vpc, aws_subnet: { a: { vpc_id: '${aws_vpc.v.nope}' } } }),
    message: 'This object has no argument, nested block, or exported attribute named "nope"',
  },
  {
    mistake: 'two resources that refer to each other',
    configuration: resources({
      aws_security_group: {
        a: { name: '${aws_security_group.b.name}' },
        b: { name: '${aws_security_group.a.name}' },
      },
    }),
    message: 'Cycle:',
  },
  {
    mistake: 'an alias of the provider that is not configured',
    configuration: resource('aws_vpc', { provider: 'aws.us', cidr_block: '10.0.0.0/16' }),
    message: 'Provider configuration not present',
  },
  {
    mistake: 'a password in an output',
    configuration: sample({
      resource: {
        aws_db_instance: { a: { instance_class: 'db.t4g.micro', password: 'x', skip_final_snapshot: true } },
      },
      output: { o: { value: '${aws_db_instance.a.password}' } },
    }),
    message: 'Output refers to sensitive values',
  },
  {
    mistake: 'an ephemeral password in an argument that is stored',
    configuration: sample({
      ephemeral: { aws_secretsmanager_random_password: { p: {} } },
      resource: {
        aws_db_instance: {
          a: {
            instance_class: 'db.t4g.micro',
            password: '${ephemeral.aws_secretsmanager_random_password.p.random_password}',
          },
        },
      },
    }),
    message: 'Invalid use of ephemeral value',
  },
  {
    mistake: 'a loop over what is known only after apply',
    configuration: resources({
      aws_vpc: vpc,
      aws_subnet: { a: { for_each: '${toset([aws_vpc.v.id])}', vpc_id: 'vpc-1' } },
    }),
    message: 'Invalid for_each argument',
  },
  {
    mistake: 'the state of a stack that was never applied',
    configuration: sample({
      data: {
        terraform_remote_state: {
          o: { backend: 's3', config: { bucket: 'local-states', key: 'nowhere', region: 'eu-west-1' } },
        },
      },
      output: { o: { value: '${data.terraform_remote_state.o.outputs.x}' } },
    }),
    message: 'Unable to find remote state',
  },
];

/** What the provider refuses while it validates. */
const AGAINST_THE_PROVIDER: readonly Mistake[] = [
  {
    mistake: 'a value for an attribute that AWS decides',
    configuration: resource('aws_vpc', { cidr_block: '10.0.0.0/16', arn: 'arn:x' }),
    message: 'Can\'t configure a value for "arn"',
  },
  {
    mistake: 'a policy that is no JSON',
    configuration: resource('aws_iam_policy', { policy: '{oops' }),
    message: '"policy" contains an invalid JSON',
  },
  {
    mistake: 'an address range with host bits',
    configuration: resource('aws_vpc', { cidr_block: '10.0.0.1/16' }),
    message: '"10.0.0.1/16" is not a valid IPv4 CIDR block; did you mean "10.0.0.0/16"?',
  },
  {
    mistake: 'an address range that is none',
    configuration: resource('aws_vpc_security_group_ingress_rule', {
      cidr_ipv4: '10.0.0/8',
      ip_protocol: '-1',
      security_group_id: 'sg-1',
    }),
    message: '"10.0.0/8" is not a valid IPv4 CIDR block',
  },
  {
    mistake: 'a name where an ARN belongs',
    configuration: resource('aws_iam_role_policy_attachment', { role: 'r', policy_arn: 'ReadOnlyAccess' }),
    message: '"policy_arn" (ReadOnlyAccess) is an invalid ARN',
  },
  {
    mistake: 'a name that is too long',
    configuration: resource('aws_lb', { name: 'x'.repeat(33) }),
    message: '"name" cannot be longer than 32 characters',
  },
  {
    mistake: 'capital letters in the identifier of a database',
    configuration: resource('aws_rds_cluster', { cluster_identifier: 'Orders', engine: 'aurora-mysql' }),
    message: 'invalid value for cluster_identifier: "Orders" must hold lowercase letters',
  },
  {
    mistake: "a security group with the name of an AWS id's form",
    configuration: resource('aws_security_group', { name: 'sg-orders' }),
    message: 'invalid value for name: "sg-orders" must not begin with "sg-"',
  },
  {
    mistake: 'an apostrophe in the description of a rule',
    configuration: resource('aws_vpc_security_group_egress_rule', {
      security_group_id: 'sg-1',
      ip_protocol: '-1',
      cidr_ipv4: '10.0.0.0/8',
      description: "the client's orders",
    }),
    message: 'invalid value for description',
  },
  {
    mistake: 'a name and a prefix for an invented one',
    configuration: resource('aws_security_group', { name: 'a', name_prefix: 'a-' }),
    message: '"name_prefix": conflicts with name',
  },
  {
    mistake: 'two sources of a master password',
    configuration: resource('aws_rds_cluster', {
      engine: 'aurora-mysql',
      manage_master_user_password: true,
      master_password_wo: 'x',
      master_password_wo_version: 1,
    }),
    message: '"master_password_wo": conflicts with manage_master_user_password',
  },
  {
    mistake: 'the version of a write-only argument without the argument',
    configuration: resource('aws_secretsmanager_secret_version', {
      secret_id: 's',
      secret_string_wo_version: 1,
    }),
    message: 'all of `secret_string_wo,secret_string_wo_version` must be specified',
  },
  {
    mistake: 'a provider without a region',
    configuration: { ...resource('aws_vpc', { cidr_block: '10.0.0.0/16' }), provider: { aws: [{}] } },
    message: 'invalid AWS Region',
  },
];

/** What only AWS itself refuses, at the time of the call. */
const AGAINST_AWS: readonly Mistake[] = [
  {
    mistake: 'two roles of one name',
    configuration: twice('aws_iam_role', { name: 'deploy', assume_role_policy: ASSUME_ROLE_POLICY }),
    message: 'EntityAlreadyExists: Role with name deploy already exists.',
  },
  {
    mistake: 'two roles whose names differ in case only',
    configuration: resources({
      aws_iam_role: {
        a: { name: 'publish', assume_role_policy: ASSUME_ROLE_POLICY },
        b: { name: 'Publish', assume_role_policy: ASSUME_ROLE_POLICY },
      },
    }),
    message: 'EntityAlreadyExists: Role with name',
  },
  {
    mistake: 'two buckets of one name, in two regions',
    configuration: resources({
      aws_s3_bucket: { a: { bucket: 'acme-media' }, b: { bucket: 'acme-media', region: 'eu-central-1' } },
    }),
    message: 'BucketAlreadyExists: bucket acme-media already exists',
  },
  {
    mistake: 'two log groups of one name',
    configuration: twice('aws_cloudwatch_log_group', { name: '/acme/orders' }),
    message: 'ResourceAlreadyExistsException: The specified log group /acme/orders already exists',
  },
  {
    mistake: 'two security groups of one name in a VPC',
    configuration: twice('aws_security_group', { name: 'orders', vpc_id: 'vpc-1' }),
    message: "InvalidGroup.Duplicate: The security group 'orders' already exists for VPC",
  },
  {
    mistake: 'an instance in a subnet that nobody has made',
    configuration: resource('aws_instance', {
      ami: 'ami-1',
      instance_type: 't4g.micro',
      subnet_id: 'subnet-123',
    }),
    message: "InvalidSubnetID.NotFound: The subnet ID 'subnet-123' does not exist",
  },
  {
    mistake: 'a security group of another region',
    configuration: resources({
      aws_vpc: { a: { cidr_block: '10.0.0.0/16', region: 'eu-central-1' } },
      aws_security_group: { b: { name: 'b', vpc_id: '${aws_vpc.a.id}', region: 'eu-central-1' } },
      aws_vpc_security_group_egress_rule: {
        c: { security_group_id: '${aws_security_group.b.id}', ip_protocol: '-1', cidr_ipv4: '10.0.0.0/8' },
      },
    }),
    message: "InvalidGroup.NotFound: The security group 'sg-",
  },
  {
    mistake: 'a route in a table that nobody has made',
    configuration: resource('aws_route_table_association', {
      subnet_id: 'subnet-1',
      route_table_id: 'rtb-123',
    }),
    message: "InvalidRouteTableID.NotFound: The routeTable ID 'rtb-123' does not exist",
  },
  {
    mistake: 'a gateway on an address that nobody has',
    configuration: resource('aws_nat_gateway', { subnet_id: 'subnet-1', allocation_id: 'eipalloc-123' }),
    message: "InvalidAllocationID.NotFound: The allocation ID 'eipalloc-123' does not exist",
  },
  {
    mistake: 'a network that only its look-up has asked for',
    configuration: sample({
      data: { aws_vpc: { v: { id: 'vpc-123' } } },
      resource: { aws_subnet: { a: { vpc_id: '${data.aws_vpc.v.id}', cidr_block: '10.0.0.0/24' } } },
    }),
    message: "InvalidVpcID.NotFound: The vpc ID 'vpc-123' does not exist",
  },
  {
    mistake: 'a secret that is read before any value was written to it',
    configuration: sample({
      resource: { aws_secretsmanager_secret: { s: { name: 'empty' } } },
      ephemeral: {
        aws_secretsmanager_secret_version: { v: { secret_id: '${aws_secretsmanager_secret.s.arn}' } },
      },
    }),
    message: 'ResourceNotFoundException',
  },
];

export const MISTAKES: readonly Mistake[] = [
  ...AGAINST_THE_SCHEMA,
  ...AGAINST_REFERENCES,
  ...AGAINST_THE_PROVIDER,
  ...AGAINST_AWS,
  ...MISTAKES_IN_COMBINATIONS,
  ...MISTAKES_IN_VALUES,
  ...MISTAKES_IN_POLICIES,
  ...MISTAKES_OF_GATEWAYS,
  ...MISTAKES_IN_NETWORKS,
];
