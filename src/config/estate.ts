import type { RegionName } from '../../modules/network/regions';
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
}

export type RegionRole = 'primary' | 'standby';
export interface EnvironmentRegion {
  readonly name: RegionName;
  readonly role: RegionRole;
}

/** The regions of an environment: the primary, then the standbys in the order of the file. */
export function regionsOf(settings: Pick<EnvironmentSettings, 'regions'>): EnvironmentRegion[] {
  const regions = Object.entries(settings.regions).map(([name, { role }]) => ({
    name: name as RegionName,
    role,
  }));
  return [
    ...regions.filter((one) => one.role === 'primary'),
    ...regions.filter((one) => one.role === 'standby'),
  ];
}

/** Where an environment keeps what needs both of its regions: it must outlive the primary. */
export function globalStateRegion(settings: Pick<EnvironmentSettings, 'regions'>): RegionName {
  const [primary, standby] = regionsOf(settings);
  const region = standby ?? primary;
  if (!region) throw new Error('an environment has at least one region');
  return region.name;
}

/** Environments that go by this name are production, unless they say otherwise and are refused. */
export const isProductionName = (name: string) => /^(prod|production|live)$/.test(name);
