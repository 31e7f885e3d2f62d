import { cannotTell, fault, ok, unlessUnanswered, type Finding } from './finding';
import { resourcesOf, type HeldStack } from './held-stack';

/** The public zones that the account holds. */
export interface HostedZones {
  /** The name servers of each zone of exactly this name; more than one zone may have it. */
  nameServers(region: string, domain: string): Promise<readonly (readonly string[])[]>;
}

/** What the internet's DNS says. */
export interface PublicNames {
  /** None if nothing is delegated. @throws RunError if no server answers */
  nameServers(domain: string): Promise<readonly string[]>;
}

/** Certificates are issued only once the parent domain points to the zone: an apply waits for that in vain. */
export async function zoneFindings(
  stacks: readonly HeldStack[],
  zones: HostedZones,
  names: PublicNames,
): Promise<readonly Finding[]> {
  const domains = stacks.flatMap((stack) =>
    resourcesOf(stack, 'aws_route53_zone')
      // nobody delegates what only a VPC knows
      .filter(([, { vpc }]) => vpc === undefined)
      .map(([, { name }]) => ({ domain: String(name), region: stack.place.region })),
  );
  const found = domains.map(({ domain, region }) =>
    unlessUnanswered(async () => {
      const held = (await zones.nameServers(region, domain)).map(normalized);
      if (held.length === 0)
        return [ok(`zone ${domain}: none yet, it comes with the first apply; delegate it then`)];
      return [delegation(domain, held, normalized(await names.nameServers(domain)))];
    }),
  );
  return (await Promise.all(found)).flat();
}

function delegation(
  domain: string,
  held: readonly (readonly string[])[],
  delegated: readonly string[],
): Finding {
  if (held.some((servers) => servers.join() === delegated.join())) return ok(`zone ${domain} is delegated`);
  const got = delegated.join(', ') || 'none';
  const [servers = [], ...others] = held;
  if (others.length > 0)
    return cannotTell(
      `zone ${domain} must be delegated to its name servers, got ${got} and ${held.length} zones of this name; remove those that nobody uses`,
    );
  return fault(
    `zone ${domain} must be delegated to ${servers.join(', ')}, got ${got}; write these as its NS records into the parent domain`,
  );
}

const normalized = (servers: readonly string[]) =>
  servers.map((server) => server.toLowerCase().replace(/\.$/, '')).sort();
