import type { CapabilityName } from '../../config/schema';

/**
 * Capabilities whose entries are the first two parts of an address; the compiler holds the list complete. What is
 * outside has no resources of its own.
 */
const CAPABILITIES: Readonly<Record<Exclude<CapabilityName, 'outside'>, true>> = {
  databases: true,
  caches: true,
  buckets: true,
  queues: true,
  capacity: true,
  loadBalancers: true,
  sites: true,
  services: true,
};

/** What else says something about constructs of this name. */
const OTHERS: Readonly<Record<string, (region: string) => string>> = {
  network: (region) => `regions.${region}.network`,
  zone: () => 'domain',
  certificate: () => 'domain',
  alerts: () => 'alerts',
  chats: () => 'alerts',
  links: () => 'interRegion',
};

/** Settings of an environment, as far as a path is looked up in them. */
export type SettingsTree = Readonly<Record<string, unknown>>;

/**
 * The setting that leads to a resource: its entry, such as `databases.orders`, or within that entry the setting that
 * is called like the attribute, such as `databases.orders.instanceClass`. Addresses are made in
 * src/stacks/address.ts: the parts of the construct's path, joined by `_`. Nothing for what no setting has made.
 *
 * @param attribute as Terraform calls it
 * @param settings without them only the entry is found
 */
export function settingOf(
  address: string,
  region: string,
  attribute?: string,
  settings?: SettingsTree,
): string | undefined {
  const entry = entryOf(address);
  if (entry === undefined) return OTHERS[partsOf(address)[0] ?? '']?.(region);
  const [first = '', second = ''] = entry.split('.');
  const within = branch(branch(settings, first), second);
  const found = attribute === undefined ? [] : pathsTo(camelCase(attribute), within);
  // two of the same name would be a guess
  return found.length === 1 ? `${entry}.${found[0]}` : entry;
}

/** The entry of a capability that a resource belongs to, such as `databases.orders`. */
export function entryOf(address: string): string | undefined {
  const [group = '', second] = partsOf(address);
  const first = camelCase(group);
  return Object.hasOwn(CAPABILITIES, first) && second !== undefined ? `${first}.${second}` : undefined;
}

function partsOf(address: string): readonly string[] {
  const name = address.replace(/^module\.[^.]+\./, '').split('.')[1];
  return (name ?? '').replace(/\[.*$/, '').split('_');
}

function branch(tree: unknown, key: string): unknown {
  return typeof tree === 'object' && tree !== null ? (tree as SettingsTree)[key] : undefined;
}

function pathsTo(key: string, tree: unknown): readonly string[] {
  if (typeof tree !== 'object' || tree === null || Array.isArray(tree)) return [];
  return Object.entries(tree).flatMap(([name, value]) =>
    name === key ? [name] : pathsTo(key, value).map((path) => `${name}.${path}`),
  );
}

const camelCase = (attribute: string) =>
  attribute.replace(/[_-]([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
