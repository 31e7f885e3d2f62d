import { EDGE_REGION } from '../../modules/edge/site-names';
import type { RegionName } from '../../modules/network/regions';
import type { Environment } from './estate';
import { renamesIn, underFormerNames, type Renames } from './renames';
import type { EnvironmentSettings } from './schema';

/** Everything that is decided for what an environment shows at the edge. */
export interface EdgePlan {
  readonly environment: string;
  readonly account: string;
  /** The one region in which CloudFront takes certificates and firewalls, and is changed. */
  readonly region: RegionName;
  readonly domain: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly decommission: boolean;
  readonly sites: EnvironmentSettings['sites'];
  readonly renames: Pick<Renames, 'sites'>;
}

/**
 * Also without sites, so that the end of the last one is planned. Nothing where there can be none: without a domain, and
 * where the environment has nothing in the region that CloudFront reports to.
 */
export function planEdge({ name, settings }: Environment): EdgePlan | undefined {
  const { account, domain, tags } = settings;
  const region = settings.regions[EDGE_REGION];
  if (domain === undefined || region === undefined) return undefined;
  const decommission = settings.decommission || region.decommission;
  const { sites } = underFormerNames(settings);
  return {
    environment: name,
    account,
    region: EDGE_REGION,
    domain,
    tags,
    decommission,
    sites: decommission
      ? Object.fromEntries(Object.entries(sites).map(([site, one]) => [site, { ...one, decommission }]))
      : sites,
    renames: renamesIn(settings),
  };
}
