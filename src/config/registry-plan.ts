import type { RegionName } from '../../modules/network/regions';
import { USERS_IMAGE } from '../../modules/database/users-image';
import { PROXY_IMAGE } from '../../modules/egress/proxy-image';
import { COLLECTOR_IMAGE } from '../../modules/compute/trace-collector';
import { makesUsers } from './database-users';
import { regionsWithProxies, regionsWithTraces } from './service-needs';
import { regionsOf, type Estate } from './estate';

/** What the shared registry holds, and where: found from what the environments run. */
export interface RegistryPlan {
  readonly account: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly protection: boolean;
  /** Where images are pushed to. */
  readonly home: RegionName;
  /** Where images are needed, home first. */
  readonly regions: readonly RegionName[];
  /** Each image once, and the environments that run it. */
  readonly images: readonly { readonly name: string; readonly pullers: readonly Puller[] }[];
}

export interface Puller {
  readonly account: string;
  readonly environment: string;
}

export function planRegistry({ environments, shared }: Estate): RegistryPlan | undefined {
  if (!shared) return undefined;
  const images = new Map<string, Map<string, Puller>>();
  for (const { name, settings } of environments) {
    const run = [
      ...Object.values(settings.services).map(({ image }) => image),
      ...(makesUsers(settings) ? [USERS_IMAGE] : []),
      ...(regionsWithProxies(settings).length > 0 ? [PROXY_IMAGE] : []),
      ...(regionsWithTraces(settings).length > 0 ? [COLLECTOR_IMAGE] : []),
    ];
    for (const image of run) {
      const pullers = images.get(image) ?? new Map<string, Puller>();
      images.set(image, pullers.set(name, { account: settings.account, environment: name }));
    }
  }
  const regions = environments.flatMap(({ settings }) => regionsOf(settings).map((region) => region.name));
  return {
    account: shared.account,
    tags: shared.tags,
    protection: shared.protection,
    home: shared.region,
    // sorted, so that the order of environments and services changes nothing
    regions: [...new Set([shared.region, ...regions.sort()])],
    images: [...images.entries()]
      .map(([name, pullers]) => ({ name, pullers: [...pullers.values()].sort(byEnvironment) }))
      .sort((a, b) => compare(a.name, b.name)),
  };
}

/** Where tasks of a region pull from. */
export const registryHost = (plan: RegistryPlan, region: RegionName) =>
  `${plan.account}.dkr.ecr.${region}.amazonaws.com`;

const byEnvironment = (a: Puller, b: Puller) => compare(a.environment, b.environment);
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
