import { instanceVcpus, taskVcpus } from './compute-needs';
import { addressIn, argument, resourcesOf, type HeldStack } from './held-stack';

/** What an account holds already that counts against a quota of a whole region, or of the account. */
export type InUse = 'vpcs' | 'addresses' | 'roles';

export interface Quota {
  /** As Service Quotas names it. */
  readonly name: string;
  readonly service: string;
  readonly code: string;
}

/** What stacks need of one quota. */
export interface QuotaNeed {
  readonly quota: Quota;
  readonly region: string;
  /** Of the fullest of those that the quota is for, such as one security group; nothing for a whole region. */
  readonly fullest?: string;
  /** Less what stands already, where that is counted as in use. */
  readonly count: number;
  /** What comes on top. */
  readonly inUse?: InUse;
}

/** Codes: https://docs.aws.amazon.com/general/latest/gr/aws-service-information.html, and Service Quotas in the console. */
const quota = (service: string, code: string, name: string): Quota => ({ service, code, name });
const VPCS = quota('vpc', 'L-F678F1CE', 'VPCs per Region');
const ADDRESSES = quota('ec2', 'L-0263D0A3', 'EC2-VPC Elastic IPs');
const NAT_GATEWAYS = quota('vpc', 'L-FE5A380F', 'NAT gateways per Availability Zone');
const GROUP_RULES = quota('vpc', 'L-0EA8095F', 'Inbound or outbound rules per security group');
const ENDPOINTS = quota('vpc', 'L-29B6F2EB', 'Interface VPC endpoints per VPC');
const INSTANCES = quota(
  'ec2',
  'L-1216C47A',
  'Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances',
);
const FARGATE_SPOT = quota('fargate', 'L-36FBB829', 'Fargate Spot vCPU resource count');
const FARGATE = quota('fargate', 'L-3032A538', 'Fargate On-Demand vCPU resource count');
const ROLES = quota('iam', 'L-FE177D64', 'Roles per account');

/** The one region that says IAM's quotas. */
const IAM_REGION = 'us-east-1';

/** A stack, and the addresses of its resources that are there: those that count as in use already. */
export interface StackWithState extends HeldStack {
  readonly standing: ReadonlySet<string>;
}

/** What the stacks of one account need, as quotas count it. What needs nothing, or nothing more, is left out. */
export function quotaNeeds(stacks: readonly StackWithState[]): readonly QuotaNeed[] {
  const regions = [...new Set(stacks.map(({ place }) => place.region))];
  const needs = regions.flatMap((region) => {
    const here = stacks.filter(({ place }) => place.region === region);
    return [
      { quota: VPCS, region, count: missing(here, 'aws_vpc'), inUse: 'vpcs' as const },
      { quota: ADDRESSES, region, count: missing(here, 'aws_eip'), inUse: 'addresses' as const },
      { quota: NAT_GATEWAYS, region, ...fullest(here.flatMap(natZones)) },
      { quota: GROUP_RULES, region, ...fullest(here.flatMap(groupsOfRules)) },
      { quota: ENDPOINTS, region, ...fullest(here.flatMap(endpointNetworks)) },
      { quota: FARGATE, region, count: total(here, (stack) => taskVcpus(stack, 'FARGATE')) },
      { quota: FARGATE_SPOT, region, count: total(here, (stack) => taskVcpus(stack, 'FARGATE_SPOT')) },
      { quota: INSTANCES, region, count: total(here, instanceVcpus) },
    ];
  });
  const roles = {
    quota: ROLES,
    region: IAM_REGION,
    count: missing(stacks, 'aws_iam_role'),
    inUse: 'roles' as const,
  };
  return [...needs, roles].filter(({ count }) => count > 0);
}

const total = (stacks: readonly HeldStack[], count: (stack: HeldStack) => number) =>
  stacks.reduce((sum, stack) => sum + count(stack), 0);

function missing(stacks: readonly StackWithState[], type: string): number {
  return stacks.flatMap((stack) =>
    resourcesOf(stack, type).filter(([name]) => !stack.standing.has(`${type}.${name}`)),
  ).length;
}

/** The name that stands most often. */
function fullest(names: readonly string[]): { readonly fullest: string; readonly count: number } {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  const [first = ['', 0] as const] = [...counts].sort(([, a], [, b]) => b - a);
  return { fullest: first[0], count: first[1] };
}

/** The zone of each NAT gateway: that of its subnet. */
function natZones(stack: HeldStack): readonly string[] {
  const zones = new Map(
    resourcesOf(stack, 'aws_subnet').map(([name, body]) => [
      `aws_subnet.${name}`,
      argument(body, 'availability_zone'),
    ]),
  );
  return resourcesOf(stack, 'aws_nat_gateway').map(([, body]) => {
    const subnet = addressIn(argument(body, 'subnet_id'));
    return zones.get(subnet) ?? subnet;
  });
}

/** The group of each rule; inbound and outbound ones count apart. */
const groupsOfRules = (stack: HeldStack): readonly string[] =>
  (
    [
      ['aws_vpc_security_group_ingress_rule', 'inbound'],
      ['aws_vpc_security_group_egress_rule', 'outbound'],
    ] as const
  ).flatMap(([type, direction]) =>
    resourcesOf(stack, type).map(
      ([, body]) => `${direction} of ${addressIn(argument(body, 'security_group_id'))}`,
    ),
  );

const endpointNetworks = (stack: HeldStack): readonly string[] =>
  resourcesOf(stack, 'aws_vpc_endpoint')
    .filter(([, body]) => body['vpc_endpoint_type'] === 'Interface')
    .map(([, body]) => addressIn(argument(body, 'vpc_id')));
