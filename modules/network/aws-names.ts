import type { InterfaceService } from './vpc-endpoints';

/**
 * Interface endpoints whose names are others than that of the service. https://docs.aws.amazon.com/general/latest/gr/ecr.html;
 * the agent of ECS polls `ecs-a` and `ecs-t`, with a number where it does so without an endpoint (aws/amazon-ecs-agent#931).
 */
const HOSTS: Partial<Record<InterfaceService, readonly string[]>> = {
  'ecr.api': ['api.ecr'],
  'ecr.dkr': ['*.dkr.ecr'],
  'ecs-agent': ['ecs-a', ...numbered('ecs-a')],
  'ecs-telemetry': ['ecs-t', ...numbered('ecs-t')],
};

/**
 * Names of AWS that a VPC has to resolve, also where it reaches them over endpoints of its own: DNS Firewall looks at
 * those too. A capability whose endpoints have names of another form adds them here.
 */
export function awsNames(region: string, services: readonly InterfaceService[]): string[] {
  const called = services
    .flatMap((service) => HOSTS[service] ?? [service])
    .map((host) => `${host}.${region}.amazonaws.com`);
  const buckets = ['s3', '*.s3'].flatMap((host) => [
    `${host}.${region}.amazonaws.com`,
    // older clients ask there for the name without a region
    ...(region === 'us-east-1' ? [`${host}.amazonaws.com`] : []),
  ]);
  // what the agent is told for Service Connect: https://docs.aws.amazon.com/cli/latest/reference/ecs/discover-poll-endpoint.html
  const calls = services.includes('ecs-agent') ? [`ecs-sc.${region}.api.aws`] : [];
  // ElastiCache writes the region in a form of its own, before a part that nobody knows before
  const stores = [databaseNames(region), '*.cache.amazonaws.com'];
  return [...called, ...calls, ...buckets, ...stores].sort();
}

/** Those of all databases in a region. */
export const databaseNames = (region: string) => `*.${region}.rds.amazonaws.com`;

/** AWS says nowhere how many there are; more than 20 were not seen. A star would have to stand for a whole label. */
function numbered(host: string): string[] {
  return Array.from({ length: 20 }, (_, index) => `${host}-${index + 1}`);
}
