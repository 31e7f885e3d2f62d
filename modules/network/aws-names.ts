import type { InterfaceService } from './vpc-endpoints';

/** Interface endpoints whose name is another one than that of the service. https://docs.aws.amazon.com/general/latest/gr/ecr.html */
const HOSTS: Partial<Record<InterfaceService, string>> = { 'ecr.api': 'api.ecr', 'ecr.dkr': '*.dkr.ecr' };

/**
 * Names of AWS that a VPC has to resolve, also where it reaches them over endpoints of its own: DNS Firewall looks at
 * those too. A capability whose endpoints have names of another form adds them here.
 */
export function awsNames(region: string, services: readonly InterfaceService[]): string[] {
  const called = services.map((service) => `${HOSTS[service] ?? service}.${region}.amazonaws.com`);
  const buckets = ['s3', '*.s3'].flatMap((host) => [
    `${host}.${region}.amazonaws.com`,
    // older clients ask there for the name without a region
    ...(region === 'us-east-1' ? [`${host}.amazonaws.com`] : []),
  ]);
  // ElastiCache writes the region in a form of its own, before a part that nobody knows before
  const stores = [`*.${region}.rds.amazonaws.com`, '*.cache.amazonaws.com'];
  return [...called, ...buckets, ...stores].sort();
}
