import { RunError } from '../errors';
import { clientSettings } from './aws-client';
import { awsReason, credentialsError } from './aws-errors';
import type { AccessInventory, FoundRule } from './known-access';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Filter.html: values of one filter */
const GROUPS_IN_ONE_FILTER = 200;

export const awsAccessInventory: AccessInventory = {
  async securityGroupRules(region, groups) {
    const ec2 = await import('@aws-sdk/client-ec2');
    const client = new ec2.EC2Client(clientSettings(region));
    try {
      const found: FoundRule[] = [];
      for (let start = 0; start < groups.length; start += GROUPS_IN_ONE_FILTER) {
        const filter = { Name: 'group-id', Values: groups.slice(start, start + GROUPS_IN_ONE_FILTER) };
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

const unreadable = (what: string, permission: string, error: unknown) =>
  credentialsError(error) ??
  new RunError(`${what} must be readable, got ${awsReason(error)}; check ${permission}, and the network`);
