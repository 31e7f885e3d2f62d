import { Resolver } from 'node:dns/promises';
import { RunError } from '../errors';
import { clientSettings } from '../terraform/aws/aws-client';
import { awsReason, credentialsError, errorName, isMissing } from '../terraform/aws/aws-errors';
import type { ImageRegistry } from './images';
import type { LinkedRoles } from './linked-roles';
import type { InUse } from './quota-needs';
import type { AccountQuotas } from './quotas';
import type { HostedZones, PublicNames } from './zones';

/** Turns what a client fails with into one line. */
async function asking<Client extends { destroy(): void }, T>(
  client: Client,
  what: string,
  permission: string,
  ask: (client: Client) => Promise<T>,
): Promise<T> {
  try {
    return await ask(client);
  } catch (error) {
    throw (
      credentialsError(error) ??
      new RunError(`${what} must be readable, got ${awsReason(error)}; check ${permission}, and the network`)
    );
  } finally {
    client.destroy();
  }
}

export const route53Zones: HostedZones = {
  async nameServers(region, domain) {
    const r53 = await import('@aws-sdk/client-route-53');
    const permission = 'route53:ListHostedZonesByName and route53:GetHostedZone';
    const client = new r53.Route53Client(clientSettings(region));
    return asking(client, `zone ${domain}`, permission, async () => {
      // sorted by name from this one on, and more zones of one name than these would be a strange account
      const { HostedZones: zones = [] } = await client.send(
        new r53.ListHostedZonesByNameCommand({ DNSName: domain, MaxItems: 20 }),
      );
      const ours = zones.filter(({ Name, Config }) => Name === `${domain}.` && !Config?.PrivateZone);
      return Promise.all(
        ours.map(async ({ Id }) => {
          const { DelegationSet } = await client.send(new r53.GetHostedZoneCommand({ Id }));
          return DelegationSet?.NameServers ?? [];
        }),
      );
    });
  },
};

/** @param servers `address` or `address:port` of the servers that are asked @default those of this machine */
export const publicNames = (servers?: readonly string[]): PublicNames => ({
  async nameServers(domain) {
    const resolver = new Resolver({ timeout: 5_000, tries: 2 });
    if (servers) resolver.setServers(servers);
    try {
      return await resolver.resolveNs(domain);
    } catch (error) {
      const { code = '' } = error as NodeJS.ErrnoException;
      if (code === 'ENOTFOUND' || code === 'ENODATA') return [];
      throw new RunError(
        `name servers of ${domain} must be known to public DNS, got ${code}; check the network, and whether the servers that the parent domain names answer`,
      );
    }
  },
});

const LINKED = '/aws-service-role/';

export const iamLinkedRoles: LinkedRoles = {
  async services(region) {
    const iam = await import('@aws-sdk/client-iam');
    const client = new iam.IAMClient(clientSettings(region));
    return asking(client, 'service-linked roles', 'iam:ListRoles', async () => {
      const found = new Set<string>();
      for await (const page of iam.paginateListRoles({ client }, { PathPrefix: LINKED }))
        for (const { Path = '' } of page.Roles ?? []) found.add(Path.slice(LINKED.length).replace(/\/$/, ''));
      return found;
    });
  },
};

export const ecrImages: ImageRegistry = {
  async has({ account, region, repository, digest }) {
    const ecr = await import('@aws-sdk/client-ecr');
    const client = new ecr.ECRClient(clientSettings(region));
    const what = `image ${repository} of account ${account} in ${region}`;
    return asking(client, what, 'ecr:DescribeImages here and in the policy of the repository', async () => {
      try {
        await client.send(
          new ecr.DescribeImagesCommand({
            registryId: account,
            repositoryName: repository,
            imageIds: [{ imageDigest: digest }],
          }),
        );
        return true;
      } catch (error) {
        if (isMissing(error, 'ImageNotFoundException', 'RepositoryNotFoundException')) return false;
        throw error;
      }
    });
  },
};

export const serviceQuotas: AccountQuotas = {
  async limit(region, { service, code, name }) {
    const sq = await import('@aws-sdk/client-service-quotas');
    const permission = 'servicequotas:GetServiceQuota and servicequotas:GetAWSDefaultServiceQuota';
    const client = new sq.ServiceQuotasClient(clientSettings(region));
    return asking(client, `quota "${name}" in ${region}`, permission, async () => {
      const asked = { ServiceCode: service, QuotaCode: code };
      try {
        return (await client.send(new sq.GetServiceQuotaCommand(asked))).Quota?.Value;
      } catch (error) {
        // an account that has never asked for more may have no value of its own
        if (errorName(error) !== 'NoSuchResourceException') throw error;
        return (await client.send(new sq.GetAWSDefaultServiceQuotaCommand(asked))).Quota?.Value;
      }
    });
  },

  inUse: (region, what) => COUNTS[what](region),
};

const COUNTS: Readonly<Record<InUse, (region: string) => Promise<number>>> = {
  async vpcs(region) {
    const ec2 = await import('@aws-sdk/client-ec2');
    const client = new ec2.EC2Client(clientSettings(region));
    return asking(client, `VPCs in ${region}`, 'ec2:DescribeVpcs', async () => {
      let count = 0;
      for await (const page of ec2.paginateDescribeVpcs({ client }, {})) count += page.Vpcs?.length ?? 0;
      return count;
    });
  },

  async addresses(region) {
    const ec2 = await import('@aws-sdk/client-ec2');
    const client = new ec2.EC2Client(clientSettings(region));
    return asking(client, `Elastic IPs in ${region}`, 'ec2:DescribeAddresses', async () => {
      const { Addresses = [] } = await client.send(new ec2.DescribeAddressesCommand({}));
      return Addresses.length;
    });
  },

  async roles(region) {
    const iam = await import('@aws-sdk/client-iam');
    const client = new iam.IAMClient(clientSettings(region));
    return asking(client, 'the number of roles', 'iam:GetAccountSummary', async () => {
      const { SummaryMap } = await client.send(new iam.GetAccountSummaryCommand({}));
      if (SummaryMap?.Roles === undefined) throw new Error('no such number');
      return SummaryMap.Roles;
    });
  },
};
