import type { Caller } from '../cloud/caller';
import type { Problem } from '../protocol/requests';
import { isMap, textOf, type Value, type ValueMap } from '../protocol/values';

/** What an argument must refer to: an id with a prefix, or an ARN of a service. */
interface Reference {
  readonly prefix?: string;
  readonly service?: string;
  /** How the last part of the ARN begins. */
  readonly resource?: RegExp;
  readonly region?: 'same';
  /** The code of AWS's refusal. */
  readonly code: string;
}

const id = (prefix: string, code: string): Reference => ({ prefix, code });
const arn = (service: string, resource: RegExp, region?: 'same'): Reference => ({
  service,
  resource,
  ...(region && { region }),
  code: 'ValidationError',
});

const subnet = id('subnet-', 'InvalidSubnetID.NotFound');
const group = id('sg-', 'InvalidGroupId.Malformed');
// attachments and route tables begin with the same four letters
const gateway = id('tgw-0', 'InvalidTransitGatewayID.Malformed');
const role = arn('iam', /^role\//);
const key = arn('kms', /^(key|alias)\//, 'same');
const authority = arn('acm-pca', /^certificate-authority\/[^/]+$/, 'same');
const topics = arn('(sns|swf|automate|lambda|ssm|ssm-incidents|autoscaling|ec2)', /./, 'same');

/** By the argument's name, which is the same in all services; a type of its own stands before it. */
const REFERENCES: Readonly<Record<string, Reference>> = {
  alarm_actions: topics,
  allocation_id: id('eipalloc-', 'InvalidAllocationID.NotFound'),
  'aws_acm_certificate_validation.certificate_arn': arn('acm', /^certificate\//, 'same'),
  'aws_lb_listener.certificate_arn': arn('(acm|iam)', /^(server-)?certificate\//),
  'aws_sns_topic_policy.arn': arn('sns', /./, 'same'),
  aws_pca_authority_arn: authority,
  certificate_authority_arn: authority,
  execution_role_arn: role,
  firewall_policy_arn: arn('network-firewall', /^firewall-policy\//, 'same'),
  iam_role_arn: role,
  internet_gateway_id: id('igw-', 'InvalidInternetGatewayID.NotFound'),
  kms_key_arn: key,
  kms_key_id: key,
  kms_master_key_id: key,
  listener_arn: arn('elasticloadbalancing', /^listener\//, 'same'),
  load_balancer_arn: arn('elasticloadbalancing', /^loadbalancer\//, 'same'),
  monitoring_role_arn: role,
  nat_gateway_id: id('nat-', 'NatGatewayNotFound'),
  network_acl_id: id('acl-', 'InvalidNetworkAclID.NotFound'),
  ok_actions: topics,
  performance_insights_kms_key_id: key,
  policy_arn: arn('iam', /^policy\//),
  referenced_security_group_id: group,
  role_arn: role,
  route_table_id: id('rtb-', 'InvalidRouteTableID.NotFound'),
  route_table_ids: id('rtb-', 'InvalidRouteTableID.NotFound'),
  security_group_id: group,
  security_group_ids: group,
  'aws_lb.security_groups': group,
  'aws_ecs_service.security_groups': group,
  'aws_lb.subnets': subnet,
  'aws_ecs_service.subnets': subnet,
  subnet_id: subnet,
  subnet_ids: subnet,
  target_group_arn: arn('elasticloadbalancing', /^targetgroup\//, 'same'),
  task_role_arn: role,
  vpc_endpoint_id: id('vpce-', 'InvalidVpcEndpointId.NotFound'),
  peer_transit_gateway_id: gateway,
  transit_gateway_attachment_id: id('tgw-attach-', 'InvalidTransitGatewayAttachmentID.Malformed'),
  transit_gateway_id: gateway,
  transit_gateway_route_table_id: id('tgw-rtb-', 'InvalidRouteTableID.Malformed'),
  peer_vpc_id: id('vpc-', 'InvalidVpcID.NotFound'),
  vpc_id: id('vpc-', 'InvalidVpcID.NotFound'),
  vpc_peering_connection_id: id('pcx-', 'InvalidVpcPeeringConnectionId.Malformed'),
  vpc_security_group_ids: group,
};

/** Something that an argument refers to. */
interface Referred extends Reference {
  readonly value: string;
  readonly name: string;
  /** The argument or block of the resource that it stands in. */
  readonly top: string;
}

/** All that a configuration refers to, whatever blocks it stands in. */
export function referencesIn(type: string, config: ValueMap): Referred[] {
  const found: Referred[] = [];
  const visit = (value: Value | undefined, name: string, top: string): void => {
    if (Array.isArray(value)) for (const each of value) visit(each, name, top);
    else if (isMap(value)) for (const [inner, each] of Object.entries(value)) visit(each, inner, top);
    else if (typeof value === 'string' && value !== '') {
      const reference = REFERENCES[`${type}.${name}`] ?? REFERENCES[name];
      if (reference) found.push({ ...reference, value, name, top });
    }
  };
  for (const [name, value] of Object.entries(config)) visit(value, name, name);
  return found;
}

/** A reference of another kind than the argument takes: only AWS tells one id from another. */
export function checkReferences(
  type: string,
  config: ValueMap,
  { region }: Pick<Caller, 'region'>,
): Problem[] {
  const here = textOf(config['region']) ?? region;
  return referencesIn(type, config).flatMap((referred) => {
    const why = mismatch(referred, referred.value, here);
    return why === undefined
      ? []
      : [{ summary: `${referred.code}: ${why} (${referred.name})`, path: [referred.top] }];
  });
}

function mismatch(
  { prefix, service, resource, region }: Reference,
  value: string,
  here: string,
): string | undefined {
  if (prefix !== undefined) {
    return value.startsWith(prefix) ? undefined : `Invalid id: "${value}" (expecting "${prefix}...")`;
  }
  const [start, , ofService = '', ofRegion = '', , ...rest] = value.split(':');
  // keys may be named by id or alias, and then say nothing of their region; roles by name
  if (start !== 'arn')
    return /^(subnet|sg|vpc|rtb|igw|nat|eipalloc|acl|eni)-/.test(value)
      ? `"${value}" is not an ARN`
      : undefined;
  if (!new RegExp(`^${service}$`).test(ofService) || !resource?.test(rest.join(':'))) {
    return `"${value}" is not an ARN of ${service?.replace(/[()]/g, '').replace(/\|/g, ' or ')}`;
  }
  const isElsewhere = region === 'same' && ofRegion !== '' && here !== '' && ofRegion !== here;
  return isElsewhere ? `"${value}" is in ${ofRegion}, and the resource in ${here}` : undefined;
}
