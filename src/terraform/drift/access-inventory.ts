import type { Route } from '@aws-sdk/client-ec2';
import { RunError } from '../../errors';
import { clientSettings } from '../aws/aws-client';
import { awsReason, credentialsError } from '../aws/aws-errors';
import type { AccessInventory, FoundRoute, FoundRule } from './known-access';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Filter.html: values of one filter */
const IDS_IN_ONE_FILTER = 200;

export const awsAccessInventory: AccessInventory = {
  async securityGroupRules(region, groups) {
    const ec2 = await import('@aws-sdk/client-ec2');
    const client = new ec2.EC2Client(clientSettings(region));
    try {
      const found: FoundRule[] = [];
      for (let start = 0; start < groups.length; start += IDS_IN_ONE_FILTER) {
        const filter = { Name: 'group-id', Values: groups.slice(start, start + IDS_IN_ONE_FILTER) };
        for await (const page of ec2.paginateDescribeSecurityGroupRules({ client }, { Filters: [filter] })) {
          for (const { GroupId = '', SecurityGroupRuleId = '' } of page.SecurityGroupRules ?? [])
            found.push({ group: GroupId, rule: SecurityGroupRuleId });
        }
      }
      return found;
    } catch (error) {
      throw unreadable(`rules of security groups in ${region}`, 'ec2:DescribeSecurityGroupRules', error);
    } finally {
      client.destroy();
    }
  },

  async routes(region, tables) {
    const ec2 = await import('@aws-sdk/client-ec2');
    const client = new ec2.EC2Client(clientSettings(region));
    try {
      const found: FoundRoute[] = [];
      for (let start = 0; start < tables.length; start += IDS_IN_ONE_FILTER) {
        const filter = { Name: 'route-table-id', Values: tables.slice(start, start + IDS_IN_ONE_FILTER) };
        for await (const page of ec2.paginateDescribeRouteTables({ client }, { Filters: [filter] })) {
          for (const { RouteTableId: table = '', Routes = [] } of page.RouteTables ?? [])
            found.push(
              ...Routes.filter(({ GatewayId }) => GatewayId !== 'local').map((route) => ({
                table,
                destination:
                  route.DestinationCidrBlock ??
                  route.DestinationIpv6CidrBlock ??
                  route.DestinationPrefixListId ??
                  '',
                via: targetOf(route),
              })),
            );
        }
      }
      return found;
    } catch (error) {
      throw unreadable(`route tables in ${region}`, 'ec2:DescribeRouteTables', error);
    } finally {
      client.destroy();
    }
  },

  async rolePolicies(region, role) {
    const iam = await import('@aws-sdk/client-iam');
    const client = new iam.IAMClient(clientSettings(region));
    try {
      const found: string[] = [];
      for await (const page of iam.paginateListRolePolicies({ client }, { RoleName: role }))
        found.push(...(page.PolicyNames ?? []));
      for await (const page of iam.paginateListAttachedRolePolicies({ client }, { RoleName: role }))
        found.push(...(page.AttachedPolicies ?? []).flatMap(({ PolicyArn }) => PolicyArn ?? []));
      return found;
    } catch (error) {
      // a role that is gone is drift of its own, and has no policies
      if (error instanceof iam.NoSuchEntityException) return [];
      throw unreadable(
        `policies of role ${role}`,
        'iam:ListRolePolicies and iam:ListAttachedRolePolicies',
        error,
      );
    } finally {
      client.destroy();
    }
  },
};

/** A route that leads to an instance names its network interface too. */
const targetOf = (route: Route): string =>
  route.GatewayId ??
  route.NatGatewayId ??
  route.TransitGatewayId ??
  route.VpcPeeringConnectionId ??
  route.EgressOnlyInternetGatewayId ??
  route.NetworkInterfaceId ??
  route.InstanceId ??
  route.LocalGatewayId ??
  route.CarrierGatewayId ??
  route.CoreNetworkArn ??
  'nothing';

const unreadable = (what: string, permission: string, error: unknown) =>
  credentialsError(error) ??
  new RunError(`${what} must be readable, got ${awsReason(error)}; check ${permission}, and the network`);
