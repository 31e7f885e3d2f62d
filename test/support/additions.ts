import { nextFreeRange, VPC_PREFIX } from '../../modules/network/address-plan';
import { REGION_NAMES, regionFacts, type RegionName } from '../../modules/network/regions';
import type { EnvironmentFile, EstateFile } from '../../src/config/define';
import { failoverRegion, type Environment } from '../../src/config/estate';
import { merge } from '../../src/config/merge';
import type { SharedInput } from '../../src/config/schema';
import { changed, estateOf } from './estate';

/** An estate with something new in it, whose names, accounts and ranges nobody had. */
export interface Addition {
  readonly file: EstateFile;
  /** Ids of the stacks that may differ because of it. */
  readonly mayChange: (id: string) => boolean;
  /** Ids of stacks that have to come with it. */
  readonly comes: readonly string[];
}

/** A copy of each environment, in an account and with a domain of its own. */
export function withCopies(file: EstateFile): Addition {
  const { environments } = estateOf(file);
  const free = freeOf(file);
  const copies = environments.map((environment) => {
    const { name, settings } = environment;
    const copy = free.name(name.length);
    const account = free.account();
    const domain = `${copy}.example.net`;
    const open = Object.entries(settings.services).filter(([, service]) => service.public);
    const regions = Object.keys(settings.regions);
    return {
      name: copy,
      original: name,
      account,
      regions,
      file: changed(file.environments[name] as EnvironmentFile, {
        account,
        production: environment.production,
        ...(settings.domain !== undefined && { domain }),
        regions: Object.fromEntries(regions.map((region) => [region, { network: { cidr: free.range() } }])),
        services: Object.fromEntries(
          open.map(([service]) => [service, { public: { host: `${service}.${domain}` } }]),
        ),
        sites: Object.fromEntries(
          Object.entries(settings.sites).map(([site, { tenants }]) => [
            site,
            tenants ? { tenants: { domain: `${site}.${domain}` } } : { hosts: [`${site}.${domain}`] },
          ]),
        ),
      }),
    };
  });
  const { shared } = file;
  return {
    file: {
      ...(shared && { shared: withPromotions(shared, copies) }),
      environments: {
        ...file.environments,
        ...Object.fromEntries(copies.map((copy) => [copy.name, copy.file])),
      },
    },
    // the registry lets them pull
    mayChange: (id) =>
      /^shared-.*-registry$/.test(id) ||
      copies.some(({ name, account }) => id.startsWith(`${name}-`) || id.startsWith(`account-${account}-`)),
    comes: copies.flatMap(({ name, regions }) => regions.map((region) => `${name}-${region}-workload`)),
  };
}

/** A copy is applied after what its original is applied after. */
function withPromotions(
  shared: SharedInput,
  copies: readonly { readonly name: string; readonly original: string }[],
): SharedInput {
  const promotion = shared.delivery?.promotion ?? {};
  const more = copies.flatMap(({ name, original }) => {
    const before = promotion[original];
    return before === undefined ? [] : [[name, before] as const];
  });
  return merge(
    shared,
    more.length > 0 ? { delivery: { promotion: Object.fromEntries(more) } } : {},
  ) as SharedInput;
}

/** One more region in each environment. */
export function withRegion(file: EstateFile): Addition {
  const { environments } = estateOf(file);
  const free = freeOf(file);
  const region = free.region();
  // of several standbys one has to say that it takes over, as the only one does without a word
  const entry = ({ settings }: Environment) => {
    const standby = failoverRegion(settings);
    // whatever stands by there gets out as in the primary
    const [primary] = Object.values(settings.regions).filter(({ role }) => role === 'primary');
    const { nat, endpoints, egress } = primary!.network;
    const added = { role: 'standby', network: { cidr: free.range(), nat, endpoints, egress } };
    return { regions: { [region]: added, ...(standby && { [standby]: { failover: true } }) } };
  };
  // what both regions need moves to the standby, once there is one
  const alone = environments.filter(({ settings }) => failoverRegion(settings) === undefined);
  return {
    file: {
      ...file,
      environments: Object.fromEntries(
        environments.map((one) => [
          one.name,
          changed(file.environments[one.name] as EnvironmentFile, entry(one)),
        ]),
      ),
    },
    // images are copied there too
    mayChange: (id) =>
      /^shared-.*-registry$/.test(id) ||
      new RegExp(`^account-\\d{12}-${region}-baseline$`).test(id) ||
      environments.some(({ name }) => id.startsWith(`${name}-${region}-`)) ||
      // objects too, and what links regions; where there was one region there was neither
      /-(replication|global-links)$/.test(id) ||
      // chat channels hear of its alarms
      environments.some(({ name }) => id === `${name}-global-alerts`) ||
      // who plans and applies it may do so there too
      environments.some(
        ({ name }) => /^account-\d{12}-/.test(id) && id.endsWith(`-global-delivery-${name}`),
      ) ||
      alone.some(({ name }) => id === `${name}-global-names`),
    comes: environments.flatMap(({ name }) => [`${name}-${region}-foundation`, `${name}-${region}-workload`]),
  };
}

/** Hands out what no environment has; each only once. */
function freeOf(file: EstateFile) {
  const { environments, shared } = estateOf(file);
  const names = new Set(environments.map(({ name }) => name));
  const accounts = new Set([...environments.map(({ settings }) => settings.account), shared?.account]);
  const regions = new Set(environments.flatMap(({ settings }) => Object.keys(settings.regions)));
  const ranges = environments.flatMap(({ settings }) =>
    Object.values(settings.regions).map(({ network }) => network.cidr),
  );
  const unused = (taken: Set<string | undefined>, candidate: (index: number) => string): string => {
    for (let index = 0; ; index++) {
      const one = candidate(index);
      if (!taken.has(one)) return taken.add(one) && one;
    }
  };
  return {
    /** As long as another one, since AWS limits the names that are made of it. */
    name: (length: number) => unused(names, (index) => `x${index.toString(36).padStart(length - 1, '0')}`),
    account: () => unused(accounts, (index) => String(100_000_000_000 + index)),
    range(): string {
      const range = nextFreeRange(VPC_PREFIX.max, ranges);
      if (range === undefined) throw new Error('all private ranges are taken');
      ranges.push(range);
      return range;
    },
    region(): RegionName {
      const region = REGION_NAMES.find((one) => !regions.has(one) && isOpen(one));
      if (region === undefined) throw new Error('every region is taken');
      return region;
    },
  };
}

/** Enabled in each account, with zones enough for any network. */
const isOpen = (region: RegionName) => !regionFacts(region).optIn && regionFacts(region).zones.length > 2;
