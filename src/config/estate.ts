import type { RegionName } from '../../modules/network/regions';
import type { Moves } from './moves';
import type { EnvironmentSettings, SharedSettings } from './schema';

/** An environment that has been merged, checked and decided upon. */
export interface Environment {
  readonly name: string;
  readonly settings: EnvironmentSettings;
  /** Whether losing it hurts customers. */
  readonly production: boolean;
}

/** Everything that one set of environment files describes. */
export interface Estate {
  readonly environments: readonly Environment[];
  /** Nothing where no environment runs services. */
  readonly shared: SharedSettings | undefined;
  /** Resources on their way from one stack to another. @default none */
  readonly moves?: Moves;
}

export type RegionRole = 'primary' | 'standby';
export interface EnvironmentRegion {
  readonly name: RegionName;
  readonly role: RegionRole;
}

/** The regions of an environment: the primary, the standby that takes over, then the others by name. */
export function regionsOf(settings: Pick<EnvironmentSettings, 'regions'>): EnvironmentRegion[] {
  const target = failoverRegion(settings);
  const rank = ({ name, role }: EnvironmentRegion) => (role === 'primary' ? 0 : name === target ? 1 : 2);
  return Object.entries(settings.regions)
    .map(([name, { role }]): EnvironmentRegion => ({ name: name as RegionName, role }))
    .sort((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1));
}

/** The region in which the environment writes. */
export function primaryOf(settings: Pick<EnvironmentSettings, 'regions'>): RegionName {
  const primary = regionsOf(settings).find(({ role }) => role === 'primary');
  if (!primary) throw new Error('an environment has a primary region; settings are checked before');
  return primary.name;
}

/** @throws for a region in which it does not stand */
export function regionSettings(settings: Pick<EnvironmentSettings, 'regions'>, region: RegionName) {
  const found = settings.regions[region];
  if (!found) throw new Error(`${region} is no region of this environment`);
  return found;
}

/** The standby that takes over when the primary is lost: the only one, or of several the one that says so. */
export function failoverRegion({ regions }: Pick<EnvironmentSettings, 'regions'>): RegionName | undefined {
  const standbys = Object.entries(regions).filter(([, { role }]) => role === 'standby');
  const chosen = standbys.length === 1 ? standbys[0] : standbys.find(([, { failover }]) => failover);
  return chosen?.[0] as RegionName | undefined;
}

/** Where an environment keeps what needs both of its regions: it must outlive the primary. */
export function globalStateRegion(settings: Pick<EnvironmentSettings, 'regions'>): RegionName {
  const region = failoverRegion(settings) ?? regionsOf(settings)[0]?.name;
  if (!region) throw new Error('an environment has at least one region');
  return region;
}

/** Environments that go by this name are production, unless they say otherwise and are refused. */
export const isProductionName = (name: string) => /^(prod|production|live)$/.test(name);
