import type { Peer } from '../../modules/network/peers';
import type { RegionName } from '../../modules/network/regions';
import { failoverRegion, primaryOf, regionSettings } from './estate';
import type { EnvironmentSettings } from './schema';

/**
 * The other end of the link. Further standbys have none, so that a region that comes changes nothing of those that stand.
 * One that is about to go is linked no more, so that nothing is left of a link when it has gone.
 */
export function peerOf(settings: EnvironmentSettings, region: RegionName): Peer | undefined {
  const ends = linkedRegions(settings);
  const isLeaving = ends.some((end) => regionSettings(settings, end).decommission);
  const other = ends.find((end) => end !== region);
  if (isLeaving || other === undefined || !ends.includes(region)) return undefined;
  return { region: other, cidr: regionSettings(settings, other).network.cidr };
}

/** The primary and the standby that takes over, if they are linked. */
export const linkedRegions = (settings: EnvironmentSettings): readonly RegionName[] =>
  settings.interRegion === 'none'
    ? []
    : [primaryOf(settings), failoverRegion(settings)].flatMap((end) => end ?? []);
